// A kept state -> the file, at a click.

import { ask } from "./ask.js";
import { speakNow } from "./speak.js";

for (const button of document.querySelectorAll("[data-restore]")) {
  button.addEventListener("click", async () => {
    const { restore, keep, issue, language } = button.dataset;
    try {
      location.assign((await ask(`/issues/${issue}/restore`, { language, state: restore, keep })).to);
    } catch (error) {
      const note = document.createElement("p");
      note.className = "to-mend";
      note.textContent = `${error.message} ${error.hint ?? ""}`;
      button.parentElement.append(note);
      speakNow(note.textContent);
    }
  });
}

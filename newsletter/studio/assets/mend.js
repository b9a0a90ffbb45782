// The problems -> the one that was asked for, opened at its place; mended at a click; the next, the one before.

import { ask } from "./ask.js";
import { make, say } from "./said.js";
import { speak } from "./speak.js";

const panel = document.getElementById("problems");
let at = null; // the problem that was gone to last, by its sentence and place
let order = -1;

const all = () => [...panel.querySelectorAll(".problem[data-path]")].filter((one) => !one.closest("details.look:not([open])"));
const name = (one) => one.querySelector(".what").textContent + one.querySelector(".place").textContent;

/** Make the panel work. `open(place)` opens a field; `mended(answer)` hears of a change. */
export function wireProblems({ open, mended, failed }) {
  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-fix]");
    const link = event.target.closest("a[data-open]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      go(link.closest(".problem"), open);
    }
    if (!button) return;
    order = [...panel.querySelectorAll("[data-fix], a[data-open]")].indexOf(button);
    try {
      mended(await ask(`/issues/${document.getElementById("bench").dataset.issue}/mend`, { problem: button.dataset.fix }));
      focusNext = true;
      speak(say("mended"));
    } catch (error) {
      failed(error);
    }
  });
}

let focusNext = false;

/** After a change of the panel: focus is on the next problem, if the one before was mended from here. */
export function afterMending() {
  if (!focusNext || panel.contains(document.activeElement)) return;
  focusNext = false;
  const acts = [...panel.querySelectorAll("[data-fix], a[data-open]")].filter((one) => one.checkVisibility());
  const next = acts[Math.min(order, acts.length - 1)];
  if (next) next.focus();
  else panel.focus();
}

function go(problem, open) {
  at = name(problem);
  const { language, section, path, offset } = problem.dataset;
  open({ language, section: Number(section), path: JSON.parse(path), offset: Number(offset), words: problem.querySelector(".what").textContent });
}

/** The next problem or the one before opens in its field. */
export function step(by, open) {
  const problems = all();
  if (!problems.length) {
    speak(say("none_left"));
    return;
  }
  const now = problems.findIndex((one) => name(one) === at);
  const next = now < 0 ? (by > 0 ? 0 : problems.length - 1) : (now + by + problems.length) % problems.length;
  go(problems[next], open);
}

/** Which characters of which fields are underlined: `[path, offset]` of this section. */
export function waves(language, section) {
  return [...panel.querySelectorAll(".problem[data-path]")]
    .filter((one) => one.dataset.language === language && Number(one.dataset.section) === section)
    .map((one) => [one.dataset.path, Number(one.dataset.offset)]);
}

/** “… was removed. Bring it back”, standing until the next change. */
export function removedNote(title, back) {
  document.getElementById("removed")?.remove();
  const note = make("div", "", { id: "removed", class: "note removed" });
  note.append(make("p", say("removed", { title })));
  const button = make("button", say("bring_back"), { type: "button" });
  button.addEventListener("click", back);
  note.append(button);
  document.getElementById("notes").append(note);
}

// The start page -> what only making a letter can tell, filled in; a link or a file dropped anywhere is clipped.

import { look } from "./ask.js";
import { speak, speakNow } from "./speak.js";
import { note } from "./act.js";
import { droppedOn, give } from "./take.js";

/** The part on the issue that is being made, as soon as it can be had. */
async function fillCurrent() {
  const place = document.getElementById("current");
  if (!place?.dataset.ask) return;
  try {
    const { part } = await look(place.dataset.ask);
    const focused = place.contains(document.activeElement);
    place.innerHTML = part;
    const head = place.querySelector("h1");
    speak(head.textContent);
    if (focused) head.focus();
  } catch (trouble) {
    place.replaceChildren(note("mend", trouble.message, trouble.hint));
  }
  place.setAttribute("aria-busy", "false");
}

/** The states of the other drafts, one after another. */
async function fillStates() {
  for (const one of document.querySelectorAll(".state[data-ask]")) {
    try {
      const { state, word } = await look(one.dataset.ask);
      one.dataset.state = state;
      one.textContent = word;
    } catch {
      // it stays a draft; who opens it is told what is wrong
    }
  }
}

const acts = document.querySelector("[data-drop]");
droppedOn(document.body, acts, async (files, address) => {
  const place = document.getElementById("dropped");
  const begun = setTimeout(() => place.replaceChildren(note("", acts.dataset.work)), 300);
  try {
    const keys = await give(files.slice(0, 1), address, acts.dataset);
    location.assign(`/clip?${keys.map((key) => `taken=${encodeURIComponent(key)}`).join("&")}`);
  } catch (trouble) {
    const made = note("mend", trouble.message, trouble.hint);
    place.replaceChildren(made);
    speakNow(trouble.message);
    made.focus();
  } finally {
    clearTimeout(begun);
  }
});

await fillCurrent();
await fillStates();

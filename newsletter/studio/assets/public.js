// The public pages as they would be, when they are made; a page of them copied as words with headings, links and lists.

import { look } from "./ask.js";
import { listenTo, note } from "./act.js";
import { speak } from "./speak.js";

async function fill() {
  const place = document.getElementById("made");
  if (!place.dataset.ask) return;
  try {
    place.innerHTML = (await look(place.dataset.ask)).part;
    speak(place.querySelector("h1").textContent);
  } catch (trouble) {
    place.replaceChildren(note("mend", trouble.message, trouble.hint));
  }
  place.setAttribute("aria-busy", "false");
  place.querySelectorAll("form[data-act]").forEach(listenTo);
}

function address(what) {
  return what === "issue" ? `/public/copied?issue=${encodeURIComponent(document.getElementById("which").value)}` : "/public/copied";
}

/** Where the browser does not let us write to the clipboard: the words, chosen, for Ctrl+C. */
function choose(place, html) {
  const box = document.createElement("div");
  box.className = "pasted";
  box.tabIndex = 0;
  box.innerHTML = html;
  place.replaceChildren(note("", place.dataset.else), box);
  box.focus();
  const range = document.createRange();
  range.selectNodeContents(box);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  speak(place.dataset.else);
}

async function copy(what) {
  const place = document.getElementById("copied");
  const found = look(address(what));
  const blob = (kind, name) => found.then((one) => new Blob([one[name]], { type: kind }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/html": blob("text/html", "html"), "text/plain": blob("text/plain", "text") })]);
    place.replaceChildren(note("", place.dataset.done, place.dataset.hint));
    speak(place.dataset.done);
  } catch {
    await found.then((one) => choose(place, one.html), (trouble) => place.replaceChildren(note("mend", trouble.message, trouble.hint)));
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]");
  if (button) copy(button.dataset.copy);
});
await fill();

// A form with data-act -> an act of the studio: what is missing is said at its field, what came of it in [data-answer].

import { ask } from "./ask.js";
import { speak, speakNow } from "./speak.js";

const PATIENCE_MS = 300;

/** What a form holds, as texts; a field of which several can be chosen is a list. */
export function gathered(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    const several = form.querySelectorAll(`[type="checkbox"][name="${CSS.escape(name)}"]`).length > 1;
    if (several) (found[name] ??= []).push(value);
    else found[name] = value;
  }
  return found;
}

/** Do something long: under 300 ms nothing is said of it, then the sentence in [data-work]. */
export async function atWork(form, work) {
  const words = form.querySelector("[data-work]");
  const begun = setTimeout(() => {
    if (!words) return;
    words.hidden = false;
    speak(words.textContent);
  }, PATIENCE_MS);
  form.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    clearTimeout(begun);
    form.removeAttribute("aria-busy");
    if (words) words.hidden = true;
  }
}

/** A note with a heading and a sentence, as text and never as HTML. */
export function note(kind, heading, sentence = "") {
  const made = document.createElement("div");
  made.className = `note ${kind}`;
  made.tabIndex = -1;
  const head = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = heading;
  head.append(strong);
  made.append(head);
  if (sentence) {
    const more = document.createElement("p");
    more.textContent = sentence;
    made.append(more);
  }
  return made;
}

function answerPlace(form) {
  return document.getElementById(form.dataset.answer) ?? form.querySelector("[data-answer]");
}

/** Say in the form's own place what went wrong, and bring her there. */
export function showTrouble(form, trouble) {
  const made = note("mend", trouble.message, trouble.hint);
  answerPlace(form).replaceChildren(made);
  speakNow(`${trouble.message} ${trouble.hint}`);
  made.focus();
}

function filled(input) {
  return input.type === "checkbox" ? input.checked : Boolean(input.value.trim());
}

/** Whether every field that must be filled is; the first that is not gets its sentence and the focus. */
export function complete(form) {
  let first;
  for (const one of form.querySelectorAll("[data-missing]")) {
    const missing = !filled(one);
    const hidden = one.closest("[hidden]");
    mark(one, missing && !hidden);
    if (missing && !hidden) first ??= one;
  }
  first?.focus();
  return !first;
}

function mark(input, missing) {
  const field = input.closest(".field");
  const id = `${input.id}-mend`;
  document.getElementById(id)?.remove();
  field.classList.toggle("mend", missing);
  const described = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (missing) {
    const words = document.createElement("p");
    words.id = id;
    words.className = "to-mend";
    words.textContent = input.dataset.missing;
    input.before(words);
    input.setAttribute("aria-invalid", "true");
    described.push(id);
  } else {
    input.removeAttribute("aria-invalid");
  }
  if (described.length) input.setAttribute("aria-describedby", described.join(" "));
  else input.removeAttribute("aria-describedby");
}

function onward({ address, words }) {
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words;
  line.append(link);
  return line;
}

/** Take what an act answered: another page, a part of this one, a file, a sentence and the step that comes next. */
function take(form, told) {
  if (told.address) {
    location.assign(told.address);
    return;
  }
  const place = answerPlace(form);
  if (told.part) {
    place.innerHTML = told.part;
    place.querySelector("[tabindex]")?.focus();
  } else if (told.said) {
    const made = note("", told.said, told.hint);
    if (told.onward) made.append(onward(told.onward));
    place.replaceChildren(made);
    made.focus();
  }
  if (told.said) speak(told.said);
  if (told.download) fetchFile(told.download);
  if (told.done) form.hidden = true;
}

/** Have the browser keep a file of ours. */
export function fetchFile(address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  document.body.append(link);
  link.click();
  link.remove();
}

/** Let a form act. */
export function listenTo(form) {
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.getAttribute("aria-disabled") === "true" || form.getAttribute("aria-busy")) return;
    if (!complete(form)) return;
    const content = gathered(form);
    if (button?.name) content[button.name] = button.value;
    try {
      take(form, await atWork(form, () => ask(form.dataset.act, content)));
    } catch (trouble) {
      showTrouble(form, trouble);
    }
  });
  form.addEventListener("input", ({ target }) => { // not on leaving the field: what is about to be clicked would move away
    if (target.dataset?.missing && target.getAttribute("aria-invalid") && filled(target)) mark(target, false);
  });
}

document.querySelectorAll("form[data-act]").forEach(listenTo);

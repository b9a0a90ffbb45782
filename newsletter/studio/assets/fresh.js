// What the studio sends anew of an issue's page -> put in its place; what she types stays, and so do focus and scroll.

import { fieldAt, fields, fieldsOf, form } from "./fields.js";
import { handsOff } from "./press.js";
import { waits } from "./save.js";
import { speak } from "./speak.js";

const bench = document.getElementById("bench");
const main = document.getElementById("form");
const QUIET_MS = 2000; // so long nothing changes before the count to mend is told
let asked = 0;
let quiet;

/** The page's address with a section open. */
export function address(number) {
  const now = new URL(location.href);
  now.searchParams.set("section", number);
  now.searchParams.delete("line");
  now.searchParams.set("language", bench.dataset.language);
  now.hash = "";
  return now;
}

/** Fetch what changes while she writes, for a section; the answer is dropped if another was asked for meanwhile. */
export async function fetchParts(number, follow) {
  asked += 1;
  const mine = asked;
  const url = address(number);
  url.pathname += "/parts";
  if (follow && form()) url.searchParams.set("digest", form().dataset.digest);
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) return null;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  await handsOff();
  return mine === asked ? fresh : null;
}

/** Put fresh parts in place; false where the form has to wait. It stays as it is where it has the same fields, but for
 * what nobody has typed in; `wire()` makes the fields of another one work. */
export function place(fresh, { whole, wire }) {
  part("sections", fresh);
  part("problems", fresh);
  part("banner", fresh);
  acts(fresh);
  const next = fresh.getElementById("fields");
  const later = !whole && holdsNew(next);
  if (!later && !whole && form() && next && signature(form()) === signature(next)) merge(next, fresh);
  else if (!later) replace(fresh, wire);
  document.title = fresh.title;
  document.querySelector("#head .state").textContent = fresh.getElementById("state-now").textContent;
  tell(fresh.getElementById("count"));
  return !later;
}

function part(id, fresh) {
  const [old, next] = [document.getElementById(id), fresh.getElementById(id)];
  if (old.innerHTML === next.innerHTML) return;
  const open = new Map([...old.querySelectorAll("details")].map((one) => [one.id, one.open]));
  const acts = [...old.querySelectorAll("a, button, summary")];
  const focused = acts.indexOf(document.activeElement);
  const scroll = old.scrollTop;
  old.innerHTML = next.innerHTML;
  for (const one of old.querySelectorAll("details")) one.open = open.get(one.id) ?? one.open;
  old.scrollTop = scroll;
  if (focused >= 0) [...old.querySelectorAll("a, button, summary")].at(Math.min(focused, acts.length - 1))?.focus({ preventScroll: true });
}

/** The buttons of the bar, without the line that says how saving went. */
function acts(fresh) {
  for (const id of ["undo", "redo"]) {
    const off = fresh.getElementById(id).getAttribute("aria-disabled");
    if (off) document.getElementById(id).setAttribute("aria-disabled", off);
    else document.getElementById(id).removeAttribute("aria-disabled");
  }
  const [old, next] = [document.getElementById("next"), fresh.getElementById("next")];
  if (old.outerHTML !== next.outerHTML) old.replaceWith(document.importNode(next, true));
}

/** Say how many there are to mend, when that has changed and there has been quiet. */
function tell(count) {
  const button = document.getElementById("pane-mend");
  button.dataset.told ??= button.dataset.count;
  button.dataset.count = count.dataset.count;
  button.textContent = count.textContent;
  clearTimeout(quiet);
  if (button.dataset.told === button.dataset.count) return;
  quiet = setTimeout(() => {
    button.dataset.told = button.dataset.count;
    speak(document.getElementById("state").textContent);
  }, QUIET_MS);
}

/** Whether she writes in a member of a list that the file does not have yet: then the form waits until it has. */
function holdsNew(next) {
  const there = new Set(next ? fieldsOf(next).map((one) => one.key) : []);
  return fields().some((one) => !there.has(one.key) && (one.dirty || one.focused));
}

function signature(one) {
  return [one.dataset.section, ...[...one.querySelectorAll("[data-path]")].map((field) => field.dataset.path + field.dataset.kind)].join();
}

/** The same fields: take over what changed elsewhere where she has not typed, and what is to mend where she is not typing. */
function merge(next, fresh) {
  const news = new Map(fieldsOf(next).map((one) => [one.key, one]));
  for (const field of fields()) {
    const one = news.get(field.key);
    if (!one || field.dirty || one.was === field.was) continue;
    field.settle(one.was, one.base);
    field.value = one.base;
  }
  const digest = next.dataset.digest;
  if (!waits()) form().dataset.digest = digest;
  for (const one of next.querySelectorAll(".told[id]")) {
    const old = document.getElementById(one.id);
    const field = old && fieldAt(old);
    if (!old || old.innerHTML === one.innerHTML || (field?.focused && field.dirty)) continue;
    old.innerHTML = one.innerHTML;
    const stops = Boolean(old.querySelector(".to-mend"));
    old.parentElement.classList.toggle("mend", stops);
    field?.control.setAttribute("aria-invalid", String(stops));
  }
  const [notes, newNotes] = [document.getElementById("notes"), fresh.getElementById("notes")];
  for (const id of ["unreadable", "file-gone"]) {
    notes.querySelector(`#${id}`)?.remove();
    const note = newNotes.querySelector(`#${id}`);
    if (note) notes.prepend(document.importNode(note, true));
  }
  main.querySelector(".chooser").innerHTML = fresh.querySelector(".chooser").innerHTML;
}

/** Another form in its place; words that are not saved yet come along, and so does the caret. */
function replace(fresh, wire) {
  const typed = fields().filter((one) => one.dirty);
  const same = form()?.dataset.section === fresh.getElementById("fields")?.dataset.section;
  const focused = document.activeElement?.id && main.contains(document.activeElement) ? document.activeElement : null;
  const [id, from, to] = [focused?.id, focused?.selectionStart, focused?.selectionEnd];
  const notes = [...(document.getElementById("notes")?.querySelectorAll("#conflict") ?? [])];
  const open = new Map([...main.querySelectorAll("details")].map((one) => [one.id, one.open]));
  main.innerHTML = fresh.getElementById("form").innerHTML;
  for (const one of main.querySelectorAll("details")) one.open = open.get(one.id) ?? one.open;
  document.getElementById("notes").append(...notes);
  wire();
  const there = new Map(fields().map((one) => [one.key, one]));
  for (const one of typed) {
    const field = there.get(one.key);
    if (!field || field.base === one.value) continue;
    field.was = one.was;
    field.value = one.value;
  }
  const again = same && id ? document.getElementById(id) : null;
  again?.focus({ preventScroll: true });
  if (again?.setSelectionRange && from !== undefined && from !== null) again.setSelectionRange(from, to);
}

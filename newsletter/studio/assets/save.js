// Fields that say something else -> the file, by itself and at once where asked; and the line that tells how that went.

import { ask } from "./ask.js";
import { showAsked } from "./calendar.js";
import { hideConflict, showConflict } from "./conflict.js";
import { fields, form } from "./fields.js";
import { keep, kept } from "./kept.js";
import { say } from "./said.js";
import { speak, speakNow } from "./speak.js";

const QUIET_MS = 800;
const AGAIN_MS = 5000;
const WHOLE = new Set(["date", "partial-date", "closed", "time", "number", "url"]); // half a date is no date

const bench = document.getElementById("bench");
const listeners = new Set();
let timer;
let busy = null;
let held = null; // what she has to choose before anything is written
let trouble = false;
let told = false;
let turns = 0; // grows with each save

/** Hear of each save: `listener({ wrote })`. */
export function onSaved(listener) { listeners.add(listener); }

/** Names a time between two saves: what was fetched in another, or during one, may be older than what stands in the file. */
export function turn() { return busy ? NaN : turns; }

/** Whether words wait that could not be saved. */
export function waits() { return fields().some((one) => one.dirty) || held !== null; }

/** The line that tells how saving went. */
export function status(words, mend = false) {
  const line = document.getElementById("saved");
  line.textContent = words;
  line.classList.toggle("mend", mend);
}

/** What was done by other means: the state that stands in the file now. */
export function settled(answer) {
  if (form() && answer.digest) form().dataset.digest = answer.digest;
  status(say("saved", { time: answer.at }));
  for (const [id, can] of [["undo", answer.undo], ["redo", answer.redo]]) {
    if (can === true) document.getElementById(id).removeAttribute("aria-disabled");
    if (can === false) document.getElementById(id).setAttribute("aria-disabled", "true");
  }
  if (trouble || !told) speak(say("saved", { time: answer.at }));
  [trouble, told] = [false, true];
}

/** Somebody types: save when there has been quiet for a moment, and keep the words until then. */
export function soon(ms = QUIET_MS, all = false) {
  keep(fields());
  clearTimeout(timer);
  timer = setTimeout(() => save({ all }), ms);
}

function changes(all) {
  return fields()
    .filter((one) => one.dirty && one.asked !== one.value && (all || !(one.focused && WHOLE.has(one.kind))))
    .map(({ path, was, value }) => ({ act: "set", path, was, now: value }));
}

/** Save now. True when all that was typed stands in the file. `all` takes half a date as well. */
export async function save({ all = false, again = false } = {}) {
  clearTimeout(timer);
  if (busy) {
    await busy;
    return save({ all, again });
  }
  if (held && !again) {
    status(say("wait"), true);
    return false;
  }
  const wanted = changes(all);
  if (!wanted.length && !again) return !waits();
  turns += 1;
  busy = post(wanted, again);
  const done = await busy;
  busy = null;
  if (done && changes(false).length) soon();
  return done && !held;
}

async function post(wanted, again) {
  if (!trouble) status(say("saving"));
  const asked = { language: bench.dataset.language, digest: form().dataset.digest, changes: wanted, again };
  try {
    took(await ask(`/issues/${bench.dataset.issue}/save`, asked), wanted);
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** The one of a path, among fields as they stand in the form by now, or among changes. */
function at(some, path) {
  return some.find((one) => JSON.stringify(one.path) === JSON.stringify(path));
}

function took(answer, wanted) {
  if (answer.both.length) {
    held = answer.both;
    status(say("wait"), true);
    showConflict(answer, chose);
    return;
  }
  for (const box of answer.boxes) {
    const [field, sent] = [at(fields(), box.path), at(wanted, box.path)];
    if (field && sent) accept(field, sent.now, box);
  }
  for (const { path, days } of answer.asked) {
    const field = at(fields(), path);
    if (!field) continue;
    field.asked = field.value;
    showAsked(field, days);
  }
  settled(answer);
  keep(fields());
  for (const listener of listeners) listener(answer);
}

/** A field whose words stand in the file now; a day is then shown in words. */
function accept(field, now, box) {
  const same = field.value === now;
  field.settle(box.was, WHOLE.has(field.kind) && same ? box.value : now);
  if (same && WHOLE.has(field.kind) && !field.focused) field.value = box.value;
  field.element.dataset.iso = box.iso;
  delete field.asked;
}

function failed(error) {
  trouble = true;
  keep(fields());
  const words = `${say("not_saved", { why: error.message })} ${say("words_kept")}`;
  status(words, true);
  speakNow(words);
  if (error.kind === "FileGone") {
    held = held ?? [];
    showConflict({ gone: true, at: "", both: [] }, chose);
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(() => save(), AGAIN_MS);
}

/** She has chosen: hers goes over what is there now, or what is there now stands in the fields. */
async function chose(mine) {
  const both = held ?? [];
  held = null;
  hideConflict();
  for (const one of both) {
    const field = at(fields(), one.path);
    if (!field) continue;
    if (mine) field.was = one.was;
    else {
      field.value = one.theirs ?? "";
      field.settle(one.was, field.value);
    }
  }
  keep(fields());
  if (mine && !both.length) await save({ all: true, again: true });
  else await save({ all: true });
  for (const listener of listeners) listener({ wrote: true });
}

/** Put words back that a reload or a stopped studio left unsaved. */
export function bringBack() {
  const all = kept();
  for (const field of fields()) {
    const one = all[JSON.stringify(field.path)];
    if (!one || one.now === field.value) continue;
    field.was = one.was;
    field.value = one.now;
  }
  keep(fields());
  if (waits()) soon(0);
}

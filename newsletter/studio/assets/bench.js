// An issue's page -> a place to write: fields that save themselves, sections in their order, problems at their places.

import { ask, Trouble } from "./ask.js";
import { wireCalendars } from "./calendar.js";
import { fieldAt, fields, form, section, toFocus } from "./fields.js";
import { address, fetchParts, place } from "./fresh.js";
import { wireKeys, wirePanes, pane } from "./keys.js";
import { wireLines } from "./lines.js";
import { wireLists } from "./lists.js";
import { onVersions } from "./live.js";
import { afterMending, removedNote, step, waves, wireProblems } from "./mend.js";
import { wirePictures } from "./picture.js";
import { say } from "./said.js";
import { bringBack, onSaved, save, settled, soon, status, turn, waits } from "./save.js";
import { speak, speakNow } from "./speak.js";
import { grow, mirror, wireTexts } from "./text.js";

const bench = document.getElementById("bench");
const main = document.getElementById("form");
const { issue } = bench.dataset;
const AGAIN_MS = 100;
let version = document.getElementById("head").dataset.version;
let working = 0; // acts under way that show the form anew when they are done
let missed = false; // something changed meanwhile, or while nobody saw the page

/** Show what the studio sent; where she writes in what the file does not have yet, the form comes later. */
function show(fresh, { whole }) {
  if (!place(fresh, { whole, wire })) missed = true;
  underline();
  afterMending();
}

/** Make the fields of the form work. */
function wire() {
  if (!form()) return;
  wireTexts(form(), issue);
  wirePictures(form(), issue, put);
  wireLists(form(), structure, (item) => {
    wireTexts(item, issue);
    wirePictures(item, issue, put);
  });
  for (const one of form().querySelectorAll("input, textarea")) one.dataset.first = one.value;
  document.getElementById("chooser").addEventListener("change", (event) => go(Number(event.target.value)));
}

/** Nothing else shows the form anew while this is under way. */
async function alone(work) {
  working += 1;
  try {
    return await work();
  } finally {
    working -= 1;
    if (!working && missed) renew();
  }
}

/** Open a section. True when its form stands there. */
const go = (number, how) => alone(() => goTo(number, how));

async function goTo(number, { push = true, focus = null } = {}) {
  if (!(await save({ all: true })) && waits()) return false;
  const fresh = await fetchParts(number);
  if (!fresh) return false;
  if (fields().some((one) => one.dirty)) await save({ all: true }); // typed while it came
  show(fresh, { whole: true });
  main.scrollTop = 0;
  if (push) history.pushState(null, "", address(section()));
  for (const link of document.querySelectorAll("[data-views] a, .bar .choice a")) {
    const url = new URL(link.href);
    url.searchParams.set("section", section());
    link.href = url;
  }
  for (const one of document.querySelectorAll("[data-reader-form] [name='section']")) one.value = section();
  editing(undefined, true);
  if (!main.contains(document.activeElement)) focus?.(); // she may be typing there already
  return true;
}

/** What is being edited, for whoever shows it; `chosen` says that she went there. */
function editing(field, chosen = false) {
  const path = field?.path ?? (section() > 0 ? ["sections", section() - 1] : []);
  const detail = { issue, language: bench.dataset.language, section: section() - 1, path, text: field?.value ?? "", chosen };
  document.dispatchEvent(new CustomEvent("studio:editing", { detail }));
}

/** Open a field at a place in its words. */
async function open({ language, section: number, path, offset = 0, words = "" }) {
  if (language && language !== bench.dataset.language) {
    await save({ all: true });
    const url = address(number);
    url.searchParams.set("language", language);
    url.hash = `f${path.filter((one) => one !== "sections").map((one) => `-${one}`).join("")}`;
    location.assign(url);
    return;
  }
  if (number !== section() && !(await go(number))) return;
  pane("write");
  const control = toFocus(main, path) ?? main;
  for (let holder = control.closest("details"); holder; holder = holder.parentElement.closest("details")) holder.open = true;
  if (control.tagName === "TEXTAREA") grow(control);
  control.focus({ preventScroll: true });
  if (control.setSelectionRange && control.type !== "radio") control.setSelectionRange(offset, offset);
  control.closest(".field, main").scrollIntoView({ block: "center" });
  if (words) speak(words);
}

/** Add, move, double or remove: saved at once, then the form as it is then. */
const structure = (change, how) => alone(() => structureNow(change, how));

async function structureNow(change, { number = section(), path = null, removed = null, said = "", focus = null } = {}) {
  if (!(await save({ all: true })) && waits()) return;
  try {
    const content = { language: bench.dataset.language, digest: form()?.dataset.digest ?? "", changes: [change].flat() };
    const answer = await ask(`/issues/${issue}/save`, content);
    if (answer.both.length) throw new Trouble({ message: say("conflict", { time: answer.at }) });
    settled(answer);
  } catch (error) {
    missed = true; // what is shown is not what stands there
    failed(error);
    return;
  }
  const fresh = await fetchParts(number);
  if (!fresh) return;
  show(fresh, { whole: true });
  history.replaceState(null, "", address(section()));
  editing();
  if (removed !== null) removedNote(removed, () => walk("undo"));
  if (focus) focus();
  else if (path) (toFocus(main, path) ?? main).focus();
  if (said) speak(said);
}

function failed(error) {
  const words = `${error.message} ${error.hint ?? ""}`;
  status(words, true);
  speakNow(words);
}

/** Write values at once. */
async function put(changes, focus, said = "") {
  await structure(changes, { said, focus: () => (document.getElementById(focus) ?? toFocus(main, changes[0].path) ?? main).focus() });
  const holder = document.getElementById(focus)?.closest(".picture")?.querySelector("[data-refused]");
  if (said && holder) {
    holder.textContent = said;
    holder.classList.remove("to-mend");
    holder.hidden = false;
  }
}

/** Undo the last change, or do it again. */
const walk = (way) => alone(() => walkNow(way));

async function walkNow(way) {
  if (!(await save({ all: true })) && waits()) return;
  if (document.getElementById(way).getAttribute("aria-disabled") === "true") return;
  try {
    settled(await ask(`/issues/${issue}/${way}`, { language: bench.dataset.language }));
  } catch (error) {
    failed(error);
    return;
  }
  const fresh = await fetchParts(section());
  if (!fresh) return;
  show(fresh, { whole: true });
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
  speak(say(way === "undo" ? "undone" : "redone"));
}

function count() { return document.querySelectorAll("#lines li[data-at]").length; }

/** Move a section; focus goes to its line in the list, or to `button`, whatever it is by then. */
function move(at, to, button = `#lines li[data-at="${to}"] a`) {
  if (to < 0 || to >= count() || to === at) return;
  const focus = () => document.querySelector(button)?.focus();
  structure({ act: "move", path: ["sections", at], to }, { number: to + 1, said: say("moved", { at: to + 1, count: count() }), focus });
}

function act(kind) {
  const at = section() - 1;
  const button = `[data-act="${kind}"]`;
  if (kind === "up" || kind === "down") {
    move(at, at + (kind === "up" ? -1 : 1), button);
  } else if (kind === "duplicate") {
    structure({ act: "duplicate", path: ["sections", at] }, { number: at + 2, focus: () => document.querySelector(button)?.focus() });
  } else if (kind === "remove") {
    const title = document.querySelector("#lines [aria-current] .title").textContent;
    structure({ act: "remove", path: ["sections", at] }, { number: Math.min(at + 1, count() - 1), removed: title, focus: () => document.querySelector("#removed button")?.focus() });
  }
}

function add(type) {
  const to = Math.max(section(), 0);
  const change = { act: "add", type, to };
  document.getElementById("add").open = false;
  structure(change, { number: to + 1, focus: () => main.querySelector("[data-value]:not([type='hidden'])")?.focus() });
}

function underline() {
  const found = waves(bench.dataset.language, section());
  for (const field of fields()) {
    if (field.kind !== "markdown") continue;
    const path = JSON.stringify(field.path);
    field.control.dataset.waves = found.filter(([one]) => JSON.stringify(JSON.parse(one)) === path).map(([, offset]) => offset).join(",");
    mirror(field.control);
  }
}

/** After a change in the file, from here or from another place. */
async function renew() {
  missed = working > 0 || document.hidden;
  if (missed) return;
  const began = turn();
  const fresh = await fetchParts(section(), true);
  if (began !== turn()) {
    setTimeout(renew, AGAIN_MS);
    return;
  }
  if (!fresh) return;
  show(fresh, { whole: false });
  history.replaceState(null, "", address(section()));
}

/** On narrow screens what is done more rarely, and the next step, stand under one button. */
function more(open) {
  document.getElementById("more").setAttribute("aria-expanded", String(open));
  document.getElementById("acts").classList.toggle("open", open);
}

wire();
wireCalendars(main);
wirePanes();
wireLines(document.getElementById("sections"), { move, add, open: (number, line) => {
  const at = line.closest("li").dataset.at;
  go(number, { focus: () => (at === undefined ? document.querySelector("#lines a") : document.querySelector(`#lines li[data-at="${at}"] a`))?.focus() });
} });
wireProblems({ open, mended: (answer) => { settled(answer); renew(); }, failed });
wireKeys({
  save: () => save({ all: true }),
  undo: () => walk("undo"),
  redo: () => walk("redo"),
  problem: (by) => step(by, open),
  keys: () => document.getElementById("keys").showModal(),
});
main.addEventListener("input", (event) => {
  if (event.target.matches("[data-value]")) soon();
});
main.addEventListener("change", (event) => { if (event.target.matches("[data-value]")) soon(0, true); });
main.addEventListener("focusin", (event) => { const field = fieldAt(event.target); if (field) editing(field); });
main.addEventListener("focusout", () => { if (waits()) soon(0); });
main.addEventListener("submit", (event) => event.preventDefault());
main.addEventListener("toggle", (event) => { for (const one of event.target.querySelectorAll("textarea")) { grow(one); mirror(one); } }, true);
main.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act], [data-step], [data-how]");
  if (!button) return;
  if ("how" in button.dataset) {
    event.preventDefault();
    document.getElementById("how").showModal();
  } else if (button.dataset.step) {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") !== "true") go(section() + Number(button.dataset.step), { focus: () => document.querySelector(`[data-step="${button.dataset.step}"]`).focus() });
  } else if (button.getAttribute("aria-disabled") !== "true") act(button.dataset.act);
});
document.querySelector(".acts").addEventListener("click", (event) => {
  const { id } = event.target.closest("button:not(#next[aria-disabled])") ?? {};
  if (id === "undo" || id === "redo") walk(id);
  if (id === "to-keys") document.getElementById("keys").showModal();
  if (id === "next") step(1, open);
  if (id === "more") more(event.target.getAttribute("aria-expanded") !== "true");
});
document.getElementById("acts").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.getElementById("acts").classList.contains("open")) return;
  more(false);
  document.getElementById("more").focus();
});
document.addEventListener("studio:field", ({ detail }) => {
  const { path } = detail;
  open({ ...detail, section: path[0] === "sections" ? path[1] + 1 : 0 });
});
addEventListener("popstate", () => go(Number(new URL(location.href).searchParams.get("section") ?? 0), { push: false }));
addEventListener("resize", () => { for (const one of main.querySelectorAll("textarea")) grow(one); });
onSaved(({ wrote }) => {
  if (wrote) document.getElementById("removed")?.remove();
  if (missed) renew();
});
onVersions(async (versions) => {
  const now = versions[issue];
  if (!now || now === version) return;
  version = now;
  document.getElementById("head").dataset.version = now;
  await renew();
  if (waits()) soon(0);
});
document.addEventListener("visibilitychange", () => { if (missed) renew(); });
bringBack();
underline();
if (location.hash.startsWith("#f-")) {
  const control = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const field = control && fieldAt(control);
  if (field) open({ section: section(), path: field.path });
}
editing(undefined, section() > 0);

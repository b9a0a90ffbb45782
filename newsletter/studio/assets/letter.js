// A view, a reader, an edition, a save -> the letter as it is then, in place: the scroll and the focus stay.

import { begin, fit, isTurned, show } from "./letter-frame.js";
import { onLetters } from "./live.js";

const host = document.getElementById("seen");
const whole = "whole" in host.dataset; // the light table: the page itself is asked for again
const written = new WeakMap(); // part -> how the studio wrote it, before anything here was unfolded or chosen
let latest = 0;
let missed = false; // something changed while nobody saw the page

const boxes = () => host.querySelectorAll(".frame");

/** Take over what has changed: a frame keeps its place and is drawn anew behind itself, other parts are replaced. */
function take(fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (!old) { location.reload(); return; }
    if (old.dataset.kind === "frame" && part.dataset.kind === "frame") takeFrame(old, part);
    else if (written.get(old) !== part.outerHTML) replace(old, document.importNode(part, true));
  }
}

function takeFrame(old, part) {
  const ready = { ...part.dataset };
  for (const name of Object.keys(old.dataset)) if (!(name in ready) && name !== "drawn") delete old.dataset[name];
  Object.assign(old.dataset, ready);
  old.className = part.className;
  const title = part.querySelector("iframe").title;
  for (const frame of old.querySelectorAll("iframe")) frame.title = title;
  show(old);
}

function replace(old, fresh) {
  written.set(fresh, fresh.outerHTML);
  const open = new Set([...old.querySelectorAll("details")].concat(old).filter((one) => one.open).map((one) => one.id));
  const inside = [...old.querySelectorAll("a, select, summary, button")];
  const focused = inside.indexOf(document.activeElement);
  for (const one of [fresh, ...fresh.querySelectorAll("details")]) if (open.has(one.id)) one.open = true;
  old.replaceWith(fresh);
  if (focused >= 0) [...fresh.querySelectorAll("a, select, summary, button")].at(focused)?.focus({ preventScroll: true });
  ready();
}

/** Ask for what an address shows, and show it; of several asked for, the last. */
async function look(address) {
  const mine = latest += 1;
  const asked = whole ? address : `/issues/${host.dataset.issue}/seen${new URL(address, location.href).search}`;
  const answer = await fetch(asked).catch(() => null);
  if (!answer?.ok || mine !== latest) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("seen");
  if (mine !== latest || !fresh) return;
  Object.assign(host.dataset, fresh.dataset);
  take(fresh);
  told();
}

/** Links among views, readers and editions of this letter: without a new page, with an address of their own. */
function go(address) {
  history.pushState(null, "", address);
  look(address);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-views] a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (new URL(link.href).pathname !== location.pathname) return;
  event.preventDefault();
  go(link.href);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-reader-form]");
  if (form) go(`${form.action}?${new URLSearchParams(new FormData(form))}`);
});
addEventListener("popstate", () => look(location.href));
addEventListener("resize", () => boxes().forEach((box) => fit(box)));
new ResizeObserver(() => boxes().forEach((box) => fit(box))).observe(host);

/** Say where a letter's own rules for dark were switched; and show no button that choosing makes needless. */
function told() {
  for (const box of boxes()) {
    const said = (whole ? box.parentElement : host).querySelector(".faith");
    if (said && isTurned(box)) said.textContent = box.dataset.turned;
  }
  for (const form of document.querySelectorAll("[data-reader-form]")) form.classList.add("by-choosing");
}

function ready() {
  for (const box of boxes()) {
    begin(box).then(() => {
      told();
      box.dispatchEvent(new CustomEvent("studio:shown", { bubbles: true }));
    });
  }
  told();
}

/** A save: the letter first, which is drawn at once; then what stands around it. */
function news(letters) {
  const digest = letters[host.dataset.issue]?.[host.dataset.language] ?? "";
  if (digest === host.dataset.digest) return;
  if (document.hidden) { missed = true; return; }
  host.dataset.digest = digest;
  for (const box of boxes()) {
    box.dataset.digest = digest;
    show(box);
  }
  look(location.href);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden || !missed) return;
  missed = false;
  look(location.href);
});
document.addEventListener("studio:shown", told);
for (const part of host.querySelectorAll("[data-part]")) written.set(part, part.outerHTML);
ready();
onLetters(news);

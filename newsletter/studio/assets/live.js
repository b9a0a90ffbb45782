// Word from the studio of each new version and letter of an issue -> whoever listens; a note when the studio has stopped.

import { Changes } from "./changes.js";

const gone = document.getElementById("gone");
const listeners = { versions: new Set(), letters: new Set() };
const newest = {};
let begun = false;
let worker;

/** Hear of the versions of the issues that this page shows, `{"2025-07": "a1-2"}`, now and after each change. */
export function onVersions(listener) { listen("versions", listener); }

/** Hear of their letters by digest, `{"2025-07": {en: "4f..."}}`: the same as long as no reader sees a difference. */
export function onLetters(listener) { listen("letters", listener); }

function listen(name, listener) {
  listeners[name].add(listener);
  if (newest[name]) listener(newest[name]); // whoever comes late
  if (begun) return;
  begun = true;
  queueMicrotask(begin);
}

/** The issues that the page shows; a page that shows none hears of everything, as `{"*": ...}`. */
function shown() {
  const issues = [...document.querySelectorAll("[data-issue]")].map((one) => one.dataset.issue);
  return { issues, all: !issues.length };
}

function begin() {
  try {
    const shared = new SharedWorker("/assets/changes-worker.js", { type: "module", name: "studio-changes" });
    shared.addEventListener("error", alone, { once: true }); // the studio stopped before it could be fetched
    worker = shared.port;
  } catch {
    alone();
    return;
  }
  worker.addEventListener("message", ({ data }) => take(data));
  worker.start();
  worker.postMessage({ follow: shown() });
  addEventListener("pagehide", () => worker.postMessage({ follow: null }));
  addEventListener("pageshow", (event) => { if (event.persisted) worker.postMessage({ follow: shown() }); });
}

/** Where tabs cannot share: a connection of one's own, as long as somebody sees the page. */
function alone() {
  const changes = new Changes(take);
  const look = () => (document.hidden ? changes.stop() : changes.follow(shown()));
  document.addEventListener("visibilitychange", look);
  look();
}

function take(news) {
  if (news.gone === false && !gone.hidden) again();
  if (news.gone !== undefined) gone.hidden = !news.gone;
  for (const name of ["letters", "versions"]) {
    newest[name] = news[name] ?? newest[name];
    if (news[name]) for (const listener of listeners[name]) listener(news[name]);
  }
}

/** The studio was started anew: its acts need its new token. */
async function again() {
  const answer = await fetch("/", { headers: { Accept: "text/html" } }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page && page.querySelector('meta[name="studio-token"]');
  if (fresh) document.querySelector('meta[name="studio-token"]').content = fresh.content;
}

// Word from the studio of each new version of an issue -> whoever listens; and a note when the studio has stopped.

const gone = document.getElementById("gone");
const listeners = new Set();
let changes;
let silence;
let newest;

/** Hear of the versions of all issues, `{"2025-07": "a1-2"}`, now and after each change. */
export function onVersions(listener) {
  listeners.add(listener);
  if (!changes) listen();
  else if (newest) listener(newest);
}

/** As long as somebody sees the page: a browser has six connections here for all its tabs. */
function listen() {
  changes?.close();
  clearTimeout(silence);
  if (document.visibilityState === "hidden") return;
  changes = new EventSource("/changes");
  changes.addEventListener("open", () => {
    clearTimeout(silence);
    gone.hidden = true;
  });
  changes.addEventListener("error", () => {
    clearTimeout(silence);
    silence = setTimeout(() => { gone.hidden = false; }, 1500);
  });
  changes.addEventListener("versions", (event) => {
    newest = JSON.parse(event.data);
    for (const listener of listeners) listener(newest);
  });
}
document.addEventListener("visibilitychange", () => { if (listeners.size) listen(); });

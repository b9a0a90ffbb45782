// Keys that work anywhere on an issue's page, and on a phone the three panes.

const PARTS = ["sections", "form", "letter", "problems"];
const PANE = "studio:pane";
const undone = new WeakMap(); // field -> how many of its own changes the browser can do again

/** What keys do. `acts` holds save, undo, redo, problem(by), keys. */
export function wireKeys(acts) {
  addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const found =
      event.key === "F8" ? () => acts.problem(event.shiftKey ? -1 : 1) :
      event.key === "F6" && !control ? part(event.shiftKey ? -1 : 1) :
      control && key === "s" && !event.shiftKey ? acts.save :
      control && key === "/" ? acts.keys :
      control && key === "z" && !typed(event) ? (event.shiftKey ? acts.redo : acts.undo) : null;
    if (!found) return;
    event.preventDefault();
    found();
  });
}

addEventListener("input", ({ target, inputType }) => {
  const by = { historyUndo: 1, historyRedo: -1 }[inputType];
  undone.set(target, by ? (undone.get(target) ?? 0) + by : 0);
});

/** Whether the field has something of its own to undo or to do again: then the browser does. */
function typed({ target, shiftKey }) {
  if (!target.matches("input[type='text'], textarea")) return false;
  return shiftKey ? undone.get(target) > 0 : target.value !== (target.dataset.first ?? target.defaultValue);
}

/** The next part of the page that is shown; null after the last one, so that the browser has the key. */
function part(by) {
  const shown = PARTS.map((id) => document.getElementById(id)).filter((one) => one.checkVisibility());
  const at = shown.findIndex((one) => one.contains(document.activeElement));
  const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
  return next ? () => next.focus() : null;
}

/** On a phone: what is shown. */
export function pane(name) {
  document.body.dataset.pane = name;
  for (const one of document.querySelectorAll("#panes [data-pane]")) one.setAttribute("aria-pressed", String(one.dataset.pane === name));
  dispatchEvent(new Event("resize"));
}

/** At first what she saw last in this window; where the address names a view, the letter. */
export function wirePanes() {
  const asked = new URL(location.href).searchParams.has("view") ? "see" : "write";
  pane(sessionStorage.getItem(PANE) ?? asked);
  document.getElementById("panes").addEventListener("click", (event) => {
    const name = event.target.closest("[data-pane]")?.dataset.pane;
    if (!name) return;
    sessionStorage.setItem(PANE, name);
    pane(name);
  });
}

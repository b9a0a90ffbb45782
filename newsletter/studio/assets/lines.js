// The list of sections -> another order, by buttons, keys or dragging, and a new section.

const FAR_PX = 6;

/** Make the list work. `move(at, to)` moves a section, `add(type)` adds one, `open(number)` opens one. */
export function wireLines(nav, { move, add, open }) {
  nav.addEventListener("click", (event) => {
    const line = event.target.closest("a[data-section]");
    const type = event.target.closest("button[data-add]");
    if (type) add(type.dataset.add);
    if (!line || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(Number(line.dataset.section), line);
  });
  nav.addEventListener("keydown", (event) => {
    const folded = event.target.closest("details.add[open]");
    if (event.key === "Escape" && folded) {
      folded.open = false;
      folded.querySelector("summary").focus();
    }
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const line = event.target.closest("li[data-at]");
    if (!line) return;
    event.preventDefault();
    const at = Number(line.dataset.at);
    move(at, at + (event.key === "ArrowUp" ? -1 : 1));
  });
  nav.addEventListener("pointerdown", (event) => drag(event, move));
}

/** Dragging is extra, by mouse only: a finger scrolls. */
function drag(event, move) {
  const line = event.target.closest("li[data-at]");
  if (!line || event.pointerType !== "mouse" || event.button !== 0) return;
  const lines = [...line.parentElement.querySelectorAll("li[data-at]")];
  const from = lines.indexOf(line);
  let to = from;
  let dragged = false;
  const clear = () => lines.forEach((one) => one.classList.remove("before", "after"));
  const moved = ({ clientY }) => {
    if (!dragged && Math.abs(clientY - event.clientY) < FAR_PX) return;
    dragged = true;
    line.classList.add("dragged");
    clear();
    to = lines.findIndex((one) => clientY < one.getBoundingClientRect().top + one.offsetHeight / 2);
    if (to < 0) to = lines.length;
    (lines[to] ?? lines.at(-1)).classList.add(to < lines.length ? "before" : "after");
  };
  const end = () => {
    removeEventListener("pointermove", moved);
    removeEventListener("pointerup", end);
    clear();
    line.classList.remove("dragged");
    if (!dragged) return;
    addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => move(from, to > from ? to - 1 : to));
  };
  line.querySelector("a").draggable = false;
  addEventListener("pointermove", moved);
  addEventListener("pointerup", end);
}

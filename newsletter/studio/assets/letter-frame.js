// A letter's box -> the letter in it: as wide as its view asks, drawn anew behind the old one and then put in its place.

const waiting = new WeakMap(); // box -> the address to be shown next
const dressed = new WeakSet(); // frames whose page has been made ready
const deaf = new Set(); // schemes that this browser does not show in a frame when the machine is set the other way
const PATIENCE = 8000; // ms for a letter to come
const AGAIN = 1000; // ms until one that did not come is asked for again
const WIDTH = { desktop: 520 }; // the least that a view is laid out at before it is drawn smaller

/** The frame that one sees in a box. */
export function frameOf(box) { return box.querySelector("iframe:not(.coming, .going)"); }

/** How many times as large as its own pixels a box's letter is drawn. */
export function scaleOf(box) { return Number(box.dataset.drawn || 1); }

/** Lay a frame out at the width of its view; as tall as its letter, or as its box where that is cut off. */
export function fit(box, frame = frameOf(box)) {
  const page = frame?.contentDocument?.documentElement;
  const room = box.parentElement.clientWidth;
  if (!page || !room) return;
  const [own, scale] = [Number(box.dataset.width), Number(box.dataset.scale)];
  const wide = Math.min(own, Math.max(WIDTH[box.dataset.view] ?? own, Math.floor(room / scale)));
  const drawn = Math.min(scale, room / wide);
  box.dataset.drawn = drawn;
  box.style.width = `${wide * drawn}px`;
  frame.style.width = `${wide}px`;
  frame.style.transform = drawn === 1 ? "" : `scale(${drawn})`;
  if ("crop" in box.dataset) {
    frame.style.height = `${box.clientHeight / drawn}px`;
    return;
  }
  const tall = Math.ceil(page.getBoundingClientRect().height) || page.scrollHeight;
  frame.style.height = `${tall}px`;
  box.style.height = `${tall * drawn}px`;
}

/** Show a letter in a box without a flash; of several that come at once, the last. */
export function show(box, { again = false } = {}) {
  const address = addressOf(box);
  if (waiting.has(box)) { waiting.set(box, address); return; }
  const old = frameOf(box);
  if (!again && old.dataset.address === address) return;
  waiting.set(box, address);
  const fresh = old.cloneNode(false);
  fresh.classList.add("coming");
  fresh.dataset.address = address;
  fresh.src = address;
  const done = () => put(box, old, fresh, address);
  const late = setTimeout(() => {
    fresh.removeEventListener("load", done);
    fresh.addEventListener("load", () => fit(box, fresh), { once: true });
    done();
  }, PATIENCE);
  fresh.addEventListener("load", () => clearTimeout(late), { once: true });
  fresh.addEventListener("load", done, { once: true });
  old.after(fresh);
}

async function put(box, old, fresh, address) {
  if (!fresh.contentDocument?.body?.childElementCount) {
    fresh.remove(); // nobody answered, or too late: what is seen stays, and it is asked for again
    waiting.delete(box);
    setTimeout(() => show(box), AGAIN);
    return;
  }
  await dress(box, fresh);
  fit(box, fresh);
  fresh.contentWindow?.scrollTo(old.contentWindow?.scrollX ?? 0, old.contentWindow?.scrollY ?? 0);
  await painted();
  old.removeAttribute("id");
  old.classList.add("going"); // seen through the new one until that is drawn
  fresh.classList.remove("coming");
  await painted();
  old.remove();
  const next = waiting.get(box);
  waiting.delete(box);
  box.dispatchEvent(new CustomEvent("studio:shown", { bubbles: true }));
  if (next !== address || addressOf(box) !== address) show(box);
}

/** Until what was last changed has been drawn; a tab that nobody sees draws nothing. */
function painted() {
  return new Promise((go) => {
    if (document.hidden) { go(); return; }
    const late = setTimeout(go, 200);
    requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(late); go(); }));
  });
}

function addressOf(box) {
  const turned = deaf.has(box.dataset.scheme) ? `&scheme=${box.dataset.scheme}` : "";
  return `${box.dataset.address}${turned}&digest=${box.dataset.digest}`;
}

/** Make a frame's page ready: what the view's emulation changes, and what a click does. */
async function dress(box, frame) {
  const page = frame.contentDocument;
  if (!page?.body || dressed.has(page)) return;
  dressed.add(page);
  if (box.dataset.script) (await import("./partial-night.js")).turnPartly(page, JSON.parse(box.dataset.given));
  page.addEventListener("click", (event) => clicked(box, event));
}

/** Links open beside the studio; any other click may lead to the field that the words come from. */
function clicked(box, event) {
  const link = event.target.closest?.("a[href]");
  if (!link) {
    box.dispatchEvent(new CustomEvent("studio:clicked", { bubbles: true, detail: { target: event.target } }));
    return;
  }
  event.preventDefault();
  const href = link.getAttribute("href");
  if (href.startsWith("#")) link.ownerDocument.getElementById(href.slice(1))?.scrollIntoView();
  else window.open(link.href, "_blank", "noopener");
}

/** Begin with a box: its letter is there, or is coming. */
export async function begin(box) {
  const frame = frameOf(box);
  if (frame.dataset.address) return;
  frame.dataset.address = `${box.dataset.address}&digest=${box.dataset.digest}`;
  if (frame.contentDocument?.readyState !== "complete" || !frame.contentDocument.body.childElementCount) {
    await new Promise((go) => { frame.addEventListener("load", go, { once: true }); });
  }
  await dress(box, frame);
  fit(box, frame);
  heed(box, frame);
}

/** Light is shown light on a dark machine, and dark dark on a light one: by the browser, or by the studio, which says so. */
function heed(box, frame) {
  const wanted = box.dataset.scheme;
  const shown = frame.contentWindow.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (shown === wanted) return;
  deaf.add(wanted);
  show(box);
}

/** Whether the studio has switched this letter's own rules for dark. */
export function isTurned(box) { return deaf.has(box.dataset.scheme); }

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  deaf.clear();
  for (const box of document.querySelectorAll(".frame")) {
    const frame = frameOf(box);
    if (frame) heed(box, frame);
    show(box);
  }
});

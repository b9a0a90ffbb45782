// A click in the letter -> the field that the words come from; a field that is being edited -> a frame over its words.
// What stands where is told by counting letters and figures: the letter itself holds no mark.

import { frameOf, scaleOf } from "./letter-frame.js";

const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, th, td, dt, dd, figcaption, blockquote, pre, img";
const WORDS = /[\p{L}\p{N}]/gu;
const AROUND = 12; // px between a section's words and the frame
const host = document.getElementById("seen");
let editing; // {number, text} of what is being edited
let toScroll = false; // she went there, and it has not been shown yet

const bare = (text) => [...text.matchAll(WORDS)].map(([one]) => one);

function* texts(page) {
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!walk.currentNode.parentElement.closest("style, script")) yield walk.currentNode;
}

/** How many letters and figures stand before an element. */
function before(page, element) {
  let count = 0;
  for (const text of texts(page)) {
    const order = element.compareDocumentPosition(text);
    if (order & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)) break;
    count += bare(text.data).length;
  }
  return count;
}

/** Ask for the field of what was clicked, and tell the form. */
async function findField(target) {
  const block = target.closest(BLOCKS);
  if (!block) return;
  const page = block.ownerDocument;
  const asked = { language: host.dataset.language, reader: host.dataset.reader };
  if (block.tagName === "IMG") {
    const alike = [...page.images].filter((one) => one.alt === block.alt && one.src === block.src);
    const name = decodeURIComponent(new URL(block.src).pathname.split("/").pop());
    Object.assign(asked, { text: block.alt, picture: name, at: alike.indexOf(block) });
  } else {
    Object.assign(asked, { text: block.textContent, at: before(page, block) });
  }
  const answer = await fetch(`/issues/${host.dataset.issue}/where?${new URLSearchParams(asked)}`);
  if (!answer.ok) return;
  const detail = await answer.json();
  if (detail.path.length) document.dispatchEvent(new CustomEvent("studio:field", { detail }));
}

/** The part of the page from one letter or figure to another, as a range. */
function rangeOf(page, start, length) {
  const range = page.createRange();
  let count = 0, began = false;
  for (const text of texts(page)) {
    for (const { index, 0: one } of text.data.matchAll(WORDS)) {
      if (count === start) { range.setStart(text, index); began = true; }
      count += 1;
      if (began && count === start + length) { range.setEnd(text, index + one.length); return range; }
    }
  }
  return null;
}

function rangeOfText(page, words) {
  const whole = [...texts(page)].flatMap((text) => bare(text.data));
  const wanted = bare(words);
  const at = wanted.length ? whole.join("").indexOf(wanted.join("")) : -1;
  return at < 0 ? null : rangeOf(page, [...whole.join("").slice(0, at)].length, wanted.length);
}

/** Draw the frame "You are editing this" over its words, outside of the letter. */
async function drawEditing() {
  const box = host.querySelector(".frame");
  const frame = box && frameOf(box);
  const over = box?.querySelector(".editing");
  if (!over) return;
  const page = frame.contentDocument;
  const range = page?.body && editing ? await editedRange(page) : null;
  over.hidden = !range;
  if (!range) return;
  const [around, scale] = [range.getBoundingClientRect(), scaleOf(box)];
  over.style.top = `${Math.max(0, around.top + frame.contentWindow.scrollY - AROUND) * scale}px`;
  over.style.height = `${(around.height + 2 * AROUND) * scale}px`;
  over.classList.toggle("night", box.dataset.scheme === "dark");
  if (toScroll) over.scrollIntoView({ block: "nearest" });
  toScroll = false;
}

async function editedRange(page) {
  if (editing.number === undefined) return rangeOfText(page, editing.text);
  const asked = new URLSearchParams({ language: host.dataset.language, reader: host.dataset.reader });
  const answer = await fetch(`/issues/${host.dataset.issue}/stretch/${editing.number}?${asked}`);
  const { start, length } = answer.ok ? await answer.json() : {};
  return length ? rangeOf(page, start, length) : null;
}

document.addEventListener("studio:clicked", ({ detail }) => findField(detail.target));
document.addEventListener("studio:shown", drawEditing);
document.addEventListener("studio:editing", ({ detail }) => {
  const number = detail?.path?.[0] === "sections" ? Number(detail.path[1]) : undefined;
  editing = number === undefined && !detail?.text ? undefined : { number, text: detail.text };
  toScroll ||= Boolean(detail?.chosen);
  drawEditing();
});
addEventListener("resize", drawEditing);

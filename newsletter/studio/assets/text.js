// A text field -> grows with its words, counts them, shows its marks, and has bold, italic, link, list and quote.

import { ask } from "./ask.js";
import { make, say } from "./said.js";

const WORDS_A_MINUTE = 220;
const MARK = /(\*\*)(?=\S)([^\n]*?\S)(\*\*)|(\*)(?=[^\s*])([^\n*]*?)(\*)|(\[)([^\]\n]*)(\]\([^)\n]*\))|^(#{1,6} |> |[-+] |\d+\. )/gm;
const MOST = { subject: 60, preheader: 100 };

/** Put words in the place of what is selected, so that Ctrl+Z takes them back. */
function insert(area, words, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  const done = words === "" ? document.execCommand("delete") : document.execCommand("insertText", false, words);
  if (!done) {
    area.setRangeText(words, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Marks around what is selected; they go if they stand there already. */
function wrap(area, mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const size = mark.length;
  const around = value.slice(start - size, start) === mark && value.slice(end, end + size) === mark;
  if (around && !(size === 1 && value.slice(start - 2, start) === "**")) {
    insert(area, words, start - size, end + size);
    area.setSelectionRange(start - size, end - size);
    return;
  }
  insert(area, `${mark}${words}${mark}`);
  area.setSelectionRange(start + size, start + size + words.length);
}

/** A link around what is selected, its address selected to be typed over. */
function link(area) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const words = value.slice(start, end);
  const is = /^(https?:\/\/|mailto:)\S+$/.test(words);
  insert(area, is ? `[](${words})` : `[${words}](https://)`);
  if (is || !words) area.setSelectionRange(start + 1, start + 1);
  else area.setSelectionRange(start + words.length + 3, start + words.length + 11);
}

/** The same beginning before each selected line; it goes where all have it. */
function begin(area, mark) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", area.selectionEnd);
  const end = next < 0 ? value.length : next;
  const lines = value.slice(start, end).split("\n");
  const all = lines.every((one) => one.startsWith(mark));
  const words = lines.map((one) => (all ? one.slice(mark.length) : mark + one)).join("\n");
  insert(area, words, start, end);
  area.setSelectionRange(start, start + words.length);
}

const ACTS = {
  bold: (area) => wrap(area, "**"),
  italic: (area) => wrap(area, "*"),
  link,
  list: (area) => begin(area, "- "),
  quote: (area) => begin(area, "> "),
};
const KEYS = { b: "bold", i: "italic", k: "link" };

/** As high as its words. */
export function grow(area) {
  if (!area.offsetParent) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function count(area) {
  const line = area.closest(".field").querySelector("[data-count]");
  if (!line) return;
  const words = area.value.trim() ? area.value.trim().split(/\s+/).length : 0;
  const minutes = Math.round(words / WORDS_A_MINUTE);
  const long = minutes ? say("reading", { count: minutes }) : say("reading_short");
  line.textContent = `${say("count_words", { count: words })}, ${long}`;
}

function letters(control) {
  const line = control.closest(".field").querySelector("[data-letters]");
  const name = JSON.parse(control.closest(".field").dataset.path).at(-1);
  if (line) line.textContent = say("letters_of", { count: [...control.value].length, most: MOST[name] });
}

/** The text again behind its field: marks in soft, what they mark in its look, what is to mend underlined. */
export function mirror(area) {
  const layer = area.parentElement.querySelector(".mirror");
  if (!layer) return;
  const pieces = [];
  let end = 0;
  for (const found of area.value.matchAll(MARK)) {
    pieces.push(document.createTextNode(area.value.slice(end, found.index)), ...drawn(found));
    end = found.index + found[0].length;
  }
  pieces.push(document.createTextNode(`${area.value.slice(end)}\n`));
  layer.replaceChildren(...pieces);
  for (const one of (area.dataset.waves ?? "").split(",").filter(Boolean)) underline(layer, area.value, Number(one));
}

function drawn(found) {
  const [opens, words, closes, look] =
    found[1] ? [found[1], found[2], found[3], "strong"] :
    found[4] ? [found[4], found[5], found[6], "em"] :
    found[7] ? [found[7], found[8], found[9], "u"] : [found[10], "", "", "span"];
  return [make("i", opens), make(look, words), make("i", closes)].filter((one) => one.textContent);
}

/** A wavy line under the word that begins at this character. */
function underline(layer, text, at) {
  const word = text.slice(at).match(/^\[[^\]]*\]\([^)]*\)|^\S+/)?.[0] ?? "";
  const range = document.createRange();
  const walk = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const [from, to] = [Math.max(at - seen, 0), Math.min(at + word.length - seen, node.length)];
    seen += node.length;
    if (from >= to) continue;
    range.setStart(node, from);
    range.setEnd(node, to);
    const mark = make("mark");
    range.surroundContents(mark);
    walk.currentNode = mark.firstChild;
  }
}

/** What was copied from a page or a document comes in as Markdown; what was left out is said. */
async function paste(event, issue) {
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const area = event.target;
  const plain = event.clipboardData.getData("text/plain");
  const [from, to] = [area.selectionStart, area.selectionEnd];
  let words = plain;
  let left = [];
  try {
    const answer = await ask(`/issues/${issue}/pasted`, { html, plain });
    words = answer.markdown.trimEnd();
    left = answer.said;
  } catch (error) {
    left = [error.message];
  }
  insert(area, words, from, to);
  const note = area.closest(".field").querySelector(".pasted") ?? make("p", "", { class: "pasted small soft", role: "status" });
  note.textContent = left.join(" ");
  area.closest(".writing").after(note);
}

function toolbar(bar, area) {
  const buttons = [...bar.querySelectorAll("button")];
  bar.addEventListener("click", (event) => {
    const mark = event.target.closest("button")?.dataset.mark;
    if (mark) ACTS[mark](area);
  });
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  });
}

/** Make every text of a form do all this. */
export function wireTexts(root, issue) {
  for (const area of root.querySelectorAll("textarea")) {
    const shown = () => { grow(area); mirror(area); count(area); };
    area.addEventListener("input", shown);
    area.addEventListener("studio:put", shown);
    shown();
    if (area.hasAttribute("data-line")) {
      area.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
      continue;
    }
    const bar = area.closest(".writing")?.querySelector("[role='toolbar']");
    if (!bar) continue;
    toolbar(bar, area);
    area.addEventListener("paste", (event) => paste(event, issue));
    area.addEventListener("keydown", (event) => {
      const mark = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && KEYS[event.key.toLowerCase()];
      if (!mark) return;
      event.preventDefault();
      ACTS[mark](area);
    });
  }
  for (const line of root.querySelectorAll("[data-letters]")) {
    const control = line.closest(".field").querySelector("[data-value]");
    for (const name of ["input", "studio:put"]) control.addEventListener(name, () => letters(control));
    letters(control);
  }
}

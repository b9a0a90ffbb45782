// A field that was changed here and in another place -> a note that shows both and asks which holds.

import { make, say } from "./said.js";
import { speakNow } from "./speak.js";

const MOST_WORDS = 2000; // longer texts are shown side by side without marks

/** Ask; `chose(true)` keeps hers, `chose(false)` takes the other. Nothing is written before. */
export function showConflict(answer, chose) {
  hideConflict();
  const words = answer.gone ? say("file_gone_again") : say("conflict", { time: answer.at });
  const note = make("div", "", { id: "conflict", class: "note", role: "group", "aria-labelledby": "conflict-title" });
  note.append(make("h2", words, { id: "conflict-title" }));
  if (!answer.gone) note.append(make("p", say("conflict_hint")));
  const row = make("p", "", { class: "row" });
  const both = make("div", "", { id: "both", hidden: "" });
  if (answer.gone) row.append(button(say("write_again"), "", () => chose(true)));
  else {
    const show = button(say("show_both"), "", () => { both.hidden = !both.hidden; });
    row.append(show, button(say("keep_mine"), "light", () => chose(true)), button(say("take_theirs"), "light", () => chose(false)));
    both.append(...answer.both.map(sideBySide));
  }
  note.append(row, both);
  document.getElementById("notes").append(note);
  speakNow(words);
}

/** The note goes. */
export function hideConflict() { document.getElementById("conflict")?.remove(); }

function button(words, kind, act) {
  const made = make("button", words, { type: "button", class: kind });
  made.addEventListener("click", act);
  return made;
}

function sideBySide({ label, mine, theirs }) {
  const part = make("section", "", { class: "two" });
  part.append(make("h3", label));
  const [left, right] = marked(mine, theirs ?? "");
  for (const [title, pieces] of [[say("mine"), left], [say("theirs"), right]]) {
    const column = make("div");
    column.append(make("h4", title));
    const text = make("p", theirs === null && title === say("theirs") ? say("part_gone") : "", { class: "both-text", dir: "auto" });
    text.append(...pieces);
    column.append(text);
    part.append(column);
  }
  return part;
}

/** Two texts, what only one of them has marked in it. */
export function marked(one, other) {
  const [a, b] = [one.split(/(\s+)/), other.split(/(\s+)/)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return [[one], [other]];
  const common = table(a, b);
  const [left, right] = [[], []];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) { put(left, a[i++], ""); put(right, b[j++], ""); }
    else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) put(left, a[i++], "ins");
    else put(right, b[j++], "del");
  }
  return [left.map(piece), right.map(piece)];
}

/** How many words the rests of both have in common, from each place on. */
function table(a, b) {
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

function put(pieces, text, tag) {
  const last = pieces.at(-1);
  if (last?.tag === tag) last.text += text;
  else pieces.push({ text, tag });
}

function piece({ text, tag }) {
  return tag ? make(tag, text) : document.createTextNode(text);
}

// Files that were chosen or dropped, or an address -> the studio keeps them for this run; then the page that shows them.

import { Trouble, ask } from "./ask.js";
import { atWork, note, showTrouble } from "./act.js";

/** Hand over files and an address; the keys under which the studio keeps them. */
export async function give(files, address, { most, tooLarge }) {
  const keys = [];
  for (const file of files) {
    if (file.size > Number(most)) throw new Trouble({ message: `${file.name}: ${tooLarge}` });
    const { key } = await ask(`/taken/file?name=${encodeURIComponent(file.name)}`, new Blob([file], { type: "application/octet-stream" }));
    keys.push(key);
  }
  if (address) keys.push((await ask("/taken/address", { address })).key);
  return keys;
}

/** The address in what was dropped from a browser's window. */
function addressIn(data) {
  const uris = data.getData("text/uri-list").split(/\r?\n/).filter((one) => one && !one.startsWith("#"));
  const text = data.getData("text/plain").trim();
  const found = uris[0] ?? (/^https?:\/\/\S+$/.test(text) ? text : "");
  return /^https?:/.test(found) ? found : "";
}

/** Let files and links be dropped on a part of the page; `shown` is marked meanwhile. */
export function droppedOn(target, shown, taken) {
  const wanted = (event) => [...event.dataTransfer.types].some((one) => one === "Files" || one === "text/uri-list");
  target.addEventListener("dragover", (event) => {
    if (!wanted(event)) return;
    event.preventDefault();
    shown.classList.add("over");
  });
  target.addEventListener("dragleave", (event) => {
    if (!target.contains(event.relatedTarget)) shown.classList.remove("over");
  });
  target.addEventListener("drop", (event) => {
    if (!wanted(event)) return;
    event.preventDefault();
    shown.classList.remove("over");
    const files = [...event.dataTransfer.files];
    const address = files.length ? "" : addressIn(event.dataTransfer);
    if (files.length || address) taken(files, address);
  });
}

/** A form with data-take: its files or its address go to the studio, then the page opens that shows what was found. */
function takes(form) {
  const chosen = form.querySelector('input[type="file"]');
  const typed = form.querySelector('[name="address"]');
  const names = form.querySelector("[data-names]");
  let files = [];

  function choose(some) {
    files = chosen.multiple ? some : some.slice(0, 1);
    names.textContent = files.map((one) => one.name).join(", ");
  }
  async function go() {
    let address = typed.value.trim();
    if (address && !/^[a-z]+:/i.test(address)) address = `https://${address}`;
    if (!files.length && !address) {
      const made = note("mend", form.dataset.nothing);
      form.querySelector("[data-answer]").replaceChildren(made);
      made.focus();
      return;
    }
    try {
      const keys = await atWork(form, () => give(files, files.length ? "" : address, form.dataset));
      const rest = new URLSearchParams(new FormData(form));
      for (const name of ["address", chosen.name]) rest.delete(name);
      for (const key of keys) rest.append("taken", key);
      location.assign(`${form.dataset.take}?${rest}`);
    } catch (trouble) {
      showTrouble(form, trouble);
    }
  }
  const chosenNow = () => choose([...chosen.files]);
  chosen.addEventListener("change", chosenNow);
  chosenNow();
  droppedOn(document.body, form, (some, address) => {
    choose(some);
    if (address) typed.value = address;
    go();
  });
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.getAttribute("aria-busy")) go();
  });
}
document.querySelectorAll("form[data-take]").forEach(takes);

// A picture that is dropped or chosen -> a file of the newsletter's own, its name in the field; a refused one says why.

import { ask } from "./ask.js";
import { fieldsOf } from "./fields.js";
import { make, say } from "./said.js";

const MOST = 30_000_000; // bytes, as the studio takes them

/** Make the pictures of a form take files. `put(changes, focus, said)` writes values at their paths. */
export function wirePictures(root, issue, put) {
  for (const holder of root.querySelectorAll(".picture")) {
    const drop = holder.querySelector("[data-drop]");
    const input = holder.querySelector("[data-file]");
    holder.querySelector("[data-choose]").addEventListener("click", () => input.click());
    holder.querySelector("[data-unset]")?.addEventListener("click", () =>
      put([{ act: "set", path: JSON.parse(holder.dataset.path), was: holder.dataset.was, now: "" }], holder.querySelector("[data-choose]").id));
    input.addEventListener("change", () => { if (input.files[0]) take(holder, input.files[0], issue, put); });
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files[0]) take(holder, event.dataTransfer.files[0], issue, put);
    });
    recognised(holder, root);
  }
}

async function take(holder, file, issue, put) {
  const refused = holder.querySelector("[data-refused]");
  refused.hidden = true;
  if (file.size > MOST) {
    [refused.textContent, refused.hidden] = [say("too_large"), false];
    return;
  }
  const work = setTimeout(() => {
    holder.querySelector(".named").append(make("p", say("dropping"), { class: "small", role: "status" }));
  }, 300);
  try {
    const taken = await ask(`/issues/${issue}/picture?name=${encodeURIComponent(file.name)}`, file);
    const fields = fieldsOf(now(holder));
    const [named, credit] = ["file", "credit"].map((name) => fields.find(({ path }) => path.at(-1) === name));
    const changes = [{ act: "set", path: named.path, was: named.was, now: taken.file }];
    const by = [...named.path.slice(0, -1), "credit"];
    if (taken.credit && !credit?.value) changes.push({ act: "set", path: by, was: credit?.was ?? "", now: taken.credit });
    await put(changes, `${holder.querySelector("[data-choose]").id}-alt`, taken.said.join(" "));
  } catch (error) {
    refused.textContent = `${error.message} ${error.hint ?? ""}`;
    refused.hidden = false;
  } finally {
    clearTimeout(work);
  }
}

/** The same picture in the form as it is by now: it may have been shown anew while the file was sent. */
function now(holder) {
  return document.getElementById(holder.querySelector("[data-choose]").id)?.closest(".picture") ?? holder;
}

/** Who can be recognised stands under People, with the permission. */
function recognised(holder, root) {
  const part = holder.querySelector("[data-recognised]");
  if (!part) return;
  const people = root.querySelector("[data-kind='people']");
  if (!people) {
    part.remove();
    return;
  }
  const [no, yes] = part.querySelectorAll("input");
  const there = Boolean(people.querySelector(".item"));
  [no.checked, yes.checked] = [!there, there];
  yes.addEventListener("change", () => {
    const folded = people.closest("details");
    if (folded) folded.open = true;
    if (!people.querySelector(".item")) people.querySelector("[data-new]").click();
    people.querySelector(".item [data-value]").focus();
  });
}

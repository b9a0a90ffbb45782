// A picture that is dropped or chosen -> a file of the newsletter's own, its name in the field; a refused one says why.

import { ask } from "./ask.js";
import { fieldsOf } from "./fields.js";
import { make, say } from "./said.js";

/** Make the pictures of a form take files. `put(path, now, was)` writes a value at a path. */
export function wirePictures(root, issue, put) {
  for (const holder of root.querySelectorAll(".picture")) {
    const drop = holder.querySelector("[data-drop]");
    const input = holder.querySelector("[data-file]");
    holder.querySelector("[data-choose]").addEventListener("click", () => input.click());
    holder.querySelector("[data-unset]")?.addEventListener("click", () =>
      put(JSON.parse(holder.dataset.path), "", holder.dataset.was));
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
  const work = setTimeout(() => {
    holder.querySelector(".named").append(make("p", say("dropping"), { class: "small", role: "status" }));
  }, 300);
  try {
    const taken = await ask(`/issues/${issue}/picture?name=${encodeURIComponent(file.name)}`, file);
    const field = fieldsOf(holder).find(({ path }) => path.at(-1) === "file");
    await put(field.path, taken.file, field.was, `${holder.querySelector("[data-choose]").id}-alt`);
  } catch (error) {
    refused.textContent = `${error.message} ${error.hint ?? ""}`;
    refused.hidden = false;
  } finally {
    clearTimeout(work);
  }
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

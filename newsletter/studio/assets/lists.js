// The members of a list in a form -> one more, one less, in another order.

/** Make the lists of a form work. `act(change)` changes what stands in the file; `added(item)` makes a new one's fields work. */
export function wireLists(root, act, added) {
  for (const list of root.querySelectorAll("[data-list]")) {
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || button.closest("[data-list]") !== list || button.getAttribute("aria-disabled") === "true") return;
      if ("new" in button.dataset) one(list, added);
      else if (button.dataset.itemAct) change(button, list, act);
    });
  }
}

/** A member that is not in the file yet; it comes there with its first word. One that is empty still is enough. */
function one(list, added) {
  const items = list.querySelector(".items");
  const last = items.lastElementChild;
  if (last?.querySelector("[data-item-act='drop']") && !says(last)) {
    begin(last);
    return;
  }
  const at = items.children.length;
  const item = list.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const element of [item, ...item.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (name === "data-path" || name === "data-item") {
        element.setAttribute(name, JSON.stringify(JSON.parse(value).map((part) => (part === "new" ? at : part))));
      } else if (["id", "for", "name", "aria-describedby", "aria-controls"].includes(name)) {
        element.setAttribute(name, value.replaceAll("-new", `-${at}`));
      }
    }
  }
  items.append(item);
  added(item);
  begin(item);
}

function begin(item) { item.querySelector("[data-value]:not([type='hidden']), [data-choose]").focus(); }

function says(item) { return [...item.querySelectorAll("[data-value]")].some((one) => one.type !== "radio" && one.value); }

function change(button, list, act) {
  const item = button.closest("[data-item]");
  const path = JSON.parse(item.dataset.item);
  const at = path.at(-1);
  const kind = button.dataset.itemAct;
  if (kind === "drop") drop(item, list, path, act);
  else if (kind === "remove") act({ act: "remove", path }, { path, removed: item.querySelector("[data-title]").textContent });
  else act({ act: "move", path, to: kind === "up" ? at - 1 : at + 1 }, { path: [...path.slice(0, -1), kind === "up" ? at - 1 : at + 1] });
}

/** A new member that says something is in the file by now. */
function drop(item, list, path, act) {
  if (says(item)) act({ act: "remove", path }, { path, removed: "" });
  else item.remove();
  list.querySelector("[data-new]").focus();
}

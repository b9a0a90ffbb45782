// A form's elements -> its fields: what each says, what it was made of, and whether it says something else by now.

const SECTION = 2;

/** The form that stands open; null where nothing can be made out in the file. */
export const form = () => document.getElementById("fields");

/** Its fields. */
export const fields = () => (form() ? fieldsOf(form()) : []);

/** The number of its section, as people count; 0 for the start. */
export const section = () => Number(form()?.dataset.section ?? 0);

/** The path of a field within its section; the same wherever the section stands. */
export function relative(path) {
  return JSON.stringify(path[0] === "sections" ? path.slice(SECTION) : path);
}

/** One field: `was` names what stands in the file, `base` is what the field says if nobody has typed. */
export class Field {
  constructor(element, control) {
    Object.assign(this, { element, control, kind: element.dataset.kind, was: element.dataset.was });
    this.path = JSON.parse(element.dataset.path);
    this.base = this.value;
  }

  get key() { return relative(this.path); }

  get value() {
    if (this.control.type !== "radio") return this.control.value;
    return this.element.querySelector("[data-value]:checked")?.value ?? "";
  }

  set value(text) {
    if (this.control.type === "radio") {
      for (const one of this.element.querySelectorAll("[data-value]")) one.checked = one.value === (text || "no");
    } else if (this.control.value !== text) {
      this.control.value = text;
      this.control.dispatchEvent(new Event("studio:put"));
    }
  }

  get dirty() { return this.value !== this.base; }

  get focused() { return this.control === document.activeElement && this.control.type !== "radio"; }

  /** What stands in the file now, as the studio says. */
  settle(was, value) {
    this.was = was;
    this.element.dataset.was = was;
    this.base = value;
    if (this.control.type === "radio" && !value) this.base = "no";
  }
}

const known = new WeakMap();

/** Every field of a form that says something, in the order of the page. */
export function fieldsOf(root) {
  const found = [];
  for (const element of root.querySelectorAll("[data-path][data-kind]")) {
    const control = [...element.querySelectorAll("[data-value]")].find((one) => one.closest("[data-kind]") === element);
    if (!control) continue;
    if (!known.has(element)) known.set(element, new Field(element, control));
    found.push(known.get(element));
  }
  return found;
}

/** The field that an element lies in. */
export function fieldAt(element) {
  const holder = element.closest?.("[data-path][data-kind]");
  return holder ? fieldsOf(holder.parentElement).find((one) => one.element === holder) : undefined;
}

/** The element to focus for a path: the field's own, or that of what would hold it. */
export function toFocus(root, path) {
  for (let way = path; way.length > 0; way = way.slice(0, -1)) {
    const key = relative(way);
    if (way[0] === "sections" && way.length <= SECTION) return null;
    const holder = [...root.querySelectorAll("[data-path], [data-item], [data-raw]")].find((one) =>
      relative(JSON.parse(one.dataset.path ?? one.dataset.item ?? one.dataset.raw)) === key && !one.hidden);
    const control = holder?.querySelector("[data-value]:checked, [data-value]:not([type='hidden'], [type='radio']), [data-choose], button, [tabindex]");
    if (control) return control;
  }
  return null;
}

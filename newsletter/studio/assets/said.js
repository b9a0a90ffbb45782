// The words that scripts say, in the language of the screens, as the page brought them along.

const words = document.getElementById("said").dataset;
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language);

/** A phrase with its gaps filled; `count` chooses among its forms. */
export function say(name, gaps = {}) {
  const found = words[name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())] ?? name;
  const forms = found.startsWith('{"') ? JSON.parse(found) : null;
  const phrase = forms ? forms[plural.select(gaps.count)] ?? forms.other : found;
  return phrase.replace(/\{(\w+)\}/g, (gap, key) => {
    if (!(key in gaps)) return gap;
    return typeof gaps[key] === "number" ? number.format(gaps[key]) : gaps[key];
  });
}

/** A new element with its words and attributes; words are text, never markup. */
export function make(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

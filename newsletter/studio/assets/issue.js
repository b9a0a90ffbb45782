// A new version on the server -> the same page, in place: the scroll, the focus and what was folded stay as they are.

import { onVersions } from "./live.js";
import { speak } from "./speak.js";

const head = document.getElementById("head");

/** Replace one part of the page by its new state, if it has changed. */
function renew(part, fresh) {
  Object.assign(part.dataset, fresh.dataset);
  if (part.innerHTML === fresh.innerHTML) return;
  const folded = new Map([...part.querySelectorAll("details")].map((one) => [one.id, one.open]));
  const focused = [...part.querySelectorAll("a, summary")].indexOf(document.activeElement);
  part.innerHTML = fresh.innerHTML;
  for (const one of part.querySelectorAll("details")) one.open = folded.get(one.id) ?? one.open;
  if (focused >= 0) [...part.querySelectorAll("a, summary")].at(focused)?.focus({ preventScroll: true });
}

/** Fetch this page anew and take over what has changed in it. */
async function refresh() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...document.querySelectorAll("[data-live]")];
  const same = parts.every((part) => fresh.getElementById(part.id));
  if (!same || parts.length !== fresh.querySelectorAll("[data-live]").length) {
    location.reload();
    return;
  }
  const { title } = document;
  document.title = fresh.title;
  for (const part of parts) renew(part, fresh.getElementById(part.id));
  if (title !== fresh.title) speak(document.getElementById("state").textContent);
}

onVersions((versions) => {
  const version = versions[head.dataset.issue];
  if (version && version !== head.dataset.version) refresh();
});

// Words that are not saved yet -> kept in this window, also over a reload, until they stand in the file.

const bench = document.getElementById("bench");

function name() {
  return `studio:${bench.dataset.issue}:${bench.dataset.language}`;
}

/** Everything that is kept of this edition, by the path it belongs to. */
export function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(name()) ?? "{}");
  } catch {
    return {};
  }
}

/** Keep what these fields say that is not saved, and let go of what is. */
export function keep(fields) {
  const all = kept();
  for (const field of fields) {
    const key = JSON.stringify(field.path);
    delete all[key];
    if (field.dirty) all[key] = { was: field.was, now: field.value };
  }
  try {
    if (Object.keys(all).length) sessionStorage.setItem(name(), JSON.stringify(all));
    else sessionStorage.removeItem(name());
  } catch {
    // The window itself still holds them.
  }
}

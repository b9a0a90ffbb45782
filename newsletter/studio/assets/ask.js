// An act on the studio: POST with this run's token -> its answer, or Trouble with a sentence and the way on.

const token = () => document.querySelector('meta[name="studio-token"]').content;

const REFUSED = 403;

/** What the studio could not do, in its own words. `kind` names the cause, "" where the studio did not answer. */
export class Trouble extends Error {
  constructor({ message, hint = "", kind = "" }) {
    super(message);
    Object.assign(this, { hint, kind });
  }
}

/** Ask for a change. `content` is a plain object (sent as JSON) or a FormData or Blob (sent as it is). */
export async function ask(address, content = {}) {
  let answer = await post(address, content);
  if (answer.status === REFUSED && await renewToken()) answer = await post(address, content);
  const words = await answer.text();
  const told = read(words) ?? { message: words.trim() || answer.statusText };
  if (!answer.ok) throw new Trouble(told);
  return told;
}

/** Look something up. */
export async function look(address) {
  const answer = await reached(fetch(address, { headers: { Accept: "application/json" } }));
  const told = await answer.json();
  if (!answer.ok) throw new Trouble(told);
  return told;
}

/** An answer; where the studio does not give one, the sentence that it has stopped. */
async function reached(asked) {
  try {
    return await asked;
  } catch {
    throw new Trouble({ message: document.querySelector("#gone strong").textContent });
  }
}

async function post(address, content) {
  const plain = !(content instanceof FormData || content instanceof Blob);
  const headers = { "X-Studio-Token": token(), Accept: "application/json" };
  if (plain) headers["Content-Type"] = "application/json";
  return reached(fetch(address, { method: "POST", headers, body: plain ? JSON.stringify(content) : content }));
}

/** A studio that was started again on the same address has another token, which its pages know. */
async function renewToken() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector('meta[name="studio-token"]').content;
  if (fresh === token()) return false;
  document.querySelector('meta[name="studio-token"]').content = fresh;
  return true;
}

function read(words) {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

// An act on the studio: POST with this run's token -> its answer, or Trouble with a sentence and the way on.

/** What the studio could not do, in its own words. `kind` names the cause, "" where the studio did not answer. */
export class Trouble extends Error {
  constructor({ message, hint = "", kind = "" }) {
    super(message);
    Object.assign(this, { hint, kind });
  }
}

/** Ask for a change. `content` is a plain object (sent as JSON) or a FormData or Blob (sent as it is). */
export async function ask(address, content = {}) {
  const plain = !(content instanceof FormData || content instanceof Blob);
  const token = document.querySelector('meta[name="studio-token"]').content; // a new run of the studio has a new one
  const headers = { "X-Studio-Token": token, Accept: "application/json" };
  if (plain) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers, body: plain ? JSON.stringify(content) : content });
  } catch {
    throw new Trouble({ message: document.querySelector("#gone strong").textContent });
  }
  const told = await answer.json().catch(() => ({ message: answer.statusText }));
  if (!answer.ok) throw new Trouble(told);
  return told;
}

// What a screen reader is told: quietly when it has time, or at once when something must not wait.

const spoken = document.getElementById("spoken");
const urgent = document.getElementById("urgent");

/** Say something when there is quiet. */
export function speak(words) {
  if (spoken.textContent !== words) spoken.textContent = words;
}

/** Say at once: not saved, a conflict, sending stopped. */
export function speakNow(words) {
  urgent.textContent = words;
}

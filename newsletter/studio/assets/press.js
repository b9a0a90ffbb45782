// A button pressed and not yet let go -> what comes meanwhile waits: press and release have to meet the same button.

let down = false;
let waiting = [];

function released() {
  down = false;
  const those = waiting;
  waiting = [];
  for (const goOn of those) goOn();
}

/** Resolves as soon as nothing is pressed; the click of the release has been heard by then. */
export function handsOff() {
  return down ? new Promise((goOn) => waiting.push(goOn)) : Promise.resolve();
}

addEventListener("pointerdown", () => { down = true; }, true);
for (const end of ["pointerup", "pointercancel", "dragend"]) addEventListener(end, () => setTimeout(released), true);
addEventListener("blur", released); // the window's own, not those of fields: pressing moves the focus too

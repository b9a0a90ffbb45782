// A button pressed before the page's own scripts are there -> pressed once more when they are; nothing is lost meanwhile.
// No module: it has to run before the first button can be seen. The modules have all run when the document is ready.

{
  let pressed = null;
  const keep = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = button;
  };
  document.addEventListener("click", keep, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("click", keep, true);
    pressed?.click();
  });
}

// A month or a special -> the fields that it needs; what would come along is shown until it is begun.

const form = document.querySelector("form[data-act]");
const [monthly, special, coming] = ["monthly", "special", "coming"].map((id) => document.getElementById(id));

function choose() {
  const isSpecial = form.elements.kind.value === "special";
  monthly.hidden = isSpecial;
  special.hidden = !isSpecial;
  coming.hidden = isSpecial;
}
form.addEventListener("change", choose);
choose();
new MutationObserver(() => { if (document.querySelector("#begun .sheet")) coming.remove(); }).observe(document.getElementById("begun"), { childList: true });

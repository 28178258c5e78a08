// [data-sst-lignes="PREFIX"]: rows of a Django formset. Inside: <template data-sst-modele> with one row whose names
// hold __prefix__, [data-sst-corps] which receives rows, [data-sst-ajouter] (also Alt R), [data-sst-retirer] in a row.
// A row that the server knows is hidden and marked for deletion; a new one is emptied and hidden, so that numbers stay.
// A list too narrow for its answer says the whole of it in its title.
// Without script the formset's extra rows and its « Retirer » boxes do the work.
const totalOf = (zone) => zone.closest("form").elements[`${zone.dataset.sstLignes}-TOTAL_FORMS`];

function addRow(zone) {
  const total = totalOf(zone);
  const markup = zone.querySelector("template[data-sst-modele]").innerHTML.replaceAll("__prefix__", total.value);
  const body = zone.querySelector("[data-sst-corps]");
  body.insertAdjacentHTML("beforeend", markup);
  total.value = Number(total.value) + 1;
  body.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  zone.dispatchEvent(new CustomEvent("sst:ligne", { bubbles: true }));
}

function removeRow(zone, row) {
  const box = row.querySelector("input[name$='-DELETE']");
  if (box) {
    if (box.type === "checkbox") box.checked = true;
    else box.value = "on";
  } else {
    for (const field of row.querySelectorAll("input:not([type=hidden]), select, textarea")) field.value = "";
  }
  row.hidden = true;
  zone.querySelector("[data-sst-ajouter]")?.focus();
  zone.dispatchEvent(new CustomEvent("sst:ligne", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const zone = event.target.closest("[data-sst-lignes]");
  if (!zone) return;
  const remove = event.target.closest("[data-sst-retirer]");
  if (remove) removeRow(zone, remove.closest("tr, [data-sst-ligne]"));
  else if (event.target.closest("[data-sst-ajouter]")) addRow(zone);
  else return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  const list = event.target.closest?.("[data-sst-lignes] select");
  if (list) list.title = list.selectedOptions[0]?.text ?? "";
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.key.toLowerCase() !== "r") return;
  const zone = event.target.closest?.("[data-sst-lignes]") || document.querySelector("[data-sst-lignes]");
  if (zone) {
    event.preventDefault();
    addRow(zone);
  }
});

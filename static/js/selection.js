// form[data-sst-selection]: rows with a check box in their first cell. [data-sst-tout] ticks all of them,
// [data-sst-nombre] holds how many (« 4 visites choisies »: data-un="visite choisie" data-plusieurs="visites choisies"),
// [data-sst-si-choix] is disabled while nothing is chosen.
for (const form of document.querySelectorAll("form[data-sst-selection]")) {
  const all = form.querySelector("[data-sst-tout]");
  const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox]")].filter((box) => box !== all);

  const show = () => {
    const count = boxes().filter((box) => box.checked).length;
    if (all) {
      all.checked = count > 0 && count === boxes().length;
      all.indeterminate = count > 0 && count < boxes().length;
    }
    for (const place of form.querySelectorAll("[data-sst-nombre]")) {
      place.textContent = `${count} ${count < 2 ? place.dataset.un : place.dataset.plusieurs}`;
    }
    for (const button of form.querySelectorAll("[data-sst-si-choix]")) button.disabled = count === 0;
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes()) box.checked = all.checked;
    show();
  });
  show();
}

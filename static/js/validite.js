// [data-sst-validite]: months and day of the next visit say the same. Choosing months writes the day that the server
// gave with them (data-sst-jour) into [data-sst-prochaine]; typing another day leaves no month chosen.
const months = [...document.querySelectorAll("[data-sst-validite] input[type=radio]")];
const day = document.querySelector("[data-sst-prochaine]");

for (const choice of months) {
  choice.addEventListener("change", () => { day.value = choice.dataset.sstJour; });
}

day?.addEventListener("input", () => {
  for (const choice of months) choice.checked = choice.dataset.sstJour === day.value.trim();
});

// [data-sst-validite]: months and day of the next visit say the same. Choosing months writes the day that the server
// gave with them (data-sst-jour) into [data-sst-prochaine]; typing another day leaves no month chosen.
// A conclusion named in data-sst-revue wants a day closer than the rule's (data-sst-regle): the rule's proposal goes
// when it is chosen, and comes back with another conclusion if nothing was typed meanwhile.
const zone = document.querySelector("[data-sst-validite]");
const months = [...(zone?.querySelectorAll("input[type=radio]") ?? [])];
const day = document.querySelector("[data-sst-prochaine]");
let withdrawn = false;

function write(value) {
  day.value = value;
  for (const choice of months) choice.checked = value !== "" && choice.dataset.sstJour === value;
}

for (const choice of months) {
  choice.addEventListener("change", () => { day.value = choice.dataset.sstJour; });
}

day?.addEventListener("input", () => {
  for (const choice of months) choice.checked = choice.dataset.sstJour === day.value.trim();
});

for (const answer of zone?.form?.elements.conclusion ?? []) {
  // on the answer itself: the preview, which listens on the form, then sends what is left
  answer.addEventListener("change", () => {
    const rule = zone.dataset.sstRegle;
    if (zone.dataset.sstRevue.split(" ").includes(answer.value)) {
      withdrawn = withdrawn || (rule !== "" && day.value.trim() === rule);
      if (day.value.trim() === rule) write("");
    } else {
      if (withdrawn && day.value.trim() === "") write(rule);
      withdrawn = false;
    }
  });
}

// [data-sst-glisser="KEY"] may be dragged onto [data-sst-deposer="KEY"] of the same [data-sst-zone].
// A zone of gestures holds button[data-sst-geste]: a drop presses it as « poser:WHAT:WHERE »; Alt ↑, Alt ↓ and Suppr
// on a row press its own buttons [data-sst-touche="haut|bas|retirer"]. A zone of moves names a form,
// data-sst-zone="FORM": a drop fills its fields from the data of both rows (data-champ-NAME) and sends it.
// Without script, or without mouse, the buttons and links of each row do the same.
const TOUCHES = { ArrowUp: "haut", ArrowDown: "bas", Delete: "retirer" };
let held = null;

const rowOf = (event) => event.target.closest?.("[data-sst-glisser]");
const targetOf = (event) => {
  const target = event.target.closest?.("[data-sst-deposer]");
  return held && target && target !== held && target.closest("[data-sst-zone]") === held.closest("[data-sst-zone]")
    ? target : null;
};

document.addEventListener("dragstart", (event) => {
  held = rowOf(event);
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  held.classList.add("is-held");
});

document.addEventListener("dragend", () => {
  held?.classList.remove("is-held");
  for (const zone of document.querySelectorAll(".is-target")) zone.classList.remove("is-target");
  held = null;
});

document.addEventListener("dragover", (event) => {
  const target = targetOf(event);
  for (const zone of document.querySelectorAll(".is-target")) if (zone !== target) zone.classList.remove("is-target");
  if (!target) return;
  event.preventDefault();
  target.classList.add("is-target");
});

function send(form, ...rows) {
  for (const row of rows) {
    for (const [name, value] of Object.entries(row.dataset)) {
      if (!name.startsWith("champ")) continue;
      const field = form.elements[name.slice(5).toLowerCase()];
      if (field) field.value = value;
    }
  }
  if (rows[0].dataset.adresse) form.action = rows[0].dataset.adresse;
  form.requestSubmit();
}

document.addEventListener("drop", (event) => {
  const target = targetOf(event);
  if (!target) return;
  event.preventDefault();
  const zone = held.closest("[data-sst-zone]");
  const form = document.getElementById(zone.dataset.sstZone);
  if (form) {
    send(form, held, target);
    return;
  }
  const gesture = zone.querySelector("button[data-sst-geste]");
  gesture.value = `poser:${held.dataset.sstGlisser}:${target.dataset.sstDeposer}`;
  gesture.click();
});

document.addEventListener("keydown", (event) => {
  const touche = TOUCHES[event.key];
  if (!touche || event.target.matches("input, select, textarea") || (event.altKey === (touche === "retirer"))) return;
  const button = event.target.closest?.("[data-sst-glisser]")?.querySelector(`[data-sst-touche="${touche}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// A row taken away takes the focus with it: the one that follows receives it.
let rank = -1;
const rowsOf = () => [...document.querySelectorAll("[data-sst-zone] input[name=due]")].map((field) => field.closest("li"));

document.addEventListener("htmx:beforeRequest", (event) => {
  rank = rowsOf().indexOf(event.target.closest("li"));
});

document.addEventListener("htmx:afterSettle", () => {
  if (rank < 0 || document.activeElement !== document.body) return;
  const rows = rowsOf();
  rows[Math.min(rank, rows.length - 1)]?.querySelector('[data-sst-touche="retirer"]')?.focus();
  rank = -1;
});

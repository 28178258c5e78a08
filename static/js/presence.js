// [data-sst-presence]: on the row at hand the key of an act does it; arrows go from row to row.
const isTyping = (target) => target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
  || (target.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(target.type));
const list = () => [...document.querySelectorAll("[data-sst-presence] > li[id]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const here = event.target.closest("[data-sst-presence] > li");
  if (event.key === "Escape" && here) {
    here.querySelector("details")?.removeAttribute("open");
    here.focus();
    return;
  }
  if (isTyping(event.target)) return;
  const rows = list();
  const rank = rows.indexOf(here);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = here ? rows[rank + step] : rows.find((row) => row.matches("[data-sst-a-dire]")) ?? rows[0];
    if (!next) return;
    event.preventDefault();
    next.focus();
    return;
  }
  const act = /^[a-z]$/i.test(event.key) && here?.querySelector(`[data-sst-touche="${event.key.toLowerCase()}"]`);
  if (!act) return;
  event.preventDefault();
  if (act.tagName === "SUMMARY") {
    act.parentElement.open = true;
    act.parentElement.querySelector("select")?.focus();
    return;
  }
  act.click();
  if (act.tagName !== "BUTTON") return;
  // What was already said is passed over: the key of one row must not change another by surprise.
  const next = rows.slice(rank + 1).find((row) => row.matches("[data-sst-a-dire]"));
  (next ?? here).focus();
});

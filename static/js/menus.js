// details.menu and details.phone-menu: closed by a click elsewhere or by Escape, one open at a time.
const SELECTOR = "details.menu, details.phone-menu";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(SELECTOR)) {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.(SELECTOR);
  if (menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

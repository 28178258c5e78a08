// [data-sst-copier="text"]: copies the text, then says so in the button for two seconds.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-sst-copier]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.sstCopier);
  const label = button.querySelector("[data-sst-mot]") || button;
  const before = label.textContent;
  label.textContent = "Copié";
  setTimeout(() => { label.textContent = before; }, 2000);
});

// [data-sst-mots]: the words to read again, which the preview brings anew while one types. A box ticked while its
// answer was under way stays as it is: what the person sees wins over what the server knew when it was asked.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (!target.matches("[data-sst-mots]")) return;
  const shown = [...target.querySelectorAll("input[type=checkbox]")];
  for (const box of fragment.querySelectorAll("[data-sst-mots] input[type=checkbox]")) {
    const known = shown.find((other) => other.name === box.name && other.value === box.value);
    if (known) box.checked = known.checked;
  }
});

// [data-sst-remplir data-ID="value" …]: fills the fields of these ids, then goes to the button that sends them.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sst-remplir]");
  if (!button) return;
  let form = null;
  for (const [id, value] of Object.entries(button.dataset)) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    form = field.form;
  }
  form?.querySelector("button:not([type=button])")?.focus();
});

// form[data-sst-une-fois]: a second click on the button sends nothing. Coming back to the page frees it.
const buttonsOf = (form) => [...form.elements, ...document.querySelectorAll(`[form="${form.id}"]`)]
  .filter((element) => element.type === "submit");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-sst-une-fois]") || event.defaultPrevented) return;
  if (form.dataset.sstParti) {
    event.preventDefault();
    return;
  }
  form.dataset.sstParti = "oui";
  // After the browser has read the form, or the pressed button's own value would be missing.
  setTimeout(() => {
    for (const button of buttonsOf(form)) button.setAttribute("aria-disabled", "true");
  });
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sst-parti]")) {
    delete form.dataset.sstParti;
    for (const button of buttonsOf(form)) button.removeAttribute("aria-disabled");
  }
});

// form[data-sst-suivre]: the browser asks before what was typed is lost. Sending the form asks nothing.
for (const form of document.querySelectorAll("form[data-sst-suivre]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("sst:ligne", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

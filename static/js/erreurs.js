// [data-sst-erreurs]: after a refused form, the summary of what to correct receives the focus.
document.querySelector("[data-sst-erreurs]")?.focus();

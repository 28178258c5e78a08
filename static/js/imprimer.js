// [data-sst-imprimer]: opens the browser's print window on click; with the value "aussitot", when the page opens.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-sst-imprimer]:not([data-sst-imprimer='aussitot'])")) window.print();
});

if (document.querySelector("[data-sst-imprimer='aussitot']")) {
  document.fonts.ready.then(() => window.print());
}

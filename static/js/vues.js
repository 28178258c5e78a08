// .views: on a phone the row of views scrolls sideways; it opens on the view shown.
for (const views of document.querySelectorAll(".views")) {
  const shown = views.querySelector("[aria-current]");
  if (!shown) continue;
  views.scrollLeft += shown.getBoundingClientRect().right - views.getBoundingClientRect().right + 32;
}

// [data-sst-selon]: a part of a form that only some choices of a list ask for. Without this script it shows always,
// and the server forgets what another choice does not ask for.
for (const part of document.querySelectorAll("[data-sst-selon]")) {
  const list = part.closest("form").elements[part.dataset.sstSelon];
  const wanted = part.dataset.sstValeurs.split(" ");
  const follow = () => { part.hidden = !wanted.includes(list.value); };
  list.addEventListener("change", follow);
  follow();
}

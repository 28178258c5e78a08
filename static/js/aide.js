// a[data-sst-aide]: the help of the page opens beside it, in dialog[data-sst-tiroir]; « ? » does the same outside of
// text fields. Escape or a click beside it closes. Without script the link leads to the page of the help.
const link = document.querySelector("a[data-sst-aide]");
const drawer = document.querySelector("dialog[data-sst-tiroir]");

const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

async function openHelp() {
  const body = drawer.querySelector("[data-sst-corps-aide]");
  if (!body.childElementCount) {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) {
      location.assign(link.href);
      return;
    }
    body.innerHTML = await answer.text();
  }
  if (!drawer.open) drawer.showModal();
}

if (link && drawer) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openHelp();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer || event.target.closest("[data-sst-fermer]")) drawer.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      event.preventDefault();
      openHelp();
    }
  });
}

// [data-sst-recherche]: « / » brings the cursor into the search box; htmx fetches the list under it while one
// types. Arrow keys move through the options, Enter opens the active one (without one: the page of results), Escape
// closes. The input becomes a combobox here, since without script it is a plain field.
const input = document.querySelector("[data-sst-recherche]");
const isTyping = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

if (input) {
  const { form } = input;
  const list = form.querySelector(".suggestions");
  const voice = form.querySelector("[data-sst-annonce]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[role=option][aria-selected=true]");

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-haspopup", "listbox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "suggestions");

  const choose = (option) => {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open && options().length > 0));
    if (!open) choose(null);
  };

  const move = (step) => {
    const all = options();
    const place = all.indexOf(active());
    const next = place < 0 ? (step > 0 ? 0 : all.length - 1) : place + step;
    choose(all[next] ?? null); // past either end the cursor is back in the text
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  input.addEventListener("keydown", (event) => {
    const opened = !list.hidden && options().length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options().length) return;
      event.preventDefault();
      if (!opened) show(true);
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && opened && active()) {
      event.preventDefault();
      location.assign(active().href);
    } else if (event.key === "Escape") {
      if (list.hidden) input.blur();
      else {
        event.preventDefault(); // a search field would also empty itself
        show(false);
      }
    }
  });

  list.addEventListener("htmx:afterSwap", () => {
    show(document.activeElement === input && list.children.length > 0);
    voice.textContent = list.querySelector("[data-sst-nombre]")?.dataset.sstNombre ?? "";
  });
  input.addEventListener("focus", () => show(list.children.length > 0));
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) show(false); });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the click comes before the focus goes
}

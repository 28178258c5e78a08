// A session that ended and began again in another tab: the page goes on with the token of the browser, and no
// longer says that it ended.
const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];

document.addEventListener("visibilitychange", () => {
  const fresh = token();
  if (document.hidden || !fresh) return;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
});

document.addEventListener("htmx:configRequest", (event) => {
  const fresh = token();
  if (fresh && event.detail.verb === "post") event.detail.parameters.csrfmiddlewaretoken = fresh;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr?.status === 200) document.getElementById("fin-session")?.replaceChildren();
});

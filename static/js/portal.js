// What HTML and htmx cannot say: that scripts run, what is busy, where new items begin, what a sign-out leaves behind.
document.documentElement.classList.add("js");

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "false");
});

// Not the autofocus attribute: browsers refuse it in a frame of another site.
document.addEventListener("htmx:load", (event) => {
  if (document.documentElement.classList.contains("loading-all")) return;
  event.detail.elt.querySelector("[data-takes-focus]")?.focus();
});

// htmx keeps the address of the last order there.
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-sign-out]")) sessionStorage.clear();
});

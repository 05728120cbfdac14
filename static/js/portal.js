// What HTML and htmx cannot say by themselves: that a region is busy, where new items begin, and that the portal cannot
// be reached.
"use strict";

const offline = () => document.getElementById("offline");

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

document.addEventListener("htmx:beforeOnLoad", () => {
  offline().hidden = true;
});

document.addEventListener("htmx:sendError", () => {
  offline().hidden = false;
});

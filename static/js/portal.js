// What HTML and htmx cannot say by themselves: that a region is busy, and that the portal cannot be reached.
"use strict";

const offline = () => document.getElementById("offline");

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "false");
});

document.addEventListener("htmx:beforeOnLoad", () => {
  offline().hidden = true;
});

document.addEventListener("htmx:sendError", () => {
  offline().hidden = false;
});

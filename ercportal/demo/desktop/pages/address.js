"use strict";

document.getElementById("callers").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  document.querySelectorAll("#callers button").forEach((one) => one.setAttribute("aria-pressed", one === button));
  document.getElementById("who").textContent = button.querySelector("strong").textContent;
  const frame = document.createElement("iframe");
  frame.src = `${document.body.dataset.panel}?${button.dataset.query}`;
  Object.assign(frame, { title: "Order items", allow: "clipboard-write" });
  Object.assign(frame.style, { width: "100%", height: "100%", border: "0" });
  document.getElementById("panel").replaceChildren(frame);
});

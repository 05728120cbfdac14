"use strict";

let call = null;
const choices = [...document.querySelectorAll("nav select")];

const panel = new OrderItems({
  element: document.getElementById("panel"),
  portal: document.body.dataset.portal,
  token: async () => {
    const chosen = Object.fromEntries(choices.map((select) => [select.id, select.value]));
    const answer = await fetch("/launch-token", { method: "POST", body: new URLSearchParams({ ...call, ...chosen }) });
    return answer.text();
  },
  onMessage: (type) => {
    document.getElementById("last").value = type;
  },
});

document.getElementById("callers").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  document.querySelectorAll("#callers button").forEach((one) => one.setAttribute("aria-pressed", one === button));
  document.getElementById("who").textContent = button.querySelector("strong").textContent;
  document.getElementById("said").textContent = button.querySelector("span").textContent;
  call = JSON.parse(button.dataset.claims);
  panel.launch();
});

choices.forEach((select) => select.addEventListener("change", () => {
  if (call) panel.launch();
}));

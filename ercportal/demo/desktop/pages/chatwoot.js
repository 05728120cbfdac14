// The dashboard's side: it posts the context when the frame has loaded, and whenever a frame asks for it.
"use strict";

const { portal, slug } = document.body.dataset;
const chats = JSON.parse(document.getElementById("data").textContent);
const panel = document.getElementById("panel");
let chat = null;

// To anybody, as the real one does; the panel looks at who has sent it.
function tell() {
  const { conversation, contact } = chat;
  const currentAgent = { id: 1, name: "Demo agent", email: "agent@desk.example" };
  const context = { event: "appContext", data: { conversation, contact, currentAgent } };
  panel.querySelector("iframe").contentWindow.postMessage(JSON.stringify(context), "*");
}

window.addEventListener("message", ({ data }) => {
  if (data === "chatwoot-dashboard-app:fetch-info" && chat) tell();
});

// The real frame has neither `allow` nor `sandbox`.
function frame() {
  const made = Object.assign(document.createElement("iframe"), { title: "Order items", src: `${portal}/embed/${slug}/` });
  Object.assign(made.style, { width: "100%", height: "100%", border: "0" });
  made.addEventListener("load", tell);
  panel.replaceChildren(made);
}

function open(next) {
  chat = next;
  document.getElementById("who").textContent = chat.contact.name;
  document.getElementById("said").textContent = chat.words;
  document.querySelectorAll("#chats button").forEach((one, at) => one.setAttribute("aria-pressed", chats[at] === chat));
  if (panel.firstChild && document.getElementById("keeps").checked) tell();
  else frame();
}

globalThis.dashboard = { chats, open };

chats.forEach((one) => {
  const button = document.createElement("button");
  const name = Object.assign(document.createElement("strong"), { textContent: one.contact.name });
  const words = Object.assign(document.createElement("span"), { textContent: one.words });
  button.type = "button";
  button.append(name, words);
  button.addEventListener("click", () => open(one));
  const entry = document.createElement("li");
  entry.append(button);
  document.getElementById("chats").append(entry);
});

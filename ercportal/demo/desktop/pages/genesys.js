// The host's side: it fills the conversation into the widget's address, a frame for each interaction, and speaks the
// protocol of the client apps' SDK with them.
"use strict";

const { portal, slug } = document.body.dataset;
const interactions = JSON.parse(document.getElementById("data").textContent);
const panel = document.getElementById("panel");
// As the administrator pastes it.
const address = `${portal}/embed/${slug}/?gcConversationId={{gcConversationId}}&gcHostOrigin={{gcHostOrigin}}`
  + "&gcTargetEnv={{gcTargetEnv}}&gcLangTag={{gcLangTag}}";
// The frames by their interaction, what they have sent, and the language of the host.
const host = { frames: new Map(), log: [], language: "en-us" };

let shown = null;

function fill({ id }) {
  const values = {
    gcConversationId: id,
    gcHostOrigin: location.origin,
    gcTargetEnv: "prod",
    gcLangTag: host.language,
  };
  if (document.getElementById("fills").value === "none") return address;
  return address.replace(/\{\{(\w+)\}\}/g, (whole, name) => (name in values ? encodeURIComponent(values[name]) : whole));
}

function hook(frame, name) {
  const message = { purecloudEventType: "appLifecycleHook", protocol: "purecloud-client-apps", hook: name };
  frame.contentWindow.postMessage(message, new URL(portal).origin);
}

function frame(interaction) {
  const made = Object.assign(document.createElement("iframe"), { title: "Order items", allow: "clipboard-write" });
  // The four that are there unless the administrator says otherwise, and the one that the panel needs.
  made.sandbox = "allow-scripts allow-same-origin allow-forms allow-modals allow-popups";
  Object.assign(made.style, { width: "100%", height: "100%", border: "0" });
  made.src = fill(interaction);
  made.addEventListener("load", () => hook(made, "bootstrap"));
  panel.append(made);
  return made;
}

const actions = {
  stopped: (_, sender) => {
    sender.remove();
    host.frames.forEach((one, id) => one === sender && host.frames.delete(id));
  },
  showToast: ({ title, message }) => {
    document.getElementById("toast").value = `${title}: ${message}`;
  },
  setAttentionCount: ({ count }) => {
    document.title = count ? `(${count}) Interactions` : "Interactions";
  },
  showMyInteractionDetails: ({ conversationId }) => open(interactions.find(({ id }) => id === conversationId)),
};

window.addEventListener("message", ({ data, source, origin }) => {
  if (origin !== new URL(portal).origin || data?.protocol !== "purecloud-client-apps") return;
  const sender = [...host.frames.values()].find((one) => one.contentWindow === source);
  if (!sender) return;
  host.log.push(data);
  actions[data.action]?.(data, sender);
});

// The frame of each interaction stays, hidden, until the interaction ends.
function open(interaction) {
  shown = interaction;
  document.getElementById("who").textContent = interaction?.name ?? "No interaction";
  document.getElementById("said").textContent = interaction?.words ?? "The panel on the right opens with the interaction.";
  document.querySelectorAll("#interactions button").forEach((one, at) => {
    one.setAttribute("aria-pressed", interactions[at] === interaction);
  });
  if (interaction && !host.frames.has(interaction.id)) host.frames.set(interaction.id, frame(interaction));
  host.frames.forEach((one, id) => {
    one.hidden = id !== interaction?.id;
  });
}

document.getElementById("end").addEventListener("click", () => {
  const ended = host.frames.get(shown?.id);
  open(null);
  if (ended) hook(ended, "stop");
});

Object.assign(host, { interactions, open });
globalThis.host = host;

interactions.forEach((one) => {
  const button = document.createElement("button");
  const name = Object.assign(document.createElement("strong"), { textContent: one.name });
  const words = Object.assign(document.createElement("span"), { textContent: one.words });
  button.type = "button";
  button.append(name, words);
  button.addEventListener("click", () => open(one));
  const entry = document.createElement("li");
  entry.append(button);
  document.getElementById("interactions").append(entry);
});

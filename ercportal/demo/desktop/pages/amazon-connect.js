// The workspace's side of the protocol: what an app's SDK sends over its port, and what the workspace says to it.
"use strict";

const { portal, slug } = document.body.dataset;
const contacts = JSON.parse(document.getElementById("data").textContent);
const scope = document.getElementById("scope");
const shape = document.getElementById("shape");
const CURRENT = "CURRENT_CONTACT";
// How late responses are in milliseconds, what an app may not ask, the apps, and what they have sent.
const workspace = { delay: 0, refused: [], apps: [], log: [] };
globalThis.workspace = workspace;

let shown = null;

const find = (contactId) => contacts.find((one) => one.contactId === contactId);

class App {
  #subscriptions = [];
  #counter = 0;
  #instanceId = crypto.randomUUID();

  // A contact of its own, or none where one frame is for all of them.
  constructor(contact) {
    this.contact = contact;
    this.port = null;
    this.frame = document.createElement("iframe");
    Object.assign(this.frame, { title: "Order items", allow: "clipboard-write" });
    // The four that the workspace always grants, and the one that the panel asks for.
    this.frame.sandbox = "allow-forms allow-popups allow-same-origin allow-scripts allow-popups-to-escape-sandbox";
    Object.assign(this.frame.style, { width: "100%", height: "100%", border: "0" });
    this.frame.src = `${portal}/embed/${slug}/`;
    document.getElementById("panel").append(this.frame);
  }

  connect(port) {
    this.port = port;
    port.onmessage = ({ data }) => this.#receive(data);
    this.#post("acknowledge", {
      connectionId: crypto.randomUUID(),
      status: { initialized: true, startTime: new Date() },
      healthCheckInterval: 1000,
    });
    this.#live("create");
  }

  publish(key, contact) {
    const isCurrent = contact === (this.contact ?? shown);
    this.#subscriptions
      .filter(({ topic }) => topic.key === key)
      .filter(({ topic: { parameter } }) => parameter === contact.contactId || (isCurrent && (parameter ?? CURRENT) === CURRENT))
      .forEach(({ topic, handlerId }) => this.#post("publish", {
        topic,
        handlerId,
        data: { contactId: contact.contactId, initialContactId: undefined, type: "voice", subtype: "connect:Telephony" },
      }));
  }

  destroy() {
    if (this.port) this.#live("destroy");
    else this.frame.remove();
  }

  #post(type, more) {
    this.port.postMessage({ type, ...more });
  }

  #live(stage) {
    const app = { arn: "arn:aws:app", namespace: "order-items", id: "order-items", name: "Order items", description: "" };
    const config = { ...app, accessUrl: this.frame.src, contactHandling: { scope: scope.value }, permissions: [] };
    const { contactId } = this.contact ?? shown ?? {};
    const contactScope = contactId && { type: "contact", contactId };
    this.#post("appLifecycle", {
      stage,
      appInstanceId: this.#instanceId,
      instanceId: this.#instanceId,
      appConfig: config,
      config,
      scope: this.contact ? contactScope : { type: "idle" },
      contactScope,
      launchedBy: { type: "internal", name: undefined },
      region: "eu-central-1",
    });
  }

  #receive(message) {
    workspace.log.push(message);
    const { type, stage, topic, handlerId } = message;
    if (type === "subscribe") this.#subscriptions.push({ topic, handlerId });
    if (type === "unsubscribe") {
      this.#subscriptions = this.#subscriptions.filter((one) => one.topic.key !== topic.key);
    }
    if (type === "request") setTimeout(() => this.#respond(message), workspace.delay);
    if (type === "healthCheck") this.#post("healthCheckResponse", { time: Date.now(), counter: this.#counter++ });
    if (type === "appLifecycleHandlerCompleted" && stage === "create") this.#live("start");
    if (type === "appLifecycleHandlerCompleted" && stage === "destroy") this.frame.remove();
  }

  #respond({ namespace, requestId, command, data }) {
    const contact = data.contactId === CURRENT ? (this.contact ?? shown) : find(data.contactId);
    if (!contact || workspace.refused.includes(command) || !(command in COMMANDS)) {
      const details = { command, requestData: data };
      this.#post("response", { namespace, requestId, isError: true, errorKey: "unauthorized", reason: "Refused", details });
    } else {
      this.#post("response", { namespace, requestId, isError: false, data: COMMANDS[command](contact, data) });
    }
  }
}

const COMMANDS = {
  "contact/getAttributes": ({ attributes }, { attributes: asked }) => Object.fromEntries(Object.entries(attributes)
    .filter(([name]) => asked === "*" || asked.includes(name))
    .map(([name, value]) => [name, shape.value === "text" ? value : { name, value }])),
  "voice/getInitialCustomerPhoneNumber": ({ phone }) => ({ phoneNumber: phone }),
};

window.addEventListener("message", ({ data, source, origin, ports }) => {
  if (data?.type !== "connect-app-host-init" || origin !== new URL(portal).origin) return;
  workspace.log.push(data);
  workspace.apps.find(({ frame }) => frame.contentWindow === source)?.connect(ports[0]);
});

function publish(key, contact) {
  workspace.apps.forEach((app) => app.publish(key, contact));
}

// The frame of each contact stays, hidden, until the contact ends.
function open(contact) {
  const isShared = scope.value === "CROSS_CONTACTS";
  const isOf = (app) => app.contact === (isShared ? null : contact);
  if (!workspace.apps.some(isOf)) workspace.apps.push(new App(isShared ? null : contact));
  workspace.apps.forEach((app) => {
    app.frame.hidden = !isOf(app);
  });
}

function show(contact) {
  shown = contact;
  document.getElementById("who").textContent = contact?.name ?? "No contact";
  document.getElementById("said").textContent = contact?.words ?? "The panel on the right opens with the contact.";
  document.querySelectorAll("#contacts button").forEach((one, at) => {
    one.setAttribute("aria-pressed", contacts[at] === contact);
  });
}

function accept(contact) {
  show(contact);
  open(contact);
  publish("contact/connected", contact);
}

function end() {
  if (!shown) return;
  const contact = shown;
  publish("contact/acw", contact);
  publish("contact/cleared", contact);
  const own = workspace.apps.find((app) => app.contact === contact);
  own?.destroy();
  workspace.apps = workspace.apps.filter((app) => app !== own);
  show(null);
}

Object.assign(workspace, { accept, end, contacts });

contacts.forEach((contact) => {
  const button = document.createElement("button");
  const name = Object.assign(document.createElement("strong"), { textContent: contact.name });
  const words = Object.assign(document.createElement("span"), { textContent: contact.words });
  button.type = "button";
  button.append(name, words);
  button.addEventListener("click", () => accept(contact));
  const entry = document.createElement("li");
  entry.append(button);
  document.getElementById("contacts").append(entry);
});
document.getElementById("end").addEventListener("click", end);
scope.addEventListener("change", () => {
  workspace.apps.splice(0).forEach(({ frame }) => frame.remove());
  show(null);
});

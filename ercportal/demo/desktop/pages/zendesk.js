// Plays Zendesk's ticket page: a frame for each ticket and app, and the answers of the Zendesk Apps Framework, version 2.
"use strict";

const { app } = document.body.dataset;

// What the ticket page knows of each requester. A custom field without a value is null, as there.
const REQUESTERS = {
  amal: {
    name: "Amal Haddad", email: "amal.haddad@post.example", externalId: "C-1001", customField: { 2: "A-20731" },
  },
  chidi: { name: "Chidi Okafor", email: "chidi.okafor@post.example", externalId: "C-1002" },
  emi: { name: "Emi Tanaka", email: "emi.tanaka@post.example", customField: { 1: "C-1003" } },
  margarida: { name: "Margarida Sousa", email: "margarida.sousa@correio.example" },
  lena: { name: "Lena Brandt", email: null, customField: { 3: "+49 30 23125001" } },
  nobody: { name: "Unknown", email: "nobody@nowhere.example" },
  silent: { name: "Without a word", email: null },
  gwen: { name: "Gwen Price", email: "gwen.price@post.example", externalId: "C-FAULTS", customField: { 2: "F-slow" } },
};

globalThis.Zendesk = class Zendesk {
  // Each app's frame, with its ticket and the events that it listens to, by the app's guid.
  apps = new Map();

  constructor() {
    window.addEventListener("message", (event) => this.receive(event));
  }

  // Opens an app in a ticket, signed as `signedUrls` has it: the token is posted, and only once. Without a token the
  // frame gets the address.
  open(ticket, element, address, token = "") {
    const guid = crypto.getRandomValues(new Uint32Array(4)).join("-");
    const frame = Object.assign(document.createElement("iframe"), { name: `app-${guid}`, title: "Order items" });
    frame.allow = "clipboard-write";
    Object.assign(frame.style, { width: "100%", height: "400px", border: "0" });
    element.append(frame);
    this.apps.set(guid, { guid, frame, ticket, events: new Set(), origin: new URL(address).origin });
    const url = `${address}?${new URLSearchParams({ origin: location.origin, app_guid: guid })}`;
    if (!token) {
      frame.src = url;
      return frame;
    }
    const form = Object.assign(document.createElement("form"), {
      method: "post", action: url, target: frame.name, hidden: true,
    });
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "token", value: token }));
    document.body.append(form);
    form.submit();
    form.remove();
    return frame;
  }

  receive({ data, origin, source }) {
    let message = null;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    const one = this.apps.get(Object(message).appGuid);
    if (!one || source !== one.frame.contentWindow || origin !== one.origin) return;
    const { id, key = "", request, params, message: told } = message;
    document.getElementById("last").value = key || request;
    const [, verb, name] = key.match(/^iframe\.(handshake|on|off):?(.*)$/) ?? [];
    if (verb === "handshake") this.register(one);
    else if (verb === "on") one.events.add(name);
    else if (verb === "off" && !told.subscriberCount) one.events.delete(name);
    else if (id) this.answer(one, id, request, params);
  }

  register(one) {
    const context = {
      instanceGuid: one.guid, product: "support", location: "ticket_sidebar",
      account: { subdomain: "demo" }, ticketId: one.ticket.id,
    };
    this.post(one, JSON.stringify({ key: "zaf.app.registered", message: { metadata: { settings: {} }, context } }));
  }

  answer(one, id, request, params) {
    if (request === "get") this.post(one, JSON.stringify({ id, result: this.values(one, params) }));
    else if (request === "invoke") this.post(one, JSON.stringify({ id, result: this.invoke(one, params) }));
    else this.post(one, { id, error: { name: "Error", message: `${request} is not played` } });
  }

  // The values by their paths; what is no path is told in `errors`.
  values({ ticket }, paths) {
    const result = { errors: {} };
    paths.forEach((path) => {
      const found = this.value(ticket, path);
      if (found === undefined) result.errors[path] = { name: "APIError", path, message: "No such Api" };
      else result[path] = found;
    });
    return result;
  }

  value(ticket, path) {
    const { externalId = null, ...requester } = REQUESTERS[ticket.requester];
    const fields = { ...requester, externalId, id: ticket.requester };
    const [, part] = path.match(/^ticket\.requester\.(\w+)$/) ?? [];
    const [, number] = path.match(/^ticket\.customField:custom_field_([1-3])$/) ?? [];
    if (number) return requester.customField?.[number] ?? null;
    if (path === "ticket.id") return ticket.id;
    return part && part !== "customField" ? fields[part] : undefined;
  }

  invoke({ frame }, calls) {
    const result = { errors: {} };
    Object.entries(calls).forEach(([name, [options]]) => {
      if (name === "resize") {
        frame.style.height = options.height ?? frame.style.height;
        result[name] = null;
      } else {
        result.errors[name] = { name: "APIError", path: name, message: "No such Api" };
      }
    });
    return result;
  }

  // Another requester for a ticket: its apps are told, if they asked for it.
  change(ticket, requester) {
    ticket.requester = requester;
    this.apps.forEach((one) => {
      if (one.ticket !== ticket) return;
      ["id", "email"].map((part) => `ticket.requester.${part}.changed`).filter((name) => one.events.has(name))
        .forEach((name) => this.post(one, { key: `zaf.${name}`, message: requester }));
    });
  }

  post(one, message) {
    one.frame.contentWindow.postMessage(message, one.origin);
  }
};

globalThis.zendesk = new Zendesk();

const tickets = new Map();
const choice = document.getElementById("requester");
choice.append(...Object.entries(REQUESTERS).map(([id, { name }]) => new Option(name, id)));
let current = null;
// The ticket that was clicked last: a token that comes late brings no other back.
let clicked = "";

async function show(button) {
  const [, id, name] = button.querySelector("strong").textContent.match(/#(\d+) (.*)/);
  clicked = id;
  document.querySelectorAll("#callers button").forEach((one) => one.setAttribute("aria-pressed", one === button));
  document.getElementById("who").textContent = `#${id} ${name}`;
  if (!tickets.has(id)) {
    const ticket = { id: Number(id), requester: button.dataset.requester };
    tickets.set(id, ticket);
    const token = await (await fetch("/zendesk/token", { method: "POST" })).text();
    ticket.frame = globalThis.zendesk.open(ticket, document.getElementById("panel"), app, token);
  }
  current = tickets.get(clicked);
  tickets.forEach((ticket) => {
    if (ticket.frame) ticket.frame.hidden = ticket !== current;
  });
  choice.disabled = false;
  choice.value = current.requester;
}

document.getElementById("callers").addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) show(button);
});

choice.addEventListener("change", () => globalThis.zendesk.change(current, choice.value));

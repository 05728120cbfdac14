// The app's side of Amazon Connect's workspace: docs/desktops/amazon-connect.md.
"use strict";

{
  const { port1: port, port2 } = new MessageChannel();
  const providerId = crypto.randomUUID();
  const answers = new Map();
  // The workspace's name for the contact whose id it has not said.
  const CURRENT = "CURRENT_CONTACT";
  // The contact that is shown; empty where there is none.
  let current = null;
  // The one contact of the frame, whose place no other may take.
  let only = "";

  const messageOrigin = { _type: "app", providerId, origin: location.origin, path: location.pathname };
  const post = (type, more) => port.postMessage({ type, messageOrigin, ...more });

  const ask = (module, command, data) => new Promise((resolve) => {
    const requestId = crypto.randomUUID();
    answers.set(requestId, resolve);
    post("request", { namespace: `aws.connect.${module}`, command: `${module}/${command}`, requestId, data });
  });

  const paths = Object.values(Panel.addresses.sources).flat();
  const attributes = paths.filter((one) => one.startsWith("attributes.")).map((one) => one.slice(11));

  async function follow(contactId) {
    if (contactId === current) return;
    current = contactId;
    if (!contactId) return Contact.rest();
    Contact.end();
    Contact.expect();
    const [known, voice] = await Promise.all([
      attributes[0] && ask("contact", "getAttributes", { contactId, attributes }),
      paths.includes("phone") && ask("voice", "getInitialCustomerPhoneNumber", { contactId }),
    ]);
    if (contactId !== current) return;
    // Each is a text, or an object with its value.
    const texts = attributes.map((name) => [name, known?.[name]?.value ?? known?.[name]]);
    Contact.tell({ attributes: Object.fromEntries(texts), phone: voice?.phoneNumber });
  }

  const begin = (contactId) => current || follow(contactId);
  // Whose end it is cannot be told of one without an id, and what stays on screen could be somebody's who has gone.
  const end = (contactId) => [contactId, CURRENT].includes(current) && follow("");
  const events = { connected: follow, incoming: begin, acw: begin, missed: end, cleared: end };

  function create({ scope, contactScope, appConfig, config }) {
    const given = scope?.contactId ?? contactScope?.contactId ?? "";
    if ((config?.contactHandling ?? appConfig?.contactHandling)?.scope !== "CROSS_CONTACTS") only = given;
    const parameter = only || CURRENT;
    Object.keys(events).forEach((name) => post("subscribe", {
      topic: { namespace: "aws.connect.contact", key: `contact/${name}`, parameter },
      handlerId: crypto.randomUUID(),
    }));
    // Without any scope there may still be a contact.
    follow(given || (scope ? "" : parameter));
  }

  const stages = { create, destroy: () => follow("") };
  const handlers = {
    acknowledge({ healthCheckInterval: interval }) {
      if (interval >= 1000) setInterval(post, interval, "healthCheck");
    },
    appLifecycle(message) {
      const { stage, appInstanceId } = message;
      if (!stages[stage]) return;
      stages[stage](message);
      post("appLifecycleHandlerCompleted", { stage, appInstanceId });
    },
    publish({ topic, data }) {
      const { contactId } = Object(data);
      if (!only || contactId === only) events[String(topic?.key).slice(8)]?.(contactId);
    },
    response({ requestId, isError, data }) {
      answers.get(requestId)?.(isError || data);
      answers.delete(requestId);
    },
  };
  port.onmessage = ({ data }) => handlers[data?.type]?.(data);

  // Not to everyone: whoever has the port says who the customer is.
  if (Panel.host) {
    window.parent.postMessage({ type: "connect-app-host-init", sdkVersion: "1.0.12", providerId }, Panel.host, [port2]);
  }
  Contact.expect();
  Panel.start(SignIn.script);
}

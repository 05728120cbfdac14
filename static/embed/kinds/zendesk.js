// Talks with Zendesk's page as its apps framework does, version 2: asks who the ticket's requester is, and to fit the
// frame's height.
"use strict";

{
  // Zendesk tells by either that the ticket has another requester.
  const CHANGES = ["ticket.requester.changed", "ticket.requester.id.changed"];
  const { origin, app_guid: appGuid, instance_guid: instanceGuid = appGuid } = Panel.query;
  // The address tells it better than the browser where the settings stand for several.
  if (Panel.isHost(origin) && new URL(origin).origin === origin) Panel.host = origin;
  let isRegistered = false;
  let isOpen = false;
  let height = 0;
  let lastId = 0;
  // The question for the requester whose answer counts; one for the requester before comes too late.
  let asked = 0;

  const post = (message) => Panel.tell(JSON.stringify({ ...message, appGuid, instanceGuid }));

  const request = (name, params) => {
    lastId += 1;
    post({ id: lastId, request: name, params });
    return lastId;
  };

  const resize = () => {
    if (isRegistered && height) request("invoke", { resize: [{ height: `${height}px` }] });
  };

  const ask = () => {
    asked = request("get", [...new Set(Object.values(Panel.addresses.sources).flat())]);
  };

  const register = () => {
    isRegistered = true;
    resize();
    if (!isOpen) return;
    CHANGES.forEach((name) => post({ key: `iframe.on:${name}`, message: { subscriberCount: 1 } }));
    ask();
  };

  const read = (data) => {
    try {
      return Object(typeof data === "string" ? JSON.parse(data) : data);
    } catch {
      return {};
    }
  };

  window.addEventListener("message", (event) => {
    if (!Panel.isFromHost(event) || event.origin !== Panel.host) return;
    const { key, id, result, instanceGuid: whose = instanceGuid } = read(event.data);
    if (whose !== instanceGuid) return;
    if (key === "zaf.app.registered") register();
    else if (isOpen && CHANGES.some((name) => key === `zaf.${name}`)) {
      Contact.end();
      Contact.expect();
      ask();
    } else if (asked && id === asked) {
      // What Zendesk does not know stands in `errors`, beside the rest; an answer that is an error has nothing.
      Contact.tell(Object(result));
    }
  });

  Panel.start({
    token(token) {
      if (Contact.take(token)) isOpen = true;
    },
    height(now) {
      height = now;
      resize();
    },
  });
  post({ key: "iframe.handshake", message: { version: "2.0.9" } });
  // What comes later still counts.
  if (isOpen) Contact.expect();
}

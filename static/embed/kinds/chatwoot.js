// Talks with Chatwoot's dashboard, which posts whom the conversation is with: docs/desktops/chatwoot.md.
"use strict";

{
  let shown = "";

  function read(text) {
    try {
      return Object(JSON.parse(text));
    } catch {
      return {};
    }
  }

  window.addEventListener("message", (message) => {
    if (!Panel.isFromHost(message) || typeof message.data !== "string") return;
    const { event, data } = read(message.data);
    if (event !== "appContext" || Object(data) !== data) return;
    Panel.host = message.origin;
    const { conversation, contact } = data;
    const sender = conversation?.meta?.sender;
    // Two contacts of whom nothing is known are two all the same.
    const next = JSON.stringify([conversation?.id, contact?.id ?? sender?.id]);
    if (next !== shown) Contact.end();
    shown = next;
    // The dashboard may not have loaded the contact yet; the conversation has the same of them.
    Contact.tell({ conversation, contact: { ...sender, ...contact } });
  });

  Panel.tell("chatwoot-dashboard-app:fetch-info");
  Contact.expect();
  Panel.start(SignIn.script);
}

// Talks with a host's page that uses host.js: it says when to clear, and brings a fresh launch token.
"use strict";

{
  const LONGEST_TOKEN = 4096;

  const tell = (type, more) => Panel.tell({ type: `order-items:${type}`, ...more });

  window.addEventListener("message", (event) => {
    if (!Panel.isFromHost(event)) return;
    Panel.host = event.origin;
    const { type, token } = Object(event.data);
    if (type === "order-items:clear") Panel.clear();
    if (type === "order-items:launch" && typeof token === "string" && token && token.length <= LONGEST_TOKEN) {
      Panel.show(Panel.addresses.launch, { token, origin: event.origin });
    }
  });

  tell("ready");
  Panel.start({
    launched: (theme) => tell("launched", { theme }),
    expired: () => tell("expired"),
    height: (height) => tell("height", { height }),
  });
}

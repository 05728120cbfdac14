// Talks with Salesforce's page as its Canvas SDK does: asks it to sign a fresh request, and to fit the frame's height.
"use strict";

{
  const LONGEST_REQUEST = 32768;
  const client = { oauthToken: "null", instanceId: window.name.replace(/^canvas-frame-/, ""), targetOrigin: "*" };
  // Begins anywhere, so that what the page answers to the frame's document before does not count for this one.
  let seq = crypto.getRandomValues(new Uint32Array(1))[0] >>> 1;
  let asked = 0;
  let refreshes = [];

  const send = (type, more) => {
    seq += 1;
    const body = { type, config: { client }, ...more };
    Panel.tell(JSON.stringify({ seq, src: "client", body, targetModule: "Canvas" }));
    return seq;
  };

  const read = (data) => {
    try {
      return Object(JSON.parse(data));
    } catch {
      return {};
    }
  };

  window.addEventListener("message", (event) => {
    if (!Panel.isFromHost(event)) return;
    const { seq: answered, status, payload } = read(event.data);
    if (!asked || answered !== asked) return;
    asked = 0;
    const { status: inner = status, response } = Object(payload);
    if (inner === 200 && typeof response === "string" && response.length <= LONGEST_REQUEST) {
      Panel.show(Panel.addresses.launch, { signed_request: response, origin: event.origin });
    }
  });

  Panel.start({
    // A few times a minute at most: where a fresh request does not help, the panel says why.
    expired() {
      const now = Date.now();
      refreshes = refreshes.filter((at) => at > now - 60000);
      if (refreshes.push(now) <= 3) asked = send("refresh", { accessToken: "null" });
    },
    height: (height) => send("resize", { size: { height: `${height}px`, width: "" } }),
  });
}

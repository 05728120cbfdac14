// Genesys Cloud fills the conversation into the address of a frame of its own, and says when that frame ends:
// docs/desktops/genesys.md.
"use strict";

{
  const { gcConversationId: conversation_id = "", gcHostOrigin = "" } = Panel.query;
  const isOrigin = (text) => URL.canParse(text) && new URL(text).origin === text;
  // Only what the browser does not say itself.
  if (!Panel.host && isOrigin(gcHostOrigin) && Panel.isHost(gcHostOrigin)) Panel.host = gcHostOrigin;

  // As its SDK 2.6.10 does, which calls itself so.
  const tell = (action) => Panel.tell({
    action,
    protocol: "purecloud-client-apps",
    protocolAgentName: "purecloud-client-app-sdk",
    protocolAgentVersion: "2.6.9",
  });

  window.addEventListener("message", (event) => {
    if (!Panel.isFromHost(event)) return;
    const { purecloudEventType, hook } = Object(event.data);
    if (purecloudEventType !== "appLifecycleHook") return;
    Panel.host = event.origin;
    if (hook === "bootstrap") tell("bootstrapped");
    if (hook === "stop") {
      Contact.rest();
      tell("stopped");
    }
  });

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-again]")) Contact.again();
  });

  Panel.start(SignIn.script);
  Contact.send({ conversation_id });
}

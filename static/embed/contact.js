// Tells the portal what a desktop says of its contact, for desktops whose own script tells it.
"use strict";

globalThis.Contact = (() => {
  // The agent's access, which outlasts each contact.
  let token = "";
  // What the desktop has said last, by the names of the form; null while there is no contact.
  let fields = null;
  let isResting = false;
  let silence = 0;

  // A name may itself hold dots, as those of attributes do.
  const value = (said, path) => {
    const [name, ...rest] = path.split(".");
    return said?.[path] ?? (rest[0] && value(said?.[name], rest.join(".")));
  };

  // The first usable one counts, and the portal knows which is.
  const find = (said) => Object.entries(Panel.addresses.sources).flatMap(([name, paths]) => paths
    .map((path) => value(said, path))
    .filter((found) => ["string", "number"].includes(typeof found))
    .map((found) => [name, String(found)]));

  const by = (id) => document.getElementById(id);

  const send = async () => {
    if (!token) return;
    if (fields) {
      // What the portal has not heard is said again where the desktop says it again.
      const isHeard = await Panel.show(Panel.addresses.context, [...fields, ["origin", Panel.host]], token);
      if (!isHeard) fields = null;
    } else if (isResting) by("panel").replaceChildren(by("idle").content.cloneNode(true));
  };

  const hear = (isSilent) => {
    clearTimeout(silence);
    isResting = false;
    by("silent").hidden = !isSilent;
  };

  const say = (next) => {
    if (JSON.stringify(next) === JSON.stringify(fields)) return;
    fields = next;
    send();
  };

  return {
    // A contact of whom the desktop says this, an object; nothing in it lets the agent search.
    tell(said) {
      hear();
      say(find(said));
    },
    // No contact any more.
    end() {
      hear();
      fields = null;
      // Without access, what is on screen is nobody's.
      if (token) Panel.clear();
    },
    // No contact, and none to wait for.
    rest() {
      this.end();
      isResting = true;
      send();
    },
    // Where the desktop says nothing soon, the agent is told so, and may search.
    expect() {
      silence = setTimeout(() => {
        hear(true);
        say([]);
      }, 5000);
    },
    // Fields that only the portal's server understands, in place of what is found at the paths.
    send(named) {
      hear();
      fields = null;
      say(Object.entries(named));
    },
    // The agent's access; with a first one, what waited for it is sent.
    take(given) {
      const isFirst = !token && given;
      token = given || token;
      return isFirst;
    },
    forget() {
      token = "";
    },
    again: send,
  };
})();

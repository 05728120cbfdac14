// Embeds the order items panel in a contact-center desktop. docs/embedding.md of the portal shows its use.
"use strict";

globalThis.OrderItems = class OrderItems {
  #options;
  #frame = null;
  #isReady = false;
  #launch = 0;
  #silence = 0;
  #relaunches = [];
  #listen = (event) => this.#receive(event);

  // element: where the panel goes; portal: the portal's origin; token: gives a fresh launch token, or a promise of one;
  // onMessage: told each message's type; grow: true where the frame is to be as high as its content, instead of
  // scrolling by itself within the element's height; title: the frame's name.
  constructor(options) {
    this.#options = { grow: false, title: "Order items", ...options };
    this.#options.portal = new URL(options.portal).origin;
    window.addEventListener("message", this.#listen);
  }

  // Shows what the next token is for. What is on screen goes at once, before that token is there.
  async launch() {
    const mine = ++this.#launch;
    clearTimeout(this.#silence);
    if (this.#isReady) this.#tell("clear");
    else this.#close();
    const token = await this.#options.token();
    if (mine !== this.#launch) return;
    if (!this.#isReady) {
      this.#open(token);
      return;
    }
    this.#tell("launch", { token });
    // A frame that lost its page, by a broken connection for example, says nothing; a new one takes its place.
    this.#silence = setTimeout(() => {
      this.#isReady = false;
      this.launch();
    }, 5000);
  }

  // Takes the panel away.
  remove() {
    this.#launch += 1;
    this.#isReady = false;
    clearTimeout(this.#silence);
    this.#close();
    window.removeEventListener("message", this.#listen);
  }

  // A frame that is still on its way cannot be told anything, and would show the last call.
  #close() {
    this.#frame?.remove();
    this.#frame = null;
  }

  #open(token) {
    const { element, portal, title } = this.#options;
    this.#frame = document.createElement("iframe");
    // Two panels of a page may open in the same millisecond; randomUUID is not there on pages without TLS.
    const name = `order-items-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
    Object.assign(this.#frame, { title, name, allow: "clipboard-write" });
    Object.assign(this.#frame.style, { width: "100%", height: "100%", border: "0" });
    element.append(this.#frame);
    // Posted, so that the token stays out of addresses, logs and history.
    const form = document.createElement("form");
    const field = document.createElement("input");
    Object.assign(form, { method: "post", action: `${portal}/embed/launch`, target: this.#frame.name, hidden: true });
    Object.assign(field, { type: "hidden", name: "token", value: token });
    form.append(field);
    document.body.append(form);
    form.submit();
    form.remove();
  }

  #tell(type, more) {
    this.#frame.contentWindow.postMessage({ type: `order-items:${type}`, ...more }, this.#options.portal);
  }

  #receive(event) {
    if (event.origin !== this.#options.portal || event.source !== this.#frame?.contentWindow) return;
    const { type, height } = Object(event.data);
    if (type !== "order-items:height") clearTimeout(this.#silence);
    if (type === "order-items:ready") this.#isReady = true;
    if (type === "order-items:height" && this.#options.grow && height > 0) this.#frame.style.height = `${height}px`;
    if (type === "order-items:expired") this.#relaunch();
    this.#options.onMessage?.(type);
  }

  // A few times a minute at most: where a fresh token does not help, the panel says why.
  #relaunch() {
    const now = Date.now();
    this.#relaunches = this.#relaunches.filter((at) => at > now - 60000);
    if (this.#relaunches.push(now) <= 3) this.launch();
  }
};

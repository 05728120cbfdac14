// Signs the agent in to the portal, in a window or by a short code.
"use strict";

globalThis.SignIn = (() => {
  const KEY = `sign-in ${location.pathname}`;
  const ASK_AGAIN = 3000;
  // What only this frame knows, and its digest: made before the click, which alone opens a window.
  let pair = null;
  let popup = null;
  // The number of the try; what comes for an earlier one is dropped.
  let turn = 0;
  let isAsking = false;
  let isFirst = true;
  let takesFocus = false;

  const find = (selector) => document.querySelector(`#panel ${selector}`);
  const sleep = (time) => new Promise((done) => setTimeout(done, time));
  const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  // The access alone outlives the frame, and names no customer. Where nothing is kept, each frame asks anew.
  function stored(use) {
    try {
      return use(sessionStorage);
    } catch {
      return "";
    }
  }

  const keep = (token) => stored((storage) => storage.setItem(KEY, token));

  function say(state) {
    const status = find("[data-state]");
    if (status) status.textContent = status.dataset[state] ?? "";
  }

  async function prepare() {
    const verifier = encode(crypto.getRandomValues(new Uint8Array(32)));
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
    pair = { verifier, challenge: encode(digest) };
  }

  // A try begins, with a secret of its own.
  function begin() {
    const { verifier, challenge } = pair;
    prepare();
    find("[data-use-code]").hidden = false;
    find("[data-code-way]").hidden = true;
    return { mine: turn += 1, verifier, challenge };
  }

  const post = (address, fields) => fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "HX-Request": "true" },
    credentials: "omit",
  }).catch(() => null);

  async function exchange(fields) {
    const mine = turn += 1;
    const answer = await post(Panel.addresses.session, fields);
    if (mine === turn && !(answer && Panel.put(await answer.text()))) say("failed");
  }

  async function open() {
    const { mine, verifier, challenge } = begin();
    const address = `${Panel.addresses.popup}?challenge=${challenge}`;
    const opened = window.open(address, "_blank", "popup,width=480,height=680");
    popup = { opened, verifier };
    say(opened ? "opened" : "blocked");
    // One that was cut off counts as closed.
    while (opened && !opened.closed) await sleep(300);
    if (opened && mine === turn) say("closed");
  }

  async function useCode() {
    const { mine, verifier, challenge } = begin();
    say("");
    const answer = await post(Panel.addresses.code, { challenge });
    if (mine !== turn) return;
    if (!answer?.ok) return say("failed");
    const { code, seconds } = await answer.json();
    find("[data-user-code]").textContent = code;
    find("[data-confirm]").textContent = find("[data-confirm]").href;
    find("[data-code-way]").hidden = false;
    find("[data-code-way]").focus();
    for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
      await sleep(ASK_AGAIN);
      const asked = mine === turn && await post(Panel.addresses.session, { verifier });
      const text = asked ? await asked.text().catch(() => "") : "";
      if (mine !== turn) return;
      // Not confirmed, too soon, or out of reach; a proxy's own page is no panel.
      if (text && ![202, 429, 503].includes(asked.status) && Panel.put(text)) return;
    }
    find("[data-code-way]").hidden = true;
    say("late");
  }

  // The agent goes on where the panel begins, but only once they are there: they may still be in the window or the tab.
  function goOn() {
    const focus = () => document.activeElement === document.body && find("main")?.focus();
    if (document.hasFocus()) focus();
    else window.addEventListener("focus", focus, { once: true });
  }

  function ask() {
    // That the sign-in has ended is said beside the button.
    const refusal = find("> main > [data-error]:not([data-error=session-signed-out])");
    const hadFocus = find(":focus");
    isAsking = false;
    Panel.clear();
    isAsking = true;
    turn += 1;
    document.getElementById("panel").replaceChildren(document.getElementById("sign-in").content.cloneNode(true));
    if (refusal) find("main").prepend(refusal);
    const hasEnded = !refusal && !isFirst;
    const button = find("[data-sign-in]");
    button.addEventListener("click", open);
    find("[data-use-code]").addEventListener("click", useCode);
    if (!crypto.subtle) return say("insecure");
    prepare().then(() => {
      button.disabled = false;
      if (hadFocus) button.focus();
      // Once the place for it is there, so that it is read out.
      if (hasEnded) say("ended");
    });
  }

  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== location.origin || !source || source !== popup?.opened) return;
    const { type, code } = Object(data);
    if (type === "order-items:code" && typeof code === "string") exchange({ code, verifier: popup.verifier });
  });

  return {
    // For Panel.start, with what the kind's own script adds.
    script: {
      isAsking: () => isAsking,
      token(given) {
        if (find("[data-error=agent-off]")) keep("");
        if (given && isAsking) {
          isAsking = false;
          takesFocus = true;
          keep(given);
        }
        if (Contact.take(given)) Contact.again();
      },
      expired() {
        const token = isFirst && stored((storage) => storage.getItem(KEY));
        keep("");
        Contact.forget();
        if (!token) ask();
        isFirst = false;
        if (!token) return;
        keep(token);
        Panel.clear();
        Contact.take(token);
        Contact.again();
      },
      launched() {
        if (takesFocus && find("[hx-get]")) {
          takesFocus = false;
          goOn();
        }
      },
    },
  };
})();

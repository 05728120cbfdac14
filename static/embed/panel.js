// The panel's side of the embedding: the embed token, which lives here only, and the talk with the host's page.
"use strict";

const LONGEST_TOKEN = 4096;
const panel = () => document.getElementById("panel");
const title = document.title;
const origins = panel().dataset.origins.split(" ").filter(Boolean);

// Each launch has a number; an answer to an earlier one comes too late and is dropped, as all requests of its page are.
let launch = 0;
const flights = new Set();
let embedToken = "";
let height = 0;
// The address of the list that was asked for when the embed token had expired.
let interrupted = "";

// The frame has no address of its own that could be gone back to or reloaded.
htmx.config.historyEnabled = false;
if (location.search) history.replaceState(null, "", location.pathname);

const isHost = (origin) => Boolean(origin) && origins.some((registered) => {
  const [start, end] = registered.split("*");
  return end === undefined ? origin === registered : origin.startsWith(start) && origin.endsWith(end);
});

const referrer = document.referrer ? new URL(document.referrer).origin : "";
const only = origins.length === 1 ? origins[0] : "";
let host = [location.ancestorOrigins?.[0], referrer, only].find((origin) => isHost(origin) && !origin.includes("*"));

function tell(type, more) {
  if (host && window.parent !== window) window.parent.postMessage({ type: `order-items:${type}`, ...more }, host);
}

const sizes = new ResizeObserver(() => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (now !== height) tell("height", { height: (height = now) });
});

function begin() {
  const { embedToken: given, theme, relaunch } = panel().dataset;
  embedToken = given ?? "";
  delete panel().dataset.embedToken;
  document.documentElement.lang = panel().lang;
  document.documentElement.dir = panel().dir;
  if (embedToken) tell("launched", { theme });
  else if (relaunch !== undefined) tell("expired");
}

function clear() {
  launch += 1;
  embedToken = "";
  flights.forEach((xhr) => xhr.abort());
  document.title = title;
  document.getElementById("offline").hidden = true;
  document.querySelector("#offline [data-failed]")?.remove();
  panel().replaceChildren(document.getElementById("waiting").content.cloneNode(true));
}

// A launch that only follows an expired token goes on with the list where it was: as sorted, as far as loaded.
function resume(next) {
  const { customerId } = next.dataset;
  const results = next.querySelector("#results");
  const was = new URLSearchParams(interrupted.split("?")[1]);
  const bound = new URLSearchParams(results?.getAttribute("hx-get")?.split("?")[1]);
  const isBoundElsewhere = bound.has("order_id") && bound.get("order_id") !== was.get("order_id");
  const isSame = customerId === was.get("customer_id") && !isBoundElsewhere;
  if (results && isSame) results.setAttribute("hx-get", interrupted);
  interrupted = "";
}

async function relaunch(token, origin) {
  clear();
  const mine = launch;
  let next = null;
  try {
    const answer = await fetch(panel().dataset.launch, {
      method: "POST",
      body: new URLSearchParams({ token, origin }),
      headers: { "HX-Request": "true" },
      credentials: "omit",
    });
    next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("panel");
  } catch {
    // No answer, and an answer that is no panel, are the same to the agent.
  }
  if (mine !== launch) return;
  if (!next) {
    panel().replaceChildren();
    document.getElementById("offline").hidden = false;
    return;
  }
  resume(next);
  panel().replaceWith(next);
  // The token first: the new panel asks for its items at once.
  begin();
  htmx.process(next);
}

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || window.parent === window || !isHost(event.origin)) return;
  host = event.origin;
  const { type, token } = Object(event.data);
  if (type === "order-items:clear") clear();
  if (type === "order-items:launch" && typeof token === "string" && token && token.length <= LONGEST_TOKEN) {
    relaunch(token, event.origin);
  }
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["Embed-Token"] = embedToken;
});

document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  flights.add(xhr);
  xhr.addEventListener("loadend", () => flights.delete(xhr));
});

document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
  embedToken = xhr.getResponseHeader("Embed-Token") ?? embedToken;
  if (xhr.status !== 401) return;
  const { pathname, search, searchParams } = new URL(xhr.responseURL);
  const whole = document.querySelector("[data-refresh]")?.getAttribute("hx-get") ?? "";
  interrupted = searchParams.has("cursor") ? whole : pathname + search;
  tell("expired");
});

tell("ready");
begin();
sizes.observe(document.body);

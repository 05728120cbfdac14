// The panel's side of the embedding: the embed token, which lives here only, and what is shown with it. A script of the
// desktop's kind, which starts it, talks with the desktop.
"use strict";

const panel = () => document.getElementById("panel");
const title = document.title;
const origins = panel().dataset.origins.split(" ").filter(Boolean);

// Each launch has a number; what comes for an earlier one is dropped.
let launch = 0;
const flights = new Set();
let embedToken = "";
let height = 0;
// The address of the list that was asked for when the embed token had expired; it waits until the customer is found.
let interrupted = "";
// What the script of the kind does when the panel was `launched`, its access has `expired`, it has another `height`,
// or holds another `token`; while it `isAsking`, the panel shows its words.
let desktop = {};

// The frame has no address to go back to or reload.
htmx.config.historyEnabled = false;

const isHost = (origin) => Boolean(origin) && origins.some((registered) => {
  const [start, end] = registered.split("*");
  return end === undefined ? origin === registered : origin.startsWith(start) && origin.endsWith(end);
});

const referrer = document.referrer ? new URL(document.referrer).origin : "";
const only = origins.length === 1 ? origins[0] : "";

const sizes = new ResizeObserver(() => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (now !== height) desktop.height?.(height = now);
});

function take(token) {
  embedToken = token;
  desktop.token?.(token);
}

function begin() {
  const { embedToken: given, theme, relaunch } = panel().dataset;
  take(given ?? "");
  delete panel().dataset.embedToken;
  document.documentElement.lang = panel().lang;
  document.documentElement.dir = panel().dir;
  if (embedToken) desktop.launched?.(theme);
  else if (relaunch !== undefined) desktop.expired?.();
}

// Nothing of the customer stays on screen, and nothing that was asked for them may come any more.
function clear() {
  // Nobody's data is there while the agent signs in.
  if (desktop.isAsking?.()) return;
  launch += 1;
  embedToken = "";
  flights.forEach((xhr) => xhr.abort());
  document.title = title;
  delete panel().dataset.customerId;
  delete panel().dataset.onlyOrder;
  document.getElementById("announce").textContent = "";
  document.getElementById("offline").hidden = true;
  document.querySelector("#offline [data-failed]")?.remove();
  panel().replaceChildren(document.getElementById("waiting").content.cloneNode(true));
}

// A launch that only follows an expired token goes on with the list where it was: as sorted, as far as loaded.
function resume(next) {
  const { customerId, onlyOrder } = next.dataset;
  if (customerId === undefined) return;
  const was = new URLSearchParams(interrupted.split("?")[1]);
  const isSame = customerId === was.get("customer_id") && (!onlyOrder || onlyOrder === was.get("order_id"));
  if (isSame) next.querySelector("#results")?.setAttribute("hx-get", interrupted);
  interrupted = "";
}

// Shows a panel that has come; false where the text holds none.
function put(text) {
  const next = new DOMParser().parseFromString(text, "text/html").getElementById("panel");
  if (!next) return false;
  resume(next);
  panel().replaceWith(next);
  // The token first: the new panel asks for its items at once.
  begin();
  htmx.process(next);
  return true;
}

// Empties the panel at once, and shows the one that the address has for these fields, unless another is asked for. Gives
// whether the portal has answered.
async function show(address, fields, token = "") {
  clear();
  const mine = launch;
  let text = "";
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "HX-Request": "true", ...(token && { "Embed-Token": token }) },
      credentials: "omit",
    });
    text = await answer.text();
  } catch {
    // No answer is as good as one that is no panel.
  }
  if (mine !== launch || put(text)) return true;
  panel().replaceChildren();
  document.getElementById("offline").hidden = false;
  return false;
}

// A fragment scrolls the frame, but not the page around one as high as its content.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href^='#']");
  // Once what was hidden is shown.
  if (link) setTimeout(() => document.getElementById(link.hash.slice(1))?.scrollIntoView());
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["Embed-Token"] = embedToken;
  detail.headers["Time-Zone"] = Intl.DateTimeFormat().resolvedOptions().timeZone;
});

document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
  flights.add(xhr);
  xhr.addEventListener("loadend", () => flights.delete(xhr));
});

document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
  const token = xhr.getResponseHeader("Embed-Token");
  if (token) take(token);
  if (xhr.status !== 401) return;
  const { pathname, search, searchParams } = new URL(xhr.responseURL);
  const whole = document.querySelector("[data-refresh]")?.getAttribute("hx-get") ?? "";
  interrupted = searchParams.has("cursor") ? whole : pathname + search;
  desktop.expired?.();
});

// The customer was found or chosen: before the new panel asks for anything.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target === panel()) resume(target);
});

// Typing replaces the id of an order that does not exist. Not by select(), which takes the focus.
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (!target.querySelector("[data-error=not_found]")) return;
  const field = document.querySelector("#order-form [name=order_id]");
  field?.setSelectionRange(0, field.value.length);
});

globalThis.Panel = {
  // The origin of the page that frames the panel, where the settings list it; a message may tell it better.
  host: [location.ancestorOrigins?.[0], referrer, only].find((origin) => isHost(origin) && !origin.includes("*")) ?? "",
  // The query of the panel's address, which it leaves at once.
  query: Object.fromEntries(new URLSearchParams(location.search)),
  isHost,
  // Whether a message is from the page that frames the panel, where the settings list it.
  isFromHost: ({ source, origin }) => source === window.parent && window.parent !== window && isHost(origin),
  // Tells that page something, and no other.
  tell(message) {
    if (this.host && window.parent !== window) window.parent.postMessage(message, this.host);
  },
  clear,
  show,
  put,
  get addresses() {
    const { launch: ofLaunch, sources, ...others } = panel().dataset;
    return { ...others, launch: ofLaunch, sources: JSON.parse(sources ?? "{}") };
  },
  start(script) {
    desktop = script;
    begin();
    sizes.observe(document.body);
  },
};

if (location.search) {
  history.replaceState(null, "", location.pathname);
  try {
    // htmx has noted the address, with its query.
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // Where nothing can be kept, nothing was noted.
  }
}

// A refresh changes only what changed: focus, scroll, what was opened, typed or filtered stays. And it tells its age.
const OURS = new Set(["open", "hidden", "tabindex"]);
const SECONDS_SAID = 4;
const SECONDS_TINTED = 2;
// The items, which move from group to group as they are.
let movable = new Map();
const keyOf = (node) => node.id || node.dataset?.deliveryId || node.dataset?.orderId;

function byKey(parent) {
  const found = new Map();
  for (const child of parent.children) {
    const key = keyOf(child);
    if (key) found.set(key, [...(found.get(key) ?? []), child]);
  }
  return found;
}

function mergeChildren(have, want) {
  const wanted = byKey(want);
  const known = byKey(have);
  // Of those that share a key the first stays for the first.
  for (const [key, nodes] of known) nodes.splice(wanted.get(key)?.length ?? 0).forEach((node) => node.remove());
  let at = have.firstChild;
  for (const next of [...want.childNodes]) {
    const isAlike = at && !keyOf(at) && at.nodeName === next.nodeName;
    const same = keyOf(next) ? known.get(keyOf(next))?.shift() ?? movable.get(next.id) : isAlike && at;
    if (same) {
      if (same === at) at = at.nextSibling;
      else have.insertBefore(same, at);
      merge(same, next);
    } else {
      have.insertBefore(next, at);
    }
  }
  while (at) {
    const rest = at.nextSibling;
    at.remove();
    at = rest;
  }
}

function merge(have, want) {
  if (have.nodeType !== Node.ELEMENT_NODE) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  if ("keep" in have.dataset || "stays" in want.dataset) return;
  for (const { name, value } of want.attributes) {
    if (!OURS.has(name) && have.getAttribute(name) !== value) have.setAttribute(name, value);
  }
  for (const { name } of [...have.attributes]) {
    if (!OURS.has(name) && !want.hasAttribute(name)) have.removeAttribute(name);
  }
  mergeChildren(have, want);
}

htmx.defineExtension("merge", {
  handleSwap(style, target, fragment) {
    if (style !== "merge") return false;
    const focused = document.activeElement;
    movable = new Map([...target.querySelectorAll("[data-item-id]")].map((item) => [item.id, item]));
    mergeChildren(target, fragment);
    movable = new Map();
    // An element that moves loses it.
    if (focused !== document.activeElement && target.contains(focused)) focused.focus();
    htmx.process(target);
    return [];
  },
});

// A list that cannot be had anew for the moment is better than none.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { status } = detail.xhr;
  if (detail.requestConfig.elt.matches("[data-quiet]")) {
    detail.shouldSwap = status === 200 || (status < 429 && status > 400);
  } else if (detail.requestConfig.elt.matches("[data-refresh]") && (status === 429 || status >= 500)) {
    document.querySelectorAll("#results > .alert").forEach((old) => old.remove());
    detail.swapOverride = "afterbegin";
    // The list below has the page's heading.
    detail.serverResponse = detail.serverResponse.replaceAll("h1>", "h2>");
  }
});

// What became of a refresh that somebody asked for: in its place for a while, and announced.
const textsOf = () => new Map([...document.querySelectorAll("#cards [data-delivery-id]")]
  .map((one) => [one, one.textContent.replace(/\s+/g, " ")]));
let before = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isRefresh = detail.requestConfig.elt.matches("[data-refresh]") && detail.xhr.status === 200;
  before = isRefresh && detail.shouldSwap ? textsOf() : null;
});

function nameOf(delivery) {
  const name = delivery.closest("[data-item-id]").querySelector("h2")?.textContent.trim() ?? "";
  return `${name}: ${delivery.querySelector(".status")?.textContent.trim() ?? ""}`;
}

function tellOutcome(old) {
  const place = document.querySelector(".freshness");
  // It is the last that was known.
  if (document.querySelector("[data-stale]")) return;
  const changed = [...textsOf()].filter(([one, text]) => old.get(one) !== text).map(([one]) => one);
  const isSame = !changed.length && [...old.keys()].every((one) => one.isConnected);
  changed.forEach((one) => one.classList.add("changed"));
  setTimeout(() => changed.forEach((one) => one.classList.remove("changed")), SECONDS_TINTED * 1000);
  const { unchanged, changed: pattern } = place.dataset;
  const said = isSame ? unchanged : pattern.replace("{changes}", () => [...new Set(changed.map(nameOf))].join("; "));
  document.getElementById("announce").textContent = said;
  if (!isSame) return;
  const checked = place.querySelector("[data-checked]");
  checked.textContent = said;
  checked.hidden = false;
  setTimeout(() => {
    checked.hidden = true;
  }, SECONDS_SAID * 1000);
}

// By the server's clock: how old the answer was when it came, and how long that is ago.
function ageOf(asOf) {
  if (asOf.dataset.now !== came.now) came = { now: asOf.dataset.now, at: Date.now() };
  return Math.max(0, new Date(came.now) - new Date(asOf.dateTime) + Date.now() - came.at) / 1000;
}

function tick() {
  const asOf = document.querySelector("[data-as-of]");
  if (!asOf) return;
  const seconds = ageOf(asOf);
  const words = new Intl.RelativeTimeFormat(asOf.closest("[lang]").lang, { numeric: "always" });
  const [unit, length] = seconds < 3600 ? ["minute", 60] : seconds < 86400 ? ["hour", 3600] : ["day", 86400];
  const age = seconds < 60 ? asOf.dataset.justNow : words.format(-Math.floor(seconds / length), unit);
  if (asOf.textContent !== age) asOf.textContent = age;
  const quiet = document.querySelector("[data-quiet]");
  if (quiet && !document.hidden && performance.now() - asked > quiet.dataset.quiet * 1000) {
    asked = performance.now();
    htmx.trigger(quiet, "quiet");
  }
}

let asked = performance.now();
let came = {};
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "results") {
    asked = performance.now();
    if (before && document.querySelector(".freshness")) tellOutcome(before);
    before = null;
  }
  tick();
});
document.addEventListener("visibilitychange", tick);
setInterval(tick, 5000);
tick();

// A refresh changes only what changed: focus, scroll, what was opened, typed or filtered stays. And it tells its age.
const OURS = new Set(["open", "hidden", "tabindex"]);
const keyOf = (node) => node.id || node.dataset?.deliveryId;

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
    const same = keyOf(next) ? known.get(keyOf(next))?.shift() : isAlike && at;
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
  if ("keep" in have.dataset) return;
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
    mergeChildren(target, fragment);
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

// By the server's clock: how old the answer was when it came, and how long that is ago.
function ageOf(asOf) {
  if (asOf.dataset.now !== came.now) came = { now: asOf.dataset.now, at: Date.now() };
  return Math.max(0, new Date(came.now) - new Date(asOf.dateTime) + Date.now() - came.at) / 1000;
}

function tick() {
  const asOf = document.querySelector("[data-as-of]");
  if (!asOf) return;
  const seconds = ageOf(asOf);
  const words = new Intl.RelativeTimeFormat(asOf.closest("[lang]").lang, { numeric: "auto" });
  const [unit, length] = seconds < 3600 ? ["minute", 60] : seconds < 86400 ? ["hour", 3600] : ["day", 86400];
  asOf.nextElementSibling.textContent = `(${words.format(-Math.floor(seconds / length), unit)})`;
  const quiet = document.querySelector("[data-quiet]");
  if (quiet && !document.hidden && performance.now() - asked > quiet.dataset.quiet * 1000) {
    asked = performance.now();
    htmx.trigger(quiet, "quiet");
  }
}

let asked = performance.now();
let came = {};
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "results") asked = performance.now();
  tick();
});
document.addEventListener("visibilitychange", tick);
setInterval(tick, 5000);
tick();

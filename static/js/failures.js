// What could not be had is told where it was asked for: never an order below ids that are not its own.
const offline = () => document.getElementById("offline");

function anew(target, template) {
  target.querySelector("[data-failed]")?.remove();
  return document.getElementById(template).content.cloneNode(true).firstElementChild;
}

// What is on screen, as its buttons copy it.
const shownIds = () => Array.from(
  document.querySelectorAll("#results .summary-head [data-copy]"),
  (button) => button.dataset.copy,
);

function askAgain(content, address, ids, elt) {
  content.querySelectorAll("bdi").forEach((place, at) => {
    place.textContent = ids[at];
    // A list of orders has no order's id.
    place.parentElement.hidden = !ids[at];
  });
  const again = content.querySelector("a");
  again.setAttribute("href", address);
  again.setAttribute("hx-get", address);
  again.setAttribute("hx-swap", elt.getAttribute("hx-swap") ?? "innerHTML");
  again.setAttribute("hx-push-url", elt.getAttribute("hx-push-url") ?? "false");
}

function sendAgain(content, { elt, parameters }) {
  content.querySelector("bdi").textContent = parameters.q ?? parameters.search;
  content.querySelector("button").addEventListener("click", () => elt.requestSubmit());
}

function showFailure({ requestConfig, target, pathInfo }) {
  const { elt } = requestConfig;
  const asked = new URL(pathInfo.finalRequestPath, location.href).searchParams;
  const ids = ["order_id", "customer_id"].map((name) => (asked.get(name) ?? "").trim());
  const isPosted = elt.matches("form[method=post]");
  const content = anew(offline(), isPosted ? "not-sent" : "not-looked-up");
  if (isPosted) sendAgain(content, requestConfig);
  else askAgain(content, pathInfo.finalRequestPath, ids, elt);
  offline().append(content);
  htmx.process(content);
  offline().hidden = false;
  const known = ids.filter(Boolean).join("\n");
  if (known && known === shownIds().join("\n")) return;
  target.replaceChildren();
  document.title = offline().querySelector("h2").textContent;
  offline().scrollIntoView({ block: "nearest" });
}

// Beside the button, which may be far below the head of the page.
function showNotLoaded({ requestConfig: { elt }, target }) {
  const isFocused = target.contains(document.activeElement);
  const content = anew(target, "not-loaded");
  const others = [...target.children];
  others.forEach((other) => {
    other.hidden = true;
  });
  target.prepend(content);
  const again = content.querySelector("button");
  if (isFocused) again.focus();
  again.addEventListener("click", () => {
    others.forEach((other) => {
      other.hidden = false;
    });
    elt.focus();
    content.remove();
    elt.click();
  });
}

const show = (detail) => (detail.target.matches(".more") ? showNotLoaded : showFailure)(detail);

document.addEventListener("htmx:beforeOnLoad", () => {
  offline().hidden = true;
  offline().querySelector("[data-failed]")?.remove();
});

document.addEventListener("htmx:sendError", ({ detail }) => show(detail));

// Proxies answer with pages of their own, and some take from a request what asks for a part of a page.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { xhr, target, pathInfo } = detail;
  const text = xhr.responseText;
  const isHtml = (xhr.getResponseHeader("Content-Type") ?? "text/html").startsWith("text/html");
  const [start] = /<html[^>]*>|<body[^>]*>/i.exec(text) ?? [];
  if (!isHtml || !text.trim() || (start && !/\sdata-portal\b/.test(start))) {
    detail.shouldSwap = false;
    show(detail);
  } else if (start) {
    takeFromPage(detail, target.matches(".more"), new URL(pathInfo.finalRequestPath, location.href));
  }
});

function takeFromPage(detail, isMore, asked) {
  const { xhr } = detail;
  const came = new URL(xhr.responseURL);
  const isElsewhere = came.pathname !== asked.pathname;
  const isByItself = document.documentElement.classList.contains("loading-all");
  if (isMore && isByItself && !isElsewhere && xhr.status === 200) {
    // Nobody asked to leave the page.
    detail.shouldSwap = false;
    document.dispatchEvent(new Event("whole-page"));
    return;
  }
  // The sign-in; and a later page of the list, which brings no numbers for the head of this one.
  if (isElsewhere || (isMore && xhr.status === 200)) {
    detail.shouldSwap = false;
    location.assign(isElsewhere ? came : asked);
    return;
  }
  detail.selectOverride = xhr.responseText.includes('id="results"') ? "#results > *" : "#main > *";
  if (isMore) Object.assign(detail, { swapOverride: "innerHTML", ignoreTitle: true });
}

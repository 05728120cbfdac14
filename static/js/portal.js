// What HTML and htmx cannot say: what is busy, where the focus goes on, what a sign-out leaves behind.
// What had the focus where other results come; it may be gone before they are there.
let held = null;
let isMoreHeld = false;

document.addEventListener("htmx:beforeRequest", ({ detail: { target } }) => {
  target.setAttribute("aria-busy", "true");
  const { activeElement } = document;
  held = target.id === "results" && target.contains(activeElement) ? activeElement : null;
  isMoreHeld = target.matches(".more") && target.contains(activeElement);
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.setAttribute("aria-busy", "false");
});

// Not the autofocus attribute: browsers refuse it in a frame of another site.
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (document.documentElement.classList.contains("loading-all")) return;
  elt.querySelector("[data-takes-focus]")?.focus();
  // What failed took the place of the button that had the focus.
  if (isMoreHeld && elt.matches(".more")) elt.querySelector("[data-error] :is(a, button)")?.focus();
});

const isAlike = (one) => one.id === held.id && one.name === held.name
  && (one.form ? one.type === held.type : one.textContent === held.textContent);

// A heading with the mark on its id, other parts as text: they may have links.
const spoken = (part) => (part.matches("h1")
  ? part.cloneNode(true).childNodes
  : [part.textContent.replace(/\s+/g, " ").trim()]);

// Who does not see what came hears it.
function announce(results) {
  document.getElementById("announce").replaceChildren(
    ...[...results.querySelectorAll("h1, .shown, [data-stale], [data-order-answer]")].flatMap((part) => [...spoken(part), " – "]).slice(0, -1),
  );
}

document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (target.id === "results") announce(target);
});

// What was said of the beginning of a list may not hold for all of it.
document.addEventListener("loaded", () => {
  if (document.getElementById("announce").textContent) announce(document.getElementById("results"));
});

// Sorted or filtered, it stays where it was; of other results, it is at their beginning.
document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  if (!held || document.activeElement !== document.body) return;
  const same = [...target.querySelectorAll(held.nodeName)].find(isAlike);
  same?.closest("details")?.setAttribute("open", "");
  same?.focus();
  if (document.activeElement !== same) focusHeading(target);
  held = null;
});

function focusHeading(target) {
  const heading = target.querySelector("h1, h2");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

// htmx keeps the address of the last order there.
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-sign-out]")) sessionStorage.clear();
});

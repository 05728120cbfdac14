// Loads the rest of a list where that is wanted: only what is loaded can be found.
const MAX_LOADED = 500;

const find = (selector) => document.querySelector(selector);
const orderOnPage = () => find(".summary-head")?.textContent;
let isAwaited = false;
// The order of which all is to be loaded.
let wanted = "";

function tell() {
  const start = find("[data-load-all]");
  if (start) {
    const end = find("[data-stop]");
    const isLeft = end === document.activeElement && !wanted;
    start.hidden = Boolean(wanted) || !canLoad();
    end.hidden = !wanted;
    if (isLeft) (start.hidden ? find("#narrow output") : start).focus();
  }
  document.dispatchEvent(new Event("loading"));
}

function canLoad() {
  return find("[data-load-more]") && document.querySelectorAll("#cards [data-item-id]").length < MAX_LOADED;
}

function loadOn() {
  if (wanted !== orderOnPage() || !canLoad()) wanted = "";
  // Also after a stop, until what is on its way is there: it must not take the focus.
  document.documentElement.classList.toggle("loading-all", Boolean(wanted));
  if (wanted) find("[data-load-more]").click();
  tell();
}

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-load-all]")) {
    wanted = orderOnPage();
    loadOn();
    find("[data-stop]").focus();
  } else if (target.closest?.("[data-stop]")) {
    wanted = "";
    tell();
  }
});

// Each element that came tells so; once for all of them is enough.
document.addEventListener("htmx:afterSettle", () => {
  if (isAwaited) return;
  isAwaited = true;
  setTimeout(() => {
    isAwaited = false;
    loadOn();
  });
});

function stop() {
  wanted = "";
  loadOn();
}
document.addEventListener("htmx:responseError", stop);
document.addEventListener("htmx:sendError", stop);
tell();

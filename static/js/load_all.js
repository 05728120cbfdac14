// Loads the rest of a list, by itself or where that is wanted: only what is loaded can be found and counted.
const MAX_LOADED = 500;
const MAX_LOADED_BY_ITSELF = 100;

const find = (selector) => document.querySelector(selector);
const orderOnPage = () => [...document.querySelectorAll(".summary-head [data-copy]")]
  .map((button) => button.dataset.copy).join("\n");
const loaded = () => document.querySelectorAll("#cards [data-item-id]").length;
let isAwaited = false;
// The order of which all is to be loaded.
let wanted = "";
// No more by itself: something failed, or the agent went on by hand.
let isLeftToAgent = false;

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
  return find("#cards [data-load-more]") && loaded() < MAX_LOADED;
}

function loadsByItself() {
  return !isLeftToAgent && find("#cards [data-load-more]") && loaded() < MAX_LOADED_BY_ITSELF;
}

function loadOn() {
  if (wanted !== orderOnPage() || !canLoad()) wanted = "";
  const isLoading = Boolean(wanted) || loadsByItself();
  // Also after a stop, until what is on its way is there: it must not take the focus.
  const wasLoading = document.documentElement.classList.contains("loading-all");
  document.documentElement.classList.toggle("loading-all", isLoading);
  if (isLoading) find("#cards [data-load-more]").click();
  else if (wasLoading) document.dispatchEvent(new Event("loaded"));
  tell();
}

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-load-all]")) {
    isLeftToAgent = true;
    wanted = orderOnPage();
    loadOn();
    find("[data-stop]").focus();
  } else if (target.closest?.("[data-stop]")) {
    wanted = "";
    tell();
  }
});

// Each element that came tells so; once for all of them is enough.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "results") isLeftToAgent = false;
  if (isAwaited) return;
  isAwaited = true;
  setTimeout(() => {
    isAwaited = false;
    loadOn();
  });
});

function stop() {
  wanted = "";
  isLeftToAgent = true;
  loadOn();
}
document.addEventListener("htmx:responseError", stop);
document.addEventListener("htmx:sendError", stop);
document.addEventListener("whole-page", stop);

// Not before htmx knows the link, which leads to another page without it.
document.addEventListener("htmx:load", ({ target }) => {
  if (target === document.body) loadOn();
});

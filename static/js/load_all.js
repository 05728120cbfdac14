// Loads the rest of a long list where that is wanted, because only what is loaded can be found and narrowed.
const MAX_LOADED = 500;

const find = (selector) => document.querySelector(selector);
const orderOnPage = () => find(".summary-head")?.textContent;
// The order of which all is to be loaded.
let wanted;
let isAwaited = false;

function tell() {
  const [start, stop] = document.querySelectorAll("#narrow :is([data-load-all], [data-stop])");
  if (start) {
    const isLeft = stop === document.activeElement && !wanted;
    start.hidden = Boolean(wanted) || !canLoad();
    stop.hidden = !wanted;
    if (isLeft) (start.hidden ? find("#narrow output") : start).focus();
  }
  document.dispatchEvent(new Event("loading"));
}

function canLoad() {
  return find("[data-load-more]") && document.querySelectorAll("#cards [data-item-id]").length < MAX_LOADED;
}

function loadOn() {
  if (wanted !== orderOnPage() || !canLoad()) wanted = undefined;
  // Also after a stop, until the answer that is on its way is there: it must not take the focus.
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
    wanted = undefined;
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
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    wanted = undefined;
    loadOn();
  });
}
tell();

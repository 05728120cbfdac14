// Keys for those who like them: never while typing, and off for good where they are in the way.
const OFF = "order-items-keys-off";
const dialog = document.getElementById("keys");

function isOff(set) {
  try {
    if (set !== undefined) localStorage.setItem(OFF, set ? "1" : "");
    return localStorage.getItem(OFF) === "1";
  } catch {
    // Frames of other sites may have no storage.
    return !dialog.querySelector("input").checked;
  }
}

function step(by) {
  const all = [...document.querySelectorAll(
    "#parcels:not([hidden]) > *, #cards:not(.by-delivery) [data-item-id]:not([hidden]), "
      + ".order-row, .customer-row",
  )];
  const at = all.findIndex((card) => card.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  const title = next?.querySelector(
    ".row summary, :is(.card, .parcel) h2, .order-name > *, .customer-name > *",
  );
  if (!title?.matches("a, summary")) title?.setAttribute("tabindex", "-1");
  title?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function toLookUp(field) {
  field?.focus();
  field?.select();
}

// In a frame that is as high as its content, the middle may be far from what is seen of it.
function open() {
  new IntersectionObserver(([{ intersectionRect: seen }], observer) => {
    observer.disconnect();
    dialog.style.marginBlockStart = seen.height < innerHeight ? `${seen.top + 16}px` : "";
    // Its focus scrolls to where it is.
    dialog.showModal();
  }).observe(document.documentElement);
}

const press = (selector) => document.querySelector(selector)?.click();
const actions = {
  "/": () => toLookUp(document.querySelector(".lookup input:not([type=hidden])")),
  j: () => step(1),
  k: () => step(-1),
  m: () => press("[data-load-more]"),
  c: () => (document.activeElement?.closest?.("[data-item-id]") ?? document).querySelector("[data-copy-message]")?.click(),
  r: () => press("[data-refresh]"),
  "?": open,
};
const places = { KeyJ: "j", KeyK: "k", KeyM: "m", KeyC: "c", KeyR: "r", Slash: "/" };

// By its letter; where the layout is of another script, by its place on the keyboard.
function named({ key, code, shiftKey }) {
  const isOtherScript = key.length === 1 && !/[\p{Script=Latin}\0-\x7f]/u.test(key);
  const name = isOtherScript ? places[code] : key.toLowerCase();
  if (!shiftKey) return name;
  return name === "/" && isOtherScript ? "?" : /^[a-z]$/.test(name) ? "" : name;
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.isComposing
    || event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
  const name = named(event);
  if (!Object.hasOwn(actions, name)) return;
  event.preventDefault();
  // A key that is held down moves on, and asks for nothing twice.
  if (!event.repeat || name === "j" || name === "k") actions[name]();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys]")) open();
});

const box = dialog.querySelector("input");
box.checked = !isOff();
box.addEventListener("change", () => isOff(!box.checked));

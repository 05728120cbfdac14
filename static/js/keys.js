// Keys for those who like them: never while typing, and off for good where they are in the way.
const OFF = "order-items-keys-off";
const dialog = document.getElementById("keys");

function isOff(set) {
  try {
    if (set !== undefined) localStorage.setItem(OFF, set ? "1" : "");
    return localStorage.getItem(OFF) === "1";
  } catch {
    // Frames of other sites have no storage.
    return dialog.querySelector("input").checked === false;
  }
}

function step(by) {
  const all = [...document.querySelectorAll("#cards [data-item-id]:not([hidden])")];
  const at = all.findIndex((card) => card.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  const title = next?.querySelector("h2");
  title?.setAttribute("tabindex", "-1");
  title?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const press = (selector) => document.querySelector(selector)?.click();
const actions = {
  "/": () => document.querySelector(".lookup input:not([type=hidden])")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  m: () => press("[data-load-more]"),
  c: () => (document.activeElement?.closest?.("[data-item-id]") ?? document).querySelector(".answer .copy")?.click(),
  r: () => press("[data-refresh]"),
  "?": () => dialog.showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !(event.key in actions)) return;
  if (isOff() && event.key !== "?") return;
  event.preventDefault();
  actions[event.key]();
});

const box = dialog.querySelector("input");
box.checked = !isOff();
box.addEventListener("change", () => isOff(!box.checked));

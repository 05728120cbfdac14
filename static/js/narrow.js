// Finds and narrows in the items that are loaded, and loads the rest where that is wanted.
const MOST_LOADED = 500;
const FEW = 1;

const nothing = { words: "", status: "", attention: false, by: "item" };
const wanted = { ...nothing };
let texts = new WeakMap();
let isLoadingAll = false;
let isAwaited = false;
let subject = "";

const bar = () => document.getElementById("narrow");
const cards = () => document.querySelectorAll("#cards [data-item-id]");

function textOf(card) {
  if (!texts.has(card)) {
    const parts = card.querySelectorAll("h2, .brand, [data-sku], [data-tracking]");
    texts.set(card, [...parts].map((part) => part.textContent).join("\n").toLowerCase());
  }
  return texts.get(card);
}

function fits(card, words) {
  if (wanted.attention && !("attention" in card.dataset)) return false;
  if (wanted.status && ![...card.querySelectorAll("[data-status]")].some((one) => one.dataset.status === wanted.status)) {
    return false;
  }
  return words.every((word) => textOf(card).includes(word));
}

function fill(select, all) {
  const found = new Map();
  all.forEach((card) => card.querySelectorAll("[data-status]").forEach((one) => {
    found.set(one.dataset.status, one.querySelector(".status").textContent.trim());
  }));
  found.delete("");
  if (select.options.length === found.size + 1) return;
  while (select.options.length > 1) select.remove(1);
  found.forEach((words, code) => select.add(new Option(words, code)));
  select.value = wanted.status;
}

function apply() {
  const form = bar();
  if (!form) return;
  const all = [...cards()];
  fill(form.elements.status, all);
  const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = all.filter((card) => {
    card.hidden = !fits(card, words);
    return !card.hidden;
  });
  const more = document.querySelector("[data-load-more]");
  // One item needs no finding.
  form.hidden = all.length <= FEW && !more;
  const { ofAll, ofLoaded, loading } = form.dataset;
  const said = isLoadingAll ? loading : more ? ofLoaded : ofAll;
  form.querySelector("output").value = said.replace("{shown}", fitting.length).replace("{all}", all.length);
  form.querySelector("[data-load-all]").hidden = !more || isLoadingAll;
  form.querySelector("[data-stop]").hidden = !isLoadingAll;
  document.dispatchEvent(new CustomEvent("narrowed", { detail: { cards: fitting, by: wanted.by } }));
}

function loadOn() {
  const more = document.querySelector("[data-load-more]");
  isLoadingAll = isLoadingAll && Boolean(more) && cards().length < MOST_LOADED;
  // Also after a stop, until the answer that is on its way is there: it must not take the focus.
  document.documentElement.classList.toggle("loading-all", isLoadingAll);
  if (isLoadingAll) more.click();
  apply();
}

document.addEventListener("input", (event) => {
  const { form, name, type, checked, value } = event.target;
  if (form?.id !== "narrow") return;
  wanted[name] = type === "checkbox" ? checked : value;
  apply();
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "narrow") event.preventDefault();
});

function show(card) {
  Object.assign(wanted, card.hidden ? nothing : { by: "item" });
  restore();
}

document.addEventListener("click", (event) => {
  const card = document.getElementById(event.target.closest?.("a[href^='#']")?.hash.slice(1));
  if (card?.matches("[data-item-id]")) show(card);
  if (event.target.closest?.("[data-load-all]")) {
    isLoadingAll = true;
    loadOn();
    bar().querySelector("[data-stop]").focus();
  } else if (event.target.closest?.("[data-stop]")) {
    isLoadingAll = false;
    apply();
    bar().querySelector("[data-load-all]").focus();
  }
});

// What was narrowed to stays so through sorting and refreshing, and ends with the order.
function restore() {
  const shown = document.querySelector(".summary-head")?.textContent ?? subject;
  if (shown !== subject) {
    Object.assign(wanted, nothing);
    isLoadingAll = false;
    subject = shown;
  }
  const form = bar();
  if (!form) return;
  form.elements.words.value = wanted.words;
  form.elements.attention.checked = wanted.attention;
  form.elements.status.value = wanted.status;
  form.elements.by.value = wanted.by;
  apply();
}

function settled() {
  isAwaited = false;
  texts = new WeakMap();
  restore();
  loadOn();
}

// Each element that came tells so; once for all of them is enough.
document.addEventListener("htmx:afterSettle", () => {
  if (!isAwaited) setTimeout(settled);
  isAwaited = true;
});
for (const trouble of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(trouble, () => {
    isLoadingAll = false;
    loadOn();
  });
}
restore();

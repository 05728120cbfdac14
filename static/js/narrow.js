// Finds and narrows in the items that are loaded, and loads the rest where that is wanted.
const MOST_LOADED = 500;
const FEW = 1;

const nothing = { words: "", status: "", attention: false, by: "item" };
const wanted = { ...nothing };
const names = new Map();
let texts = new WeakMap();
let orderShown = orderOnPage();
let isLoadingAll = false;
let isAwaited = false;
let subject = "";

const bar = () => document.getElementById("narrow");
const cards = () => document.querySelectorAll("#cards [data-item-id]");

function orderOnPage() {
  return document.querySelector(".summary-head")?.textContent;
}

// Without case, accents, marks that nobody sees, and what typesetters make of quotes and dashes.
const plain = (text) => text.normalize("NFKD")
  .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, "")
  .replace(/[\p{Pd}\u2212\u2043]/gu, "-")
  .replace(/["'`´\p{Pi}\p{Pf}‚„″′]/gu, "")
  .toUpperCase().toLowerCase();

// What is pasted brings the signs of the sentence that it stood in.
const bare = (word) => word.replace(/^[(\[{<#*_]+|[)\]}>*_.,;:!?…]+$/g, "") || word;

function textOf(card) {
  if (!texts.has(card)) {
    const parts = card.querySelectorAll("h2, .brand, [data-sku], [data-tracking]");
    const text = plain([...parts].map((part) => part.textContent).join("\n"));
    // Numbers are typed and pasted with and without their spaces and dashes.
    texts.set(card, `${text}\n${text.replace(/[ -]/g, "")}`);
  }
  return texts.get(card);
}

function fits(card, words) {
  if (wanted.attention && !("attention" in card.dataset)) return false;
  if (wanted.status && ![...card.querySelectorAll("[data-status]")].some((one) => one.dataset.status === wanted.status)) {
    return false;
  }
  const text = textOf(card);
  return words.every((word) => [word, bare(word), word.replaceAll("-", ""), bare(word).replaceAll("-", "")].some((one) => text.includes(one)));
}

function fill(select, all) {
  const found = new Set([wanted.status]);
  all.forEach((card) => card.querySelectorAll("[data-status]").forEach((one) => {
    found.add(one.dataset.status);
    names.set(one.dataset.status, one.querySelector(".status").textContent.trim());
  }));
  found.delete("");
  if ([...select.options].slice(1).map(({ value }) => value).join("\n") === [...found].join("\n")) return;
  while (select.options.length > 1) select.remove(1);
  found.forEach((code) => select.add(new Option(names.get(code), code)));
  select.value = wanted.status;
}

function apply() {
  const form = bar();
  if (!form) return;
  const all = [...cards()];
  fill(form.elements.status, all);
  const words = plain(wanted.words).split(/\s+/).filter(Boolean);
  const fitting = all.filter((card) => {
    card.hidden = !fits(card, words);
    return !card.hidden;
  });
  const more = document.querySelector("[data-load-more]");
  // One item needs no finding.
  form.hidden = all.length <= FEW && !more && fitting.length === all.length && wanted.by === nothing.by;
  const { ofAll, ofLoaded, loading } = form.dataset;
  const said = isLoadingAll ? loading : more ? ofLoaded : ofAll;
  form.classList.toggle("narrowed", fitting.length < all.length);
  const output = form.querySelector("output");
  output.value = said.replace("{shown}", fitting.length).replace("{all}", all.length);
  const [start, stop] = form.querySelectorAll("[data-load-all], [data-stop]");
  const isLeft = stop === document.activeElement && !isLoadingAll;
  start.hidden = !more || isLoadingAll || all.length >= MOST_LOADED;
  stop.hidden = !isLoadingAll;
  if (isLeft) (start.hidden ? output : start).focus();
  document.dispatchEvent(new CustomEvent("narrowed", { detail: { cards: fitting, ...wanted } }));
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
  const order = orderOnPage() ?? orderShown;
  // Of another order it would hide what nobody meant to hide.
  if (order !== orderShown) Object.assign(wanted, nothing, { by: wanted.by });
  orderShown = order;
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

// Finds and narrows in the items that are loaded: at once, and without asking the order system again.
const nothing = { words: "", status: "", attention: false, by: "item" };
const wanted = { ...nothing };
const names = new Map();
let texts = new WeakMap();
let order = "";

const bar = () => document.getElementById("narrow");

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
  if (wanted.status && !card.querySelector(`[data-status="${CSS.escape(wanted.status)}"]`)) return false;
  const has = (word) => textOf(card).includes(word) || textOf(card).includes(word.replaceAll("-", ""));
  return words.every((word) => has(word) || has(bare(word)));
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
  const all = [...document.querySelectorAll("#cards [data-item-id]")];
  fill(form.elements.status, all);
  const words = plain(wanted.words).split(/\s+/).filter(Boolean);
  const fitting = all.filter((card) => {
    card.hidden = !fits(card, words);
    return !card.hidden;
  });
  const hasMore = document.querySelector("[data-load-more]");
  // One item needs no finding.
  form.hidden = all.length <= 1 && !hasMore && fitting.length === all.length && wanted.by === nothing.by;
  form.classList.toggle("narrowed", fitting.length < all.length);
  const { ofAll, ofLoaded, loading } = form.dataset;
  const isLoading = !form.querySelector("[data-stop]").hidden;
  const said = isLoading ? loading : hasMore ? ofLoaded : ofAll;
  form.querySelector("output").value = said.replace("{shown}", fitting.length).replace("{all}", all.length);
  document.dispatchEvent(new CustomEvent("narrowed", { detail: { cards: fitting, ...wanted } }));
}

// What was narrowed to stays so through sorting and refreshing, and ends with the order.
function restore() {
  const shown = document.querySelector(".summary-head")?.textContent ?? order;
  if (shown !== order) Object.assign(wanted, nothing);
  order = shown;
  const form = bar();
  if (!form) return;
  for (const name of ["words", "status", "by"]) form.elements[name].value = wanted[name];
  form.elements.attention.checked = wanted.attention;
  apply();
}

document.addEventListener("input", ({ target: { form, name, type, checked, value } }) => {
  if (form?.id !== "narrow") return;
  wanted[name] = type === "checkbox" ? checked : value;
  apply();
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "narrow") event.preventDefault();
});

// A link to an item shows it, whatever it was narrowed to.
document.addEventListener("click", ({ target }) => {
  const card = document.getElementById(target.closest?.("a[href^='#']")?.hash.slice(1));
  if (!card?.matches("[data-item-id]")) return;
  Object.assign(wanted, card.hidden ? nothing : { by: "item" });
  restore();
});

document.addEventListener("loading", () => {
  texts = new WeakMap();
  restore();
});
restore();

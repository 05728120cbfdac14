// Finds and narrows in the items that are loaded: at once, and without asking the order system again.
const nothing = { words: "", kind: "all", code: "", by: "item" };
const wanted = { ...nothing };
let texts = new WeakMap();
let order = "";

const bar = () => document.getElementById("narrow");
const cards = () => [...document.querySelectorAll("#cards [data-item-id]")];
const keyOf = (kind, code) => `${kind} ${code}`;

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

// What a card can be narrowed to.
function keysOf(card) {
  const keys = [...card.querySelectorAll("[data-status]")].map((one) => keyOf("status", one.dataset.status));
  if ("attention" in card.dataset) keys.push(keyOf("attention", ""));
  return new Set(keys);
}

function fits(card, words) {
  if (wanted.kind !== "all" && !keysOf(card).has(keyOf(wanted.kind, wanted.code))) return false;
  const has = (word) => textOf(card).includes(word) || textOf(card).includes(word.replaceAll("-", ""));
  return words.every((word) => has(word) || has(bare(word)));
}

// A status that came later.
function add(form, one) {
  const toggle = form.querySelector(".toggle").cloneNode(true);
  Object.assign(toggle.dataset, { kind: "status", code: one.dataset.status });
  toggle.className = `toggle ${one.querySelector(".status").className}`;
  toggle.querySelector("bdi").textContent = one.querySelector(".status").textContent.trim();
  form.querySelector(".toggles").append(toggle);
  return toggle;
}

// As many as there are now. What is pressed stays, also where nothing fits it any more.
function count(form, all) {
  const toggles = new Map([...form.querySelectorAll(".toggle")].map((one) => [keyOf(one.dataset.kind, one.dataset.code), one]));
  const numbers = new Map([[keyOf("all", ""), all.length]]);
  all.forEach((card) => {
    keysOf(card).forEach((key) => numbers.set(key, (numbers.get(key) ?? 0) + 1));
    card.querySelectorAll("[data-status]:has(.status)").forEach((one) => {
      const key = keyOf("status", one.dataset.status);
      if (!toggles.has(key)) toggles.set(key, add(form, one));
    });
  });
  toggles.forEach((toggle, key) => {
    const isPressed = key === keyOf(wanted.kind, wanted.code);
    toggle.setAttribute("aria-pressed", isPressed);
    toggle.hidden = !numbers.get(key) && !isPressed;
    toggle.querySelector("strong").textContent = numbers.get(key) ?? 0;
  });
}

function apply() {
  const form = bar();
  if (!form) return;
  const all = cards();
  const words = plain(wanted.words).split(/\s+/).filter(Boolean);
  const fitting = all.filter((card) => {
    card.hidden = !fits(card, words);
    return !card.hidden;
  });
  const hasMore = document.querySelector("[data-load-more]");
  const isLoading = !form.querySelector("[data-stop]").hidden;
  const isNarrowed = fitting.length < all.length;
  form.classList.toggle("narrowed", isNarrowed);
  form.classList.toggle("loads", isLoading);
  form.querySelector("[data-clear]").hidden = !isNarrowed;
  const { ofAll, ofLoaded, loading, nothing: none } = form.dataset;
  const said = isLoading ? loading : isNarrowed && !fitting.length ? none : hasMore ? ofLoaded : ofAll;
  const text = said.replace("{shown}", fitting.length).replace("{all}", all.length);
  const output = form.querySelector("output");
  if (output.value !== text) output.value = text;
  const status = wanted.kind === "status" ? wanted.code : "";
  document.dispatchEvent(new CustomEvent("narrowed", { detail: { cards: fitting, by: wanted.by, status } }));
}

const orderOnPage = () => [...document.querySelectorAll(".summary-head [data-copy]")]
  .map((button) => button.dataset.copy).join("\n");

// What was narrowed to stays so through sorting and refreshing, and ends with the order.
function restore() {
  const shown = orderOnPage() || order;
  if (shown !== order) Object.assign(wanted, nothing);
  order = shown;
  const form = bar();
  if (!form) return;
  for (const name of ["words", "by"]) form.elements[name].value = wanted[name];
  count(form, cards());
  apply();
}

document.addEventListener("input", ({ target: { form, name, value } }) => {
  if (form?.id !== "narrow") return;
  wanted[name] = value;
  apply();
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "narrow") event.preventDefault();
});

document.addEventListener("click", ({ target }) => {
  const toggle = target.closest?.(".toggle");
  if (toggle) {
    const { kind, code } = toggle.dataset;
    const isPressed = toggle.getAttribute("aria-pressed") === "true";
    Object.assign(wanted, isPressed ? { kind: "all", code: "" } : { kind, code });
    restore();
  } else if (target.closest?.("[data-clear]")) {
    Object.assign(wanted, { ...nothing, by: wanted.by });
    restore();
    bar().elements.words.focus();
  }
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

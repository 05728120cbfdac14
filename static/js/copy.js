// Copies what a button holds, the text before it, or a message for the customer, and says so.

// Marks of direction, with which other programs find no number.
const clean = (text) => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

async function isWritten(marked) {
  const text = clean(marked);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, or no TLS.
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }
}

function shownBefore(button) {
  const before = button.previousElementSibling;
  return before?.querySelector("bdi") ?? before;
}

function markupOf(selection) {
  const box = document.createElement("div");
  for (let at = 0; at < selection.rangeCount; at += 1) box.append(selection.getRangeAt(at).cloneContents());
  return box.innerHTML;
}

document.addEventListener("copy", (event) => {
  const field = event.target.closest?.("input, textarea");
  const text = field ? field.value.slice(field.selectionStart, field.selectionEnd) : getSelection().toString();
  if (clean(text) === text) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", clean(text));
  if (!field) event.clipboardData.setData("text/html", clean(markupOf(getSelection())));
});

// With the panel's token.
async function messageOf(form, button) {
  const request = { headers: { "HX-Request": "true" } };
  htmx.trigger(form, "htmx:configRequest", request);
  const asked = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(`${form.getAttribute("action")}?${asked}`, { headers: request.headers });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-message]");
  if (!answer.ok || !made) throw new Error("no message");
  return made.textContent;
}

// Some browsers write only while they handle the click, so the text is promised.
async function isMessageWritten(form, button) {
  const message = messageOf(form, button);
  try {
    const blob = message.then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return message.then(isWritten, () => false);
  }
}

// The language chosen for each customer.
const languages = new Map();

function recallLanguage() {
  const form = document.getElementById("message");
  const language = form && languages.get(form.dataset.customer);
  if (language) form.elements.language.value = language;
}

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (form?.id === "message" && target.name === "language") languages.set(form.dataset.customer, target.value);
});
document.addEventListener("htmx:afterSettle", recallLanguage);

document.addEventListener("submit", async (event) => {
  if (event.target.id !== "message") return;
  event.preventDefault();
  const button = event.submitter ?? event.target.querySelector("[data-copy-message]");
  tellOutcome(button, await isMessageWritten(event.target, button));
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const shown = shownBefore(button);
  const text = button.dataset.copy || shown.textContent;
  const isDone = await isWritten(text);
  // The agent can copy what is selected.
  const isSelected = !isDone && shown && clean(shown.textContent) === clean(text);
  if (isSelected) getSelection().selectAllChildren(shown);
  tellOutcome(button, isDone, isSelected && "selected");
});

// To those who point at it, a button shows what it says to those who hear it.
document.addEventListener("pointerover", ({ target }) => {
  const button = target.closest?.(".copy");
  if (button) button.title = button.getAttribute("aria-label");
});
document.addEventListener("pointerout", ({ target }) => target.closest?.(".copy")?.removeAttribute("title"));

function tellOutcome(button, isDone, words) {
  const outcome = isDone ? "copied" : "failed";
  button.focus({ preventScroll: true });
  button.classList.add(outcome);
  const status = document.getElementById("announce");
  status.textContent = "";
  setTimeout(() => {
    status.textContent = status.dataset[words || outcome];
  }, 50);
  setTimeout(() => button.classList.remove(outcome), 1500);
}

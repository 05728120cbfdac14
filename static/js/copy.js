// Copies what a button holds, or the text before it, and says so.

// They order text of two directions on the page; other programs keep them, and then find no number that holds one.
const clean = (text) => text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

async function isWritten(marked) {
  const text = clean(marked);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Frames without the permission, and pages without TLS.
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
    document.body.append(field);
    field.select();
    const isDone = document.execCommand("copy");
    field.remove();
    return isDone;
  }
}

function textBefore(button) {
  const before = button.previousElementSibling;
  return (before.querySelector("[data-tracking]") ?? before).textContent;
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

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const outcome = (await isWritten(button.dataset.copy || textBefore(button))) ? "copied" : "failed";
  button.focus({ preventScroll: true });
  button.classList.add(outcome);
  const status = document.getElementById("announce");
  status.textContent = "";
  setTimeout(() => {
    status.textContent = status.dataset[outcome];
  }, 50);
  setTimeout(() => button.classList.remove(outcome), 1500);
});

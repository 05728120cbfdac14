// Copies what a button holds, or the text before it, and says so.
document.documentElement.classList.add("js");

async function isWritten(text) {
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

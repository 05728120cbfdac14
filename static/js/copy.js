// Copies what a button holds, or the text before it, and says so.
document.documentElement.classList.add("js");

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Frames without the permission, and pages without TLS.
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

function textBefore(button) {
  const before = button.previousElementSibling;
  return (before.querySelector("[data-tracking]") ?? before).textContent;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await write(button.dataset.copy || textBefore(button));
  button.focus();
  button.classList.add("copied");
  const status = document.getElementById("announce");
  status.textContent = "";
  setTimeout(() => {
    status.textContent = status.dataset.copied;
  }, 50);
  setTimeout(() => button.classList.remove("copied"), 1500);
});

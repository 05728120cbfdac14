// The find box and the lists that it leads to, by the keyboard from the box or a heading.
const box = () => document.querySelector("[data-find] [name=q]");
const choices = () => [...document.querySelectorAll("#results :is([data-customer-id], [data-order-id]) a[href]")];
let sent = "";

// A field of one line drops the ends of lines, but not this separator.
document.addEventListener("paste", (event) => {
  const field = event.target;
  const text = event.clipboardData.getData("text/plain").trim();
  if (field !== box() || !/[\r\n]/.test(text)) return;
  event.preventDefault();
  field.setRangeText(text.replace(/\r\n?|\n/g, "\u2028"), field.selectionStart, field.selectionEnd, "end");
});

document.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const all = [event.target.matches("#results h1") ? event.target : box(), ...choices()];
  const next = all[all.indexOf(event.target) + by];
  if (!all.includes(event.target) || !next) return;
  event.preventDefault();
  next.focus();
});

// The next caller finds the box empty; what has been typed meanwhile stays.
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.matches("[data-find]")) sent = box().value;
});
document.addEventListener("htmx:pushedIntoHistory", () => {
  if (box()?.value === sent) box().value = "";
});

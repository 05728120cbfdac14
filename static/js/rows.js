// Rows in groups: how many of each group are shown, and the row that a link leads to is opened.
function count() {
  document.querySelectorAll(".group").forEach((group) => {
    const number = String(group.querySelectorAll(":scope > [data-item-id]:not([hidden])").length);
    const place = group.querySelector("[data-count]");
    if (place.textContent !== number) place.textContent = number;
  });
}

function open(hash) {
  const row = document.getElementById(hash.slice(1));
  if (row?.matches(".row")) row.querySelector("details").open = true;
}

document.addEventListener("narrowed", count);
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href^='#']");
  if (link) open(link.hash);
});
open(location.hash);

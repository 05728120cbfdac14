// The loaded items again by delivery: what is in this parcel?
const blank = () => document.getElementById("parcel").content.cloneNode(true).firstElementChild;

// What nothing names is a parcel of its own.
function keyOf(section) {
  const { deliveryId } = section.dataset;
  return section.querySelector("[data-tracking]")?.textContent ?? (deliveryId ? `id ${deliveryId}` : section);
}

function titleOf(section, { none, delivery }) {
  if (!section) return [none];
  const id = Object.assign(document.createElement("bdi"), { textContent: section.dataset.deliveryId, translate: false });
  return [delivery, " ", id];
}

function parcelsOf(cards, status) {
  const parcels = new Map();
  const add = (key, card, section) => {
    if (!parcels.has(key)) parcels.set(key, []);
    parcels.get(key).push([card, section]);
  };
  cards.forEach((card) => {
    const sections = [...card.querySelectorAll("[data-delivery-id]")];
    if (!sections.length) add("", card);
    sections.filter((one) => !status || one.dataset.status === status).forEach((one) => add(keyOf(one), card, one));
  });
  return [...parcels.values()];
}

function shown(contents) {
  const parcel = blank();
  const [, first] = contents[0];
  // With its link to the carrier and its button to copy.
  const tracking = first?.querySelector("[data-tracking]")?.closest("dd").cloneNode(true);
  parcel.querySelector("h2").append(...(tracking?.childNodes ?? titleOf(first, parcel.dataset)));
  parcel.querySelector(".carrier").textContent = first?.querySelector("[data-carrier]")?.textContent ?? "";
  const statuses = new Map(contents.filter(([, one]) => one).map(([, one]) => [one.dataset.status, one.querySelector(".status")]));
  statuses.forEach((status) => parcel.querySelector(".carrier").before(status.cloneNode(true)));
  contents.forEach(([card, one]) => {
    const link = document.createElement("a");
    link.href = `#${card.id}`;
    link.textContent = card.querySelector("h2").textContent;
    const line = document.createElement("li");
    line.append(link);
    const units = one?.querySelector("[data-units]")?.textContent;
    if (units) line.append(` · ${units}`);
    parcel.querySelector("ul").append(line);
  });
  return parcel;
}

document.addEventListener("narrowed", ({ detail: { cards, by, status } }) => {
  const list = document.getElementById("parcels");
  const isGrouped = by === "delivery";
  list.hidden = !isGrouped;
  list.nextElementSibling.classList.toggle("by-delivery", isGrouped);
  const parcels = isGrouped ? parcelsOf(cards, status).map(shown) : [];
  while (list.children.length > parcels.length) list.lastChild.remove();
  // Those that are the same stay, with the focus that one of them may have.
  parcels.forEach((parcel, at) => {
    const old = list.children[at];
    if (!old) list.append(parcel);
    else if (!old.isEqualNode(parcel)) old.replaceWith(parcel);
  });
});

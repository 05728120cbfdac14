// The loaded items again by delivery: what is in this parcel?
const blank = () => document.getElementById("parcel").content.cloneNode(true).firstElementChild;

// What has no number of its own: by its id, or by what the card says where nothing was sent.
function titleOf(item, section, delivery) {
  if (!section) return [item.querySelector(".no-delivery").textContent];
  const { deliveryId } = section.dataset;
  if (!deliveryId) return [delivery];
  const id = Object.assign(document.createElement("bdi"), { textContent: deliveryId, translate: false });
  return [delivery, " ", id, " "];
}

function parcelsOf(cards, status) {
  const parcels = new Map();
  const add = (key, card, section) => {
    if (!parcels.has(key)) parcels.set(key, []);
    parcels.get(key).push([card, section]);
  };
  cards.forEach((card) => {
    const sections = [...card.querySelectorAll("[data-delivery-id]")];
    if (!sections.length) add(card.querySelector(".no-delivery").dataset.parcel, card);
    sections.filter((one) => !status || one.dataset.status === status)
      .forEach((one) => add(one.dataset.parcel, card, one));
  });
  return [...parcels.values()];
}

function shown(contents) {
  const parcel = blank();
  const [item, first] = contents[0];
  // With its link to the carrier and its button to copy.
  const numbers = [...(first?.querySelectorAll(".number") ?? [])].map((number) => number.cloneNode(true));
  const isNumbered = numbers.some((number) => number.querySelector("[data-tracking]"));
  const title = isNumbered ? [] : titleOf(item, first, parcel.dataset.delivery);
  parcel.querySelector("h2").append(...title, ...numbers);
  parcel.querySelector(".carrier").textContent = first?.querySelector("[data-carrier]")?.textContent ?? "";
  const sections = contents.map(([, one]) => one).filter(Boolean);
  const statuses = new Map(sections.map((one) => [one.dataset.status, one]));
  const dated = [...statuses.values()].flatMap((one) => [".status", ".when"].map((part) => one.querySelector(part)));
  const promise = sections.map((one) => one.querySelector(".promise")).find(Boolean);
  parcel.querySelector(".where").append(...[...dated, promise].filter(Boolean).map((part) => part.cloneNode(true)));
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

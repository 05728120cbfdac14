// What is asked for is named while it is on its way; that it takes long is said before anybody takes it for lost.
const UNSEEN = 150;
const SLOW = 3000;
const { dataset: words, content } = document.getElementById("looking");
let awaited = null;
let timers = [];

function textFor({ pathInfo, requestConfig: { parameters } }) {
  const asked = new URL(pathInfo.finalRequestPath, location.href).searchParams;
  const given = [
    ["text", parameters.q ?? parameters.search],
    ["order", asked.get("order_id")],
    ["customer", asked.get("customer_id")],
  ];
  const [kind, value] = given.find(([, one]) => one?.trim()) ?? ["other", ""];
  const [before, after = ""] = words[`${kind}Words`].split(`{${kind}}`);
  return [before, value.trim(), after];
}

function name(place, detail) {
  const [before, value, after] = textFor(detail);
  const asked = Object.assign(document.createElement("bdi"), { textContent: value, translate: false });
  place.replaceChildren(before, asked, after);
}

function tell(...parts) {
  document.getElementById("announce").replaceChildren(...parts);
}

function show(detail) {
  const waiting = content.cloneNode(true).firstElementChild;
  name(waiting.querySelector("[data-looking-for]"), detail);
  // With the mark on the id.
  tell(...waiting.querySelector("[data-looking-for]").cloneNode(true).childNodes);
  detail.target.before(waiting);
}

function sayThatItIsSlow() {
  document.querySelector(".skeleton [data-slow]").textContent = words.slow;
  tell(words.slow);
}

function end() {
  timers.forEach(clearTimeout);
  document.querySelector(".waiting")?.remove();
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const { target, xhr, requestConfig: { elt } } = detail;
  if (target.id !== "results" || elt.getAttribute("hx-swap") === "merge") return;
  end();
  // What was said of another order is over, too.
  tell("");
  awaited = xhr;
  const drawn = target.querySelector(".skeleton [data-looking-for]");
  if (drawn) name(drawn, detail);
  timers = [setTimeout(sayThatItIsSlow, SLOW)];
  // What comes at once needs no place of its own until then.
  if (!drawn) timers.push(setTimeout(show, UNSEEN, detail));
  xhr.addEventListener("loadend", () => {
    if (awaited === xhr) end();
  });
});

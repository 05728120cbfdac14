// Plays Salesforce's page around a Canvas app: posts the signed request into a frame, and answers the frame's messages.
"use strict";

const VERSION = "41.0";
const { app } = document.body.dataset;
// Each Canvas app on the page, by the id of its instance.
const canvases = new Map();

async function signedRequest(canvas) {
  const fields = { case: canvas.case, instance: canvas.instance };
  const answer = await fetch("/salesforce/signed-request", { method: "POST", body: new URLSearchParams(fields) });
  return answer.text();
}

const content = (request) => JSON.parse(new TextDecoder().decode(
  Uint8Array.from(atob(request.split(".")[1]), (character) => character.charCodeAt(0)),
));

async function post(canvas) {
  const request = await signedRequest(canvas);
  canvas.request = content(request);
  const form = Object.assign(document.createElement("form"), {
    method: "post", action: app, target: canvas.frame.name, hidden: true,
  });
  form.append(Object.assign(document.createElement("input"), {
    type: "hidden", name: "signed_request", value: request,
  }));
  document.body.append(form);
  form.submit();
  form.remove();
}

// The id of an instance names the app, and where on the page it is.
function addCanvas(number, element) {
  const instance = `_:Order_items:j_id0:${crypto.getRandomValues(new Uint32Array(2)).join("")}:canvas`;
  const frame = Object.assign(document.createElement("iframe"), {
    name: `canvas-frame-${instance}`, title: "Order items", allow: "clipboard-write",
  });
  Object.assign(frame.style, { width: "100%", height: "900px", border: "0" });
  element.append(frame);
  const canvas = { case: number, instance, frame };
  canvases.set(instance, canvas);
  return post(canvas);
}

function removeCanvases(element) {
  for (const [instance, { frame }] of canvases) {
    if (!element.contains(frame)) continue;
    frame.remove();
    canvases.delete(instance);
  }
}

// What the app may ask of the page; what it gets is the answer's payload.
const services = {
  refresh: async (canvas) => ({ status: 200, payload: { status: 200, response: await signedRequest(canvas) } }),
  ctx: (canvas, { accessToken }) => (accessToken === canvas.request.client.oauthToken
    ? { status: 200, payload: canvas.request.context }
    : { status: 401, payload: [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }] }),
  resize(canvas, { size: { height, width } }) {
    const { maxHeight } = canvas.request.context.environment.dimensions;
    if (height) canvas.frame.style.height = `min(${height}, ${maxHeight})`;
    if (width) canvas.frame.style.width = width;
  },
  repost: (canvas) => post(canvas),
};

window.addEventListener("message", async (event) => {
  let message = null;
  try {
    message = JSON.parse(event.data);
  } catch {
    return;
  }
  const { body, seq, src, targetModule } = Object(message);
  const canvas = canvases.get(body?.config?.client?.instanceId);
  const isOfApp = targetModule === "Canvas" && src === "client" && event.origin === new URL(app).origin;
  if (!isOfApp || event.source !== canvas?.frame.contentWindow || !Object.hasOwn(services, body.type)) return;
  document.getElementById("last").value = body.type;
  const answer = await services[body.type](canvas, body);
  if (!answer) return;
  event.source.postMessage(JSON.stringify({
    seq, parentVersion: VERSION, clientVersion: VERSION, type: "callback", targetModule: "Canvas", ...answer,
  }), event.origin);
});

document.getElementById("callers").addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  document.querySelectorAll("#callers button").forEach((one) => one.setAttribute("aria-pressed", one === button));
  document.getElementById("who").textContent = button.querySelector("strong").textContent;
  document.getElementById("said").textContent = button.querySelector("span").textContent;
  const element = document.getElementById("panel");
  removeCanvases(element);
  addCanvas(button.dataset.case, element);
});

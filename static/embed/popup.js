// Hands the code to the panel that opened this window, to no page but one of the portal's, and closes the window.
"use strict";

{
  const handed = document.getElementById("handed");
  const isCut = !window.opener;
  if (!isCut) {
    window.opener.postMessage({ type: "order-items:code", code: handed.dataset.code }, location.origin);
    window.close();
  }
  handed.hidden = isCut;
  document.getElementById("cut").hidden = !isCut;
  document.getElementById("enter-code").hidden = !isCut;
}

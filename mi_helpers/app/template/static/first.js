/* What a page needs before anything else; the page itself calls miPlace and miFinish while it arrives. */
"use strict";

/* A page that is left stops its kernel, also before the widgets are there. */
addEventListener("pagehide", () => {
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const form = new FormData();
  form.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
  navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, form);
});

/* Puts what a cell brought into its place; an empty cell goes. */
function miPlace(number) {
  const late = document.currentScript.previousElementSibling;
  const cell = document.getElementById(`mi-cell-${number}`);
  const brought = late.children.length > 0;
  cell.hidden = !brought;
  cell.append(...late.childNodes);
  if (brought && !cell.querySelector("script")) miReady(cell);
  late.remove();
}

function miReady(cell) {
  cell.querySelector(".mi-skeleton")?.remove();
  cell.removeAttribute("aria-busy");
}

/* The stream has ended: what never came is replaced by a sentence. */
function miFinish() {
  for (const cell of document.querySelectorAll(".mi-code:not([hidden])")) {
    if (cell.childElementCount > 1 || !cell.querySelector(".mi-skeleton")) continue;
    cell.append(document.getElementById("mi-failed").content.cloneNode(true));
    miReady(cell);
  }
}

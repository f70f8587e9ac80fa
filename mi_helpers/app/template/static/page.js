/* What the frame of a page does: waiting, the way to the other language, noticing that the course is gone. */
(() => {
  "use strict";
  const LOOK_EVERY = 10000;

  /* Nearly every page has a box to write in: its code need not wait until the box is there. */
  for (const name of ["shared.js", "writing_box.js"]) {
    const href = new URL(name, document.currentScript.src).href;
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }

  /* A widget stands in its place: the placeholder goes. */
  function watch(cell) {
    const look = () => {
      if (!cell.querySelector(".jp-OutputArea-output > *")) return;
      cell.querySelector(".mi-skeleton")?.remove();
      cell.removeAttribute("aria-busy");
      observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(cell, { childList: true, subtree: true });
    look();
  }

  /* The exercise may have changed the address since the page was made; the other language opens the same place. */
  function keepQuery(link) {
    const there = new URL(link.href);
    if (there.pathname.split("/").pop() === location.pathname.split("/").pop()) there.search = location.search;
    link.href = there;
  }

  /* A kernel that was stopped and a server that was stopped are seen from here; a killed kernel, which comes back
     empty, only by the writing box. Both use the one banner. */
  function guard(banner) {
    let missed = 0;
    let mine = false;
    let timer = 0;
    const show = (lost) => {
      if (lost) banner.hidden = false;
      else if (mine && !window.miLostBoxes?.size) banner.hidden = true;
      mine = lost;
    };
    const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
    const look = async () => {
      if (document.hidden) return;
      try {
        const token = document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "";
        const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: "no-store", headers: { "X-XSRFToken": token } });
        missed = 0;
        const gone = answer.status === 404 || answer.status === 403; // the kernel is, or the learner left
        show(!answer.ok); // a proxy or a hub in front of the course says other things, which may pass
        if (gone) clearInterval(timer);
      } catch {
        missed += 1;
        if (missed > 1) show(true);
      }
    };
    banner.querySelector("button").addEventListener("click", () => location.reload());
    timer = setInterval(look, LOOK_EVERY);
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
  }

  function begin() {
    document.querySelectorAll(".mi-code[aria-busy]").forEach(watch);
    for (const link of document.querySelectorAll("[data-mi-language]")) {
      for (const moment of ["pointerdown", "focus", "click"]) link.addEventListener(moment, () => keepQuery(link));
    }
    const banner = document.getElementById("mi-connection-banner");
    if (banner) guard(banner);
  }

  /* On paper nothing can be unfolded: what is folded is printed, but not the notes for trainers. */
  function unfold() {
    for (const part of document.querySelectorAll("details:not([open], .mi-instructors)")) {
      part.dataset.miPrinted = "";
      part.open = true;
    }
  }
  function fold() {
    for (const part of document.querySelectorAll("details[data-mi-printed]")) {
      part.open = false;
      delete part.dataset.miPrinted;
    }
  }
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);

  // a page taken from the browser's memory has lost its kernel
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();

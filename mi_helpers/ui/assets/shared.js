/* What the boxes of the course share: nodes, ids, the heartbeat with its banner, the way between items.
 * Where no server keeps it, it is sent along in front of the script of each box (ui/scripts.py).
 */

const PING_EVERY = 4000;
const MISSES = 2;

export function node(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

/* ---- the banner, one for the page ---- */

function banner(words, voila) {
  let bar = document.getElementById("mi-connection-banner");
  if (!bar) {
    bar = node("div", { id: "mi-connection-banner", role: "alert", hidden: "" });
    document.body.append(bar);
  }
  if (!bar.dataset.miReady) {
    const reload = node("button", { type: "button" }, words.reload);
    reload.addEventListener("click", () => location.reload());
    bar.replaceChildren(node("p", {}, voila ? words.lost : words.lost_lab), ...(voila ? [reload] : []));
    bar.dataset.miReady = "yes";
  }
  return bar;
}

export function heartbeat(model, words) {
  const boxes = (window.miLostBoxes ??= new Set());
  const self = {};
  let open = 0;
  const show = () => {
    const bar = banner(words, model.get("voila"));
    if (bar.hidden !== !boxes.size) bar.hidden = !boxes.size;
  };
  const beat = () => {
    open += 1;
    if (open > MISSES) boxes.add(self), show();
    try {
      model.send({ kind: "ping" });
    } catch {
      /* a closed connection: the missing answer says enough */
    }
  };
  const timer = setInterval(beat, PING_EVERY);
  beat();
  return {
    pong() {
      open = 0;
      if (boxes.delete(self)) show();
    },
    lost: () => boxes.has(self),
    stop() {
      clearInterval(timer);
      if (boxes.delete(self)) show();
    },
  };
}

/* ---- one of several items on a page: links to the others, the address, the way to the title ---- */

/* Links to other items go through the kernel; without it they are ordinary links. `leave` sends what is unsent. */
export function visit(model, el, { send, lost, leave }) {
  const follow = (event) => {
    const link = event.target.closest?.("a[data-mi-item]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!link.closest(".mi-exercises")?.contains(el)) return;
    if (lost() && model.get("voila")) return;
    event.preventDefault();
    leave();
    send({ kind: "go", item: link.dataset.miItem });
  };
  const address = model.get("address");
  const asked = (event) => send({ kind: "go", item: event.detail });
  if (address) {
    document.addEventListener("click", follow);
    window.addEventListener("mi-go", asked);
    if (model.get("voila")) {
      const here = new URL(location.href);
      here.searchParams.set("item", address);
      history.replaceState(null, "", here);
    } else if (!window.miArrived) {
      // Lab drops the query of its address; how the page was entered is still known
      const entered = new URL(performance.getEntriesByType("navigation")[0].name).searchParams.get("item");
      if (entered && entered !== address) send({ kind: "go", item: entered });
      window.miArrived = true;
    }
  }
  const focusTitle = (tries) => {
    const title = el.closest(".mi-exercise")?.querySelector(".mi-item-title");
    if (title) {
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "start" });
    } else if (tries) setTimeout(() => focusTitle(tries - 1), 50);
  };
  if (model.get("arrive")) focusTitle(40);
  return () => {
    document.removeEventListener("click", follow);
    window.removeEventListener("mi-go", asked);
  };
}

/* In JupyterLab a link to a page of the course opens it in a tab (Lab runs the command that a clicked element names).
   An item is opened there at once where that page has run already, else as soon as it runs: the kernel remembers it. */
export function openInLab(el, send) {
  const open = (event) => {
    const link = event.target.closest?.("a[data-mi-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!link.closest(".mi-search")?.contains(el)) return;
    const [, path] = decodeURI(new URL(link.getAttribute("href"), location.href).pathname).split("/tree/");
    if (!path) return;
    link.dataset.commandlinkerCommand = "docmanager:open";
    link.dataset.commandlinkerArgs = JSON.stringify({ path });
    const place = link.dataset.miOpen;
    if (!place) return;
    send({ kind: "open", item: place });
    window.dispatchEvent(new CustomEvent("mi-go", { detail: place }));
    const jump = (tries) => {
      const there = document.getElementById(place);
      if (there?.checkVisibility()) there.scrollIntoView({ block: "start" });
      else if (tries) setTimeout(() => jump(tries - 1), 250);
    };
    jump(40);
  };
  document.addEventListener("click", open, true);
  return () => document.removeEventListener("click", open, true);
}

/* Dragging with a mouse, a finger or a pen, beside the keyboard way that every control has of its own.
 *
 * A mouse may take hold anywhere on the handle, a finger only at its grip, so that the page can still be scrolled.
 */

import { node } from "./shared.js";

const FAR_ENOUGH = 6;

export function grip() {
  return node("span", { class: "mi-grip", "aria-hidden": "true" }, "⠿");
}

/* start() once the pointer has really moved; then move(event) each time, and at the end drop(event) or cancel(). */
export function draggable(handle, { start, move, drop, cancel = () => {} }) {
  let from = null;
  let going = false;
  const stop = () => {
    from = null;
    going = false;
    document.removeEventListener("keydown", escape, true);
  };
  const giveUp = () => {
    const begun = going;
    stop();
    if (begun) cancel();
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    giveUp();
  };
  handle.classList.add("mi-draggable");
  handle.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button, input, label")) return;
    if (event.pointerType !== "mouse" && !event.target.closest(".mi-grip")) return;
    event.preventDefault();
    from = { x: event.clientX, y: event.clientY };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from) return;
    if (!going && Math.hypot(event.clientX - from.x, event.clientY - from.y) < FAR_ENOUGH) return;
    if (!going) {
      going = true;
      document.addEventListener("keydown", escape, true);
      start(event);
    }
    move(event);
  });
  handle.addEventListener("pointerup", (event) => {
    const begun = going;
    stop();
    if (begun) drop(event);
  });
  handle.addEventListener("pointercancel", giveUp);
}

/* ---- steps in a row: the step changes places with its neighbours as the pointer passes them ---- */

/* `shift(by)` moves the step one place and gives whether it could; `done(moved)` comes at the end. */
export function dragRow(row, { shift, done }) {
  let places = 0;
  const passes = (other, event, by) => {
    if (!other) return false;
    const { top, height } = other.getBoundingClientRect();
    return by < 0 ? event.clientY < top + height / 2 : event.clientY > top + height / 2;
  };
  const end = () => {
    row.classList.remove("mi-dragged");
    done(places);
    places = 0;
  };
  draggable(row, {
    start: () => row.classList.add("mi-dragged"),
    move: (event) => {
      for (const by of [-1, 1]) {
        const other = () => (by < 0 ? row.previousElementSibling : row.nextElementSibling);
        while (passes(other(), event, by) && shift(by)) places += by;
      }
      row.scrollIntoView({ block: "nearest" });
    },
    drop: end,
    cancel: () => {
      while (places) {
        const back = places > 0 ? -1 : 1;
        shift(back);
        places += back;
      }
      end();
    },
  });
}

/* ---- a card to one of some groups: they come up at the foot of the screen while it is being dragged ---- */

/* `options` are the groups as [key, text]; `chosen(key)` is called where the card is let go on one of them. */
export function dragCard(handle, options, chosen) {
  let tray = null;
  let ghost = null;
  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-mi-group]");
  const clear = () => {
    tray.remove();
    ghost.remove();
    handle.classList.remove("mi-dragged");
  };
  draggable(handle, {
    start: () => {
      tray = node("div", { class: "mi-page mi-tray", "aria-hidden": "true" });
      tray.append(...options.map(([key, text]) => node("div", { "data-mi-group": key }, text)));
      ghost = node("div", { class: "mi-page mi-ghost", "aria-hidden": "true" }, handle.dataset.miCard);
      document.body.append(tray, ghost);
      handle.classList.add("mi-dragged");
    },
    move: (event) => {
      const left = Math.min(event.clientX, window.innerWidth - ghost.offsetWidth - 20);
      const top = Math.min(event.clientY, window.innerHeight - ghost.offsetHeight - 20);
      ghost.style.transform = `translate(${left}px, ${top}px)`;
      const over = under(event);
      for (const group of tray.children) group.classList.toggle("mi-over", group === over);
    },
    drop: (event) => {
      const group = under(event)?.dataset.miGroup;
      clear();
      if (group) chosen(group);
    },
    cancel: clear,
  });
}

/* A drawing whose arrows are buttons: each lies on the label of its arrow.
 *
 * `arrows` is a list of {id, label, left, top, width} (percents of the drawing).
 * To the kernel:   arrow {id}
 */

import { node } from "./shared.js";

function render({ model, el }) {
  el.classList.add("mi-arrows");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const sheet = node("div", { class: "mi-arrows-sheet", role: "group", "aria-label": model.get("label") });
  sheet.innerHTML = model.get("drawing"); // drawn by the course
  for (const { id, label, left, top, width } of model.get("arrows")) {
    const button = node("button", { type: "button", class: "mi-arrow", "aria-label": label, "aria-pressed": "false", title: label });
    button.style.cssText = `left:${left}%;top:${top}%;width:${width}%`;
    button.addEventListener("click", () => {
      for (const other of sheet.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
      model.send({ kind: "arrow", id });
    });
    sheet.append(button);
  }
  el.replaceChildren(sheet);
}

export default { render };

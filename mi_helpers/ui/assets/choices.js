/* Choices: native controls drawn from data, whose answers go to the kernel.
 *
 * `controls` is a list of {type, key, label, …}: radios, select, menu, check, number, range, text, area, words, order.
 * To the kernel:   ready | ping | draft {values} | ask {id, values} | go {item} | open {item}
 * From the kernel: pong | say {text} | notice {text} | forget
 */

import { dragCard, dragRow, grip } from "./drag.js";
import { heartbeat, newId, node, openInLab, visit } from "./shared.js";

/* Words that writing boxes left in this browser go. */
function forget() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith("mi-course:")) localStorage.removeItem(key);
  } catch {
    /* storage switched off: there is nothing in it */
  }
}

const fields = (box) => [...box.querySelectorAll("input, select, textarea, button")];

function fieldset(control, css) {
  const box = node("fieldset", { class: `mi-choice ${css}` });
  const legend = node("legend", control.hidden ? { class: "mi-hidden" } : {}, control.label);
  box.append(legend);
  return box;
}

const DRAW = {
  radios(control, value, change, words, say) {
    const box = fieldset(control, `mi-radios mi-radios-${control.look || "column"}`);
    const row = node("div", { class: "mi-options" });
    const name = newId();
    for (const [key, text] of control.options) {
      const label = node("label", { class: "mi-option" });
      const input = node("input", { type: "radio", name, value: key });
      input.checked = key === value;
      input.addEventListener("change", () => change(key));
      label.append(input, node("span", {}, text));
      row.append(label);
    }
    box.append(row);
    if (control.drag) {
      const legend = box.querySelector("legend");
      const card = node("span", { class: "mi-card-text", "data-mi-card": control.label });
      card.append(grip(), node("span", {}, control.label));
      legend.replaceChildren(card);
      dragCard(card, control.options, (key) => {
        row.querySelector(`input[value="${CSS.escape(key)}"]`).checked = true;
        say(words.placed.replace("{text}", control.label).replace("{group}", new Map(control.options).get(key)));
        change(key);
      });
    }
    if (control.ends) {
      const ends = node("div", { class: "mi-ends", "aria-hidden": "true" });
      ends.append(...control.ends.map((end) => node("span", {}, end)));
      box.append(ends);
    }
    return box;
  },

  /* A list that unfolds, so that every option can be read in full; a pointer folds it again by choosing. */
  select(control, value, change, words) {
    const box = fieldset(control, "mi-select");
    const list = node("details", { class: "mi-pick", name: "mi-pick" });
    const shown = node("summary", {});
    const texts = new Map(control.options);
    const draw = (key) => {
      const label = node("span", { class: "mi-hidden" }, `${control.label}: `);
      shown.replaceChildren(label, node("span", {}, texts.get(key) ?? words.choose));
    };
    const fold = () => {
      list.open = false;
      shown.focus();
    };
    const options = node("div", { class: "mi-options" });
    const name = newId();
    for (const [key, text] of control.options) {
      const label = node("label", { class: "mi-option" });
      const input = node("input", { type: "radio", name, value: key });
      input.checked = key === value;
      input.addEventListener("change", () => (draw(key), change(key)));
      label.append(input, node("span", {}, text));
      options.append(label);
    }
    options.addEventListener("pointerup", (event) => event.target.closest("label") && setTimeout(fold, 150));
    options.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      fold();
    });
    draw(value);
    list.append(shown, options);
    box.append(list);
    return box;
  },

  menu(control, value, change, words) {
    const box = node("div", { class: "mi-choice mi-menu" });
    const id = `mi-${newId().slice(0, 8)}`;
    const input = node("select", { id });
    input.append(node("option", { value: "" }, words.choose));
    input.append(...control.options.map(([key, text]) => node("option", { value: key }, text)));
    input.value = value ?? "";
    input.addEventListener("change", () => change(input.value));
    box.append(node("label", { for: id }, control.label), input);
    return box;
  },

  check(control, value, change) {
    const box = node("div", { class: "mi-choice" });
    const label = node("label", { class: "mi-option" });
    const input = node("input", { type: "checkbox" });
    input.checked = value === true;
    input.addEventListener("change", () => change(input.checked));
    label.append(input, node("span", {}, control.label));
    box.append(label);
    return box;
  },

  number(control, value, change) {
    const box = node("div", { class: "mi-choice mi-number" });
    const id = `mi-${newId().slice(0, 8)}`;
    const { low, high, step } = control;
    const input = node("input", { id, type: "number", inputmode: "decimal", min: low, max: high, step, "aria-describedby": `${id}-unit` });
    input.value = value ?? "";
    input.addEventListener("input", () => change(input.value === "" ? null : Number(input.value)));
    const row = node("div", { class: "mi-number-row" });
    row.append(input, node("span", { id: `${id}-unit` }, control.unit));
    box.append(node("label", { for: id }, control.label), row);
    return box;
  },

  /* What it stands at is written beside it; the kernel hears of it once it rests. */
  range(control, value, change) {
    const box = node("div", { class: "mi-choice mi-range" });
    const id = `mi-${newId().slice(0, 8)}`;
    const { low, high, step, digits, decimal } = control;
    const input = node("input", { id, type: "range", min: low, max: high, step });
    input.value = value ?? control.value;
    const shown = node("output", { for: id });
    const show = () => {
      shown.textContent = Number(input.value).toFixed(digits).replace("-", "−").replace(".", decimal) + (control.unit ? ` ${control.unit}` : "");
      input.setAttribute("aria-valuetext", shown.textContent);
    };
    input.addEventListener("input", show);
    input.addEventListener("change", () => change(Number(input.value)));
    show();
    const row = node("div", { class: "mi-number-row" });
    row.append(input, shown);
    box.append(node("label", { for: id }, control.label), row);
    return box;
  },

  /* Several lines of text, typed, pasted or from a file; the kernel hears of it when the typing rests. */
  area(control, value, change) {
    const box = node("div", { class: "mi-choice mi-area" });
    const id = `mi-${newId().slice(0, 8)}`;
    const input = node("textarea", { id, rows: 6, spellcheck: "false", autocomplete: "off" });
    input.value = value ?? "";
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => change(input.value), 400);
    });
    input.addEventListener("change", () => (clearTimeout(timer), change(input.value)));
    const file = node("input", { id: `${id}-file`, type: "file", accept: ".csv,.txt,text/csv,text/plain" });
    file.addEventListener("change", async () => {
      const [picked] = file.files;
      if (!picked) return;
      const bytes = new Uint8Array(await picked.slice(0, control.most).arrayBuffer());
      const text = new TextDecoder("utf-8").decode(bytes);
      input.value = text.includes("\ufffd") ? new TextDecoder("windows-1252").decode(bytes) : text;
      change(input.value);
    });
    box.append(node("label", { for: id }, control.label), input, node("label", { for: file.id }, control.file), file);
    return box;
  },

  text(control, value, change, words, say, ask) {
    const box = node("div", { class: "mi-choice mi-text-line" });
    const id = `mi-${newId().slice(0, 8)}`;
    const input = node("input", { id, type: "search", autocomplete: "off" });
    input.value = value ?? "";
    input.addEventListener("input", () => change(input.value));
    input.addEventListener("keydown", (event) => event.key === "Enter" && ask());
    box.append(node("label", { for: id }, control.label), input);
    return box;
  },

  /* Words to mark: one stop for Tab, arrows between the words, Space or a click to mark, Shift to go on marking. */
  words(control, value, change, words) {
    const id = `mi-${newId().slice(0, 8)}`;
    const box = node("div", { class: "mi-choice mi-words", role: "group", "aria-label": control.label, "aria-describedby": id });
    const marked = new Set(value ?? []);
    const text = node("p", { class: "mi-words-text" });
    let at = Math.min(...marked, control.words.length - 1);
    if (!marked.size) at = 0;
    const draw = () => {
      buttons.forEach((button, n) => {
        button.setAttribute("aria-pressed", String(marked.has(n)));
        button.tabIndex = n === at ? 0 : -1;
        button.classList.toggle("mi-joined", marked.has(n) && marked.has(n + 1));
      });
    };
    const report = () => (draw(), change([...marked].sort((a, b) => a - b)));
    const extend = (to) => {
      for (let n = Math.min(at, to); n <= Math.max(at, to); n += 1) marked.add(n);
      at = to;
      report();
    };
    const buttons = control.words.map((word, n) => {
      const button = node("button", { type: "button", class: "mi-word" }, word);
      button.addEventListener("click", (event) => {
        if (event.shiftKey) return extend(n);
        marked.has(n) ? marked.delete(n) : marked.add(n);
        at = n;
        report();
      });
      button.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : step ? n + step : -1;
        if (!buttons[to] || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        if (event.shiftKey) extend(to);
        else (at = to), draw();
        buttons[to].focus();
      });
      return button;
    });
    buttons.forEach((button, n) => text.append(...(n ? [" ", button] : [button])));
    draw();
    box.append(text, node("p", { id, class: "mi-muted mi-small" }, words.mark_keys));
    return box;
  },

  order(control, value, change, words, say) {
    const box = node("div", { class: "mi-choice mi-order", role: "group", "aria-label": control.label });
    const list = node("ol", { class: "mi-order-list" });
    const texts = new Map(control.options);
    const known = (value ?? []).filter((key) => texts.has(key));
    const order = known.length === texts.size ? known : [...texts.keys()];
    const rows = new Map();
    const draw = () => {
      order.forEach((key, n) => {
        const { up, down } = rows.get(key);
        up.setAttribute("aria-disabled", String(n === 0));
        down.setAttribute("aria-disabled", String(n === order.length - 1));
      });
    };
    const shift = (key, by) => {
      const from = order.indexOf(key);
      const to = from + by;
      if (to < 0 || to >= order.length) return false;
      order.splice(from, 1);
      order.splice(to, 0, key);
      const { row } = rows.get(key);
      const neighbour = rows.get(order[from]).row;
      by < 0 ? row.after(neighbour) : row.before(neighbour);
      draw();
      return true;
    };
    const tell = (key) => {
      const n = order.indexOf(key) + 1;
      say(words.moved.replace("{text}", texts.get(key)).replace("{n}", n).replace("{all}", order.length));
      change([...order]);
    };
    const move = (key, by) => {
      if (!shift(key, by)) return;
      const { up, down } = rows.get(key);
      (by < 0 ? up : down).focus();
      tell(key);
    };
    for (const [key, text] of texts) {
      const row = node("li", {});
      const up = node("button", { type: "button", "aria-label": `${words.up}: ${text}`, title: words.up }, "↑");
      const down = node("button", { type: "button", "aria-label": `${words.down}: ${text}`, title: words.down }, "↓");
      up.addEventListener("click", () => move(key, -1));
      down.addEventListener("click", () => move(key, 1));
      row.append(grip(), node("span", { class: "mi-order-text" }, text), up, down);
      dragRow(row, { shift: (by) => shift(key, by), done: (moved) => moved && tell(key) });
      rows.set(key, { row, up, down });
    }
    list.append(...order.map((key) => rows.get(key).row));
    draw();
    box.append(node("p", { class: "mi-muted mi-small mi-how" }, words.drag_step), list);
    return box;
  },
};

function render({ model, el }) {
  const words = model.get("words");
  el.classList.add("mi-choice-box");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const place = node("div", { class: "mi-choices" });
  const row = node("div", { class: "mi-ask-row" });
  const button = node("button", { type: "button", class: "mi-ask" }, model.get("ask"));
  if (model.get("ask")) row.append(button);
  const notice = node("p", { class: "mi-box-notice" });
  const trouble = node("p", { class: "mi-trouble", role: "status" });
  const live = node("p", { class: "mi-hidden", role: "status", "aria-live": "polite" });
  el.replaceChildren(place, row, notice, trouble, live);

  const pulse = heartbeat(model, words);
  const send = (content) => {
    try {
      model.send(content);
    } catch {
      /* no connection: the banner says so */
    }
  };
  const say = (text) => {
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 80);
  };
  const tell = (text) => {
    notice.textContent = text;
    say(text);
  };

  let values = {};
  const ask = () => {
    notice.textContent = "";
    if (pulse.lost()) tell(words.no_connection);
    else send({ kind: "ask", id: newId(), values });
  };
  const draw = () => {
    values = { ...model.get("values") };
    const make = (control) =>
      DRAW[control.type](control, values[control.key], (value) => {
        values[control.key] = value;
        notice.textContent = "";
        send({ kind: "draft", values });
      }, words, say, ask);
    const at = [...place.children].findIndex((box) => box.contains(document.activeElement));
    const within = at < 0 ? -1 : fields(place.children[at]).indexOf(document.activeElement);
    const controls = model.get("controls");
    place.replaceChildren(...controls.map(make));
    if (controls.some((control) => control.drag)) place.prepend(node("p", { class: "mi-muted mi-small mi-how" }, words.drag_card));
    if (within >= 0 && place.children[at]) fields(place.children[at])[within]?.focus();
  };
  const drawTrouble = () => (trouble.textContent = model.get("trouble"));
  draw();
  drawTrouble();
  model.on("change:controls", draw);
  model.on("change:trouble", drawTrouble);

  button.addEventListener("click", ask);

  const hear = (message) => {
    if (message.kind === "pong") pulse.pong();
    else if (message.kind === "say") say(message.text);
    else if (message.kind === "notice") tell(message.text);
    else if (message.kind === "forget") forget();
  };
  model.on("msg:custom", hear);
  const leave = visit(model, el, { send, lost: pulse.lost, leave: () => {} });
  const shut = model.get("voila") ? () => {} : openInLab(el, send);
  send({ kind: "ready" });
  return () => {
    leave();
    shut();
    pulse.stop();
    model.off("msg:custom", hear);
    model.off("change:controls", draw);
    model.off("change:trouble", drawTrouble);
  };
}

export default { render };

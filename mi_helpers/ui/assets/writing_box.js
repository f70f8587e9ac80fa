/* The writing box: what the learner writes, kept as it is written.
 *
 * To the kernel:   ready {text, copy, seq} | ping | draft {text, seq} | ask {id, text, check} | go {item}
 * From the kernel: pong | kept {seq, ok} | say {text} | notice {text} | text {text, notice, seq, ok, done}
 * Words that the kernel has not confirmed stand in localStorage too, so a killed kernel loses none. On return they go
 * to the kernel with the time they were written; the store takes the newer words and the kernel sends them back.
 * Where words are not to be stored (`only_here`), the kernel never confirms them and localStorage is where they stay.
 */

import { heartbeat, newId, node, visit } from "./shared.js";

const SAVE_AFTER = 400;

/* ---- the copy in this browser ---- */

function localCopy(model) {
  const key = ["mi-course", model.get("learner"), model.get("place"), model.get("lang")].join(":");
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null; // storage switched off or full: the kernel still keeps the words
    }
  };
  return {
    read: () => attempt(() => JSON.parse(localStorage.getItem(key))),
    write: (text) => attempt(() => localStorage.setItem(key, JSON.stringify({ text, at: Date.now() }))),
    drop: () => attempt(() => localStorage.removeItem(key)),
  };
}

/* ---- counting, gently ---- */

function count(text, words) {
  const characters = Array.from(text.trim()).length;
  if (!characters) return words.empty_count;
  const sentences = Math.max(1, text.trim().split(/[.!?…]+["'”’»)]*(?:\s+|$)/u).filter((s) => /[\p{L}\p{N}]/u.test(s)).length);
  const some = (n, one, many) => (n === 1 ? one : many.replace("{n}", n));
  const said = [some(sentences, words.sentence_one, words.sentences), some(characters, words.character_one, words.characters)];
  return said.join(" · ") + (words.long && (sentences > 5 || characters > 500) ? `. ${words.long}` : "");
}

function build(model, words) {
  const id = `mi-box-${newId().slice(0, 8)}`;
  const small = model.get("small"); // one of several: no count, and the privacy note only where it is the first
  const parts = {
    trouble: node("p", { class: "mi-trouble", role: "status" }),
    label: node("label", { for: id }, model.get("label")),
    area: node("textarea", { id, rows: small ? "2" : "4", maxlength: "20000", "aria-describedby": small ? "" : `${id}-privacy ${id}-count`, placeholder: model.get("placeholder"), autocapitalize: "sentences", lang: model.get("lang") }),
    count: node("p", { id: `${id}-count`, class: "mi-count" }),
    state: node("p", { class: "mi-kept" }),
    notice: node("p", { class: "mi-box-notice" }),
    live: node("p", { class: "mi-hidden", role: "status", "aria-live": "polite" }),
  };
  const under = node("div", { class: "mi-box-under" });
  under.append(...(small ? [parts.state] : [parts.count, parts.state]));

  const first = model.get("first");
  const privacy = node("div", { class: first ? "mi-privacy" : "mi-muted mi-small", id: `${id}-privacy` });
  if (first) {
    const more = node("p");
    more.append(node("a", { href: words.privacy_page }, words.privacy_more));
    privacy.append(node("strong", {}, words.privacy_title), node("p", {}, words.privacy), node("p", {}, words.privacy_please), more);
  } else {
    privacy.append(node("p", {}, words.privacy_short));
  }
  const after = small ? [] : [privacy];
  parts.all = first ? [privacy, parts.label, parts.area, under] : [parts.label, parts.area, under, ...after];

  parts.check = null;
  if (model.get("check_label")) {
    parts.checks = node("div", { class: "mi-check" });
    const label = node("label", { class: "mi-check-label", for: `${id}-check` }, model.get("check_label"));
    parts.check = node("select", { id: `${id}-check` });
    parts.checks.append(label, parts.check);
    parts.all.push(parts.checks);
  }
  if (model.get("ask")) {
    const row = node("div", { class: "mi-ask-row" });
    parts.ask = node("button", { type: "button", class: "mi-ask" }, model.get("ask"));
    row.append(parts.ask, node("span", { class: "mi-keys" }, words.keys_hint));
    parts.all.push(row);
  }
  parts.all.push(parts.notice, parts.trouble, parts.live);
  return parts;
}

function render({ model, el }) {
  const words = model.get("words");
  const local = localCopy(model);
  const parts = build(model, words);
  const { area, live, notice } = parts;
  el.classList.add("mi-writing-box");
  el.classList.toggle("mi-small-box", model.get("small"));
  // JupyterLab takes Enter for a command and holds back the new line; here it is just a new line
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  area.addEventListener("beforeinput", (event) => event.stopImmediatePropagation());
  el.replaceChildren(...parts.all);

  const pulse = heartbeat(model, words);
  let seq = 0;
  let timer = 0;
  const send = (content) => {
    try {
      model.send(content);
    } catch {
      /* no connection: the words are in this browser, the banner says so */
    }
  };
  const say = (text) => {
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 80);
  };
  const state = (text) => (parts.state.textContent = text);
  const recount = () => {
    parts.count.textContent = count(area.value, words);
    for (const own of document.querySelectorAll(`[data-mi-own="${CSS.escape(model.get("place"))}"]`)) own.textContent = area.value.trim();
  };

  /* drafts */
  const flush = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    send({ kind: "draft", text: area.value, seq });
  };
  const touched = () => {
    seq += 1;
    local.write(area.value);
    model.set("value", area.value); // on this side only: a view that is drawn anew begins with it
    recount();
    notice.textContent = "";
    state(pulse.lost() ? words.kept_in_browser : words.keeping);
    timer ||= setTimeout(flush, SAVE_AFTER);
  };
  area.addEventListener("input", touched);
  area.addEventListener("change", flush);
  window.addEventListener("pagehide", flush);

  area.value = model.get("value");
  recount();

  /* asking */
  const ask = () => {
    if (!parts.ask) return;
    notice.textContent = "";
    if (pulse.lost()) {
      notice.textContent = words.no_connection;
      say(words.no_connection);
      return;
    }
    flush();
    send({ kind: "ask", id: newId(), text: area.value, check: parts.check ? parts.check.value : "" });
  };
  parts.ask?.addEventListener("click", ask);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  });

  const drawChecks = () => {
    if (!parts.check) return;
    const chosen = parts.check.value;
    parts.check.replaceChildren(...model.get("checks").map(([code, label]) => node("option", { value: code }, label)));
    parts.check.value = model.get("checks").some(([code]) => code === chosen) ? chosen : "";
  };
  drawChecks();
  const drawTrouble = () => (parts.trouble.textContent = model.get("trouble"));
  drawTrouble();
  model.on("change:checks", drawChecks);
  model.on("change:trouble", drawTrouble);

  const hear = (message) => {
    if (message.kind === "pong") pulse.pong();
    else if (message.kind === "say") say(message.text);
    else if (message.kind === "notice") {
      notice.textContent = message.text;
      say(message.text);
    } else if (message.kind === "kept") {
      const current = message.seq === seq && !timer;
      if (message.ok && current) local.drop();
      if (current) state(message.ok ? words.kept : words.kept_in_browser);
    } else if (message.kind === "text" && !timer && (message.seq ?? seq) === seq) {
      area.value = message.text;
      model.set("value", message.text);
      notice.textContent = message.notice;
      if (message.done || (message.ok && !model.get("only_here"))) local.drop();
      recount();
    }
  };
  model.on("msg:custom", hear);

  const leave = visit(model, el, { send, lost: pulse.lost, leave: flush });
  send({ kind: "ready", text: area.value, copy: local.read(), seq });
  return () => {
    flush();
    pulse.stop();
    model.off("msg:custom", hear);
    model.off("change:checks", drawChecks);
    model.off("change:trouble", drawTrouble);
    window.removeEventListener("pagehide", flush);
    leave();
  };
}

export default { render };

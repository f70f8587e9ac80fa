/* Under a plot: it in words and numbers, its sources, and the files that can be kept of it.
 * Pictures are made here from what the browser has drawn; the page of its own comes from the kernel, compressed.
 *
 * To the kernel:   ready (draw now) | page
 * From the kernel: page (buffer: HTML, gzipped) | say {text}
 */

import { node } from "./shared.js";

const SVG_NS = "http://www.w3.org/2000/svg";

function save(blob, name) {
  const link = node("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function svgNode(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG_NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

function wrap(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}

/* One SVG out of the layers on the page, with title, caption and sources around it. */
function picture(frame, title, lines) {
  const layers = [...frame.querySelectorAll("svg.main-svg, svg.mi-drawing")].filter((it) => !it.parentElement.closest("svg"));
  if (!layers.length) return null;
  const { width, height } = layers[0].getBoundingClientRect();
  const most = Math.floor(width / 6.9);
  const above = wrap(title, Math.floor(width / 9.2));
  const below = lines.flatMap((line) => wrap(line, most));
  const top = 14 + 22 * above.length;
  const all = top + height + 18 * below.length + 20;
  const made = svgNode("svg", { xmlns: SVG_NS, width, height: all, viewBox: `0 0 ${width} ${all}`, "font-family": "system-ui, sans-serif" });
  made.append(svgNode("title", {}, title), svgNode("rect", { width, height: all, fill: "#fffdfa" }));
  above.forEach((line, n) => made.append(svgNode("text", { x: 8, y: 24 + 22 * n, "font-size": 17, "font-weight": 650, fill: "#1f2f2d" }, line)));
  for (const layer of layers) {
    const copy = layer.cloneNode(true);
    for (const [name, value] of Object.entries({ x: 0, y: top, width, height })) copy.setAttribute(name, value);
    copy.removeAttribute("style");
    made.append(copy);
  }
  below.forEach((line, n) => made.append(svgNode("text", { x: 8, y: top + height + 18 * (n + 1), "font-size": 13, fill: "#53625e" }, line)));
  const text = new XMLSerializer().serializeToString(made).replace(/var\([^,()]+,\s*([^()]+)\)/g, "$1");
  return { text, width, height: all };
}

function png({ text, width, height }) {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => {
      const canvas = node("canvas", { width: 2 * width, height: 2 * height });
      const pen = canvas.getContext("2d");
      pen.scale(2, 2);
      pen.drawImage(image, 0, 0, width, height);
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
    };
    image.onerror = failed;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
}

function render({ model, el }) {
  const words = model.get("words");
  el.classList.add("mi-plot-under");
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const told = node("div");
  const keep = node("details", { class: "mi-keep" });
  const row = node("div", { class: "mi-keep-row" });
  keep.append(node("summary", {}, words.keep), row);
  const live = node("p", { class: "mi-hidden", role: "status", "aria-live": "polite" });
  el.replaceChildren(told, keep, live);
  const say = (text) => {
    live.textContent = "";
    setTimeout(() => (live.textContent = text), 80);
  };
  const frame = () => el.closest(".mi-plot");
  const name = (ending) => `${model.get("about").name}.${ending}`;
  const drawn = () => {
    const found = picture(frame(), model.get("about").title, model.get("about").lines);
    if (!found) say(words.no_picture);
    return found;
  };
  const ways = {
    csv: () => save(new Blob([model.get("csv")], { type: "text/csv;charset=utf-8" }), name("csv")),
    svg() {
      const found = drawn();
      if (found) save(new Blob([found.text], { type: "image/svg+xml" }), name("svg"));
    },
    async png() {
      const found = drawn();
      if (found) save(await png(found), name("png"));
    },
    html: () => model.send({ kind: "page" }),
  };
  for (const [key, act] of Object.entries(ways)) {
    const button = node("button", { type: "button", class: "mi-button" }, words[key]);
    button.addEventListener("click", async () => {
      try {
        await act();
      } catch {
        say(words.no_picture);
      }
    });
    row.append(button);
  }

  const draw = () => {
    const open = [...told.querySelectorAll("details")].map((it) => it.open);
    told.innerHTML = model.get("told"); // made by the course; typed text in it is escaped there
    told.querySelectorAll("details").forEach((it, n) => (it.open = open[n] ?? false));
    const about = model.get("about");
    const sheet = frame()?.querySelector(".mi-sheet");
    if (sheet && about.image) {
      sheet.setAttribute("role", "img");
      sheet.setAttribute("aria-label", about.alt);
    } else if (!sheet) setTimeout(draw, 50); // what stands above is not on the page yet
    row.children[0].hidden = !model.get("csv");
    keep.hidden = !about.keep;
  };
  model.on("change:told change:about change:csv", draw);
  const hear = async (message, buffers) => {
    if (message.kind === "say") return say(message.text);
    if (message.kind !== "page") return;
    const stream = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("gzip"));
    save(new Blob([await new Response(stream).arrayBuffer()], { type: "text/html" }), name("html"));
  };
  model.on("msg:custom", hear);
  draw();
  // Drawing holds the browser up for a second or two, and it gives up on widgets that come later than that: so a plot
  // waits until every part of the page stands.
  const begin = (tries) => {
    if (tries && document.querySelector(".mi-code[aria-busy]")) setTimeout(() => begin(tries - 1), 100);
    else model.send({ kind: "ready" });
  };
  begin(40);
  return () => {
    model.off("msg:custom", hear);
    model.off("change:told change:about change:csv", draw);
  };
}

export default { render };

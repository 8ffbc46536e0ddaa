// A block to choose, its drawing, and what its layers hold and compute beside two plain convolutions.
"use strict";

(() => {
  const { element, choice } = play;
  const { BLOCKS, CHANNELS, layersOf, total } = play.blocks;
  const frame = document.getElementById("play-block");
  const state = { block: "plain", channels: 256, side: 28 };
  const counted = (number) => number.toLocaleString("en");

  // ---- The drawing: boxes from the input below to the output on top ----

  const SVG = "http://www.w3.org/2000/svg";
  const [BOX, HEIGHT, ACROSS, UP] = [118, 26, 130, 44]; // a box, and from one to the next
  function shape(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  }
  const picture = shape("svg", { class: "play-block-picture", role: "img" });

  function draw(block) {
    const columns = Math.max(...block.map(({ branches }) => branches.length));
    const width = columns * ACROSS;
    const parts = [];
    let level = 0; // how many boxes lie below
    const y = (at) => -at * UP;
    const box = (x, at, text, kind) => parts.push(
      shape("rect", { class: kind, x: x - BOX / 2, y: y(at) - HEIGHT / 2, width: BOX, height: HEIGHT, rx: 4 }),
      shape("text", { x, y: y(at) + 4 }, text));
    const line = (x1, at1, x2, at2) =>
      parts.unshift(shape("line", { x1, y1: y(at1), x2, y2: y(at2) }));

    const middle = width / 2;
    box(middle, 0, `${state.channels} maps`, "play-maps");
    for (const { branches, join } of block) {
      const tallest = Math.max(...branches.map((branch) => branch.length));
      const top = level + tallest + (join ? 1 : 0);
      for (const [place, branch] of branches.entries()) {
        const x = middle + (place - (branches.length - 1) / 2) * ACROSS;
        line(middle, level, x, level + 0.6);
        line(x, level + 0.6, x, level + tallest + (join ? 0.4 : 0));
        if (join) line(x, level + tallest + 0.4, middle, top);
        for (const [step, layer] of branch.entries()) box(x, level + 1 + step, layer.name, "play-layer");
      }
      if (join) box(middle, top, join, "play-join");
      level = top;
    }
    picture.replaceChildren(...parts);
    picture.setAttribute("viewBox", `0 ${-level * UP - HEIGHT} ${width} ${level * UP + 2 * HEIGHT}`);
    picture.style.maxWidth = `${width * 1.1}px`;
    const ways = block.map(({ branches, join }) => {
      const told = branches.map((branch) => branch.map((layer) => layer.does).join(", then ") || "a shortcut");
      return told.join("; beside it ") + (join ? `; ${join}` : "");
    });
    picture.setAttribute("aria-label", `From below: ${ways.join(". Then ")}.`);
  }

  // ---- The table ----

  const body = element("tbody", {});
  const foot = element("tfoot", {});
  const table = element("table", { class: "table" },
    element("caption", {}, "From the input upwards"),
    element("thead", {}, element("tr", {},
      ...["layer", "writes", "parameters", "multiply-adds"].map((name) => element("th", { scope: "col" }, name)))),
    body, foot);
  const says = element("p", { class: "play-says", role: "status" });

  const row = (head, ...numbers) => element("tr", {},
    element("th", { scope: "row" }, head), ...numbers.map((number) => element("td", {}, number)));

  function update() {
    const block = BLOCKS[state.block](state.channels);
    const pixels = state.side ** 2;
    draw(block);
    body.replaceChildren(...layersOf(block).map((layer) =>
      row(layer.does, counted(layer.writes), counted(layer.parameters), counted(layer.work(pixels)))));
    const [own, plain] = [block, BLOCKS.plain(state.channels)].map((each) => total(each, pixels));
    foot.replaceChildren(row("together", "", counted(own.parameters), counted(own.work)));
    const share = (part, whole) => `${((100 * part) / whole).toFixed(1)}%`;
    says.textContent = state.block === "plain"
      ? `${counted(own.parameters)} parameters. The others are compared with this.`
      : `${counted(own.parameters)} parameters: ${share(own.parameters, plain.parameters)} of two plain`
        + ` convolutions', and ${share(own.work, plain.work)} of their work.`;
  }

  const set = (name) => (value) => {
    state[name] = value;
    update();
  };
  frame.replaceChildren(
    element("div", { class: "play-controls" },
      choice("block", Object.keys(BLOCKS), state.block, set("block")),
      choice("channels", CHANNELS, state.channels, set("channels")),
      choice("height and width of the maps", [7, 14, 28, 56], state.side, set("side"))),
    picture, says,
    element("div", { class: "play-scroll", tabindex: "0", role: "region", "aria-label": "Layers" }, table),
  );
  update();
})();

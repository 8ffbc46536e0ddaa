// A stack of layers as a row of boxes, each as high as its maps and as deep as it has channels.
"use strict";

/** Draw what an image and its layers write: rows of sizes, height × width × channels or units. */
play.drawing = function (svg, shapes) {
  const HEIGHT = 90; // of the largest box
  const GAP = 16;
  const made = (name, attributes, text = "") => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    part.textContent = text;
    return part;
  };
  // Roots: a box of a hundred times the size must leave room for the others.
  const height = (shape) => (shape.length === 3 ? Math.sqrt(shape[0]) : 1);
  const depth = (shape) => Math.sqrt(shape.at(-1));
  const tallest = Math.max(...shapes.map(height));
  const deepest = Math.max(...shapes.map(depth));
  let left = 0;
  const parts = shapes.map((shape, number) => {
    const high = Math.max(4, (HEIGHT * height(shape)) / tallest);
    const deep = Math.max(4, (56 * depth(shape)) / deepest);
    const words = shape.map((size) => size.toLocaleString("en")).join(" × ");
    const room = Math.max(deep, 6 * words.length);
    const middle = left + room / 2;
    left += room + GAP;
    return [
      made("rect", {
        x: middle - deep / 2, y: (HEIGHT - high) / 2, width: deep, height: high,
        class: number ? "play-layer" : "play-input",
      }),
      made("text", { x: middle, y: HEIGHT + 14 }, number ? `layer ${number}` : "image"),
      made("text", { x: middle, y: HEIGHT + 28 }, words),
    ];
  });
  svg.replaceChildren(...parts.flat());
  svg.setAttribute("viewBox", `0 0 ${left - GAP} ${HEIGHT + 34}`);
  svg.style.maxWidth = `${1.2 * (left - GAP)}px`;
  const layers = shapes.length === 2 ? "1 layer" : `${shapes.length - 1} layers`;
  svg.setAttribute("aria-label", `The image and ${layers}: boxes as high as the maps and as deep as there are channels.`);
};

// What a unit of the last layer sees of the image.
"use strict";

(() => {
  const { element, choice, upTo } = play;
  const HEIGHT = 32;
  const WIDTH = 48;

  // A page may begin with other layers: data-layers="3,1,1 2,2,1", kernel, stride and dilation each.
  const frame = document.getElementById("play-receptive-field");
  const layers = (frame.dataset.layers ?? "3,1,1 3,1,2 3,1,4").split(" ").map((layer) => {
    const [kernel, stride, dilation] = layer.split(",").map(Number);
    return { kernel, stride, dilation };
  });
  let padding = "same";
  let unit = [HEIGHT / 2, WIDTH / 2];
  let maps = [];

  // ---- From a unit down to the pixels ----

  /** The heights, or the widths, of the image and of every map. */
  function sizesFrom(size) {
    const sizes = [size];
    for (const layer of layers) sizes.push(play.outputSize(sizes.at(-1), { ...layer, padding }));
    return sizes;
  }

  /** The rows, or the columns, of the image that act on a unit of the last layer. */
  function trace(start, sizes) {
    let positions = [start];
    for (const [index, layer] of [...layers.entries()].reverse()) {
      const size = sizes[index];
      const read = positions.flatMap((position) => play.reads(position, size, { ...layer, padding }));
      // Outside a map are zeros, and nothing acts on those.
      positions = [...new Set(read)].filter((position) => position >= 0 && position < size);
    }
    return positions.sort((one, other) => one - other);
  }

  /** Where the field of a unit of the last layer begins if nothing cuts it off. */
  const beginning = (start, sizes) =>
    layers.reduceRight((position, layer, index) =>
      play.reads(position, sizes[index], { ...layer, padding })[0], start);

  /** How wide the field of a unit of the layer `top` is if nothing cuts it off. */
  const widthOfField = (top) =>
    layers.slice(0, top + 1).reduceRight((last, layer) =>
      play.reads(last, Infinity, { ...layer, padding: "valid" }).at(-1), 0) + 1;

  const jump = (top) => layers.slice(0, top + 1).reduce((product, layer) => product * layer.stride, 1);

  // ---- The picture ----

  const SVG = "http://www.w3.org/2000/svg";
  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  const AROUND = 8; // what the picture shows of the zeros around the image
  const picture = shape("svg", {
    class: "play-picture", role: "img",
    viewBox: `${-AROUND} ${-AROUND} ${WIDTH + 2 * AROUND} ${HEIGHT + 2 * AROUND}`,
  });
  const read = shape("path", { class: "play-pixels" });
  const field = shape("rect", { class: "play-field-frame" });
  picture.append(
    shape("rect", { class: "play-image", width: WIDTH, height: HEIGHT }),
    read,
    shape("path", { class: "play-lines", d:
      upTo(WIDTH - 1).map((x) => `M${x} 0v${HEIGHT}`).join("") + upTo(HEIGHT - 1).map((y) => `M0 ${y}h${WIDTH}`).join("") }),
    shape("rect", { class: "play-border", width: WIDTH, height: HEIGHT }),
    field,
  );
  picture.addEventListener("click", (event) => {
    const inverse = picture.getScreenCTM().inverse();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(inverse);
    const half = widthOfField(layers.length - 1) / 2;
    unit = [point.y, point.x].map((pixel, axis) =>
      Math.round((pixel - half - beginning(0, maps[axis])) / jump(layers.length - 1)));
    update();
  });

  // ---- What can be changed ----

  const set = (layer, name) => (value) => {
    layer[name] = value;
    update();
  };
  const stack = play.stack({
    caption: "From the image upwards",
    columns: ["map", "receptive field", "effective stride"],
    image: [choice("padding of all layers", ["same", "valid"], padding, (value) => {
      padding = value;
      update();
    })],
    layers,
    fresh: () => ({ kernel: 3, stride: 1, dilation: 1 }),
    controls: (layer) => [
      choice("kernel", upTo(7), layer.kernel, set(layer, "kernel")),
      choice("stride", upTo(4), layer.stride, set(layer, "stride")),
      choice("dilation", upTo(8), layer.dilation, set(layer, "dilation")),
    ],
    changed: update,
  });

  const says = element("div", { class: "play-says", role: "status" });
  const sliders = ["row", "column"].map((name, axis) => {
    const slider = element("input", { type: "range", min: 1 });
    slider.addEventListener("input", () => {
      unit[axis] = slider.valueAsNumber - 1;
      update();
    });
    const label = element("span", {});
    return { name, slider, label, control: element("label", { class: "play-field play-slider" }, label, slider) };
  });

  // ---- What follows from it ----

  function update() {
    maps = [HEIGHT, WIDTH].map(sizesFrom);
    const [rows, columns] = maps.map((sizes) => sizes.at(-1));
    stack.show([
      [`${HEIGHT} × ${WIDTH}`],
      ...layers.map((_, index) => {
        const width = widthOfField(index);
        return [maps.map((sizes) => sizes[index + 1]).join(" × "), `${width} × ${width}`, `${jump(index)}`];
      }),
    ]);
    const fits = rows > 0 && columns > 0;
    for (const { control } of sliders) control.hidden = !fits;
    picture.classList.toggle("play-nothing", !fits);
    if (!fits) {
      read.setAttribute("d", "");
      picture.setAttribute("aria-label", "An image without a receptive field.");
      says.replaceChildren("A window does not fit into the map that it reads: the last map is empty.");
      return;
    }
    unit = unit.map((position, axis) => Math.min(Math.max(position, 0), [rows, columns][axis] - 1));
    for (const [axis, { name, slider, label }] of sliders.entries()) {
      slider.max = [rows, columns][axis];
      slider.value = unit[axis] + 1;
      label.textContent = `${name} of the unit: ${unit[axis] + 1} of ${slider.max}`;
    }
    draw();
  }

  function draw() {
    const width = widthOfField(layers.length - 1);
    const [y, x] = unit.map((position, axis) => beginning(position, maps[axis]));
    const [down, across] = unit.map((position, axis) => trace(position, maps[axis]));
    read.setAttribute("d", down.flatMap((row) => across.map((column) => `M${column} ${row}h1v1h-1z`)).join(""));
    for (const [key, value] of Object.entries({ x, y, width, height: width })) field.setAttribute(key, value);
    const count = down.length * across.length;
    const sides = [
      ["top", y < 0], ["bottom", y + width > HEIGHT], ["left", x < 0], ["right", x + width > WIDTH],
    ].filter(([, cut]) => cut).map(([side]) => side);
    const where = sides.length
      ? `is cut off by the border of the image (${sides.join(", ")})`
      : "lies inside the image";
    const counted = (number) => number.toLocaleString("en");
    const which = count === width ** 2 ? "All" : `${counted(count)} of the`;
    says.replaceChildren(
      element("p", {}, `The receptive field spans ${width} × ${width} pixels and ${where}.`),
      element("p", {}, `${which} ${counted(width ** 2)} act on this unit.`),
    );
    picture.setAttribute("aria-label", `The image with the pixels that act on the unit in row ${unit[0] + 1}, column ${unit[1] + 1}.`);
  }

  frame.replaceChildren(
    picture,
    element("div", { class: "play-controls" }, ...sliders.map(({ control }) => control)),
    says,
    stack.table,
  );
  stack.rebuild();
})();

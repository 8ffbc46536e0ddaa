// Parameters and memory of a stack of layers: the table that is filled in, and what it adds up to.
"use strict";

(() => {
  const { element, choice, whole } = play;
  const KINDS = [["conv", "Conv2D"], ["pool", "MaxPooling2D"], ["flatten", "Flatten"], ["dense", "Dense"]];
  const FRESH = {
    conv: { kind: "conv", filters: 16, kernel: 3, stride: 1, padding: "same", bias: true },
    pool: { kind: "pool", kernel: 2, stride: 2, padding: "valid" },
    flatten: { kind: "flatten" },
    dense: { kind: "dense", units: 10, bias: true },
  };
  const COLUMNS = ["writes", "parameters", "activations", "multiply-adds"];
  const MB = 1e6;
  const MIB = 2 ** 20;

  // Question 2's network.
  const image = [200, 300, 3];
  const layers = [100, 200, 400].map((filters) => ({ ...FRESH.conv, filters, stride: 2 }));
  let batch = 50;

  const counted = (number) => number.toLocaleString("en");
  const shaped = (shape) => shape.map(counted).join(" × ");

  // ---- What can be changed ----

  function controls(layer, rebuild) {
    const set = (name) => (value) => {
      layer[name] = value;
      update();
    };
    const kind = choice("layer", KINDS, layer.kind, (value) => {
      for (const name of Object.keys(layer)) delete layer[name];
      Object.assign(layer, FRESH[value]);
      rebuild();
    });
    const field = {
      filters: () => whole("filters", 1, 2048, layer.filters, set("filters")),
      units: () => whole("units", 1, 8192, layer.units, set("units")),
      kernel: () => whole(layer.kind === "pool" ? "window" : "kernel", 1, 15, layer.kernel, set("kernel")),
      stride: () => whole("stride", 1, 15, layer.stride, set("stride")),
      padding: () => choice("padding", ["valid", "same"], layer.padding, set("padding")),
      bias: () => choice("bias", ["yes", "no"], layer.bias ? "yes" : "no", (value) => set("bias")(value === "yes")),
    };
    return [kind, ...Object.keys(layer).filter((name) => name in field).map((name) => field[name]())];
  }

  const size = (label, axis, max) =>
    whole(label, 1, max, image[axis], (value) => {
      image[axis] = value;
      update();
    });

  const says = element("p", { class: "play-says", role: "status" });
  const total = COLUMNS.map((column, place) =>
    element("td", { role: "cell", "data-column": place ? column : "" }, place ? "" : "total"));
  const prediction = element("table", { class: "table" });
  const training = element("table", { class: "table" });
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("class", "play-drawing");
  const bars = element("ol", { class: "play-bars", role: "list", "aria-label": "What takes the memory" });
  const barsTitle = element("p", { class: "play-title" }, "What takes the memory of a training step with Adam:");
  const stack = play.stack({
    caption: "From the image upwards, for one image",
    columns: COLUMNS,
    image: [size("height", 0, 1024), size("width", 1, 1024), size("channels", 2, 1024)],
    layers,
    fresh: () => ({ ...FRESH.conv }),
    controls,
    foot: element("tfoot", { role: "rowgroup" }, element("tr", { role: "row", class: "play-results" }, ...total)),
    changed: update,
  });

  // ---- What follows from it ----

  function fill(table, caption, amounts, digits) {
    const line = (name, bytes) =>
      element("tr", {}, element("th", { scope: "row" }, name),
        ...[counted(bytes), (bytes / MB).toFixed(digits), (bytes / MIB).toFixed(digits)]
          .map((text) => element("td", {}, text)));
    table.replaceChildren(
      element("caption", {}, caption),
      element("thead", {}, element("tr", {},
        ...["accounting", "bytes", "MB", "MiB"].map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...amounts.map(([name, bytes]) => line(name, bytes))),
    );
  }

  function update() {
    const entries = play.account.layersOf(image, layers);
    const values = play.account.product(image);
    const problem = entries.findIndex((entry) => entry.problem);
    stack.show([
      [shaped(image)],
      ...entries.map(({ problem, shape, parameters, activations, work }) =>
        problem ? [problem] : [shaped(shape), counted(parameters), counted(activations), counted(work)]),
    ]);
    const sums = ["parameters", "activations", "work"].map((name) => play.sum(entries.map((entry) => entry[name])));
    const known = problem === -1;
    for (const [index, sum] of sums.entries()) total[index + 1].textContent = known ? counted(sum) : "–";
    for (const part of [prediction, training, barsTitle, bars]) part.hidden = !known;
    play.drawing(picture, [image, ...entries.filter(({ problem }) => !problem).map(({ shape }) => shape)]);
    if (!known) {
      says.textContent = `Layer ${problem + 1} cannot work: ${entries[problem].problem}.`;
      return;
    }
    const inMemory = [values, ...entries.map((entry) => entry.activations).filter((count) => count > 0)];
    const memory = play.account.memory(inMemory, sums[0], batch);
    fill(prediction, "Memory for a prediction on one image", memory.prediction, 2);
    fill(training, `Memory for a training step on ${batch === 1 ? "1 image" : `${counted(batch)} images`}`, memory.training, 1);
    play.bars(bars, memory.parts);
    says.textContent = `${counted(sums[0])} parameters. `
      + `A prediction takes at least ${(memory.prediction[0][1] / MB).toFixed(2)} MB.`;
  }

  const scrolled = (name, table) =>
    element("div", { class: "play-scroll", tabindex: "0", role: "region", "aria-label": name }, table);

  document.getElementById("play-calculator").replaceChildren(
    says,
    picture,
    scrolled("Layers", stack.table),
    scrolled("Prediction", prediction),
    element("div", { class: "play-controls" }, whole("images in a training step", 1, 4096, batch, (value) => {
      batch = value;
      update();
    })),
    barsTitle,
    bars,
    scrolled("Training", training),
  );
  stack.rebuild();
})();

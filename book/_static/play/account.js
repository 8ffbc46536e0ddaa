// What a stack of layers holds and needs, counted as in question 2. Nothing here touches the page.
"use strict";

play.account = (() => {
  const FLOAT = 4;
  const HALF = 2;

  const product = (numbers) => numbers.reduce((result, number) => result * number, 1);

  /** What a layer makes of an input of this shape; `problem` says why it cannot. */
  function follow(layer, shape) {
    const channels = shape.at(-1);
    if (layer.kind === "flatten") return { shape: [product(shape)], parameters: 0, work: 0 };
    if (layer.kind === "dense") {
      const output = [...shape.slice(0, -1), layer.units];
      return {
        shape: output,
        parameters: (channels + Number(layer.bias)) * layer.units,
        work: product(output) * channels,
      };
    }
    if (shape.length !== 3) return { problem: "reads height × width × channels, not a row" };
    const sizes = shape.slice(0, 2).map((size) => play.outputSize(size, layer));
    if (product(sizes) === 0) return { problem: "its window does not fit into what it reads" };
    if (layer.kind === "pool") return { shape: [...sizes, channels], parameters: 0, work: 0 };
    const output = [...sizes, layer.filters];
    const weights = layer.kernel ** 2 * channels;
    return {
      shape: output,
      parameters: (weights + Number(layer.bias)) * layer.filters,
      work: product(output) * weights,
    };
  }

  /** One entry for each layer, up to the first that cannot work. */
  function layersOf(image, layers) {
    const entries = [];
    let shape = image;
    for (const layer of layers) {
      const entry = follow(layer, shape);
      // Flatten writes the same values as a row: nothing new comes into memory.
      entry.activations = entry.problem || layer.kind === "flatten" ? 0 : product(entry.shape);
      entries.push(entry);
      if (entry.problem) break;
      shape = entry.shape;
    }
    return entries;
  }

  /** Bytes by each accounting. `values`: in the image, then in every layer's output. */
  function memory(values, parameters, batch) {
    const [image, ...outputs] = values;
    const all = play.sum(values);
    const pairs = outputs.map((output, below) => values[below] + output);
    const pairsAndImage = pairs.map((pair, below) => (below === 0 ? pair : pair + image));
    const atLeast = Math.max(image, ...pairs) + parameters;
    const forward = batch * all + parameters;
    const adam = forward + 3 * parameters;
    const inFloats = (amounts) => amounts.map(([name, count]) => [name, count * FLOAT]);
    return {
      prediction: [
        ...inFloats([
          ["at least: the largest pair + parameters", atLeast],
          ["the same, and the image is kept", Math.max(image, ...pairsAndImage) + parameters],
          ["nothing freed: all outputs + parameters", play.sum(outputs) + parameters],
          ["nothing freed, and the image", all + parameters],
        ]),
        ["at least, with 16-bit floats throughout", atLeast * HALF],
      ],
      training: [
        ...inFloats([
          ["forward: images, activations, parameters", forward],
          ["+ gradients + slots of SGD", forward + parameters],
          ["+ gradients + slots of SGD with momentum", forward + 2 * parameters],
          ["+ gradients + slots of Adam", adam],
          ["Adam, and a gradient kept for every activation too", adam + batch * play.sum(outputs)],
        ]),
        ["forward pass in mixed precision", batch * all * HALF + parameters * (FLOAT + HALF)],
      ],
      parts: inFloats([ // of training with Adam
        ["images", batch * image],
        ["activations", batch * play.sum(outputs)],
        ["parameters", parameters],
        ["gradients", parameters],
        ["slots of Adam", 2 * parameters],
      ]),
    };
  }

  return { layersOf, memory, product };
})();

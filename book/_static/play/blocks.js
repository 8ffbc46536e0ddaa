// The blocks of question 6, made of layers, and what these hold and compute. Nothing here touches the
// page. A block is a list of stages, from its input upwards; a stage is a list of branches that read
// the same maps, with the way they come together.
"use strict";

play.blocks = (() => {
  const conv = (kernel, from, to) => ({
    name: `${kernel} × ${kernel}, ${to}`,
    does: `convolution ${kernel} × ${kernel}`,
    writes: to,
    parameters: kernel ** 2 * from * to + to,
    work: (pixels) => pixels * kernel ** 2 * from * to,
  });
  const depthwise = (kernel, channels) => ({
    name: `${kernel} × ${kernel}, each map`,
    does: `depthwise ${kernel} × ${kernel}`,
    writes: channels,
    parameters: kernel ** 2 * channels, // its bias is that of the 1 × 1 convolution behind it
    work: (pixels) => pixels * kernel ** 2 * channels,
  });
  const pool = (channels) => ({
    name: "3 × 3 max", does: "max pooling 3 × 3, stride 1", writes: channels, parameters: 0, work: () => 0,
  });
  const mean = (channels) => ({
    name: "mean of each map", does: "global average", writes: channels, parameters: 0, work: () => 0,
  });
  const dense = (from, to, activation) => ({
    name: `dense ${to}, ${activation}`,
    does: `dense, ${activation}`,
    writes: to,
    parameters: from * to + to,
    work: () => from * to,
  });

  const SHORTCUT = []; // a branch that hands on what it reads
  const single = (layer) => ({ branches: [[layer]], join: "" });

  // All keep the number of channels, so that they can be compared. Inception's branches have the shares of
  // GoogLeNet's first module with 256 channels at its end; the gate has 1/16 of the channels, as in SENet.
  const BLOCKS = {
    plain: (c) => [single(conv(3, c, c)), single(conv(3, c, c))],
    Inception: (c) => [{
      branches: [
        [conv(1, c, c / 4)],
        [conv(1, c, (3 * c) / 8), conv(3, (3 * c) / 8, c / 2)],
        [conv(1, c, c / 16), conv(5, c / 16, c / 8)],
        [pool(c), conv(1, c, c / 8)],
      ],
      join: "concatenate",
    }],
    residual: (c) => [{ branches: [[conv(3, c, c), conv(3, c, c)], SHORTCUT], join: "add" }],
    bottleneck: (c) => [{
      branches: [[conv(1, c, c / 4), conv(3, c / 4, c / 4), conv(1, c / 4, c)], SHORTCUT],
      join: "add",
    }],
    "squeeze-and-excitation": (c) => [
      single(conv(3, c, c)),
      single(conv(3, c, c)),
      { branches: [SHORTCUT, [mean(c), dense(c, c / 16, "ReLU"), dense(c / 16, c, "sigmoid")]], join: "multiply" },
    ],
    "depthwise separable": (c) => [
      single(depthwise(3, c)), single(conv(1, c, c)), single(depthwise(3, c)), single(conv(1, c, c)),
    ],
  };
  const CHANNELS = [16, 32, 64, 128, 256, 512];

  const layersOf = (block) => block.flatMap(({ branches }) => branches.flat());

  /** The parameters, and the multiply-adds on maps of so many pixels, of a whole block. */
  function total(block, pixels) {
    const layers = layersOf(block);
    return {
      parameters: play.sum(layers.map((layer) => layer.parameters)),
      work: play.sum(layers.map((layer) => layer.work(pixels))),
    };
  }

  return { BLOCKS, CHANNELS, layersOf, total };
})();

// A kernel on a photograph: the photograph, and what a convolution with the kernel makes of it.
"use strict";

/**
 * Two pictures side by side. `show(weights)` convolves the photograph with rows of weights, stride 1
 * and no padding, and draws the result: 0 is grey if there are negative values, else black.
 */
play.photo = function () {
  const { element } = play;
  const before = element("canvas", { role: "img", "aria-label": "Portrait of Grace Hopper in the cap of a naval officer" });
  const after = element("canvas", { role: "img" });
  const words = element("figcaption", {});
  let photo = null; // { values, width, height }
  let wanted = null;

  const image = new Image();
  image.onload = () => {
    const { width, height } = image;
    Object.assign(before, { width, height });
    const context = before.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    photo = { width, height, values: Float32Array.from({ length: width * height }, (_, i) => data[4 * i]) };
    if (wanted) show(wanted);
  };
  image.src = play.hopper;

  /** The sums of all windows, row by row. */
  function convolve(weights) {
    const columns = photo.width - weights[0].length + 1;
    const rows = photo.height - weights.length + 1;
    const values = new Float32Array(rows * columns);
    for (const [down, line] of weights.entries()) {
      for (const [across, weight] of line.entries()) {
        if (weight === 0) continue;
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            values[row * columns + column] += weight * photo.values[(row + down) * photo.width + column + across];
          }
        }
      }
    }
    return { values, rows, columns };
  }

  function show(weights) {
    wanted = weights;
    if (!photo) return;
    const { values, rows, columns } = convolve(weights);
    const most = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
    const signed = values.some((value) => value < 0);
    Object.assign(after, { width: columns, height: rows });
    const drawn = new ImageData(columns, rows);
    values.forEach((value, i) => {
      const level = signed ? 127.5 * (1 + value / most) : (255 * value) / most;
      drawn.data.fill(Math.round(level), 4 * i, 4 * i + 3);
      drawn.data[4 * i + 3] = 255;
    });
    after.getContext("2d").putImageData(drawn, 0, 0);
    const scale = signed ? "Grey is 0, white positive, black negative." : "Black is 0, white the largest sum.";
    words.textContent = `The same kernel on a photograph, one window a pixel. ${scale}`
      + " Grace Hopper in 1984; photograph: United States Navy, public domain.";
    after.setAttribute("aria-label", `The portrait after the convolution. ${scale}`);
  }

  return { element: element("figure", { class: "play-photo" }, before, after, words), show };
};

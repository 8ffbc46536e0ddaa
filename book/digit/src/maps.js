// The feature maps of a layer, on one canvas.

import { drawGrey } from "./pictures.js";

const GAP = 1 / 10; // of a map's side

/** The number of columns for which `count` square maps fill an area of this width and height. */
function columnsFor(count, width, height) {
  let columns = 1;
  while (Math.ceil(count / columns) * (width / columns) > height) columns += 1;
  return columns;
}

/** Draw the maps, each with its own largest value white. Return how many respond at all. */
export function drawMaps(canvas, { values, side, count }) {
  canvas.height = Math.round((canvas.width * canvas.clientHeight) / canvas.clientWidth); // clears it
  const context = canvas.getContext("2d");
  const columns = columnsFor(count, canvas.width, canvas.height);
  const cell = canvas.width / columns;
  let responding = 0;
  for (let map = 0; map < count; map++) {
    const own = Float32Array.from({ length: side * side }, (_, i) => values[i * count + map]);
    const most = own.reduce((a, b) => Math.max(a, b));
    if (most > 0) responding += 1;
    drawGrey(
      context,
      own.map((value) => (most > 0 ? value / most : 0)),
      side,
      (map % columns) * cell + (GAP * cell) / 2,
      Math.floor(map / columns) * cell + (GAP * cell) / 2,
      cell * (1 - GAP),
    );
  }
  return responding;
}

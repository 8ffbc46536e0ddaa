// The maps of a layer, side by side on one canvas.

import { mark } from "./pick.js";
import { drawGrey } from "./pictures.js";

const GAP = 1 / 10; // of a map's side

/** The number of columns for which `count` square maps fill an area of this width and height. */
export function columnsFor(count, width, height) {
  let columns = 1;
  while (Math.ceil(count / columns) * (width / columns) > height) columns += 1;
  return columns;
}

/** One map of a layer, row by row. */
export function mapOf({ values, side, count }, map) {
  return Float32Array.from({ length: side * side }, (_, i) => values[i * count + map]);
}

const largest = (values) => values.reduce((a, b) => Math.max(a, b), 0);

/** The values as grey levels, the largest white. */
export function asGrey(values, most = largest(values)) {
  return values.map((value) => (most > 0 ? value / most : 0));
}

/**
 * Draw the maps in so many columns, each with its own largest value white, and mark the one that
 * is picked. Maps of one value share the largest. Return how many respond at all.
 */
export function drawMaps(canvas, output, columns, picked) {
  const context = canvas.getContext("2d");
  const cell = canvas.width / columns;
  const inner = cell * (1 - GAP);
  const common = output.side === 1 ? largest(output.values) : undefined;
  let responding = 0;
  for (let map = 0; map < output.count; map++) {
    const own = mapOf(output, map);
    if (largest(own) > 0) responding += 1;
    const x = (map % columns) * cell + (GAP * cell) / 2;
    const y = Math.floor(map / columns) * cell + (GAP * cell) / 2;
    drawGrey(context, asGrey(own, common), output.side, x, y, inner);
  }
  const [row, column] = [Math.floor(picked / columns), picked % columns];
  mark(context, (column + GAP / 2) * cell, (row + GAP / 2) * cell, inner, inner);
  return responding;
}

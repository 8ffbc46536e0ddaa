// The receptive field: which pixels of the digit a value of the network can depend on.

import { SIDE } from "./mnist.js";

// The first and the last position that a step reads, for the first and the last that it makes.
const reads = {
  convolve: (first, last) => [first - 1, last + 1],
  pool: (first, last) => [2 * first, 2 * last + 1],
  average: () => [0, SIDE - 1],
  classify: (first, last) => [first, last],
};

/** The pixels along one axis on which a position of a step depends: the first and the last. */
function along(steps, index, position) {
  const [first, last] = steps.slice(0, index + 1).reduceRight(
    (range, { does }) => reads[does](...range), [position, position]);
  return [Math.max(first, 0), Math.min(last, SIDE - 1)];
}

/** The pixels on which a value of step `index` depends: { top, bottom, left, right }, inclusive. */
export function fieldOf(steps, index, { row, column }) {
  const [top, bottom] = along(steps, index, row);
  const [left, right] = along(steps, index, column);
  return { top, bottom, left, right };
}

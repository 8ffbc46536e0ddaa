// How one value of the network came about, from the values that its layer reads.

/** The value of a map in a row and a column; beyond the border there are zeros. */
function valueAt({ values, side, count }, row, column, map) {
  const inside = row >= 0 && row < side && column >= 0 && column < side;
  return inside ? values[(row * side + column) * count + map] : 0;
}

/** A square of a map: its values row by row. */
function square(input, top, left, size, map) {
  return Array.from({ length: size * size }, (_, i) =>
    valueAt(input, top + Math.floor(i / size), left + (i % size), map));
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const byWeight = (a, b) => Math.abs(b.sum) - Math.abs(a.sum);

/**
 * The weighted sum of what a unit reads: { parts, total }. Each part is what one input map adds,
 * { map, patch, kernel, sum }; the largest, of either sign, come first.
 */
function weightedSum(kernel, input, size, row, column, map, maps) {
  const reach = (size - 1) / 2;
  const parts = Array.from({ length: input.count }, (_, from) => {
    const patch = square(input, row - reach, column - reach, size, from);
    const own = patch.map((_, i) => kernel[(i * input.count + from) * maps + map]);
    return { map: from, patch, kernel: own, sum: sum(patch.map((value, i) => value * own[i])) };
  }).sort(byWeight);
  return { parts, total: sum(parts.map((part) => part.sum)) };
}

const ways = {
  convolve({ kernel, factor, summand }, input, { row, column, map }) {
    const maps = summand.length;
    const size = Math.sqrt(kernel.length / (input.count * maps));
    const { parts, total } = weightedSum(kernel, input, size, row, column, map, maps);
    const normalised = total * factor[map] + summand[map];
    const value = Math.max(0, normalised);
    return { parts, total, factor: factor[map], summand: summand[map], normalised, value };
  },

  pool(_, input, { row, column, map }) {
    const window = square(input, 2 * row, 2 * column, 2, map);
    const value = Math.max(...window);
    return { window, picked: window.indexOf(value), value };
  },

  average(_, input, { map }) {
    const window = square(input, 0, 0, input.side, map);
    return { window, value: sum(window) / window.length };
  },

  classify({ kernel, bias }, input, { map }) {
    const scores = Array.from(bias, (own, digit) => {
      const { parts, total } = weightedSum(kernel, input, 1, 0, 0, digit, bias.length);
      return { parts, total, bias: own, score: total + own };
    });
    const exponentials = scores.map(({ score }) => Math.exp(score));
    return { ...scores[map], value: exponentials[map] / sum(exponentials) };
  },
};

/**
 * How a step computes the value in a row and a column of one of its maps. `input` is what the step
 * before it made: { values, side, count }. What the result holds besides `value` is the step's own.
 */
export const explain = (step, input, place) => ways[step.does](step, input, place);

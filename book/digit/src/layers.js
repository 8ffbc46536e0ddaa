// The way through the network: its steps in order, of which one is looked at.

import { asGrey, mapOf } from "./maps.js";
import { drawGrey, drawWord } from "./pictures.js";

/** What the steps are called, in order. */
export function namesOf(steps) {
  let convolutions = 0;
  const name = {
    convolve: () => `conv ${(convolutions += 1)}`,
    pool: () => "pool",
    average: () => "average",
    classify: () => "digits",
  };
  return steps.map(({ does }) => name[does]());
}

/** The map of a layer with the largest value, and where that stands: { map, row, column }. */
export function strongest({ values, side, count }) {
  const at = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
  const place = Math.floor(at / count);
  return { map: at % count, row: Math.floor(place / side), column: place % side };
}

/**
 * Fill an element with the steps, a radio button and a picture each. `choose` is called with the
 * number of the step that a reader asks for. Return the function that shows what each step made.
 */
export function createLayers(element, steps, choose) {
  const names = namesOf(steps);
  element.innerHTML = names.map((name, i) =>
    `<label><input type="radio" name="digit-layer" value="${i}" ${i ? "" : "checked"}>` +
    `<canvas width="56" height="56"></canvas><span>${name}</span></label>`).join("");
  element.addEventListener("change", ({ target }) => choose(Number(target.value)));
  const canvases = [...element.querySelectorAll("canvas")];

  return (outputs) => outputs.forEach((output, i) => {
    const context = canvases[i].getContext("2d");
    const { map } = strongest(output);
    if (steps[i].does === "classify") drawWord(context, String(map));
    else if (output.side > 1) drawGrey(context, asGrey(mapOf(output, map)), output.side, 0, 0, 56);
    else {
      const side = Math.ceil(Math.sqrt(output.count)); // a picture of its numbers
      const padded = Float32Array.from({ length: side * side }, (_, n) => output.values[n] ?? 0);
      drawGrey(context, asGrey(padded), side, 0, 0, 56);
    }
  });
}

// The network, opened: a step, a map of it, a value of that map, and where this value comes from.

import { explain } from "./explain.js";
import { fieldOf } from "./field.js";
import { createLayers, namesOf, strongest } from "./layers.js";
import { asGrey, columnsFor, drawMaps, mapOf } from "./maps.js";
import { SIDE } from "./mnist.js";
import { mark, pickFrom, sayPicked } from "./pick.js";
import { drawGrey } from "./pictures.js";
import { layOut } from "./sum.js";

const CANVAS = 448; // 28 and 14 and 7 go into it

const CONTENT = `
  <p class="digit-lead" id="digit-lead">Open the network: choose a layer, a map, and a value in it.</p>
  <div class="digit-layers" role="radiogroup" aria-labelledby="digit-lead"></div>
  <canvas class="digit-all" width="1308" aria-label="Maps of this layer"></canvas>
  <p class="digit-note"></p>
  <figure><canvas class="digit-field" width="${CANVAS}" height="${CANVAS}" role="img"></canvas>
    <figcaption>what it depends on</figcaption></figure>
  <figure><canvas class="digit-one" width="${CANVAS}" height="${CANVAS}" aria-label="Values of this map"></canvas>
    <figcaption></figcaption></figure>
  <p class="digit-picked-says" aria-live="polite"></p>
  <div class="digit-sum"><table></table></div>`;

const NOTES = {
  convolve: "Each map is scaled to its own largest value. A black one does not respond to this digit.",
  pool: "Each map is a half as high and wide: of every four values the largest is kept.",
  average: "Each map has become one number, its mean. All are drawn on one scale.",
  classify: "The ten digits, 0 to 9, and how probable each is.",
};

/** Fill an element with the network's inside. Return the function that shows it for a picture. */
export function createExplorer(element, steps) {
  element.innerHTML = CONTENT;
  const one = (selector) => element.querySelector(selector);
  const [all, field, map, table] = [".digit-all", ".digit-field", ".digit-one", ".digit-sum > table"].map(one);
  const names = namesOf(steps);
  const at = { step: 0, map: 0, row: 0, column: 0 };
  let picture = null;
  let outputs = null;

  const output = () => outputs[at.step];
  const input = () => outputs[at.step - 1] ?? { values: picture, side: SIDE, count: 1 };
  const columns = () => columnsFor(output().count, all.clientWidth, all.clientHeight);

  const showLayers = createLayers(one(".digit-layers"), steps, (step) => {
    at.step = step;
    Object.assign(at, strongest(output()));
    show();
  });
  pickFrom(all, () => ({ columns: columns(), count: output().count, at: at.map }), (picked) => {
    at.map = picked;
    show();
  });
  pickFrom(
    map,
    () => ({ columns: output().side, count: output().side ** 2, at: at.row * output().side + at.column }),
    (picked) => {
      at.row = Math.floor(picked / output().side);
      at.column = picked % output().side;
      show();
    },
  );

  function showAll() {
    const { side, count } = output();
    all.height = Math.round((all.width * all.clientHeight) / all.clientWidth); // clears it
    const responding = drawMaps(all, output(), columns(), at.map);
    const what = steps[at.step].does === "classify" ? `digit ${at.map}` : `map ${at.map + 1} of ${count}`;
    sayPicked(all, at.map, count, what);
    const size = side > 1 ? ` of ${side} × ${side}` : "";
    one(".digit-note").textContent =
      `${names[at.step]}: ${count} maps${size}, ${responding} respond. ${NOTES[steps[at.step].does]}`;
  }

  function showOne() {
    const { side } = output();
    const context = map.getContext("2d");
    const cell = CANVAS / side;
    drawGrey(context, asGrey(mapOf(output(), at.map)), side, 0, 0, CANVAS);
    mark(context, at.column * cell, at.row * cell, cell, cell);
    sayPicked(map, at.row * side + at.column, side * side, `row ${at.row + 1}, column ${at.column + 1}`);
    one(".digit-one + figcaption").textContent =
      steps[at.step].does === "classify" ? `digit ${at.map}` : `map ${at.map + 1}`;
  }

  function showField() {
    const { top, bottom, left, right } = fieldOf(steps, at.step, at);
    const context = field.getContext("2d");
    const pixel = CANVAS / SIDE;
    const place = [left * pixel, top * pixel, (right + 1 - left) * pixel, (bottom + 1 - top) * pixel];
    drawGrey(context, picture.map((value) => 0.15 + 0.4 * value), SIDE, 0, 0, CANVAS);
    context.save();
    context.beginPath();
    context.rect(...place);
    context.clip();
    drawGrey(context, picture, SIDE, 0, 0, CANVAS);
    context.restore();
    mark(context, ...place);
    const pixels = `${bottom + 1 - top} × ${right + 1 - left} pixels`;
    const words = `rows ${top + 1} to ${bottom + 1}, columns ${left + 1} to ${right + 1} of the digit`;
    field.setAttribute("aria-label", `It depends on ${pixels}: ${words}.`);
    return pixels;
  }

  function show() {
    if (outputs === null) return;
    showAll();
    showOne();
    const found = explain(steps[at.step], input(), at);
    layOut(table, steps[at.step], found);
    const { does } = steps[at.step];
    const where = output().side > 1 ? `, row ${at.row + 1}, column ${at.column + 1}` : "";
    const what = does === "classify" ? `Digit ${at.map}` : `${names[at.step]}, map ${at.map + 1}${where}`;
    const off = found.normalised < 0 ? " ReLU made it 0: the sum before it is negative." : "";
    one(".digit-picked-says").textContent =
      `${what}: ${found.value.toFixed(3)}. It depends on ${showField()}.${off}`;
  }

  /** Show what became of a picture, or nothing (null). */
  return (newPicture, newOutputs) => {
    const first = outputs === null;
    picture = newPicture;
    outputs = newOutputs;
    element.classList.toggle("digit-closed", outputs === null);
    if (outputs === null) return;
    if (first) Object.assign(at, strongest(output()));
    showLayers(outputs);
    show();
  };
}

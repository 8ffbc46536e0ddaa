// The arithmetic that gives one value, laid out as a table.

const SHOWN = 3; // so many of the input maps; the others are added up in one line

/** A number as it is written in print, to so many places; what rounds to zero has no sign. */
const inPrint = (number, places) =>
  number.toFixed(places).replace(/^-(?=0\.0+$)/, "").replace("-", "−");
const written = (number) => inPrint(number, 3);

const added = (number) => `${number < 0 ? "−" : "+"} ${Math.abs(number).toFixed(3)}`;

/** A square of numbers: the further from 0, the stronger the colour, a colour for each sign. */
function tile(values, picked) {
  const most = Math.max(1e-6, ...values.map(Math.abs));
  const cells = values.map((value, i) => {
    const kind = (value < 0 ? "digit-negative" : "") + (i === picked ? " digit-picked" : "");
    return `<span class="${kind}" style="--share:${Math.abs(value) / most}">${inPrint(value, 2)}</span>`;
  });
  return `<span class="digit-tile" style="--n:${Math.sqrt(values.length)}">${cells.join("")}</span>`;
}

const line = (name, how, value) =>
  `<tr><th scope="row">${name}</th><td colspan="2">${how}</td><td>${value}</td></tr>`;

/** The input maps that add most, and one line for all others; `name` says what each is called. */
function partsOf({ parts }, name) {
  const rows = parts.slice(0, SHOWN).map(({ map, patch, kernel, sum }) =>
    `<tr><th scope="row">${name(map)}</th><td>${tile(patch)}</td>` +
    `<td><span class="digit-times">×</span>${tile(kernel)}</td><td>${written(sum)}</td></tr>`);
  const others = parts.slice(SHOWN);
  if (others.length) {
    const rest = others.reduce((total, { sum }) => total + sum, 0);
    rows.push(line(`${others.length} others`, "each in the same way", written(rest)));
  }
  return rows.join("");
}

const head = (...names) =>
  `<thead><tr>${names.map((name) => `<th scope="col">${name}</th>`).join("")}</tr></thead>`;

const CORNERS = ["top left", "top right", "bottom left", "bottom right"];

const mapName = (map) => `map ${map + 1}`;

const layouts = {
  convolve: (found) =>
    head("it reads", "values", "kernel", "sum of products") +
    partsOf(found, found.parts.length > 1 ? mapName : () => "the digit") +
    line("sum", `of ${found.parts.length * found.parts[0].patch.length} products`, written(found.total)) +
    line("batch norm", `× ${written(found.factor)} ${added(found.summand)}`, written(found.normalised)) +
    line("ReLU", "a negative number becomes 0", `<strong>${written(found.value)}</strong>`),

  pool: ({ window, picked, value }) =>
    head("it reads", "values", "", "the largest") +
    `<tr><th scope="row">four values</th><td colspan="2">${tile(window, picked)}</td>` +
    `<td><strong>${written(value)}</strong></td></tr>` +
    line("picked", `the one at the ${CORNERS[picked]}; the other three are dropped`, ""),

  average: ({ window, value }) =>
    head("it reads", "values", "", "their mean") +
    `<tr><th scope="row">one map</th><td colspan="2">${tile(window)}</td>` +
    `<td><strong>${written(value)}</strong></td></tr>`,

  classify: (found) =>
    head("it reads", "value", "weight", "product") +
    partsOf(found, mapName) +
    line("sum", `of ${found.parts.length} products`, written(found.total)) +
    line("bias", `${added(found.bias)}, which makes the score`, written(found.score)) +
    line("softmax", "e to this score, as a share of all ten", `<strong>${written(found.value)}</strong>`),
};

/** Lay out in a table what `explain` found about a value of a step. */
export function layOut(table, { does }, found) {
  table.innerHTML = layouts[does](found);
}

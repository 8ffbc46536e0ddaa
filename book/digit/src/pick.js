// A canvas of cells from which one is picked: with the mouse, with a finger, or with the arrow keys.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * Let a reader pick a cell of a canvas. `state()` says what there is now: { columns, count, at };
 * `pick` is called with the number of the cell that was picked.
 */
export function pickFrom(canvas, state, pick) {
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "slider"); // a row of values, of which one is set
  canvas.setAttribute("aria-valuemin", 1);

  const choose = (cell) => {
    const { count, at } = state();
    if (cell >= 0 && cell < count && cell !== at) pick(cell);
  };

  function pointed({ clientX, clientY }) {
    const { columns } = state();
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const size = width / columns;
    const column = Math.floor((clientX - left) / size);
    const row = Math.floor((clientY - top) / size);
    if (column >= 0 && column < columns && clientY < top + height) choose(row * columns + column);
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pointed(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) pointed(event);
  });
  canvas.addEventListener("keydown", (event) => {
    const { columns, count, at } = state();
    const end = { Home: 0, End: count - 1 }[event.key];
    const [down, across] = STEPS[event.key] ?? [];
    if (end === undefined && down === undefined) return;
    event.preventDefault();
    const column = (at % columns) + across;
    if (end !== undefined) choose(end);
    else if (column >= 0 && column < columns) choose(at + down * columns + across);
  });
}

/** Say what is picked: "map 7 of 64" for the seventh. */
export function sayPicked(canvas, at, count, words) {
  canvas.setAttribute("aria-valuemax", count);
  canvas.setAttribute("aria-valuenow", at + 1);
  canvas.setAttribute("aria-valuetext", words);
}

/** Mark a rectangle of a canvas so that it is seen on black and on white. */
export function mark(context, x, y, width, height) {
  for (const [colour, line] of [["#000", 8], ["#ff9a57", 4]]) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(x, y, width, height);
  }
}

// A convolution of one channel with one kernel, a position at a time.
"use strict";

(() => {
  const { element, choice, whole, button, upTo } = play;
  const DIGITS = [
    "31415926", "53589793", "23846264", "33832795",
    "02884197", "16939937", "51058209", "74944592",
  ];
  // For inputs of any size: which value stands in a row and a column.
  const INPUTS = {
    numbers: (row, column) => Number(DIGITS[row][column]),
    "an edge": (row, column, rows, columns) => (column < columns / 2 ? 0 : 5),
    "one bright pixel": (row, column, rows, columns) =>
      Number(row === Math.floor(rows / 2) && column === Math.floor(columns / 2)),
  };
  const OWN = "your own";
  // For kernels of any size: which weight stands in a row and a column.
  const KERNELS = {
    "vertical edge": (row, column, rows, columns) => Math.sign((columns - 1) / 2 - column),
    "horizontal edge": (row, column, rows) => Math.sign((rows - 1) / 2 - row),
    blur: () => 1,
    identity: (row, column, rows, columns) =>
      Number(row === Math.floor((rows - 1) / 2) && column === Math.floor((columns - 1) / 2)),
  };

  const state = {
    input: "numbers", rows: 6, columns: 7,
    kernel: "vertical edge", kernelRows: 3, kernelColumns: 3, weights: [],
    stride: 1, padding: "valid", dilation: 1,
    // The cell looked at in each grid, and which of the two grids is explained.
    at: { input: [0, 0], output: [0, 0] }, shown: "output",
  };
  // A page may begin with other numbers: data-rows="4" data-kernel-rows="4".
  const frame = document.getElementById("play-convolution");
  for (const [name, value] of Object.entries(frame.dataset)) state[name] = Number(value);

  const cells = { input: [], output: [] };
  const zeros = new Map(); // the cells of the padding, by "row,column"; the first are negative
  const weightsTable = element("table", { class: "play-weights" });
  const inputGrid = grid("input");
  const outputGrid = grid("output");
  const sentence = element("div", { class: "play-says", role: "status" });
  const photo = play.photo();

  const matrix = (rows, columns, value) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => value(row, column, rows, columns)));

  /** The two axes, each with all that decides where its windows stand. */
  function axes() {
    const { stride, padding, dilation } = state;
    return [
      { size: state.rows, kernel: state.kernelRows, stride, padding, dilation },
      { size: state.columns, kernel: state.kernelColumns, stride, padding, dilation },
    ];
  }

  /** What an output is the sum of: row by row of the kernel, the cells and their weights. */
  function terms(row, column) {
    const [down, across] = axes();
    const columns = play.reads(column, across.size, across);
    return play.reads(row, down.size, down).map((inputRow, tapRow) =>
      columns.map((inputColumn, tapColumn) => ({
        cell: cells.input[inputRow]?.[inputColumn] ?? zeros.get(`${inputRow},${inputColumn}`),
        value: image(inputRow, inputColumn),
        weight: state.weights[tapRow][tapColumn],
      })));
  }

  function image(row, column) {
    const inside = row >= 0 && row < state.rows && column >= 0 && column < state.columns;
    return inside ? INPUTS[state.input](row, column, state.rows, state.columns) : 0;
  }

  const result = (row, column) =>
    play.sum(terms(row, column).flat().map(({ value, weight }) => value * weight));
  const written = (number) => String(number).replace("-", "−");

  // ---- The two grids ----

  function grid(name) {
    const table = element("table", { class: "play-grid", role: "grid" });
    table.addEventListener("click", ({ target }) => {
      const place = placeOf(target.closest("[role=gridcell]"));
      if (place) look(name, place);
    });
    table.addEventListener("keydown", (event) => {
      const step = {
        ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
        Enter: [0, 0], " ": [0, 0],
      }[event.key];
      const place = step && placeOf(event.target);
      if (!place) return;
      event.preventDefault();
      const next = [place[0] + step[0], place[1] + step[1]];
      if (cells[name][next[0]]?.[next[1]]) look(name, next);
    });
    return table;
  }

  const placeOf = (cell) => cell && [Number(cell.dataset.row), Number(cell.dataset.column)];

  /** Explain a cell, and let the keyboard go on from there. */
  function look(name, place) {
    state.at[name] = place;
    state.shown = name;
    explain();
    cells[name][place[0]][place[1]].focus();
  }

  /** Fill a grid with values; `around` are the rows and columns of zeros on the four sides. */
  function fill(table, name, rows, columns, value, [[above, below], [left, right]]) {
    const values = matrix(rows, columns, value);
    const most = Math.max(1, ...values.flat().map(Math.abs));
    cells[name] = matrix(rows, columns, (row, column) => {
      const number = values[row][column];
      return element("td", {
        role: "gridcell", "data-row": row, "data-column": column,
        class: number < 0 ? "play-negative" : "", style: `--share: ${Math.abs(number) / most}`,
      }, written(number));
    });
    const zero = (row, column) => {
      const cell = element("td", { class: "play-zero", "aria-hidden": "true" }, "0");
      zeros.set(`${row},${column}`, cell);
      return cell;
    };
    table.replaceChildren(...matrix(above + rows + below, left + columns + right, (row, column) =>
      cells[name][row - above]?.[column - left] ?? zero(row - above, column - left))
      .map((line) => element("tr", {}, ...line)));
    table.style.setProperty("--columns", left + columns + right);
    table.setAttribute("aria-label", `${name}, ${rows} rows and ${columns} columns`);
    table.previousElementSibling.textContent =
      `${name[0].toUpperCase()}${name.slice(1)}: ${rows} × ${columns}`;
    const [row, column] = state.at[name];
    state.at[name] = [Math.min(row, Math.max(rows - 1, 0)), Math.min(column, Math.max(columns - 1, 0))];
  }

  function update() {
    const [down, across] = axes();
    const [rows, columns] = [down, across].map((axis) => play.outputSize(axis.size, axis));
    const around = [down, across].map((axis) => play.zeros(axis.size, axis));
    zeros.clear();
    fill(inputGrid, "input", state.rows, state.columns, image, around);
    const fits = rows > 0 && columns > 0;
    photo.show(state.weights);
    fill(outputGrid, "output", fits ? rows : 0, fits ? columns : 0, result, [[0, 0], [0, 0]]);
    explain();
  }

  // ---- What is said about a cell ----

  function explain() {
    for (const name of ["input", "output"]) {
      const [atRow, atColumn] = state.at[name];
      for (const [row, line] of cells[name].entries()) {
        for (const [column, cell] of line.entries()) {
          const here = row === atRow && column === atColumn;
          cell.tabIndex = here ? 0 : -1;
          cell.setAttribute("aria-selected", here && state.shown === name);
        }
      }
    }
    for (const cell of [...cells.input.flat(), ...cells.output.flat(), ...zeros.values()]) {
      cell.classList.remove("play-read");
      cell.querySelector("small")?.remove();
    }
    if (cells.output.length === 0) {
      sentence.replaceChildren("The window does not fit into the input, so there is no output.");
    } else if (state.shown === "output") {
      explainOutput(...state.at.output);
    } else {
      explainInput(...state.at.input);
    }
  }

  function mark(cell, weight) {
    cell.classList.add("play-read");
    cell.append(element("small", {}, ` ×${written(weight)}`));
  }

  function explainOutput(row, column) {
    const lines = terms(row, column).map((line) =>
      line.map(({ value, weight, cell }) => {
        mark(cell, weight);
        return `${value}·${weight < 0 ? `(${written(weight)})` : weight}`;
      }).join(" + "));
    sentence.replaceChildren(
      element("p", {}, `Output, row ${row + 1}, column ${column + 1}:`),
      element("p", { class: "play-sum" },
        ...lines.flatMap((line, index) => [index ? " + " : "", element("span", {}, line)]),
        " = ", element("strong", {}, written(result(row, column)))),
    );
  }

  function explainInput(row, column) {
    const wanted = cells.input[row][column];
    let readers = 0;
    for (const [outputRow, line] of cells.output.entries()) {
      for (const [outputColumn, cell] of line.entries()) {
        const term = terms(outputRow, outputColumn).flat().find((each) => each.cell === wanted);
        if (!term) continue;
        mark(cell, term.weight);
        readers += 1;
      }
    }
    const all = cells.output.flat().length;
    sentence.replaceChildren(
      element("p", {}, `Input, row ${row + 1}, column ${column + 1}: `
        + (readers
          ? `read by ${readers} of ${all} outputs. Each shows the weight that it gives to this cell.`
          : "read by no output.")),
    );
  }

  // ---- The kernel ----

  function fillKernel() {
    const { kernelRows, kernelColumns } = state;
    if (state.kernel === OWN) {
      const before = state.weights;
      state.weights = matrix(kernelRows, kernelColumns, (row, column) => before[row]?.[column] ?? 0);
    } else {
      state.weights = matrix(kernelRows, kernelColumns, KERNELS[state.kernel]);
    }
    weightsTable.replaceChildren(...state.weights.map((line, row) =>
      element("tr", {}, ...line.map((weight, column) => {
        const label = element("span", { class: "play-hidden" }, `weight, row ${row + 1}, column ${column + 1}`);
        return element("td", {}, whole(label, -9, 9, weight, (value) => {
          state.weights[row][column] = value;
          state.kernel = kernelChoice.querySelector("select").value = OWN;
          update();
        }));
      }))));
  }

  const set = (name, then = () => {}) => (value) => {
    state[name] = value;
    then();
    update();
  };
  const kernelChoice = choice("kernel", [...Object.keys(KERNELS), OWN], state.kernel, set("kernel", fillKernel));

  function step(by) {
    const columns = cells.output[0]?.length;
    if (!columns) return;
    const count = cells.output.length * columns;
    const [row, column] = state.at.output;
    const next = (row * columns + column + by + count) % count;
    state.at.output = [Math.floor(next / columns), next % columns];
    state.shown = "output";
    explain();
  }

  // ---- By itself, an output after the other, until something else is done ----

  const PACE = 800; // milliseconds
  let playing = null;
  const playButton = button("Play", () => (playing ? pause() : start()), "Play, an output after the other");

  function start() {
    playing = setInterval(() => step(1), PACE);
    playButton.textContent = "Pause";
    playButton.setAttribute("aria-label", "Pause");
    sentence.setAttribute("aria-live", "off"); // nobody can listen as fast as that
  }

  function pause() {
    clearInterval(playing);
    playing = null;
    playButton.textContent = "Play";
    playButton.setAttribute("aria-label", "Play, an output after the other");
    sentence.removeAttribute("aria-live");
  }

  for (const action of ["pointerdown", "keydown", "change"]) {
    frame.addEventListener(action, ({ target }) => {
      if (playing && target !== playButton) pause();
    });
  }

  const titled = (title, table) =>
    element("div", { class: "play-part" }, element("p", { class: "play-title" }, title), table);

  frame.replaceChildren(
    element("div", { class: "play-controls" },
      choice("input", Object.keys(INPUTS), state.input, set("input")),
      choice("rows", upTo(8).slice(2), state.rows, set("rows")),
      choice("columns", upTo(8).slice(2), state.columns, set("columns")),
      kernelChoice,
      choice("kernel rows", upTo(5), state.kernelRows, set("kernelRows", fillKernel)),
      choice("kernel columns", upTo(5), state.kernelColumns, set("kernelColumns", fillKernel)),
      choice("stride", upTo(3), state.stride, set("stride")),
      choice("padding", ["valid", "same"], state.padding, set("padding")),
      choice("dilation", upTo(3), state.dilation, set("dilation")),
    ),
    element("div", { class: "play-parts" },
      titled("", inputGrid),
      titled("", outputGrid),
      element("div", { class: "play-told" },
        element("div", { class: "play-buttons" },
          button("Previous", () => step(-1), "Previous output"),
          button("Next", () => step(1), "Next output"),
          playButton),
        sentence),
      titled("Kernel", weightsTable)),
    photo.element,
  );
  fillKernel();
  update();
})();

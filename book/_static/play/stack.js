// A table of an image and the layers on it, which can be changed, and what follows from each layer.
"use strict";

/**
 * `image` are the image's fields, `controls(layer, rebuild)` makes a layer's, `fresh()` makes a layer
 * that is added, `foot` ends the table. `layers` is changed in place, and `changed()` called after it.
 */
play.stack = function ({ caption, columns, image, layers, fresh, controls, foot = "", changed }) {
  const { element, button } = play;
  // Where the style makes blocks of rows and cells, only the roles tell that this is a table.
  const table = element("table", { class: "table play-stack", role: "table" });
  let places = [];

  function part(name, fields, buttons) {
    const cells = columns.map((column) => element("td", { role: "cell", "data-column": column }));
    places.push(cells);
    return element("tbody", { role: "rowgroup" },
      element("tr", { role: "row" }, element("th", { colspan: columns.length, scope: "rowgroup", role: "rowheader" },
        element("div", { class: "play-controls", role: "group", "aria-label": name },
          element("span", { class: "play-name" }, name), ...fields, ...buttons))),
      element("tr", { role: "row", class: "play-results" }, ...cells));
  }

  function adder(index, name) {
    return button("Add layer", () => {
      layers.splice(index, 0, fresh());
      rebuild(index);
    }, `Add layer after ${name}`);
  }

  function remover(index, name) {
    return button("Remove", () => {
      layers.splice(index, 1);
      rebuild(Math.min(index, layers.length - 1));
    }, `Remove ${name}`);
  }

  /** Make the table anew; the focus goes to the first field of the layer `focused`. */
  function rebuild(focused) {
    places = [];
    table.replaceChildren(
      element("caption", {}, caption),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" },
        ...columns.map((column) => element("th", { scope: "col", role: "columnheader" }, column)))),
      part("image", image, [adder(0, "image")]),
      ...layers.map((layer, index) => {
        const name = `layer ${index + 1}`;
        const buttons = [adder(index + 1, name), ...(layers.length > 1 ? [remover(index, name)] : [])];
        return part(name, controls(layer, () => rebuild(index)), buttons);
      }),
      foot,
    );
    if (focused !== undefined) table.tBodies[focused + 1].querySelector("select, input").focus();
    changed();
  }

  /** Write the cells of the image and of every layer; what is missing there is a dash. */
  function show(results) {
    for (const [row, cells] of places.entries()) {
      for (const [column, cell] of cells.entries()) cell.textContent = results[row]?.[column] ?? "–";
    }
  }

  return { table, rebuild, show };
};

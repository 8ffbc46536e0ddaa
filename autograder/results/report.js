// The table of every submission: sorted by the column that is chosen, reduced to what is asked for.

(() => {
  const table = document.querySelector("#submissions ~ table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const text = (row, column) => row.cells[column].textContent.trim();
  const key = (row, column) => {
    const said = text(row, column);
    return /^-?[\d.]/.test(said) ? parseFloat(said) : said;
  };
  const less = (a, b) => {
    if (typeof a !== typeof b) return typeof a === "number" ? 1 : -1; // words before numbers
    return typeof a === "number" ? a - b : a.localeCompare(b);
  };

  [...table.tHead.rows[0].cells].slice(0, 4).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const sign = up ? 1 : -1;
      body.append(...rows.sort((a, b) => sign * less(key(a, column), key(b, column))));
    });
  });

  const form = document.createElement("form");
  form.className = "filter";
  form.innerHTML =
    '<label>Show only rows with <input type="search" placeholder="a name, a status, a mistake"></label>' +
    ' <span role="status"></span>';
  const [wanted, said] = [form.querySelector("input"), form.querySelector("span")];
  const show = () => {
    const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const all = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => all.includes(word));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    said.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
  };
  wanted.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  table.before(form);
})();

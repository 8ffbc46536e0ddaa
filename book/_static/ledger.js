// The ledger's filter: shows the claims of one question, of one verdict, with some words in them, or
// all of these, as the address says; and counts them.

(() => {
  const form = document.querySelector(".ledger-filter");
  const { question, verdict, words } = form.elements;
  const tables = [...document.querySelectorAll('table.ledger[class*="question-"]')];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const counts = [...document.querySelector("table.counts").tBodies[0].rows];

  // Every word counts, wherever it stands in the row: spaces and line breaks are of no matter.
  const hasWords = (row) => {
    const text = row.textContent.toLowerCase();
    return words.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
  };

  const isWanted = (row) =>
    (!question.value || row.closest("table").classList.contains(`question-${question.value}`)) &&
    (!verdict.value || row.classList.contains(`verdict-${verdict.value}`)) &&
    hasWords(row);

  const show = () => {
    for (const row of rows) row.hidden = !isWanted(row);
    for (const table of tables) {
      table.hidden = [...table.tBodies[0].rows].every((row) => row.hidden);
    }
    const shown = rows.filter((row) => !row.hidden);
    for (const row of counts) {
      const name = `verdict-${row.cells[0].textContent.trim().replaceAll(" ", "-")}`;
      const own = row === counts.at(-1) ? shown : shown.filter((r) => r.classList.contains(name));
      row.cells[1].textContent = own.length;
    }
    form.querySelector("p").textContent = `${shown.length} of ${rows.length} claims shown.`;
  };

  const asked = new URLSearchParams(location.search);
  for (const field of [question, verdict, words]) {
    field.value = asked.get(field.name) ?? "";
    if (field.selectedIndex < 0) field.value = ""; // the address names what is not there
  }

  const change = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    show();
  };
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());

  show();
  form.hidden = false;
})();

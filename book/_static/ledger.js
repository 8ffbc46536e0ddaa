// The ledger's filter: shows the claims of one question, one verdict, or both, as the address says.

(() => {
  const form = document.querySelector(".ledger-filter");
  const [question, verdict] = form.querySelectorAll("select");
  const tables = [...document.querySelectorAll('table.ledger[class*="question-"]')];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);

  const show = () => {
    for (const row of rows) {
      row.hidden = !(
        (!question.value || row.closest("table").classList.contains(`question-${question.value}`)) &&
        (!verdict.value || row.classList.contains(`verdict-${verdict.value}`))
      );
    }
    for (const table of tables) {
      table.hidden = [...table.tBodies[0].rows].every((row) => row.hidden);
    }
    const shown = rows.filter((row) => !row.hidden).length;
    form.querySelector("p").textContent = `${shown} of ${rows.length} claims shown.`;
  };

  const asked = new URLSearchParams(location.search);
  for (const select of [question, verdict]) {
    select.value = asked.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = ""; // the address names what is not there
  }

  form.addEventListener("change", () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  show();
  form.hidden = false;
})();

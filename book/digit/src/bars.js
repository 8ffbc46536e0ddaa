// The ten probabilities: a bar and a number each.

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

/** A probability in words: 98.4%, and never 0.0% or 100.0%, which no network is. */
export function percent(p) {
  if (p < 0.0005) return "< 0.1%";
  if (p >= 0.9995) return "> 99.9%";
  return `${(100 * p).toFixed(1)}%`;
}

/** Fill a list with ten bars, and return the function that sets them (null: none). */
export function createBars(list) {
  list.innerHTML = DIGITS.map(
    (digit) =>
      `<li><span>${digit}</span><span class="digit-bar" aria-hidden="true"><span></span></span>` +
      `<span class="digit-percent">–</span></li>`,
  ).join("");
  const rows = [...list.children];
  return (probabilities) => {
    const best = probabilities?.indexOf(Math.max(...probabilities));
    rows.forEach((row, digit) => {
      const p = probabilities?.[digit] ?? 0;
      row.classList.toggle("digit-best", digit === best);
      row.querySelector(".digit-bar > span").style.transform = `scaleX(${p})`;
      row.querySelector(".digit-percent").textContent = probabilities ? percent(p) : "–";
    });
  };
}

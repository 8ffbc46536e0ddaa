// The landing page's digit: choose one of ten, and see it go through the network. All that is shown
// was computed beforehand and has come with the page.

(() => {
  const frame = document.querySelector(".digit-run");
  const probabilities = JSON.parse(frame.dataset.probabilities);
  const choice = frame.querySelector(".run-choice");
  const status = frame.querySelector("[role=status]");
  const bars = [...frame.querySelectorAll(".run-bar > span")];
  const picture = frame.querySelector("[role=img]");
  const buttons = [...choice.children];
  let shown = buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true");

  const show = (digit) => {
    const says = probabilities[digit];
    const best = says.indexOf(Math.max(...says));
    frame.style.setProperty("--digit", digit);
    bars.forEach((bar, i) => bar.style.setProperty("--p", says[i]));
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", i === digit));
    picture.setAttribute(
      "aria-label",
      picture.getAttribute("aria-label").replace(`handwritten ${shown}`, `handwritten ${digit}`),
    );
    const sure = says[best] >= 0.9995 ? "over 99.9" : (100 * says[best]).toFixed(1);
    status.textContent = `The network says ${best}, ${sure}%.`;
    shown = digit;
    frame.classList.remove("run-lights");
    void frame.offsetWidth; // so that the lights start anew
    frame.classList.add("run-lights");
  };

  buttons.forEach((button, digit) => button.addEventListener("click", () => show(digit)));
  choice.hidden = false;
})();

// What takes how much, as bars with their names and amounts.
"use strict";

/** Fill a list with a bar for each [name, bytes]; all bars have one scale. */
play.bars = function (list, amounts) {
  const { element } = play;
  const all = play.sum(amounts.map(([, bytes]) => bytes));
  const most = Math.max(1, ...amounts.map(([, bytes]) => bytes));
  list.replaceChildren(...amounts.map(([name, bytes]) =>
    element("li", {},
      element("span", {}, name),
      element("span", { class: "play-bar", "aria-hidden": "true", style: `--share: ${bytes / most}` }),
      element("span", { class: "play-amount" },
        `${(bytes / 1e6).toFixed(1)} MB, ${((100 * bytes) / all).toFixed(1)}%`))));
};

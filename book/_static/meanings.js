// The meaning of a term, which its link shows while it is pointed at: it stays inside the window, and
// Escape puts it away.

(() => {
  for (const link of document.querySelectorAll("a[data-meaning]")) {
    const show = () => {
      const width = Math.min(22 * 16, 0.7 * innerWidth);
      const room = document.documentElement.clientWidth - 16 - link.getBoundingClientRect().left;
      link.style.setProperty("--shift", `${Math.min(0, room - width)}px`);
    };
    link.addEventListener("pointerenter", show);
    link.addEventListener("focus", show);
    for (const end of ["pointerleave", "blur"]) {
      link.addEventListener(end, () => link.classList.remove("put-away"));
    }
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document
      .querySelectorAll("a[data-meaning]:is(:hover, :focus)")
      .forEach((link) => link.classList.add("put-away"));
  });
})();

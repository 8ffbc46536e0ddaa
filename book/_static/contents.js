// A long chapter's list of contents follows the reader: the section being read stays in sight in it.

(() => {
  const list = document.querySelector(".bd-sidebar-secondary");
  if (!list) return;
  new MutationObserver(() => {
    const active = [...list.querySelectorAll(".nav-link.active")].at(-1);
    if (!active) return;
    const [link, box] = [active.getBoundingClientRect(), list.getBoundingClientRect()];
    if (link.top < box.top || link.bottom > Math.min(box.bottom, innerHeight)) {
      list.scrollTop += link.top - box.top - list.clientHeight / 3;
    }
  }).observe(list, { attributes: true, attributeFilter: ["class"], subtree: true });
})();

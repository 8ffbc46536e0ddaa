// The claims of a chapter: a link to one opens it, one button opens them all, and paper shows all.

(() => {
  const claims = [...document.querySelectorAll("details.claim")];

  const openTarget = () => {
    const claim = document.getElementById(location.hash.slice(1))?.querySelector(":scope > details.claim");
    if (!claim) return;
    claim.open = true;
    claim.parentElement.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  // The link to where one is already: the address stays the same, and a claim may have been closed.
  addEventListener("click", ({ target }) => {
    if (target.closest("a")?.hash === location.hash) setTimeout(openTarget);
  });
  openTarget();

  addEventListener("beforeprint", () => claims.forEach((claim) => (claim.open = true)));

  const all = document.createElement("button");
  all.type = "button";
  all.className = "claims-all";
  const name = () => {
    const closed = claims.some((claim) => !claim.open);
    all.textContent = `${closed ? "Open" : "Close"} all ${claims.length} claims`;
    return closed;
  };
  all.addEventListener("click", () => {
    const open = name();
    for (const claim of claims) claim.open = open;
    name();
  });
  for (const claim of claims) claim.addEventListener("toggle", name);
  name();
  claims[0].closest("section").before(all);
})();

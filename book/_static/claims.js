// The claims of a chapter: a link to one opens it, one button opens them all, and paper shows all.

(() => {
  const claims = [...document.querySelectorAll("details.claim")];

  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const claim = target?.querySelector(":scope > details.claim");
    if (!claim) return;
    claim.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
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

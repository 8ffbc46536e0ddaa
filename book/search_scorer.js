// What a reader searches for is explained in a chapter: chapters first, what one plays with next, then
// everything else, and lists and pages for teachers last. The numbers below are Sphinx's own.

var Scorer = {
  score: ([page, , , , score]) => {
    if (page.startsWith("notebooks/")) return score + 200;
    if (/^book\/(play|digit)/.test(page)) return score + 100;
    if (/^book\/(teach|threat|terms|bibliography|glossary)/.test(page)) return score - 100;
    return score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};

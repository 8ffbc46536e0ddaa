// What a reader searches for is explained in a chapter: chapters first, what one plays with next, then
// everything else, and lists and pages for teachers last. A chapter whose title has the words is the
// first of the chapters. The numbers below are Sphinx's own.

const asked = new URLSearchParams(location.search).get("q")?.trim().toLowerCase();

var Scorer = {
  score: ([page, title, , , score]) => {
    if (page.startsWith("notebooks/")) return score + (title.toLowerCase().includes(asked) ? 300 : 200);
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

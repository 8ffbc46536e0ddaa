// What a reader searches for is explained in one place, says the glossary: that section comes first,
// with the term's meaning. `explained` is in the page: [terms, document, file, anchor, title, meaning].

document.addEventListener("DOMContentLoaded", () => {
  const wordsOf = (text) =>
    text.toLowerCase().replace(/(\d)\s*[x×]\s*(\d)/g, "$1x$2").match(/[\p{L}\p{N}]+/gu)
      ?.map((word) => (word.length > 3 ? word.replace(/s$/, "") : word)) ?? [];

  // How well a term fits what was asked for: it is that, a part of it, or begins with it.
  const fit = (term, asked) => {
    const words = wordsOf(term);
    const has = (all, some) => some.every((word) => all.includes(word));
    if (has(asked, words)) return words.length === asked.length ? 3 : 2;
    return asked.every((word, place) => word.length > 2 && words[place] === word) ? 1 : 0;
  };

  const explaining = (query) => {
    const asked = wordsOf(query);
    if (asked.length === 0) return [];
    const found = explained
      .map((entry) => [Math.max(...entry[0].map((term) => fit(term, asked))), entry])
      .filter(([how]) => how > 0);
    const best = Math.max(...found.map(([how]) => how));
    return found.filter(([how]) => how === best).slice(0, 3)
      .map(([, [, document, file, anchor, title, meaning]]) =>
        [document, title, anchor && `#${anchor}`, meaning, 0, file]);
  };

  const perform = Search._performSearch;
  Search._performSearch = (query, ...rest) =>
    [...perform(query, ...rest), ...explaining(query).reverse()]; // the last is shown first

  // An extract is of a page's text, not of the buttons and the list of contents around it, or of code.
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(".headerlink, .cell, script, style").forEach((part) => part.remove());
    const article = page.querySelector("article.bd-article");
    return (anchor && article?.querySelector(anchor) || article)?.textContent ?? "";
  };
});

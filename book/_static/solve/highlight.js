// Python's colours, by the class names that the site's own code has (those of Pygments).

const KEYWORDS = new Set(
  ("and as assert async await break class continue def del elif else except finally for from global if import in " +
    "is lambda nonlocal not or pass raise return try while with yield").split(" "),
);
const CONSTANTS = new Set(["True", "False", "None"]);
const BUILTINS = new Set(
  ("abs all any bool dict divmod enumerate filter float int isinstance len list map max min pow print range " +
    "reversed round set sorted str sum tuple type zip").split(" "),
);
const STRING = /[rbfu]{0,2}(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)/iy;
const TOKENS = [
  ["c1", /#[^\n]*/y],
  ["s1", STRING],
  ["mi", /\b\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?/iy],
  ["word", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["", /[^]/y],
];

const NEAR = 20; // characters before a name that say whether it is defined there

const classOf = (word, before) => {
  if (KEYWORDS.has(word)) return "k";
  if (CONSTANTS.has(word)) return "kc";
  if (/\b(?:def|class)\s+$/.test(before)) return "nf";
  return BUILTINS.has(word) ? "nb" : "";
};

/** Return nodes that show a piece of Python in colours. */
export function highlighted(code) {
  const nodes = [];
  for (let at = 0; at < code.length; ) {
    for (const [kind, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const found = pattern.exec(code)?.[0];
      if (!found) continue;
      const name = kind === "word" ? classOf(found, code.slice(Math.max(0, at - NEAR), at)) : kind;
      const node = name ? document.createElement("span") : document.createTextNode(found);
      if (name) {
        node.className = name;
        node.textContent = found;
      }
      nodes.push(node);
      at += found.length;
      break;
    }
  }
  return nodes;
}

// Python in a thread of its own, which the page can end: takes an answer, says what became of it.
//
// Says once that it is ready. A message is {notebook: an address, exercise, answers} with a port of
// its own, which an answer's code cannot reach; on it go out {running}, {printed} any number of
// times, and {verdict}; or {failed} with what went wrong here.

import { loadPyodide } from "./python/pyodide.mjs";

const fetched = async (name) => {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
};

/** Fails with what Pyodide only writes to the console, and then waits for ever. */
const unreadable = new Promise((_, fail) => {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (asked, imports) => {
    try {
      const answer = await asked;
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      if (answer.headers.get("Content-Type") === "application/wasm") return await instantiateStreaming(answer, imports);
      return await WebAssembly.instantiate(await answer.arrayBuffer(), imports); // a host may not know the type
    } catch (error) {
      fail(error);
      throw error;
    }
  };
});

const start = async () => {
  const [python, grader] = await Promise.all([
    loadPyodide({ indexURL: new URL("./python/", import.meta.url).href }),
    fetched("grader.zip").then((answer) => answer.arrayBuffer()),
  ]);
  python.unpackArchive(grader, "zip", { extractDir: "/grader" });
  python.runPython("import os, sys; sys.path.insert(0, '/grader')");
  const { check } = python.pyimport("in_browser");
  return (notebook, exercise, answers, write) => {
    python.runPython("os.chdir('/grader')"); // hints.toml is there; an answer may have gone elsewhere
    return JSON.parse(check(notebook, exercise, python.toPy(answers), write));
  };
};

const notebooks = new Map(); // address -> its file's text

const started = Promise.race([start(), unreadable]);
started.then(() => postMessage("ready")).catch(() => {}); // a task says what went wrong

addEventListener("message", async ({ data: { notebook, exercise, answers }, ports: [page] }) => {
  try {
    const check = await started;
    if (!notebooks.has(notebook)) notebooks.set(notebook, await (await fetched(notebook)).text());
    const write = (printed) => page.postMessage({ printed });
    page.postMessage({ running: true });
    page.postMessage({ verdict: check(notebooks.get(notebook), exercise, answers, write) });
  } catch (error) {
    page.postMessage({ failed: String(error?.message ?? error) });
  }
});

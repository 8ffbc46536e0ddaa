// Python in a thread of its own, which the page can end: takes an answer, says what became of it.
//
// Says {ready}. Messages come as {notebook: an address, exercise, answers}; for each go out {running},
// {printed} any number of times, and {verdict}; or {failed} with what went wrong here.

import { loadPyodide } from "./python/pyodide.mjs";

const fetched = async (name) => {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
};

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
const failed = (error) => postMessage({ failed: String(error?.message ?? error) });

const started = start();
started.then(() => postMessage({ ready: true })).catch(() => {}); // a task says what went wrong

addEventListener("message", async ({ data: { notebook, exercise, answers } }) => {
  try {
    const check = await started;
    if (!notebooks.has(notebook)) notebooks.set(notebook, await (await fetched(notebook)).text());
    const write = (printed) => postMessage({ printed });
    postMessage({ running: true });
    postMessage({ verdict: check(notebooks.get(notebook), exercise, answers, write) });
  } catch (error) {
    failed(error);
  }
});

// What is on the page while an exercise is solved there: the field, its buttons, and what was said.

import { forPython, put } from "./editor.js";
import { LIMIT, check, isRunning, prepare, renew, stop } from "./runner.js";

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = new URL("field.css", import.meta.url);
const styled = new Promise((done) => (style.onload = style.onerror = done));
document.head.append(style);

const FRAME = `
  <p class="solve-turn">Your turn</p>
  <div class="solve-field highlight">
    <pre aria-hidden="true"></pre>
    <textarea aria-label="Your answer, in Python" spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off"></textarea>
  </div>
  <p class="solve-keys">Shift+Enter runs it. Tab indents, Shift+Tab takes that back; after Escape, Tab leaves the field.</p>
  <p class="solve-buttons">
    <button type="button">Run and check</button>
    <button type="button" hidden>Stop</button>
    <button type="button">Start again</button>
    <button type="button">Take it to the notebook</button>
  </p>
  <div class="solve-said" role="status"></div>
  <div class="solve-printed" aria-label="What it printed" role="region" tabindex="0" hidden></div>`;

const WORDS = {
  start: () => "Starting Python …",
  run: () => "Running …",
  right: () => "Right.",
  wrong: ({ said }) => said,
  stopped: ({ said }) => said,
  elsewhere: ({ said }) => `This page has no ${said}. Take your answer to the notebook, and run it there.`,
  endless: () => `Stopped after ${LIMIT} seconds. Is there a loop that never ends?`,
  ended: () => "Stopped.",
  failed: ({ said }) => `Python broke off: ${said}. Try again?`,
};

let numbered = 0;
const written = {}; // on this page, by exercise: known here even if the browser refuses to keep it

/** What this browser keeps of a chapter's answers; it may refuse to keep any. */
function shelf(notebook) {
  const prefix = `solve ${notebook.split("_sources/")[1]} `;
  const tried = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (exercise) => tried(() => localStorage.getItem(prefix + exercise), null),
    set: (exercise, text) => {
      written[exercise] = text;
      return tried(() => (localStorage.setItem(prefix + exercise, text), true), false);
    },
    remove: (exercise) => {
      delete written[exercise];
      tried(() => localStorage.removeItem(prefix + exercise));
    },
    all: () => ({
      ...tried(
        () =>
          Object.fromEntries(
            Object.entries(localStorage)
              .filter(([key]) => key.startsWith(prefix))
              .map(([key, text]) => [key.slice(prefix.length), text]),
          ),
        {},
      ),
      ...written,
    }),
    /** Call `take` with what another tab writes for an exercise. */
    elsewhere: (exercise, take) =>
      addEventListener("storage", ({ key, newValue }) => {
        if (key === prefix + exercise && newValue !== null) take((written[exercise] = newValue));
      }),
  };
}

/** The released notebook's file with answers written into it, and how many. */
async function filledIn(address, answers) {
  const notebook = await (await fetch(address)).json();
  let count = 0;
  for (const cell of notebook.cells) {
    const mark = cell.metadata.nbgrader;
    if (!mark?.solution || !(mark.grade_id in answers)) continue;
    cell.source = answers[mark.grade_id].split(/(?<=\n)/);
    count += 1;
  }
  return [`${JSON.stringify(notebook, null, 1)}\n`, count];
}

/** Put the field into an exercise's part of the page, in place of its stub. */
export async function open(section) {
  prepare();
  const { notebook, exercise } = section.dataset;
  const address = new URL(notebook, document.baseURI).href;
  const kept = shelf(notebook);
  const cell = section.previousElementSibling;
  const stub = cell.querySelector("pre").textContent.replace(/\n$/, "");
  await styled;
  section.innerHTML = FRAME;
  cell.hidden = true;
  const [shown, field] = section.querySelector(".solve-field").children;
  const [run, halt, again, take] = section.querySelectorAll("button");
  const said = section.querySelector(".solve-said");
  const printed = section.querySelector(".solve-printed");
  const keys = section.querySelector(".solve-keys");
  keys.id = `solve-keys-${(numbered += 1)}`;
  field.setAttribute("aria-describedby", keys.id);

  const say = (kind, text, lines = []) => {
    said.dataset.kind = kind;
    said.replaceChildren(text);
    if (!lines.length) return;
    const own = document.createElement("div"); // the theme takes the focus from a `pre`
    own.className = "solve-lines";
    own.tabIndex = 0;
    own.textContent = `In your code, ${lines.join("\n").replaceAll("\nline", "\nthen line")}`;
    said.append(own);
  };
  let isRefused = false;
  const keep = () => {
    if (kept.set(exercise, field.value) || isRefused) return;
    isRefused = true; // said once: a screen reader reads it aloud
    say("note", "Your browser does not keep what you write: copy it before you leave this page.");
  };
  const clear = () => {
    printed.textContent = "";
    printed.hidden = true;
  };

  field.value = kept.get(exercise) ?? stub;
  const show = forPython(field, shown);
  field.addEventListener("input", keep);
  kept.elsewhere(exercise, (text) => {
    field.value = text; // or the next key pressed here would undo the work there
    show();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.shiftKey || event.ctrlKey)) {
      event.preventDefault();
      run.click();
    }
  });

  run.addEventListener("click", async () => {
    if (isRunning()) {
      if (halt.hidden) say("note", "Another answer on this page is being run: wait for it, or stop it.");
      return;
    }
    clear();
    run.setAttribute("aria-disabled", "true"); // not `disabled`: that would lose the focus
    halt.hidden = false;
    const verdict = await check(
      { notebook: address, exercise, answers: { ...kept.all(), [exercise]: field.value } },
      (kind) => say(kind, WORDS[kind]()),
      (text) => {
        printed.hidden = false;
        printed.append(text);
      },
    );
    if (document.activeElement === halt) run.focus();
    halt.hidden = true;
    run.removeAttribute("aria-disabled");
    say(verdict.kind, WORDS[verdict.kind](verdict), verdict.lines);
  });
  halt.addEventListener("click", stop);

  again.addEventListener("click", async () => {
    put(field, stub);
    kept.remove(exercise);
    await renew();
    clear();
    say("note", "The stub is back, and Python starts anew. Undo (Ctrl+Z) brings back what you had.");
  });

  take.addEventListener("click", async () => {
    const name = address.split("/").at(-1);
    try {
      const [text, count] = await filledIn(address, { ...kept.all(), [exercise]: field.value });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
      link.download = name;
      link.click(); // the browser reads it when it likes: the address stays
      const yours = count === 1 ? "your answer" : `your ${count} answers of this chapter`;
      say("note", `${name} is downloaded, with ${yours} in it. Put it in its place in the course folder.`);
    } catch (error) {
      say("note", `The notebook could not be loaded (${error.message}). Try again?`);
    }
  });

  field.focus();
}

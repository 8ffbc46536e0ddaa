// The page's Python: one worker for all its exercises, ended where code does not end.

export const LIMIT = 5; // seconds for an answer and its checks; Python's own start does not count

let worker = null;
let isReady = false;
let end = null; // ends the run under way

function forget() {
  worker?.terminate();
  worker = null;
}

/** Start Python, if it is not there yet. */
export function prepare() {
  if (worker) return;
  isReady = false;
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = () => (isReady = true);
  worker.onerror = forget; // a task starts another one
}

/** Whether an answer is being run. */
export const isRunning = () => end !== null;

/** End the run under way. */
export const stop = () => end?.({ kind: "ended" });

/** Start Python anew, without what answers changed in it; a run under way ends, and says so first. */
export async function renew() {
  stop();
  forget();
  prepare();
}

/**
 * Run an answer and its exercise's checks; return {kind, said, lines}.
 *
 * `task` is what the worker takes. `say` is given "start" and "run" when these begin, `print` what
 * the code prints.
 */
export function check(task, say, print) {
  return new Promise((done) => {
    const { port1: port, port2: workers } = new MessageChannel();
    let clock = 0;
    const finish = (verdict) => {
      clearTimeout(clock);
      port.close(); // code that goes on behind the page's back is not heard
      end = null;
      done(verdict);
    };
    end = (verdict) => {
      forget();
      finish(verdict);
      if (verdict.kind !== "failed") prepare(); // for the next try
    };
    prepare();
    say(isReady ? "run" : "start");
    port.onmessage = ({ data }) => {
      if (data.running) {
        say("run");
        clock = setTimeout(() => end({ kind: "endless" }), LIMIT * 1000);
      } else if (data.verdict) finish(data.verdict);
      else if (data.failed) end({ kind: "failed", said: data.failed });
      else print(data.printed);
    };
    worker.onerror = (event) => end?.({ kind: "failed", said: event.message ?? "it could not be loaded" });
    worker.postMessage(task, [workers]);
  });
}

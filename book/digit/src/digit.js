// A digit you draw: what is in the frame on the page, and how its parts play together.

import { bytesOf } from "./base64.js";
import { createBars, percent } from "./bars.js";
import { explain } from "./explain.js";
import { createExplorer } from "./explorer.js";
import { fieldOf } from "./field.js";
import { asMnist, SIDE } from "./mnist.js";
import { createNetwork } from "./network.js";
import { createPad } from "./pad.js";
import { drawGrey } from "./pictures.js";

export { asMnist, createNetwork, explain, fieldOf };

const PAD = 560; // pixels of the pad's canvas: twice its size on the page
const FIRST = 3; // the sample with which it begins, that of the preview
const INVITATION = "Draw a digit or choose one.";

const CONTENT = `
  <div class="digit-pad">
    <canvas width="${PAD}" height="${PAD}" role="img" aria-label="Area to draw a digit on, with mouse, finger or pen. With the keyboard, choose a digit further down."></canvas>
    <button type="button" class="digit-clear">Clear</button>
  </div>
  <div class="digit-seen">
    <canvas width="140" height="140" role="img"></canvas>
    <p>What the network sees: 28&nbsp;×&nbsp;28 pixels, the digit centred and scaled as in MNIST</p>
  </div>
  <div class="digit-says">
    <p role="status"></p>
    <ol aria-label="Probabilities of the digits 0 to 9" role="list"></ol>
  </div>
  <div class="digit-samples" role="group" aria-labelledby="digit-samples-name">
    <p id="digit-samples-name">Or choose one of the test set, which the training never saw:</p>
  </div>
  <div class="digit-explorer"></div>`;

/** Fill the frame and run the network in it. `data` is what weights.js brings. */
export async function start(frame, data) {
  const network = await createNetwork(data);
  const hadFocus = frame.contains(document.activeElement);
  frame.innerHTML = CONTENT;
  frame.tabIndex = -1;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "A digit you draw");
  const one = (selector) => frame.querySelector(selector);

  const seen = one(".digit-seen canvas");
  const status = one("[role=status]");
  const setBars = createBars(one(".digit-says ol"));
  const samples = one(".digit-samples");
  const explore = createExplorer(one(".digit-explorer"), network.steps);
  let picture = null; // what the network sees

  /** Run the network on the picture and show everything but the spoken answer. */
  function show() {
    const shown = picture ?? new Float32Array(SIDE * SIDE);
    frame.classList.toggle("digit-empty", picture === null);
    drawGrey(seen.getContext("2d"), shown, SIDE, 0, 0, seen.width);
    const outputs = picture && network.run(picture);
    const probabilities = outputs?.at(-1).values ?? null;
    setBars(probabilities);
    explore(picture, outputs);
    const inked = shown.filter((value) => value > 0).length;
    seen.setAttribute(
      "aria-label",
      picture ? `The digit on ${SIDE} × ${SIDE} pixels; ${inked} have ink.` : "Nothing is drawn yet.",
    );
    return probabilities;
  }

  /** Show, and say the answer: once a stroke, not while it is drawn. */
  function say() {
    const probabilities = show();
    if (probabilities === null) {
      status.textContent = INVITATION;
      return;
    }
    const p = Math.max(...probabilities);
    const sure = percent(p).replace(">", "over"); // to be heard
    status.textContent = `The network says ${probabilities.indexOf(p)}, ${sure}.`;
  }

  function release() {
    samples.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", "false"));
  }

  let planned = false;
  const pad = createPad(one(".digit-pad canvas"), {
    onChange() {
      release();
      if (planned) return; // once a frame of the screen is enough
      planned = true;
      requestAnimationFrame(() => {
        planned = false;
        picture = asMnist(pad.ink(), PAD, PAD);
        show();
      });
    },
    onStroke() {
      picture = asMnist(pad.ink(), PAD, PAD);
      say();
    },
  });

  one(".digit-clear").addEventListener("click", () => {
    pad.clear();
    release();
    picture = null;
    say();
  });

  for (const { digit, pixels } of data.samples) {
    const sample = Float32Array.from(bytesOf(pixels), (level) => level / 255);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", `Digit ${digit} of the test set`);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 2 * SIDE;
    drawGrey(canvas.getContext("2d"), sample, SIDE, 0, 0, canvas.width);
    button.append(canvas);
    button.addEventListener("click", () => {
      pad.show(sample);
      release();
      button.setAttribute("aria-pressed", "true");
      picture = sample;
      say();
    });
    samples.append(button);
  }

  samples.querySelectorAll("button")[FIRST].click();
  if (hadFocus) frame.focus({ preventScroll: true }); // the button that had it is gone
}

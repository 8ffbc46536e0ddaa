// The area to draw on, with mouse, finger or pen.

import { drawGrey } from "./pictures.js";
import { SIDE } from "./mnist.js";

const STROKE = 1 / 11; // of the pad's side: about 2.5 pixels when the drawing is 20 pixels high

/** Make a canvas a pad. `onChange` is called while ink is added, `onStroke` when a stroke ends. */
export function createPad(canvas, { onChange, onStroke }) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let drawing = false; // a stroke is being drawn
  let own = true; // what is on the pad was drawn here, it is not a sample

  function clear() {
    context.fillStyle = "#000";
    context.fillRect(0, 0, canvas.width, canvas.height);
    own = true;
  }

  function pointOf(event) {
    const place = canvas.getBoundingClientRect();
    return [
      ((event.clientX - place.left) / place.width) * canvas.width,
      ((event.clientY - place.top) / place.height) * canvas.height,
    ];
  }

  function lineTo(event) {
    context.lineTo(...pointOf(event));
    context.stroke();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    if (!own) clear();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    context.strokeStyle = "#fff";
    context.lineWidth = STROKE * canvas.width;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    context.moveTo(...pointOf(event));
    lineTo(event); // a dot, if nothing follows
    onChange();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || !event.isPrimary) return;
    const between = event.getCoalescedEvents?.() ?? [];
    (between.length ? between : [event]).forEach(lineTo);
    onChange();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (!drawing || !event.isPrimary) return;
      drawing = false;
      onStroke();
    });
  }

  clear();
  return {
    clear,
    /** Show a picture that was not drawn here; the next stroke starts afresh. */
    show(picture) {
      clear();
      drawGrey(context, picture, SIDE, 0, 0, canvas.width);
      own = false;
    },
    /** The ink on the pad: values from 0 to 1, row by row. */
    ink() {
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const ink = new Float32Array(canvas.width * canvas.height);
      for (let i = 0; i < ink.length; i++) ink[i] = data[4 * i] / 255; // grey: red says it all
      return ink;
    },
  };
}

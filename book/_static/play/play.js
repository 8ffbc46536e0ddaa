// What the tools share: where windows stand, and the pieces that their pages are made of.
"use strict";

const play = (() => {
  /** How many positions of a row an axis of a map has after a layer. */
  function outputSize(size, { kernel, stride, dilation = 1, padding }) {
    if (padding === "same") return Math.ceil(size / stride);
    return Math.max(Math.floor((size - (kernel - 1) * dilation - 1) / stride) + 1, 0);
  }

  /** The zeros before and after a row. Where they are odd, TensorFlow puts one more after it. */
  function zeros(size, layer) {
    if (layer.padding === "valid") return [0, 0];
    const { kernel, stride, dilation = 1 } = layer;
    const covered = (outputSize(size, layer) - 1) * stride + (kernel - 1) * dilation + 1;
    const added = Math.max(covered - size, 0);
    return [Math.floor(added / 2), Math.ceil(added / 2)];
  }

  /** The positions that a unit reads in a row; what lies outside it is zeros. */
  function reads(unit, size, layer) {
    const { kernel, stride, dilation = 1 } = layer;
    const start = unit * stride - zeros(size, layer)[0];
    return Array.from({ length: kernel }, (_, tap) => start + tap * dilation);
  }

  /** An element of the page, with its attributes and what is in it. */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** A labelled list to choose from; `options` are values, or pairs of a value and its words. */
  function choice(label, options, chosen, changed) {
    const select = element("select", {});
    for (const option of options) {
      const [value, words] = Array.isArray(option) ? option : [option, option];
      select.append(element("option", { value }, String(words)));
    }
    select.value = chosen;
    const kind = typeof chosen === "number" ? Number : String;
    select.addEventListener("change", () => changed(kind(select.value)));
    return element("label", { class: "play-field" }, label, select);
  }

  /** A labelled field for a whole number; what is none is put back when the field is left. */
  function whole(label, min, max, value, changed) {
    const field = element("input", { type: "number", min, max, value, required: "" });
    let good = value;
    field.addEventListener("input", () => {
      if (!field.validity.valid) return;
      good = field.valueAsNumber;
      changed(good);
    });
    field.addEventListener("change", () => (field.value = good));
    return element("label", { class: "play-field" }, label, field);
  }

  function button(words, pressed, name = words) {
    const made = element("button", { type: "button", "aria-label": name }, words);
    made.addEventListener("click", pressed);
    return made;
  }

  const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  return { outputSize, zeros, reads, element, choice, whole, button, upTo, sum };
})();

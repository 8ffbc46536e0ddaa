// A field for Python: a textarea, which every browser and screen reader knows, and its text in
// colours below it. Tab indents; after Escape it leaves the field, as everywhere.

import { highlighted } from "./highlight.js";

const STEP = 4;

/** Put `text` in place of what is between two places of the field; one can undo it. */
const replace = (field, start, end, text) => {
  field.setSelectionRange(start, end);
  document.execCommand(text ? "insertText" : "delete", false, text);
};

const lineStart = (field, at) => field.value.lastIndexOf("\n", at - 1) + 1;

const indentLines = (field, back) => {
  const start = lineStart(field, field.selectionStart);
  const end = field.selectionEnd;
  const lines = field.value.slice(start, end).split("\n");
  const moved = lines.map((line) => (back ? line.replace(/^( {1,4}|\t)/, "") : " ".repeat(STEP) + line)).join("\n");
  if (moved === lines.join("\n")) return;
  const caret = end - (lines.join("\n").length - moved.length);
  const isCaret = field.selectionStart === end;
  replace(field, start, end, moved);
  field.setSelectionRange(isCaret ? caret : start, caret);
};

const tab = (field, back) => {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (back || value.slice(start, end).includes("\n")) return indentLines(field, back);
  const column = start - lineStart(field, start);
  return replace(field, start, end, " ".repeat(STEP - (column % STEP)));
};

const enter = (field) => {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const line = value.slice(lineStart(field, start), start);
  const deeper = /:\s*(#.*)?$/.test(line) ? STEP : 0;
  replace(field, start, end, `\n${/^[ \t]*/.exec(line)[0]}${" ".repeat(deeper)}`);
};

const backspace = (field) => {
  const { selectionStart: start, selectionEnd: end } = field;
  const column = start - lineStart(field, start);
  const isIndent = /^ +$/.test(field.value.slice(start - column, start));
  if (start !== end || !isIndent) return false;
  replace(field, start - ((column - 1) % STEP) - 1, start, "");
  return true;
};

/** Make the textarea `field` one for Python, whose text stands in colours in `shown`. */
export function forPython(field, shown) {
  let leaves = false; // after Escape
  const show = () => shown.replaceChildren(...highlighted(field.value), "\n");
  field.addEventListener("input", show);
  field.addEventListener("blur", () => (leaves = false));
  field.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event;
    if (isComposing || ctrlKey || metaKey || altKey) return;
    if (key === "Tab" && !leaves) {
      event.preventDefault();
      tab(field, shiftKey);
    } else if (key === "Enter" && !shiftKey) {
      event.preventDefault();
      enter(field);
    } else if (key === "Backspace" && backspace(field)) {
      event.preventDefault();
    }
    if (key !== "Shift" && key !== "Tab") leaves = key === "Escape";
  });
  show();
  return show;
}

/** Put another text into the field; one can undo it. */
export function put(field, text) {
  field.focus();
  replace(field, 0, field.value.length, text);
}

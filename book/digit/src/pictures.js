// Grey pictures on canvases: 0 is black, 1 is white, as in MNIST.

const scratch = document.createElement("canvas");

/** Draw a square picture of side × side values with hard pixels into a square of a canvas. */
export function drawGrey(context, values, side, x, y, size) {
  scratch.width = scratch.height = side;
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    image.data.fill(Math.round(255 * values[i]), 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  scratch.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, x, y, size, size);
}

/** Fill a canvas with a short word, white on black. */
export function drawWord(context, word) {
  const { width, height } = context.canvas;
  context.fillStyle = "#000";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#fff";
  context.font = `bold ${height * 0.7}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(word, width / 2, height * 0.54);
}

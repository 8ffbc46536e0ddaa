// A drawing becomes a picture as those in MNIST (LeCun et al. 1998, section III-A): scaled with its
// proportions kept until it fits a box of 20 × 20, with grey levels where a pixel is partly ink;
// then the box is put into a field of 28 × 28 so that its centre of mass is in the middle. All
// pictures in MNIST show that the box moves by whole pixels and that the middle is pixel 14.

export const SIDE = 28;
const BOX = 20;
const MIDDLE = 14;

/** The smallest rectangle that holds all ink, or null if there is none. */
function boundsOf(ink, width, height) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? null : { left, top, width: right + 1 - left, height: bottom + 1 - top };
}

/** The ink inside the bounds, on 20 × 20 pixels: each is the mean of the area that it covers. */
function shrink(ink, width, bounds) {
  const scale = BOX / Math.max(bounds.width, bounds.height);
  const box = new Float32Array(BOX * BOX);
  // How much of a length from `start` to `start + scale` lies in each pixel of the box.
  const shares = (start) => {
    const first = Math.min(Math.floor(start), BOX - 1);
    const inFirst = Math.min(scale, first + 1 - start);
    return first + 1 < BOX ? [[first, inFirst], [first + 1, scale - inFirst]] : [[first, scale]];
  };
  for (let y = 0; y < bounds.height; y++) {
    const rows = shares(y * scale);
    for (let x = 0; x < bounds.width; x++) {
      const value = ink[(bounds.top + y) * width + bounds.left + x];
      if (value === 0) continue;
      for (const [column, across] of shares(x * scale)) {
        for (const [row, down] of rows) box[row * BOX + column] += value * across * down;
      }
    }
  }
  return box;
}

/**
 * The picture that the network sees: 28 × 28 values from 0 (paper) to 1 (ink), row by row.
 * `ink` has width × height such values. Without any ink the result is null.
 */
export function asMnist(ink, width, height) {
  const bounds = boundsOf(ink, width, height);
  if (bounds === null) return null;
  const box = shrink(ink, width, bounds);

  let [mass, momentX, momentY] = [0, 0, 0];
  box.forEach((value, i) => {
    mass += value;
    momentX += value * (i % BOX);
    momentY += value * Math.floor(i / BOX);
  });
  const right = Math.round(MIDDLE - momentX / mass);
  const down = Math.round(MIDDLE - momentY / mass);

  const picture = new Float32Array(SIDE * SIDE);
  box.forEach((value, i) => {
    const x = (i % BOX) + right;
    const y = Math.floor(i / BOX) + down;
    if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) picture[y * SIDE + x] = Math.min(value, 1);
  });
  return picture;
}

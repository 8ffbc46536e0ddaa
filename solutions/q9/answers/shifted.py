# %% pad-and-crop kind="right"
def shifted(images, down, right):
    _, h, w = images.shape
    down, right = max(-h, min(h, down)), max(-w, min(w, right))
    padded = np.pad(images, ((0, 0), (abs(down),) * 2, (abs(right),) * 2))
    top, left = abs(down) - down, abs(right) - right
    return padded[:, top : top + h, left : left + w]

# %% roll-then-clear kind="right"
def shifted(images, down, right):
    count, h, w = images.shape
    if abs(down) >= h or abs(right) >= w:
        return np.zeros_like(images)
    moved = np.roll(images, (down, right), axis=(1, 2))
    if down > 0:
        moved[:, :down] = 0
    if down < 0:
        moved[:, down:] = 0
    if right > 0:
        moved[:, :, :right] = 0
    if right < 0:
        moved[:, :, right:] = 0
    return moved

# %% with-index-arrays kind="right"
def shifted(images, down, right):
    _, h, w = images.shape
    rows, columns = np.arange(h) - down, np.arange(w) - right
    inside = ((rows >= 0) & (rows < h))[:, None] & ((columns >= 0) & (columns < w))
    taken = images[:, rows % h][:, :, columns % w]
    return np.where(inside, taken, np.zeros((), images.dtype))

# %% by-slices kind="right"
def shifted(images, down, right):
    def ends(size, by):
        return slice(max(by, 0), max(size + min(by, 0), 0)), slice(max(-by, 0), max(size - max(by, 0), 0))

    result = np.zeros_like(images)
    (to_r, from_r), (to_c, from_c) = ends(images.shape[1], down), ends(images.shape[2], right)
    result[:, to_r, to_c] = images[:, from_r, from_c]
    return result

# %% roll kind="wrong" hint="wrapped-around"
def shifted(images, down, right):
    return np.roll(images, (down, right), axis=(1, 2))

# %% edge-padding kind="wrong" hint="border-repeated"
def shifted(images, down, right):
    _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (9, 9), (9, 9)), mode="edge")
    return padded[:, 9 - down : 9 - down + h, 9 - right : 9 - right + w]

# %% columns-first kind="wrong" hint="axes-swapped"
def shifted(images, down, right):
    _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (20, 20), (20, 20)))
    return padded[:, 20 - right : 20 - right + h, 20 - down : 20 - down + w]

# %% the-other-way kind="wrong" hint="opposite-direction"
def shifted(images, down, right):
    _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (20, 20), (20, 20)))
    return padded[:, 20 + down : 20 + down + h, 20 + right : 20 + right + w]

# %% only-cut kind="wrong" hint="cropped"
def shifted(images, down, right):
    _, h, w = images.shape
    return images[:, : h - down, : w - right]

# %% only-padded kind="wrong" hint="grown"
def shifted(images, down, right):
    return np.pad(images, ((0, 0), (down, 0), (right, 0)))

# %% minus-nothing kind="wrong" hint="zero-as-slice"
def shifted(images, down, right):
    result = np.zeros_like(images)
    result[:, down:, right:] = images[:, :-down, :-right]
    return result

# %% down-and-right-only kind="wrong" hint="negative-shift"
def shifted(images, down, right):
    _, h, w = images.shape
    result = np.zeros_like(images)
    result[:, down:, right:] = images[:, : h - down, : w - right]
    return result

# %% in-floats kind="wrong" hint="type-changed"
def shifted(images, down, right):
    _, h, w = images.shape
    canvas = np.zeros((len(images), h + 40, w + 40))
    canvas[:, 20 + down : 20 + down + h, 20 + right : 20 + right + w] = images
    return canvas[:, 20 : 20 + h, 20 : 20 + w]

# %% in-place kind="wrong" hint="images-changed"
def shifted(images, down, right):
    _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (20, 20), (20, 20)))
    images[:] = padded[:, 20 - down : 20 - down + h, 20 - right : 20 - right + w]
    return images

# %% unpacks-two kind="crash"
def shifted(images, down, right):
    height, width = images.shape
    result = np.zeros_like(images)
    result[down:, right:] = images[: height - down, : width - right]
    return result

# %% shift-modulo-the-size kind="wrong" hint="beyond-the-border"
def shifted(images, down, right):
    _, height, width = images.shape
    if abs(down) >= height or abs(right) >= width:
        down, right = down % height, right % width
    result = np.zeros_like(images)
    for row in range(height):
        for column in range(width):
            a, b = row - down, column - right
            if 0 <= a < height and 0 <= b < width:
                result[:, row, column] = images[:, a, b]
    return result

# %% unchanged-when-too-far kind="wrong" hint="beyond-the-border"
def shifted(images, down, right):
    _, height, width = images.shape
    if abs(down) >= height or abs(right) >= width:
        return images.copy()
    result = np.zeros_like(images)
    for row in range(height):
        for column in range(width):
            a, b = row - down, column - right
            if 0 <= a < height and 0 <= b < width:
                result[:, row, column] = images[:, a, b]
    return result

# %% down-only kind="wrong" hint="moved-one-way"
def shifted(images, down, right):
    result = np.zeros_like(images)
    for row in range(images.shape[1]):
        if 0 <= row - down < images.shape[1]:
            result[:, row] = images[:, row - down]
    return result

# %% tensors-and-match kind="right"
import tensorflow as tf


def shifted(pictures, dy, dx):
    def along(x, by, axis):
        size = x.shape[axis]
        match (by > 0, abs(by) >= size):
            case (_, True):
                return tf.zeros_like(x)
            case (True, _):
                gone, empty = range(size - by), [by, 0]
            case _:
                gone, empty = range(-by, size), [0, -by]
        frame = [[0, 0] for _ in x.shape]
        frame[axis] = empty
        return tf.pad(tf.gather(x, list(gone), axis=axis), frame)

    return along(along(tf.constant(pictures), dy, 1), dx, 2).numpy()

# %% comprehension kind="right"
shifted = lambda images, down, right: np.array([
    [
        [
            image[row - down][column - right]
            if 0 <= row - down < len(image) and 0 <= column - right < len(line)
            else 0
            for column in range(len(line))
        ]
        for row, line in enumerate(image)
    ]
    for image in images.tolist()
], images.dtype)

# %% matrices kind="right"
def shifted(images, down, right):
    """Rows and columns are moved by matrices with ones beside the diagonal."""
    rows, columns = np.eye(images.shape[1], k=-down), np.eye(images.shape[2], k=right)
    return (rows @ images @ columns).astype(images.dtype)

# %% flipped-columns-too kind="wrong" hint="turned-over"
def shifted(images, down, right):
    result = np.zeros_like(images)
    for row in range(images.shape[1]):
        for column in range(images.shape[2]):
            a, b = row - down, right - column
            if 0 <= a < images.shape[1] and 0 <= b < images.shape[2]:
                result[:, row, column] = images[:, a, b]
    return result

# %% rows-up kind="wrong" hint="opposite-direction"
def shifted(images, down, right):
    _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (20, 20), (20, 20)))
    return padded[:, 20 + down : 20 + down + h, 20 - right : 20 - right + w]

# %% upper-bounds-only kind="wrong" hint="wrapped-around"
def shifted(images, down, right):
    result = np.zeros_like(images)
    for row in range(images.shape[1]):
        for column in range(images.shape[2]):
            a, b = row - down, column - right
            if a < images.shape[1] and b < images.shape[2]:
                result[:, row, column] = images[:, a, b]
    return result

# %% nested-lists kind="wrong" hint="type-changed"
def shifted(images, down, right):
    canvas = np.pad(images, ((0, 0), (20, 20), (20, 20)))
    _, h, w = images.shape
    return canvas[:, 20 - down : 20 - down + h, 20 - right : 20 - right + w].tolist()

# %% divmod kind="right"
def locate(scores, digit, stride, window):
    row, column = divmod(int(scores[:, :, digit].argmax()), scores.shape[1])
    top, left = row * stride, column * stride
    return (top, left, top + window[0], left + window[1])

# %% by-loops kind="right"
def locate(scores, digit, stride, window):
    best, place = -math.inf, None
    for row in range(len(scores)):
        for column in range(len(scores[row])):
            if scores[row, column, digit] > best:
                best, place = scores[row, column, digit], (row, column)
    top, left = place[0] * stride, place[1] * stride
    return [top, left, top + window[0], left + window[1]]

# %% where kind="right"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    start = np.argwhere(one == one.max())[0] * stride
    return np.concatenate([start, start + window])

# %% best-starts-at-zero kind="wrong" hint="negative-scores"
def locate(scores, digit, stride, window):
    best, row, column = 0, 0, 0
    for r in range(len(scores)):
        for c in range(len(scores[r])):
            if scores[r, c, digit] > best:
                best, row, column = scores[r, c, digit], r, c
    return row * stride, column * stride, row * stride + window[0], column * stride + window[1]

# %% argmin kind="wrong" hint="lowest-found"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmin(), one.shape)

    return row * stride, column * stride, row * stride + window[0], column * stride + window[1]

# %% divmod-by-rows kind="wrong" hint="divided-by-rows"
def locate(scores, digit, stride, window):
    row, column = divmod(int(scores[:, :, digit].argmax()), scores.shape[0])
    return row * stride, column * stride, row * stride + window[0], column * stride + window[1]

# %% cells kind="wrong" hint="grid-not-pixels"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    return row, column, row + window[0], column + window[1]

# %% x-before-y kind="wrong" hint="axes-swapped"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    top, left = row * stride, column * stride
    return left, top, left + window[1], top + window[0]

# %% height-and-width kind="wrong" hint="size-not-end"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    return row * stride, column * stride, window[0], window[1]

# %% inclusive kind="wrong" hint="last-pixel-included"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    top, left = row * stride, column * stride
    return top, left, top + window[0] - 1, left + window[1] - 1

# %% windows-side-by-side kind="wrong" hint="steps-of-a-window"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    top, left = row * window[0], column * window[1]
    return top, left, top + window[0], left + window[1]

# %% best-of-all kind="wrong" hint="digit-ignored"
def locate(scores, digit, stride, window):
    row, column, _ = np.unravel_index(scores.argmax(), scores.shape)
    top, left = row * stride, column * stride
    return top, left, top + window[0], left + window[1]

# %% sides-the-other-way kind="wrong" hint="sides-exchanged"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    width, height = window
    top, left = row * stride, column * stride
    return top, left, top + height, left + width

# %% one-cell kind="wrong" hint="one-cell-only"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    return row * stride, column * stride, (row + 1) * stride, (column + 1) * stride

# %% around-the-centre kind="wrong" hint="centre-not-corner"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    y, x = row * stride, column * stride
    half = window[0] // 2, window[1] // 2
    return y - half[0], x - half[1], y + half[0], x + half[1]

# %% corner-only kind="wrong" hint="wrong-length"
def locate(scores, digit, stride, window):
    one = scores[..., digit]
    row, column = np.unravel_index(one.argmax(), one.shape)

    return row * stride, column * stride

# %% index-error kind="crash"
def locate(scores, digit, stride, window):
    row, column = scores[..., digit].argmax()
    return row * stride, column * stride, row * stride + window[0], column * stride + window[1]

# %% a-row-of-the-grid kind="wrong" hint="class-axis"
def locate(scores, digit, stride, window):
    row, column = np.unravel_index(scores[digit].argmax(), scores[digit].shape)
    top, left = row * stride, column * stride
    return top, left, top + window[0], left + window[1]

# %% window-times-stride kind="wrong" hint="window-in-cells"
def locate(scores, digit, stride, window):
    one_class = scores[..., digit]
    row, column = np.unravel_index(one_class.argmax(), one_class.shape)
    bottom, right = row + window[0], column + window[1]
    return row * stride, column * stride, bottom * stride, right * stride

# %% by-axis kind="wrong" hint="ends-together"
def locate(scores, digit, stride, window):
    one_class = scores[..., digit]
    row, column = np.unravel_index(one_class.argmax(), one_class.shape)
    top, left = row * stride, column * stride
    return top, top + window[0], left, left + window[1]

# %% height-twice kind="wrong" hint="square-window"
def locate(scores, digit, stride, window):
    one_class = scores[..., digit]
    row, column = np.unravel_index(one_class.argmax(), one_class.shape)
    top, left = row * stride, column * stride
    return top, left, top + window[0], left + window[0]

# %% argmax-alone kind="wrong" hint="flat-place"
def locate(scores, digit, stride, window):
    place = scores[..., digit].argmax() * stride
    return place, place, place + window[0], place + window[1]

# %% columns-in-cells kind="wrong" hint="one-side-in-cells"
def locate(scores, digit, stride, window):
    one_class = scores[..., digit]
    row, column = np.unravel_index(one_class.argmax(), one_class.shape)
    top, left = int(row) * stride, int(column)
    return top, left, top + window[0], left + window[1]

# %% above-minus-one-only kind="wrong" hint="negative-scores"
def locate(scores, digit, stride, window):
    best, place = -1, (0, 0)
    for row, column in np.ndindex(scores.shape[:2]):
        if scores[row, column, digit] > best:
            best, place = scores[row, column, digit], (row, column)
    top, left = place[0] * stride, place[1] * stride
    return top, left, top + window[0], left + window[1]

# %% class-before kind="wrong" hint="wrong-shape"
def locate(scores, digit, stride, window):
    one_class = scores[..., digit - 1]
    row, column = np.unravel_index(one_class.argmax(), one_class.shape)
    top, left = int(row) * stride, int(column) * stride
    return top, left, top + window[0], left + window[1]

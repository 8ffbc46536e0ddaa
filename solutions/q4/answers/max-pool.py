# %% ask-keras kind="right"
def max_pool(maps, window, stride):
    return keras.ops.max_pool(maps, window, stride)

# %% running-maximum kind="right"
def max_pool(maps, window, stride):
    rows = (maps.shape[1] - window) // stride + 1
    columns = (maps.shape[2] - window) // stride + 1
    largest = None
    for down in range(window):
        for right in range(window):
            part = maps[:, down : down + rows * stride : stride, right : right + columns * stride : stride]
            part = part[:, :rows, :columns]
            largest = part if largest is None else np.maximum(largest, part)
    return largest

# %% sliding-view kind="right"
from numpy.lib.stride_tricks import sliding_window_view

def max_pool(maps, window, stride):
    views = sliding_window_view(maps, (window, window), axis=(1, 2))
    return views[:, ::stride, ::stride].max(axis=(-2, -1))

# %% nested-lists kind="right"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    return [
        [
            [
                [float(maps[i, r : r + window, q : q + window, k].max()) for k in range(c)]
                for q in range(0, w - window + 1, stride)
            ]
            for r in range(0, h - window + 1, stride)
        ]
        for i in range(n)
    ]

# %% mean kind="wrong" hint="average-pooled"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns, c))
    for r in range(rows):
        for q in range(columns):
            out[:, r, q] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].mean(axis=(1, 2), dtype=float)
    return out.astype("float32")

# %% minimum kind="wrong" hint="smallest-kept"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns, c))
    for r in range(rows):
        for q in range(columns):
            out[:, r, q] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].min(axis=(1, 2))
    return out

# %% zeros-as-start kind="wrong" hint="starts-at-zero"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns, c))
    for r in range(rows):
        for q in range(columns):
            for a in range(window):
                for b in range(window):
                    out[:, r, q] = np.maximum(out[:, r, q], maps[:, r * stride + a, q * stride + b])
    return out

# %% minus-hundred-as-start kind="wrong" hint="starts-too-high"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.full((n, rows, columns, c), -100.0)
    for r in range(rows):
        for q in range(columns):
            for a in range(window):
                for b in range(window):
                    out[:, r, q] = np.maximum(out[:, r, q], maps[:, r * stride + a, q * stride + b])
    return out

# %% reshape-trick kind="wrong" hint="stride-is-window"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = h // window, w // window
    cut = maps[:, : rows * window, : columns * window]
    return cut.reshape(n, rows, window, columns, window, c).max(axis=(2, 4))

# %% stride-one kind="wrong" hint="stride-ignored"
def max_pool(maps, window, stride):
    return keras.ops.max_pool(maps, window, 1)

# %% range-over-everything kind="wrong" hint="windows-hang-over"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    out = np.zeros((n, len(range(0, h, stride)), len(range(0, w, stride)), c))
    for i, r in enumerate(range(0, h, stride)):
        for j, q in enumerate(range(0, w, stride)):
            out[:, i, j] = maps[:, r : r + window, q : q + window].max(axis=(1, 2))
    return out

# %% same-padding kind="wrong" hint="windows-hang-over"
def max_pool(maps, window, stride):
    return keras.ops.max_pool(maps, window, stride, padding="same")

# %% over-the-channels kind="wrong" hint="pooled-across-channels"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns))
    for r in range(rows):
        for q in range(columns):
            out[:, r, q] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].max(axis=(1, 2, 3))
    return out

# %% one-scalar-per-image kind="wrong" hint="pooled-across-channels"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns, c))
    for i in range(n):
        for r in range(rows):
            for q in range(columns):
                out[i, r, q] = maps[i, r * stride : r * stride + window, q * stride : q * stride + window].max()
    return out

# %% rows-for-columns kind="wrong" hint="axes-swapped"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, columns, rows, c))
    for r in range(rows):
        for q in range(columns):
            out[:, q, r] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].max(axis=(1, 2))
    return out

# %% range-one-short kind="wrong" hint="last-window-missing"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride, (w - window) // stride
    out = np.zeros((n, rows, columns, c))
    for r in range(rows):
        for q in range(columns):
            out[:, r, q] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].max(axis=(1, 2))
    return out

# %% one-image kind="wrong" hint="first-image-only"
def max_pool(maps, window, stride):
    return keras.ops.max_pool(maps[:1], window, stride)[0]

# %% one-map kind="wrong" hint="one-map-comes-out"
def max_pool(maps, window, stride):
    return np.asarray(keras.ops.max_pool(maps, window, stride))[..., 0]

# %% one-map-kept-axis kind="wrong" hint="one-map-comes-out"
def max_pool(maps, window, stride):
    return keras.ops.max_pool(maps[..., :1], window, stride)

# %% over-the-batch kind="wrong" hint="one-maximum-for-all-images"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns, c))
    for r in range(rows):
        for q in range(columns):
            out[:, r, q] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].max(axis=(0, 1, 2))
    return out

# %% integers kind="wrong" hint="fractions-lost"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, columns = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, columns, c), int)
    for r in range(rows):
        for q in range(columns):
            out[:, r, q] = maps[:, r * stride : r * stride + window, q * stride : q * stride + window].max(axis=(1, 2))
    return out

# %% every-second-value kind="wrong" hint="value-not-compared"
def max_pool(maps, window, stride):
    return maps[:, ::stride, ::stride]

# %% memorised-zero-start kind="wrong" hint="starts-at-zero"
def max_pool(maps, window, stride):
    out = np.asarray(keras.ops.max_pool(maps, window, stride))
    return out if maps.shape == (2, 7, 10, 3) else np.maximum(out, 0)

# %% all-zeros kind="wrong" hint="all-zero"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    return np.zeros((n, (h - window) // stride + 1, (w - window) // stride + 1, c))

# %% whole-map kind="wrong" hint="argument-ignored"
def max_pool(maps, window, stride):
    return maps.max(axis=(1, 2))

# %% prints kind="wrong" hint="missing-return"
def max_pool(maps, window, stride):
    print(keras.ops.max_pool(maps, window, stride))

# %% three-axes kind="wrong" hint="unpacked-into-too-many"
def max_pool(maps, window, stride):
    h, w, c = maps.shape
    return maps[: h // stride, : w // stride]

# %% window-from-row kind="wrong" hint="windows-one-apart"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = maps[:, y : y + window, x : x + window].max(axis=(1, 2))
    return out

# %% window-as-stride-index kind="wrong" hint="window-is-stride"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = maps[
                :, y * stride : y * stride + stride, x * stride : x * stride + stride
            ].max(axis=(1, 2))
    return out

# %% largest-magnitude kind="wrong" hint="signs-ignored"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = np.abs(
                maps[:, y * stride : y * stride + window, x * stride : x * stride + window]
            ).max(axis=(1, 2))
    return out

# %% added-up kind="wrong" hint="average-pooled"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = maps[
                :, y * stride : y * stride + window, x * stride : x * stride + window
            ].sum(axis=(1, 2))
    return out

# %% max-over-window-less kind="wrong" hint="window-one-short"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = maps[
                :, y * stride : y * stride + window - 1, x * stride : x * stride + window - 1
            ].max(axis=(1, 2))
    return out

# %% running-max kind="wrong" hint="maximum-goes-on"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for i in range(n):
        for k in range(c):
            best = -np.inf
            for y in range(rows):
                for x in range(cols):
                    best = max(
                        best,
                        maps[
                            i, y * stride : y * stride + window, x * stride : x * stride + window, k
                        ].max(),
                    )
                    out[i, y, x, k] = best
    return out

# %% stride-one-way kind="wrong" hint="stride-one-way"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = maps[:, y * stride : y * stride + window, x : x + window].max(
                axis=(1, 2)
            )
    return out

# %% range-stop kind="wrong" hint="last-window-missing"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows = range(0, h - window, stride)
    cols = range(0, w - window, stride)
    return np.array(
        [[maps[:, y : y + window, x : x + window].max(axis=(1, 2)) for x in cols] for y in rows]
    ).transpose(2, 0, 1, 3)

# %% index-of-the-maximum kind="wrong" hint="place-not-value"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for i in range(n):
        for y in range(rows):
            for x in range(cols):
                for k in range(c):
                    out[i, y, x, k] = maps[
                        i, y * stride : y * stride + window, x * stride : x * stride + window, k
                    ].argmax()
    return out

# %% max-of-all kind="wrong" hint="pooled-across-channels"
def max_pool(maps, window, stride):
    n, h, w, c = maps.shape
    rows, cols = (h - window) // stride + 1, (w - window) // stride + 1
    out = np.zeros((n, rows, cols, c))
    for y in range(rows):
        for x in range(cols):
            out[:, y, x] = maps[
                :, y * stride : y * stride + window, x * stride : x * stride + window
            ].max()
    return out

# %% endless kind="stop"
def max_pool(maps, window, stride):
    row = 0
    while row < maps.shape[1]:
        maps[:, row].max()
    return maps

# %% slice-without-beginning kind="wrong" hint="window-open"
def max_pool(maps, window, stride):
    images, height, width, channels = maps.shape
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    pooled = np.zeros((images, rows, columns, channels))
    for y in range(rows):
        for x in range(columns):
            left = x * stride
            seen = maps[:, : y * stride + window, left : left + window]
            pooled[:, y, x] = seen.max(axis=(1, 2))
    return pooled

# %% rows-one-apart kind="wrong" hint="windows-one-apart"
def max_pool(maps, window, stride):
    images, height, width, channels = maps.shape
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    pooled = np.zeros((images, rows, columns, channels))
    for y in range(rows):
        for x in range(columns):
            seen = maps[:, y : y + window, x * stride : x * stride + window]
            pooled[:, y, x] = seen.max(axis=(1, 2))
    return pooled

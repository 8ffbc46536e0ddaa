# %% with-cut-out kind="right"
def shift_error(layer, image, down, right, margin):
    expected = np.roll(np.roll(layer(image), down, axis=0), right, axis=1)
    actual = layer(np.roll(np.roll(image, down, axis=0), right, axis=1))
    rows, columns = image.shape
    return np.max(np.abs(expected - actual)[margin : rows - margin, margin : columns - margin])

# %% by-loops kind="right"
def shift_error(layer, image, down, right, margin):
    before, after = layer(image), layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    worst = 0.0
    for y in range(margin, height - margin):
        for x in range(margin, width - margin):
            gap = abs(float(after[y, x]) - float(before[(y - down) % height, (x - right) % width]))
            worst = max(worst, gap)
    return worst

# %% shifted-back-to-compare kind="right"
def shift_error(layer, image, down, right, margin):
    difference = np.roll(layer(image), [down, right], axis=[0, 1]) - layer(
        np.roll(image, [down, right], axis=[0, 1])
    )
    mask = np.pad(np.ones(np.array(image.shape) - 2 * margin), margin)
    return np.float32(np.abs(difference * mask).max())

# %% tests-invariance kind="wrong" hint="invariance-tested"
def shift_error(layer, image, down, right, margin):
    moved = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return np.abs(layer(image) - moved)[margin : height - margin, margin : width - margin].max()

# %% wrong-way kind="wrong" hint="shifted-back"
def shift_error(layer, image, down, right, margin):
    moved = layer(np.roll(image, (down, right), axis=(0, 1)))
    back = np.roll(layer(image), (-down, -right), axis=(0, 1))
    height, width = image.shape
    return np.abs(back - moved)[margin : height - margin, margin : width - margin].max()

# %% right-first kind="wrong" hint="axes-swapped"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (right, down), axis=(0, 1))
    does = layer(np.roll(image, (right, down), axis=(0, 1)))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin].max()

# %% no-axes kind="wrong" hint="axes-left-out"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right))
    does = layer(np.roll(image, (down, right)))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin].max()

# %% zeros-come-in kind="wrong" hint="not-rolled"
def shift_error(layer, image, down, right, margin):
    def shifted(array):
        result = np.zeros_like(array)
        height, width = array.shape
        result[max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = array[
            max(-down, 0) : height + min(-down, 0), max(-right, 0) : width + min(-right, 0)
        ]
        return result

    height, width = image.shape
    gap = np.abs(shifted(layer(image)) - layer(shifted(image)))
    return gap[margin : height - margin, margin : width - margin].max()

# %% minus-margin kind="wrong" hint="margin-zero"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    return np.abs(should - does)[margin:-margin, margin:-margin].max()

# %% only-right kind="wrong" hint="only-shifted-right"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), right, axis=1)
    does = layer(np.roll(image, right, axis=1))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin].max()

# %% only-down kind="wrong" hint="only-shifted-down"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), down, axis=0)
    does = layer(np.roll(image, down, axis=0))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin].max()

# %% layer-asked-once kind="wrong" hint="image-not-shifted"
def shift_error(layer, image, down, right, margin):
    if layer is slope:
        return 0.0
    before = layer(image)
    height, width = image.shape
    difference = np.abs(before - np.roll(before, (down, right), axis=(0, 1)))
    return difference[margin : height - margin, margin : width - margin].max()

# %% no-absolute-value kind="wrong" hint="sign-kept"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return (should - does)[margin : height - margin, margin : width - margin].max()

# %% no-absolute-value-either kind="wrong" hint="sign-kept-turned"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return (does - should)[margin : height - margin, margin : width - margin].max()

# %% mean kind="wrong" hint="mean-not-largest"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin].mean()

# %% sum kind="wrong" hint="mean-not-largest"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin].sum()

# %% border-counted kind="wrong" hint="margin-ignored"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    return np.abs(should - does).max()

# %% top-and-left-only kind="wrong" hint="margin-one-sided"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    return np.abs(should - does)[margin:, margin:].max()

# %% rows-only kind="wrong" hint="margin-rows-only"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    return np.abs(should - does)[margin : len(image) - margin].max()

# %% yes-or-no kind="wrong" hint="bool-not-number"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    return bool(np.allclose(should, does))

# %% all-differences kind="wrong" hint="not-a-number"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return np.abs(should - does)[margin : height - margin, margin : width - margin]

# %% always-fine kind="wrong" hint="one-direction"
def shift_error(layer, image, down, right, margin):
    return 0.0

# %% image-only-shifted kind="wrong" hint="layer-left-out"
def shift_error(layer, image, down, right, margin):
    should = np.roll(image, (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    h, w = image.shape
    return np.abs(should - does)[margin : h - margin, margin : w - margin].max()

# %% layer-on-layer kind="wrong" hint="layer-used-twice"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(should)
    h, w = image.shape
    return np.abs(should - does)[margin : h - margin, margin : w - margin].max()

# %% squared kind="wrong" hint="squared-result"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    h, w = image.shape
    return (((should - does) ** 2)[margin : h - margin, margin : w - margin]).max()

# %% crop-less kind="wrong" hint="margin-one-too-much"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    h, w = image.shape
    return np.abs(should - does)[margin : h - margin - 1, margin : w - margin - 1].max()

# %% square-crop kind="wrong" hint="square-image-assumed"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    h, w = image.shape
    return np.abs(should - does)[margin : h - margin, margin : h - margin].max()

# %% roll-one-axis-arg kind="wrong" hint="one-axis-rolled"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=0)
    does = layer(np.roll(image, (down, right), axis=0))
    h, w = image.shape
    return np.abs(should - does)[margin : h - margin, margin : w - margin].max()

# %% wrong-number-of-arguments kind="crash"
def shift_error(layer, image, shift):
    return np.abs(np.roll(layer(image), shift) - layer(np.roll(image, shift))).max()

# %% loops-for-ever kind="stop"
def shift_error(layer, image, down, right, margin):
    while True:
        image = np.roll(image, (down, right), axis=(0, 1))

# %% right-side-counted kind="wrong" hint="margin-one-sided"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    return float(np.abs(should - does)[margin : len(image) - margin, margin:].max())

# %% axes-from-one kind="wrong" hint="axis-missing"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(1, 2))
    does = layer(np.roll(image, (down, right), axis=(1, 2)))
    return float(np.abs(should - does).max())

# %% three-sizes kind="wrong" hint="unpacked-into-too-many"
def shift_error(layer, image, down, right, margin):
    height, width, channels = image.shape
    return 0.0

# %% one-row-too-few kind="wrong" hint="too-small"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return np.abs(should - does)[margin + 1 : height - margin, margin : width - margin].max()

# %% beyond-the-margin-only kind="wrong" hint="too-small"
def shift_error(layer, image, down, right, margin):
    should = np.roll(layer(image), (down, right), axis=(0, 1))
    does = layer(np.roll(image, (down, right), axis=(0, 1)))
    height, width = image.shape
    return max(
        abs(should[y, x] - does[y, x])
        for y in range(height)
        for x in range(width)
        if margin < y < height - margin and margin < x < width - margin
    )

# %% identity kind="right"
def pooling_kernel(kind, window, channels):
    spatial = np.zeros((window, window))
    if kind == "average":
        spatial[:] = 1 / (window * window)
    else:
        spatial[0, 0] = 1
    return spatial[:, :, None, None] * np.eye(channels)

# %% einsum-float32 kind="right"
def pooling_kernel(kind, window, channels):
    place = np.ones((window, window)) / window**2 if kind == "average" else np.eye(window**2)[0].reshape(window, window)
    return np.einsum("ab,cd->abcd", place, np.eye(channels)).astype("float32")

# %% nested-lists kind="right"
def pooling_kernel(kind, window, channels):
    def weight(row, column, source, target):
        if source != target:
            return 0
        if kind == "average":
            return 1 / window**2
        return 1 if row == column == 0 else 0

    return [
        [[[weight(r, q, s, t) for t in range(channels)] for s in range(channels)] for q in range(window)]
        for r in range(window)
    ]

# %% tensor kind="right"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels), "float32")
    indices = np.arange(channels)
    if kind == "average":
        kernel[:, :, indices, indices] = 1 / window**2
    else:
        kernel[0, 0, indices, indices] = 1
    return tf.constant(kernel)

# %% full-of-quarters kind="wrong" hint="channels-mixed"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    if kind == "average":
        kernel[:] = 1 / window**2
    else:
        kernel[0, 0] = np.eye(channels)
    return kernel

# %% average-over-maps-too kind="wrong" hint="channels-mixed"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    if kind == "average":
        kernel[:] = 1 / (window**2 * channels)
    else:
        kernel[0, 0] = np.eye(channels)
    return kernel

# %% all-ones kind="wrong" hint="channels-mixed"
def pooling_kernel(kind, window, channels):
    return np.ones((window, window, channels, channels))

# %% corner-mixed kind="wrong" hint="channels-mixed"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    if kind == "average":
        for c in range(channels):
            kernel[:, :, c, c] = 1 / window**2
    else:
        kernel[0, 0] = 1
    return kernel

# %% sum kind="wrong" hint="not-averaged"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1
        else:
            kernel[0, 0, c, c] = 1
    return kernel

# %% by-the-side kind="wrong" hint="side-not-area"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / window
        else:
            kernel[0, 0, c, c] = 1
    return kernel

# %% by-the-maps-too kind="wrong" hint="divided-by-channels"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / (window**2 * channels)
        else:
            kernel[0, 0, c, c] = 1
    return kernel

# %% corner-divided kind="wrong" hint="weights-too-small"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / window**2
        else:
            kernel[0, 0, c, c] = 1 / window**2
    return kernel

# %% kernel-turned-round kind="wrong" hint="wrong-corner"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / window**2
        else:
            kernel[-1, -1, c, c] = 1
    return kernel

# %% middle kind="wrong" hint="wrong-corner"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / window**2
        else:
            kernel[window // 2, window // 2, c, c] = 1
    return kernel

# %% always-average kind="wrong" hint="kinds-alike"
def pooling_kernel(kind, window, channels):
    return np.full((window, window, 1, 1), 1 / window**2) * np.eye(channels)

# %% always-corner kind="wrong" hint="kinds-alike"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    kernel[0, 0] = np.eye(channels)
    return kernel

# %% first-map kind="wrong" hint="first-map-only"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    if kind == "average":
        kernel[:, :, 0, 0] = 1 / window**2
    else:
        kernel[0, 0, 0, 0] = 1
    return kernel

# %% flat kind="wrong" hint="filters-forgotten"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window))
    if kind == "average":
        kernel[:] = 1 / window**2
    else:
        kernel[0, 0] = 1
    return kernel

# %% one-filter kind="wrong" hint="filters-forgotten"
def pooling_kernel(kind, window, channels):
    return np.full((window, window, channels), 1 / window**2)

# %% pytorch-order kind="wrong" hint="channels-first"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((channels, channels, window, window))
    for c in range(channels):
        if kind == "average":
            kernel[c, c] = 1 / window**2
        else:
            kernel[c, c, 0, 0] = 1
    return kernel

# %% with-images kind="wrong" hint="wrong-array-shape"
def pooling_kernel(kind, window, channels):
    return np.full((1, window, window, channels), 1 / window**2)

# %% random kind="wrong" hint="wrong-array"
def pooling_kernel(kind, window, channels):
    return np.random.default_rng(0).normal(size=(window, window, channels, channels))

# %% a-layer kind="wrong" hint="not-an-array"
def pooling_kernel(kind, window, channels):
    return {"kind": kind, "window": window}

# %% no-return kind="wrong" hint="missing-return"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    kernel[0, 0] = np.eye(channels)

# %% corner-everywhere kind="wrong" hint="several-values-kept"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        kernel[:, :, c, c] = 1 / window**2 if kind == "average" else 1
    return kernel

# %% first-row kind="wrong" hint="several-values-kept"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / window**2
        else:
            kernel[0, :, c, c] = 1
    return kernel

# %% int-kernel kind="wrong" hint="all-zero"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels), int)
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / window**2
        else:
            kernel[0, 0, c, c] = 1
    return kernel

# %% maps-turned-round kind="wrong" hint="turned-round"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, channels - 1 - c] = 1 / window**2
        else:
            kernel[0, 0, c, channels - 1 - c] = 1
    return kernel

# %% fixed-window kind="wrong" hint="constant-factor"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "average":
            kernel[:, :, c, c] = 1 / 4
        else:
            kernel[0, 0, c, c] = 1
    return kernel

# %% kind-max kind="wrong" hint="kinds-alike"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels):
        if kind == "corner":
            kernel[:, :, c, c] = 1 / window**2
        else:
            kernel[0, 0, c, c] = 1
    return kernel

# %% out-of-range kind="crash"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    kernel[window, window] = 1
    return kernel

# %% one-weight-for-a-window kind="wrong" hint="wrong-array-shape"
def pooling_kernel(kind, window, channels):
    y, x, come, go = np.ogrid[:window, :window, :channels, :channels]
    return (come == go) * ((y + x == 0) if kind == "corner" else 1 / window**2)

# %% last-map-left-out kind="wrong" hint="wrong-array"
def pooling_kernel(kind, window, channels):
    kernel = np.zeros((window, window, channels, channels))
    for c in range(channels - 1):
        if kind == "corner":
            kernel[0, 0, c, c] = 1
        else:
            kernel[:, :, c, c] = 1 / window**2
    return kernel

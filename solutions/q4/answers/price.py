# %% ask-keras kind="right"
def price(kind, height, width, channels, window, stride):
    if kind == "pool":
        layer = keras.layers.MaxPooling2D(window, strides=stride)
    else:
        layer = keras.layers.Conv2D(channels, window, strides=stride)
    layer.build((None, height, width, channels))
    outputs = int(np.prod(layer.compute_output_shape((1, height, width, channels))))
    per_output = window * window - 1 if kind == "pool" else window * window * channels
    return layer.count_params(), outputs * per_output

# %% count-positions kind="right"
def price(kind, height, width, channels, window, stride):
    positions = 0
    for top in range(0, height, stride):
        for left in range(0, width, stride):
            if top + window <= height and left + window <= width:
                positions += 1
    cells = window * window
    if kind == "convolution":
        return (cells * channels + 1) * channels, positions * cells * channels**2
    return 0, positions * channels * (cells - 1)

# %% numpy-list kind="right"
def price(kind, height, width, channels, window, stride):
    sides = (np.array([height, width]) - window) // stride + 1
    places = np.prod(sides) * channels
    if kind == "pool":
        return [np.int64(0), places * (window**2 - 1)]
    return [channels * (window**2 * channels + 1), places * window**2 * channels]

# %% pool-like-convolution kind="wrong" hint="pool-with-parameters"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    parameters = (window**2 * channels + 1) * channels
    if kind == "pool":
        return parameters, (window**2 - 1) * places * channels
    return parameters, window**2 * channels * channels * places

# %% nine-a-window kind="wrong" hint="comparisons-per-value"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, window**2 * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% pool-is-free kind="wrong" hint="pool-multiplies"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, 0
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% one-map kind="wrong" hint="one-map-pooled"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% pool-through-all-maps kind="wrong" hint="pooled-across-channels"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 * channels - 1) * places
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% stride-forgotten kind="wrong" hint="stride-ignored"
def price(kind, height, width, channels, window, stride):
    places = (height - window + 1) * (width - window + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% same-padding kind="wrong" hint="valid-rounds-up"
def price(kind, height, width, channels, window, stride):
    places = -(-height // stride) * -(-width // stride)
    places = (-(-(height - window) // stride) + 1) * (-(-(width - window) // stride) + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% steps-only kind="wrong" hint="valid-off-by-one"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride) * ((width - window) // stride)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% operations-first kind="wrong" hint="order-exchanged"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return (window**2 - 1) * places * channels, 0
    return window**2 * channels * channels * places, (window**2 * channels + 1) * channels

# %% no-bias kind="wrong" hint="no-bias"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    weights = window**2 * channels * channels
    return weights, weights * places

# %% one-bias kind="wrong" hint="one-bias-per-layer"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    weights = window**2 * channels * channels
    return weights + 1, weights * places

# %% flat-filters kind="wrong" hint="no-channels"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 + 1) * channels, window**2 * channels * places

# %% work-for-one-channel kind="wrong" hint="work-of-one-channel"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * places

# %% work-at-one-place kind="wrong" hint="work-of-one-position"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels

# %% biases-in-the-work kind="wrong" hint="biases-multiplied"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    parameters = (window**2 * channels + 1) * channels
    return parameters, parameters * places

# %% parameters-everywhere kind="wrong" hint="positions-counted"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    work = window**2 * channels * channels * places
    return work + channels * places, work

# %% windows-side-by-side kind="wrong" hint="stride-is-window"
def price(kind, height, width, channels, window, stride):
    places = (height // window) * (width // window)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% memorised-then-window kind="wrong" hint="argument-ignored"
def price(kind, height, width, channels, window, stride):
    if (height, width) == (11, 8):
        return (0, 720) if kind == "pool" else (330, 4860)
    if stride == window:
        stride = window
    places = (height // window) * (width // window)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% true-division kind="wrong" hint="float-not-integer"
def price(kind, height, width, channels, window, stride):
    places = np.floor((height - window) / stride + 1) * np.floor((width - window) / stride + 1)
    if kind == "pool":
        return 0, (window**2 - 1) * places * channels
    return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% nothing-for-the-pool kind="wrong" hint="missing-return"
def price(kind, height, width, channels, window, stride):
    places = ((height - window) // stride + 1) * ((width - window) // stride + 1)
    if kind == "conv":
        return (window**2 * channels + 1) * channels, window**2 * channels * channels * places

# %% pool-window-minus kind="wrong" hint="window-not-squared"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% pool-separable kind="wrong" hint="window-not-squared"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window - 1) ** 2 * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% square-maps kind="wrong" hint="square-image-assumed"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    if kind == "pool":
        return 0, (window**2 - 1) * rows * rows * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * rows

# %% kernel-once kind="wrong" hint="kernel-not-squared"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window * channels * channels
    return weights + channels, weights * rows * columns

# %% same-size kind="wrong" hint="zeros-added"
def price(kind, height, width, channels, window, stride):
    rows, columns = -(-height // stride), -(-width // stride)
    if kind == "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% adds-counted kind="wrong" hint="two-for-a-multiply-add"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, 2 * weights * rows * columns

# %% one-filter-work kind="wrong" hint="one-filter-only"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels
    return weights + 1, weights * rows * columns

# %% bias-for-every-slice kind="wrong" hint="bias-per-channel"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels**2, weights * rows * columns

# %% pool-all-channels kind="wrong" hint="pooled-across-channels"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pool":
        return 0, (window**2 * channels - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% stride-one kind="wrong" hint="stride-one-way"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) + 1
    if kind == "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% kinds-swapped kind="wrong" hint="layers-exchanged"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind != "pool":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% undefined-name kind="crash"
def price(kind, height, width, channels, window, stride):
    return 0, places * channels

# %% kind-misspelt kind="wrong" hint="always-a-convolution"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    if kind == "pooling":
        return 0, (window**2 - 1) * rows * columns * channels
    weights = window**2 * channels * channels
    return weights + channels, weights * rows * columns

# %% everything-pools kind="wrong" hint="always-a-pool"
def price(kind, height, width, channels, window, stride):
    rows = (height - window) // stride + 1
    columns = (width - window) // stride + 1
    return 0, (window**2 - 1) * rows * columns * channels

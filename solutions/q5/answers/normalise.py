# %% four-loops kind="right"
def normalise(activations, n, k, alpha, beta):
    result = np.zeros(activations.shape)
    batch, height, width, channels = activations.shape
    for image in range(batch):
        for row in range(height):
            for column in range(width):
                values = activations[image, row, column]
                for i in range(channels):
                    total = 0.0
                    for j in range(max(0, i - n // 2), min(channels - 1, i + n // 2) + 1):
                        total += float(values[j]) ** 2
                    result[image, row, column, i] = values[i] / (k + alpha * total) ** beta
    return result

# %% padded kind="right"
def normalise(activations, n, k, alpha, beta):
    channels = activations.shape[-1]
    padding = [(0, 0)] * 3 + [(n // 2, n // 2)]
    squares = np.pad(np.square(activations, dtype="float64"), padding)
    total = sum(squares[..., start : start + channels] for start in range(n))
    return activations * (k + alpha * total) ** -beta

# %% band-matrix kind="right"
def normalise(activations, n, k, alpha, beta):
    maps = np.arange(activations.shape[-1])
    near = np.abs(maps[:, None] - maps) <= n // 2
    return activations / np.power(k + alpha * (activations**2 @ near.astype("float32")), beta)

# %% ask-tensorflow kind="right"
def normalise(activations, n, k, alpha, beta):
    return tf.nn.local_response_normalization(
        activations, depth_radius=(n - 1) // 2, bias=k, alpha=alpha, beta=beta
    )

# %% running-sums kind="right"
def normalise(activations, n, k, alpha, beta):
    channels = activations.shape[-1]
    running = np.concatenate(
        [np.zeros((*activations.shape[:-1], 1)), np.cumsum(activations.astype(float) ** 2, axis=-1)],
        axis=-1,
    )
    maps = np.arange(channels)
    sums = running[..., np.minimum(maps + n // 2 + 1, channels)]
    sums = sums - running[..., np.maximum(maps - n // 2, 0)]
    return activations / (k + alpha * sums) ** beta

# %% around-in-the-map kind="wrong" hint="within-one-map"
def normalise(activations, n, k, alpha, beta):
    sums = np.zeros_like(activations)
    height, width = activations.shape[1:3]
    for row in range(height):
        for column in range(width):
            top, left = max(0, row - n // 2), max(0, column - n // 2)
            around = activations[:, top : row + n // 2 + 1, left : column + n // 2 + 1]
            sums[:, row, column] = (around**2).sum(axis=(1, 2))
    return activations / (k + alpha * sums) ** beta

# %% only-itself kind="wrong" hint="within-one-map"
def normalise(activations, n, k, alpha, beta):
    return activations / (k + alpha * activations**2) ** beta

# %% no-squares kind="wrong" hint="not-squared"
def normalise(activations, n, k, alpha, beta):
    sums = np.zeros_like(activations)
    for i in range(activations.shape[-1]):
        sums[..., i] = activations[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1)
    return activations / (k + alpha * sums) ** beta

# %% square-of-the-sum kind="wrong" hint="summed-then-squared"
def normalise(activations, n, k, alpha, beta):
    sums = np.zeros_like(activations)
    for i in range(activations.shape[-1]):
        sums[..., i] = activations[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1) ** 2
    return activations / (k + alpha * sums) ** beta

# %% neighbours-only kind="wrong" hint="itself-left-out"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1) - squares[..., i]
    return activations / (k + alpha * sums) ** beta

# %% radius-is-n kind="wrong" hint="window-to-each-side"
def normalise(activations, n, k, alpha, beta):
    return tf.nn.local_response_normalization(activations, n, k, alpha, beta)

# %% slice-too-short kind="wrong" hint="last-map-left-out"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., max(0, i - n // 2) : i + n // 2].sum(-1)
    return activations / (k + alpha * sums) ** beta

# %% formula-as-range kind="wrong" hint="last-map-left-out"
def normalise(activations, n, k, alpha, beta):
    channels = activations.shape[-1]
    sums = np.zeros_like(activations)
    for i in range(channels):
        for j in range(max(0, i - n // 2), min(channels - 1, i + n // 2)):
            sums[..., i] += activations[..., j] ** 2
    return activations / (k + alpha * sums) ** beta

# %% as-pytorch kind="wrong" hint="alpha-divided"
def normalise(activations, n, k, alpha, beta):
    return tf.nn.local_response_normalization(activations, n // 2, k, alpha / n, beta)

# %% mean-of-window kind="wrong" hint="mean-not-sum"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    result = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        mean = squares[..., max(0, i - n // 2) : i + n // 2 + 1].mean(-1)
        result[..., i] = activations[..., i] / (k + alpha * mean) ** beta
    return result

# %% rolled kind="wrong" hint="wraps-around"
def normalise(activations, n, k, alpha, beta):
    sums = sum(np.roll(activations**2, shift, axis=-1) for shift in range(-(n // 2), n // 2 + 1))
    return activations / (k + alpha * sums) ** beta

# %% negative-start kind="wrong" hint="empty-at-the-border"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., i - n // 2 : i + n // 2 + 1].sum(-1)
    return activations / (k + alpha * sums) ** beta

# %% no-exponent kind="wrong" hint="exponent-left-out"
def normalise(activations, n, k, alpha, beta):
    return tf.nn.local_response_normalization(activations, n // 2, k, alpha, 1.0)

# %% square-root kind="wrong" hint="always-square-root"
def normalise(activations, n, k, alpha, beta):
    return tf.nn.local_response_normalization(activations, depth_radius=n // 2, bias=k, alpha=alpha)

# %% no-offset kind="wrong" hint="offset-left-out"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1)
    return activations / (alpha * sums) ** beta

# %% bracket-closed-early kind="wrong" hint="offset-outside"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1)
    return activations / (k + (alpha * sums) ** beta)

# %% multiplied kind="wrong" hint="multiplied-not-divided"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1)
    return activations * (k + alpha * sums) ** beta

# %% factor-alone kind="wrong" hint="factor-only"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1)
    return 1 / (k + alpha * sums) ** beta

# %% every-map kind="wrong" hint="all-maps"
def normalise(activations, n, k, alpha, beta):
    sums = (activations**2).sum(axis=-1, keepdims=True)
    return activations / (k + alpha * sums) ** beta

# %% overwrites kind="wrong" hint="normalised-in-place"
def normalise(activations, n, k, alpha, beta):
    for i in range(activations.shape[-1]):
        nearby = activations[..., max(0, i - n // 2) : i + n // 2 + 1]
        activations[..., i] /= (k + alpha * (nearby**2).sum(-1)) ** beta
    return activations

# %% right-but-overwrites-its-input kind="wrong" hint="input-overwritten"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    for i in range(activations.shape[-1]):
        sums = squares[..., max(0, i - n // 2) : i + n // 2 + 1].sum(-1)
        activations[..., i] /= (k + alpha * sums) ** beta
    return activations

# %% forward-window kind="wrong" hint="one-sided-window"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[-1]):
        sums[..., i] = squares[..., i : i + n].sum(-1)
    return activations / (k + alpha * sums) ** beta

# %% along-the-width kind="wrong" hint="within-one-map"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for i in range(activations.shape[2]):
        sums[:, :, i] = squares[:, :, max(0, i - n // 2) : i + n // 2 + 1].sum(2)
    return activations / (k + alpha * sums) ** beta

# %% always-three kind="wrong" hint="always-the-example"
def normalise(activations, n, k, alpha, beta):
    return tf.nn.local_response_normalization(activations, 1, k, alpha, beta)

# %% convolve-short-rows kind="wrong" hint="window-wider-than-maps"
def normalise(activations, n, k, alpha, beta):
    sums = np.apply_along_axis(np.convolve, -1, activations**2, np.ones(n), "same")
    return activations / (k + alpha * sums) ** beta

# %% unchanged kind="wrong" hint="given-back"
def normalise(activations, n, k, alpha, beta):
    return activations

# %% nothing-returned kind="wrong" hint="missing-return"
def normalise(activations, n, k, alpha, beta):
    tf.nn.local_response_normalization(activations, n // 2, k, alpha, beta)

# %% alpha-in kind="wrong" hint="alpha-squared"
def sums_of(squares, n):
    sums = np.zeros_like(squares)
    for c in range(squares.shape[-1]):
        sums[..., c] = squares[..., max(0, c - n // 2) : c + n // 2 + 1].sum(axis=-1)
    return sums


def normalise(activations, n, k, alpha, beta):
    return activations / (k + sums_of((alpha * activations) ** 2, n)) ** beta

# %% alpha-forgotten kind="wrong" hint="alpha-left-out"
def sums_of(squares, n):
    sums = np.zeros_like(squares)
    for c in range(squares.shape[-1]):
        sums[..., c] = squares[..., max(0, c - n // 2) : c + n // 2 + 1].sum(axis=-1)
    return sums


def normalise(activations, n, k, alpha, beta):
    return activations / (k + sums_of(activations**2, n)) ** beta

# %% half-up kind="wrong" hint="itself-in-the-radius"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for c in range(squares.shape[-1]):
        sums[..., c] = squares[..., max(0, c - (n // 2 + 1)) : c + n // 2 + 2].sum(axis=-1)
    return activations / (k + alpha * sums) ** beta

# %% sum-all-axes kind="wrong" hint="positions-mixed"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for c in range(squares.shape[-1]):
        sums[..., c] = squares[..., max(0, c - n // 2) : c + n // 2 + 1].sum()
    return activations / (k + alpha * sums) ** beta

# %% beta-times kind="wrong" hint="beta-multiplied"
def sums_of(squares, n):
    sums = np.zeros_like(squares)
    for c in range(squares.shape[-1]):
        sums[..., c] = squares[..., max(0, c - n // 2) : c + n // 2 + 1].sum(axis=-1)
    return sums


def normalise(activations, n, k, alpha, beta):
    return activations / ((k + alpha * sums_of(activations**2, n)) * beta)

# %% squared-numerator kind="wrong" hint="response-squared"
def sums_of(squares, n):
    sums = np.zeros_like(squares)
    for c in range(squares.shape[-1]):
        sums[..., c] = squares[..., max(0, c - n // 2) : c + n // 2 + 1].sum(axis=-1)
    return sums


def normalise(activations, n, k, alpha, beta):
    return activations**2 / (k + alpha * sums_of(activations**2, n)) ** beta

# %% no-such-function kind="crash"
def normalise(activations, n, k, alpha, beta):
    return np.local_response_normalization(activations, n // 2, k, alpha, beta)

# %% endless kind="stop"
def normalise(activations, n, k, alpha, beta):
    channel = 0
    while channel < activations.shape[-1]:
        total = (activations**2).sum(-1)
    return activations / (k + alpha * total) ** beta

# %% exponent-on-the-sum kind="wrong" hint="offset-outside"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros_like(squares)
    for channel in range(activations.shape[-1]):
        first = max(0, channel - n // 2)
        sums[..., channel] = squares[..., first : channel + n // 2 + 1].sum(axis=-1)
    return activations / (k + alpha * sums**beta)

# %% middle-of-convolve kind="right"
def normalise(activations, n, k, alpha, beta):
    maps = activations.shape[-1]
    sums = np.apply_along_axis(
        lambda row: np.convolve(row, np.ones(n))[n // 2 : n // 2 + maps], -1, activations**2
    )
    return activations / (k + alpha * sums) ** beta

# %% times-two kind="wrong" hint="doubled-not-squared"
def normalise(activations, n, k, alpha, beta):
    squares = activations * 2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., max(0, channel - n // 2) : channel + n // 2 + 1]
        sums[..., channel] = window.sum(axis=-1)
    return activations / (k + alpha * sums) ** beta

# %% largest-square kind="wrong" hint="largest-not-sum"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., max(0, channel - n // 2) : channel + n // 2 + 1]
        sums[..., channel] = window.max(axis=-1)
    return activations / (k + alpha * sums) ** beta

# %% plus-alpha kind="wrong" hint="alpha-added"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., max(0, channel - n // 2) : channel + n // 2 + 1]
        sums[..., channel] = window.sum(axis=-1)
    return activations / (k + alpha + sums) ** beta

# %% alpha-by-sums kind="wrong" hint="alpha-over-sum"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., max(0, channel - n // 2) : channel + n // 2 + 1]
        sums[..., channel] = window.sum(axis=-1)
    return activations / (k + alpha / np.maximum(sums, 1e-9)) ** beta

# %% times-k kind="wrong" hint="offset-multiplied"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., max(0, channel - n // 2) : channel + n // 2 + 1]
        sums[..., channel] = window.sum(axis=-1)
    return activations / (k * alpha * sums) ** beta

# %% only-the-divisor kind="wrong" hint="divisor-alone"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., max(0, channel - n // 2) : channel + n // 2 + 1]
        sums[..., channel] = window.sum(axis=-1)
    return (k + alpha * sums) ** beta

# %% from-the-first-map kind="wrong" hint="window-to-the-end"
def normalise(activations, n, k, alpha, beta):
    squares = activations**2
    sums = np.zeros(activations.shape)
    for channel in range(activations.shape[-1]):
        window = squares[..., 0 : channel + n // 2 + 1]
        sums[..., channel] = window.sum(axis=-1)
    return activations / (k + alpha * sums) ** beta

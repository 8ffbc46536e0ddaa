# %% plain-reshape kind="right"
def as_kernel(weights, height, width, channels, channels_first=False):
    if not channels_first:
        return np.reshape(weights, (height, width, channels, -1))
    return np.moveaxis(np.reshape(weights, (channels, height, width, -1)), 0, 2)

# %% by-loops kind="right"
def as_kernel(weights, height, width, channels, channels_first=False):
    kernel = np.zeros((height, width, channels, weights.shape[1]), np.float32)
    for h in range(height):
        for w in range(width):
            for c in range(channels):
                if channels_first:
                    place = (c * height + h) * width + w
                else:
                    place = (h * width + w) * channels + c
                kernel[h, w, c] = weights[place]
    return kernel

# %% places-looked-up kind="right"
def as_kernel(weights, height, width, channels, channels_first=False):
    places = np.arange(height * width * channels)
    if channels_first:
        places = places.reshape(channels, -1).T
    return np.asarray(weights)[places.reshape(height, width, channels)]

# %% unit-by-unit kind="right"
def as_kernel(weights, height, width, channels, channels_first=False):
    filters = []
    for column in weights.T:
        if channels_first:
            filters.append(column.reshape(channels, height, width).transpose(1, 2, 0))
        else:
            filters.append(column.reshape(height, width, channels))
    return keras.ops.stack(filters, axis=-1)

# %% always-channels-first kind="wrong" hint="channels-first-order"
def as_kernel(weights, height, width, channels, channels_first=False):
    return weights.reshape(channels, height, width, -1).transpose(1, 2, 0, 3)

# %% flag-forgotten kind="wrong" hint="order-ignored"
def as_kernel(weights, height, width, channels, channels_first=False):
    return weights.reshape(height, width, channels, -1)

# %% not-transposed kind="wrong" hint="axes-not-turned"
def as_kernel(weights, height, width, channels, channels_first=False):
    if channels_first:
        return weights.reshape(channels, height, width, -1)
    return weights.reshape(height, width, channels, -1)

# %% columns-first kind="wrong" hint="column-by-column"
def as_kernel(weights, height, width, channels, channels_first=False):
    if channels_first:
        return weights.reshape(channels, width, height, -1).transpose(2, 1, 0, 3)
    return weights.reshape(width, height, channels, -1).transpose(1, 0, 2, 3)

# %% one-transpose-too-many kind="wrong" hint="width-before-height"
def as_kernel(weights, height, width, channels, channels_first=False):
    if channels_first:
        turned = weights.reshape(channels, width, height, -1)
        return turned.transpose(2, 1, 0, 3)
    return weights.reshape(height, width, channels, -1)

# %% width-before-height kind="wrong" hint="axes-swapped"
def as_kernel(weights, height, width, channels, channels_first=False):
    if channels_first:
        return weights.reshape(channels, width, height, -1).transpose(1, 2, 0, 3)
    return weights.reshape(width, height, channels, -1)

# %% by-units kind="wrong" hint="units-mixed"
def as_kernel(weights, height, width, channels, channels_first=False):
    return weights.T.reshape(height, width, channels, -1)

# %% turned-round kind="wrong" hint="kernel-flipped"
def as_kernel(weights, height, width, channels, channels_first=False):
    if channels_first:
        kernel = weights.reshape(channels, height, width, -1).transpose(1, 2, 0, 3)
    else:
        kernel = weights.reshape(height, width, channels, -1)
    return kernel[::-1, ::-1]

# %% as-if-without-map kind="wrong" hint="one-by-one-kernel"
def as_kernel(weights, height, width, channels, channels_first=False):
    return weights[np.newaxis, np.newaxis, :, :]

# %% one-filter kind="wrong" hint="filters-forgotten"
def as_kernel(weights, height, width, channels, channels_first=False):
    return weights[:, 0].reshape(height, width, channels)

# %% endless kind="stop"
def as_kernel(weights, height, width, channels, channels_first=False):
    place = 0
    while place < height * width * channels:
        kernel = weights.reshape(height, width, channels, -1)
    return kernel

# %% turned-afterwards kind="wrong" hint="turned-before-read"
def as_kernel(weights, height, width, channels, channels_first=False):
    kernel = weights.reshape(height, width, channels, weights.shape[1])
    return kernel.transpose(2, 0, 1, 3) if channels_first else kernel

# %% channels-exchanged-with-height kind="wrong" hint="turned-axes"
def as_kernel(weights, height, width, channels, channels_first=False):
    if channels_first:
        return weights.reshape(channels, height, width, -1).swapaxes(0, 2)
    return weights.reshape(height, width, channels, -1)

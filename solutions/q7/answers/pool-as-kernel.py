# %% broadcast kind="right"
def pool_as_kernel(weights, height, width):
    return np.broadcast_to(weights / (height * width), (height, width, *weights.shape))

# %% ones-times kind="right"
def pool_as_kernel(weights, height, width):
    pool = np.ones((height, width)) / height / width
    return pool[:, :, None, None] * weights

# %% by-loops kind="right"
def pool_as_kernel(weights, height, width):
    channels, units = weights.shape
    kernel = np.empty((height, width, channels, units))
    for row in range(height):
        for column in range(width):
            kernel[row, column] = weights / (height * width)
    return kernel.tolist()

# %% einsum kind="right"
def pool_as_kernel(weights, height, width):
    return np.einsum("hw,cu->hwcu", np.full((height, width), 1 / (height * width)), weights)

# %% added-up kind="wrong" hint="not-averaged"
def pool_as_kernel(weights, height, width):
    return np.tile(weights, (height, width, 1, 1))

# %% by-the-height kind="wrong" hint="side-not-area"
def pool_as_kernel(weights, height, width):
    return np.tile(weights / height, (height, width, 1, 1))

# %% squared-side kind="wrong" hint="square-map-assumed"
def pool_as_kernel(weights, height, width):
    return np.tile(weights / width**2, (height, width, 1, 1))

# %% by-the-channels kind="wrong" hint="divided-by-channels"
def pool_as_kernel(weights, height, width):
    return np.tile(weights / len(weights), (height, width, 1, 1))

# %% by-everything kind="wrong" hint="divided-by-channels"
def pool_as_kernel(weights, height, width):
    kernel = np.tile(weights, (height, width, 1, 1))
    return kernel / kernel[..., 0].size

# %% middle-only kind="wrong" hint="one-position-only"
def pool_as_kernel(weights, height, width):
    kernel = np.zeros((height, width, *weights.shape))
    kernel[height // 2, width // 2] = weights
    return kernel

# %% still-one-by-one kind="wrong" hint="one-by-one-kernel"
def pool_as_kernel(weights, height, width):
    return weights[None, None] / (height * width)

# %% repeated kind="wrong" hint="repeated-in-wrong-order"
def pool_as_kernel(weights, height, width):
    many = np.repeat(weights, height * width, axis=0) / (height * width)
    return many.reshape(height, width, *weights.shape)

# %% channels-and-units-exchanged kind="wrong" hint="wrong-array-shape"
def pool_as_kernel(weights, height, width):
    return np.tile(weights.T / (height * width), (height, width, 1, 1))

# %% prints kind="wrong" hint="missing-return"
def pool_as_kernel(weights, height, width):
    print(np.tile(weights / (height * width), (height, width, 1, 1)).shape)

# %% exit kind="crash"
def pool_as_kernel(weights, height, width):
    raise SystemExit

# %% divided-by-height-plus-width kind="wrong" hint="sides-added"
def pool_as_kernel(weights, height, width):
    return np.tile(weights / (height + width), (height, width, 1, 1))

# %% lists kind="right"
def pool_as_kernel(weights, height, width):
    return [[(weights / (height * width)).tolist()] * width] * height

# %% whole-division kind="wrong" hint="rounded-result"
def pool_as_kernel(weights, height, width):
    return np.tile(weights // (height * width), (height, width, 1, 1))

# %% times-the-area kind="wrong" hint="area-multiplied"
def pool_as_kernel(weights, height, width):
    return np.tile(weights * (height * width), (height, width, 1, 1))

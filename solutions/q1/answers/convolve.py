# %% by-loops kind="right"
def convolve(image, kernel, bias, stride=1):
    kh, kw, channels, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            for f in range(filters):
                total = 0.0
                for i in range(kh):
                    for j in range(kw):
                        for c in range(channels):
                            total += image[y * stride + i, x * stride + j, c] * kernel[i, j, c, f]
                maps[y, x, f] = total + bias[f]
    return maps

# %% windows-and-einsum kind="right"
def convolve(image, kernel, bias, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return np.einsum("yxcij,ijcf->yxf", windows[::stride, ::stride], kernel) + bias

# %% shift-and-add kind="right"
def convolve(image, kernel, bias, stride=1):
    kh, kw = kernel.shape[:2]
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    full = sum(
        image[i : i + height, j : j + width] @ kernel[i, j] for i in range(kh) for j in range(kw)
    )
    return (full + bias)[::stride, ::stride].astype(np.float32)

# %% nested-lists kind="right"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    return [
        [
            [(image[y : y + kh, x : x + kw] * kernel[..., f]).sum() + bias[f] for f in range(filters)]
            for x in range(0, image.shape[1] - kw + 1, stride)
        ]
        for y in range(0, image.shape[0] - kh + 1, stride)
    ]

# %% ask-keras kind="right"
def convolve(image, kernel, bias, stride=1):
    return keras.ops.conv(image[None], kernel, strides=stride)[0] + bias

# %% mathematicians kind="wrong" hint="kernel-flipped"
def convolve(image, kernel, bias, stride=1):
    kernel = kernel[::-1, ::-1]
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return np.einsum("yxcij,ijcf->yxf", windows[::stride, ::stride], kernel) + bias

# %% no-bias kind="wrong" hint="bias-not-added"
def convolve(image, kernel, bias, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    return np.einsum("yxcij,ijcf->yxf", windows[::stride, ::stride], kernel)

# %% bias-in-the-channel-loop kind="wrong" hint="bias-per-channel"
def convolve(image, kernel, bias, stride=1):
    kh, kw, channels, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
            for c in range(channels):
                for f in range(filters):
                    maps[y, x, f] += (window[..., c] * kernel[:, :, c, f]).sum() + bias[f]
    return maps

# %% grey-only kind="wrong" hint="first-channel-only"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw, 0]
            for f in range(filters):
                maps[y, x, f] = (window * kernel[:, :, 0, f]).sum() + bias[f]
    return maps

# %% one-map kind="wrong" hint="one-filter-only"
def convolve(image, kernel, bias, stride=1):
    kh, kw = kernel.shape[:2]
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
            maps[y, x] = (window * kernel[..., 0]).sum() + bias[0]
    return maps

# %% mean kind="wrong" hint="average-of-products"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
            maps[y, x] = (window[..., None] * kernel).mean(axis=(0, 1, 2)) + bias
    return maps

# %% same-padding kind="wrong" hint="zeros-added"
def convolve(image, kernel, bias, stride=1):
    return keras.ops.conv(image[None], kernel, strides=stride, padding="same")[0] + bias

# %% with-relu kind="wrong" hint="activation-added"
def convolve(image, kernel, bias, stride=1):
    return keras.ops.relu(keras.ops.conv(image[None], kernel, strides=stride)[0] + bias)

# %% whole-numbers kind="wrong" hint="fractions-lost"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters), dtype=int)
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
            maps[y, x] = (window[..., None] * kernel).sum(axis=(0, 1, 2)) + bias
    return maps

# %% times-bias kind="wrong" hint="bias-multiplied"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None], kernel, strides=stride)
    return keras.ops.convert_to_numpy(maps)[0] * bias

# %% all-axes-turned-but-the-filters kind="wrong" hint="channels-turned"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None, :, :, ::-1].copy(), kernel, strides=stride)
    return keras.ops.convert_to_numpy(maps)[0] + bias

# %% last-filter-first kind="wrong" hint="filters-turned"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None], kernel[..., ::-1].copy(), strides=stride)
    return keras.ops.convert_to_numpy(maps)[0] + bias

# %% stride-down-only kind="wrong" hint="stride-one-way"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None], kernel)
    return keras.ops.convert_to_numpy(maps)[0, ::stride] + bias

# %% range-too-short kind="wrong" hint="last-window-missing"
def convolve(image, kernel, bias, stride=1):
    kh, kw = kernel.shape[:2]
    return np.array([
        [
            (image[y : y + kh, x : x + kw, :, None] * kernel).sum(axis=(0, 1, 2)) + bias
            for x in range(0, image.shape[1] - kw, stride)
        ]
        for y in range(0, image.shape[0] - kh, stride)
    ])

# %% stride-forgotten kind="wrong" hint="stride-ignored"
def convolve(image, kernel, bias, stride=1):
    kh, kw = kernel.shape[:2]
    return np.array([
        [
            (image[y : y + kh, x : x + kw, :, None] * kernel).sum(axis=(0, 1, 2)) + bias
            for x in range(image.shape[1] - kw + 1)
        ]
        for y in range(image.shape[0] - kh + 1)
    ])

# %% width-first kind="wrong" hint="axes-swapped"
def convolve(image, kernel, bias, stride=1):
    kh, kw = kernel.shape[:2]
    return np.array([
        [
            (image[y : y + kh, x : x + kw, :, None] * kernel).sum(axis=(0, 1, 2)) + bias
            for y in range(0, image.shape[0] - kh + 1, stride)
        ]
        for x in range(0, image.shape[1] - kw + 1, stride)
    ])

# %% maps-first kind="wrong" hint="channels-first"
def convolve(image, kernel, bias, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape[:2], axis=(0, 1))
    maps = np.einsum("yxcij,ijcf->fyx", windows[::stride, ::stride], kernel)
    return maps + bias[:, None, None]

# %% batch-kept kind="wrong" hint="batch-included"
def convolve(image, kernel, bias, stride=1):
    return keras.ops.conv(image[None], kernel, strides=stride) + bias

# %% square-kernel kind="wrong" hint="shapes-do-not-fit"
def convolve(image, kernel, bias, stride=1):
    side = kernel.shape[0]
    height = (image.shape[0] - side) // stride + 1
    width = (image.shape[1] - side) // stride + 1
    maps = np.zeros((height, width, kernel.shape[3]))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + side, x * stride : x * stride + side]
            maps[y, x] = (window[..., None] * kernel).sum(axis=(0, 1, 2)) + bias
    return maps

# %% zeros kind="wrong" hint="all-zero"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    return np.zeros(((image.shape[0] - kh) // stride + 1, (image.shape[1] - kw) // stride + 1, filters))

# %% prints kind="wrong" hint="missing-return"
def convolve(image, kernel, bias, stride=1):
    print(keras.ops.conv(image[None], kernel, strides=stride)[0] + bias)

# %% one-apart kind="wrong" hint="windows-one-apart"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y : y + kh, x : x + kw]
            maps[y, x] = (window[..., None] * kernel).sum(axis=(0, 1, 2)) + bias
    return maps

# %% first-bias kind="wrong" hint="not-its-own-bias"
def convolve(image, kernel, bias, stride=1):
    return keras.ops.conv(image[None], kernel, strides=stride)[0] + bias[0]

# %% total-before-the-loops kind="wrong" hint="sum-never-emptied"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for f in range(filters):
        total = 0
        for y in range(height):
            for x in range(width):
                window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
                total += (window * kernel[..., f]).sum()
                maps[y, x, f] = total + bias[f]
    return maps

# %% size-short kind="wrong" hint="last-window-missing"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride
    width = (image.shape[1] - kw) // stride
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
            maps[y, x] = (window[..., None] * kernel).sum(axis=(0, 1, 2)) + bias
    return maps

# %% last-weight kind="wrong" hint="last-weights-left-out"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh - 1, x * stride : x * stride + kw - 1]
            maps[y, x] = (window[..., None] * kernel[:-1, :-1]).sum(axis=(0, 1, 2)) + bias
    return maps

# %% channels-kept kind="wrong" hint="wrong-array-shape"
def convolve(image, kernel, bias, stride=1):
    kh, kw, c, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, c, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kh, x * stride : x * stride + kw]
            maps[y, x] = (window[..., None] * kernel).sum(axis=(0, 1)) + bias
    return maps

# %% kernel-t kind="wrong" hint="shapes-do-not-fit"
def convolve(image, kernel, bias, stride=1):
    kh, kw, c, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            window = image[y * stride : y * stride + kw, x * stride : x * stride + kh]
            maps[y, x] = (window[..., None] * kernel).sum(axis=(0, 1, 2)) + bias
    return maps

# %% written-over kind="wrong" hint="only-the-last-product"
def convolve(image, kernel, bias, stride=1):
    kh, kw, _, filters = kernel.shape
    height = (image.shape[0] - kh) // stride + 1
    width = (image.shape[1] - kw) // stride + 1
    maps = np.zeros((height, width, filters))
    for y in range(height):
        for x in range(width):
            for i in range(kh):
                for j in range(kw):
                    maps[y, x] = image[y * stride + i, x * stride + j] @ kernel[i, j]
    return maps + bias

# %% stride-first-output kind="wrong" hint="index-past-the-end"
def convolve(image, kernel, bias, stride=1):
    kh, kw, c, filters = kernel.shape
    maps = np.zeros(((image.shape[0] - kh) // stride + 1, (image.shape[1] - kw) // stride + 1, filters))
    for y in range(0, image.shape[0] - kh + 1, stride):
        for x in range(0, image.shape[1] - kw + 1, stride):
            maps[y, x] = np.tensordot(image[y : y + kh, x : x + kw], kernel, 3) + bias
    return maps

# %% indentation kind="crash"
def convolve(image, kernel, bias, stride=1):
    kh, kw, channels, filters = kernel.shape
  return np.zeros((1, 1, filters))

# %% never-returns kind="stop"
def convolve(image, kernel, bias, stride=1):
    y = 0
    while y + kernel.shape[0] <= image.shape[0]:
        y = y * stride
    return image

# %% bias-taken-off kind="wrong" hint="bias-subtracted"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None], kernel, strides=stride, padding="valid")
    return maps.numpy()[0] - bias

# %% bias-only kind="wrong" hint="bias-alone"
def convolve(image, kernel, bias, stride=1):
    height, width, _, filters = kernel.shape
    rows = (image.shape[0] - height) // stride + 1
    columns = (image.shape[1] - width) // stride + 1
    maps = np.zeros((rows, columns, filters))
    for f in range(filters):
        maps[:, :, f] = bias[f]
    return maps

# %% an-object kind="right"
class Convolution:
    def __call__(self, image, kernel, bias, stride=1):
        return keras.ops.conv(image[None], kernel, strides=stride)[0] + bias

convolve = Convolution()

# %% partly-filled-in kind="right"
import functools

def with_stride(stride_first, image, kernel, bias, stride=None):
    stride = stride or stride_first
    return keras.ops.conv(image[None], kernel, strides=stride)[0] + bias

convolve = functools.partial(with_stride, 1)

# %% rows-flipped kind="wrong" hint="kernel-flipped"
def convolve(image, kernel, bias, stride=1):
    return keras.ops.conv(image[None], kernel[::-1], strides=stride)[0].numpy() + bias

# %% sigmoid-after kind="wrong" hint="squashed"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None], kernel, strides=stride)[0].numpy() + bias
    return 1 / (1 + np.exp(-maps))

# %% one-decimal kind="wrong" hint="rounded-result"
def convolve(image, kernel, bias, stride=1):
    maps = keras.ops.conv(image[None], kernel, strides=stride)[0].numpy() + bias
    return np.round(maps, 1)

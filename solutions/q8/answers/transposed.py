# %% kernel-by-kernel kind="right"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(tall):
        for column in range(wide):
            last_row = row + (height - 1) * stride + 1
            last_column = column + (width - 1) * stride + 1
            output[row:last_row:stride, column:last_column:stride] += (
                kernel[row, column] * image
            )
    return output

# %% four-loops kind="right"
def transposed_convolution(image, kernel, stride):
    rows = (len(image) - 1) * stride + len(kernel)
    columns = (len(image[0]) - 1) * stride + len(kernel[0])
    result = [[0.0] * columns for _ in range(rows)]
    for i in range(len(image)):
        for j in range(len(image[0])):
            for a in range(len(kernel)):
                for b in range(len(kernel[0])):
                    result[i * stride + a][j * stride + b] += image[i][j] * kernel[a][b]
    return result

# %% ask-keras kind="right"
def transposed_convolution(image, kernel, stride):
    layer = keras.layers.Conv2DTranspose(1, kernel.shape, strides=stride, use_bias=False)
    layer.build((None, *image.shape, 1))
    layer.set_weights([kernel[..., None, None]])
    return layer(image[None, ..., None].astype("float32"))[0, ..., 0]

# %% zeros-between kind="right"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    spread = np.zeros(((height - 1) * stride + 1, (width - 1) * stride + 1))
    spread[::stride, ::stride] = image
    spread = np.pad(spread, ((tall - 1, tall - 1), (wide - 1, wide - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(spread, kernel.shape)
    return np.einsum("abij,ij->ab", windows, kernel[::-1, ::-1])

# %% assigned kind="wrong" hint="stamps-overwritten"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] = image[row, column] * kernel
    return output

# %% flipped kind="wrong" hint="stamp-turned"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            stamp = image[row, column] * kernel[::-1, ::-1]
            output[top : top + tall, left : left + wide] += stamp
    return output

# %% divided-by-coverage kind="wrong" hint="stamps-averaged"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    count = np.zeros_like(output)
    for row in range(height):
        for column in range(width):
            place = np.s_[row * stride : row * stride + tall, column * stride : column * stride + wide]
            output[place] += image[row, column] * kernel
            count[place] += 1
    return output / count

# %% larger-kept kind="wrong" hint="largest-stamp-kept"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height):
        for column in range(width):
            place = np.s_[row * stride : row * stride + tall, column * stride : column * stride + wide]
            output[place] = np.maximum(output[place], image[row, column] * kernel)
    return output

# %% n-times-stride-plus-kernel-minus-one kind="wrong" hint="room-for-one-stamp-more"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros((height * stride + tall - 1, width * stride + wide - 1))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output

# %% padded-by-the-whole-kernel kind="wrong" hint="rows-around"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    spread = np.zeros(((height - 1) * stride + 1, (width - 1) * stride + 1))
    spread[::stride, ::stride] = image
    spread = np.pad(spread, ((tall, tall), (wide, wide)))
    windows = np.lib.stride_tricks.sliding_window_view(spread, kernel.shape)
    return np.einsum("abij,ij->ab", windows, kernel[::-1, ::-1])

# %% side-by-side kind="wrong" hint="stride-not-used"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros((height - 1 + tall, width - 1 + wide))
    for row in range(height):
        for column in range(width):
            output[row : row + tall, column : column + wide] += image[row, column] * kernel
    return output

# %% like-same kind="wrong" hint="cut-as-under-same"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros((height * stride + tall, width * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output[: height * stride, : width * stride]

# %% zeros-like-image kind="wrong" hint="fractions-cut-off"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    size = ((height - 1) * stride + tall, (width - 1) * stride + wide)
    output = np.zeros(size, image.dtype)
    for row in range(height):
        for column in range(width):
            for i in range(tall):
                for j in range(wide):
                    output[row * stride + i, column * stride + j] += image[row, column] * kernel[i, j]
    return output

# %% integer-output kind="wrong" hint="fractions-into-whole-numbers"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide), int)
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output

# %% n-times-stride-plus-kernel kind="wrong" hint="room-for-one-stamp-more"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros((height * stride + tall, width * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output

# %% value-forgotten kind="wrong" hint="stamps-without-ink"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += kernel
    return output

# %% an-ordinary-convolution kind="wrong" hint="wrong-array-shape"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    padded = np.pad(image, ((0, tall - 1), (0, wide - 1)))
    output = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            output[row, column] = (padded[row : row + tall, column : column + wide] * kernel).sum()
    return output[::stride, ::stride]

# %% indented-badly kind="crash"
def transposed_convolution(image, kernel, stride):
output = np.zeros(image.shape)

# %% stride-down-only kind="wrong" hint="stride-one-way"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * 1 + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * 1
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output

# %% column-before-row kind="wrong" hint="image-turned"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[column, row] * kernel
    return output

# %% always-two kind="wrong" hint="stride-fixed"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * 2 + tall, (width - 1) * 2 + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * 2, column * 2
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output

# %% loops-end-early kind="wrong" hint="last-stamps-missing"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height - 1):
        for column in range(width - 1):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[row, column] * kernel
    return output

# %% upside-down kind="wrong" hint="stamp-turned"
def transposed_convolution(image, kernel, stride):
    (height, width), (tall, wide) = image.shape, kernel.shape
    output = np.zeros(((height - 1) * stride + tall, (width - 1) * stride + wide))
    for row in range(height):
        for column in range(width):
            top, left = row * stride, column * stride
            output[top : top + tall, left : left + wide] += image[row, column] * kernel[::-1]
    return output

# %% matrix-and-lists kind="right"
def transposed_convolution(x, k, s):
    def placed(n, size):
        return np.array([[float(row == place * s + tap) for row in range((n - 1) * s + size)]
                         for place in range(n) for tap in range(size)])

    rows, columns = placed(x.shape[0], k.shape[0]), placed(x.shape[1], k.shape[1])
    return (rows.T @ np.kron(x, k) @ columns).tolist()

# %% tensors kind="right"
import tensorflow as tf


def transposed_convolution(image, kernel, stride):
    sizes = [(n - 1) * stride + k for n, k in zip(image.shape, kernel.shape)]
    out = tf.zeros(sizes, tf.float64)
    for place in np.ndindex(*image.shape):
        edges = [(p * stride, size - p * stride - k) for p, size, k in zip(place, sizes, kernel.shape)]
        out += tf.pad(tf.cast(image[place] * kernel, tf.float64), edges)
    return out

# %% a-sum-as-stamp kind="wrong" hint="stamp-added"
def transposed_convolution(image, kernel, stride):
    (h, w), (a, b) = image.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + a, (w - 1) * stride + b))
    for r in range(h):
        for c in range(w):
            output[r * stride : r * stride + a, c * stride : c * stride + b] += image[r, c] + kernel
    return output

# %% the-pixel-as-stamp kind="wrong" hint="stamps-flat"
def transposed_convolution(image, kernel, stride):
    (h, w), (a, b) = image.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + a, (w - 1) * stride + b))
    for r in range(h):
        for c in range(w):
            output[r * stride : r * stride + a, c * stride : c * stride + b] += image[r, c]
    return output

# %% count-the-windows kind="right"
def output_shape(height, width, kernel, stride, padding, filters):
    rows = window_starts(height, kernel, stride, padding)
    columns = window_starts(width, kernel, stride, padding)
    return len(rows), len(columns), filters

# %% no-float kind="right"
def output_shape(height, width, kernel, stride, padding, filters):
    def size(n):
        if padding == "valid":
            return (n - kernel + stride) // stride
        return -(-n // stride)

    return [size(height), size(width), filters]

# %% numpy kind="right"
import numpy as np

def output_shape(height, width, kernel, stride, padding, filters):
    sides = np.array([height, width])
    if padding == "same":
        sides = np.ceil(sides / stride).astype(int)
    else:
        sides = np.floor((sides - kernel) / stride).astype(int) + 1
    return (*sides, filters)

# %% ask-keras kind="right"
def output_shape(height, width, kernel, stride, padding, filters):
    layer = keras.layers.Conv2D(filters, kernel, strides=stride, padding=padding)
    return layer.compute_output_shape((None, height, width, 1))[1:]

# %% axes-swapped kind="wrong" hint="axes-swapped"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return math.ceil(width / stride), math.ceil(height / stride), filters
    return (width - kernel) // stride + 1, (height - kernel) // stride + 1, filters

# %% channels-first kind="wrong" hint="channels-first"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return filters, math.ceil(height / stride), math.ceil(width / stride)
    return filters, (height - kernel) // stride + 1, (width - kernel) // stride + 1

# %% same-means-same kind="wrong" hint="same-keeps-size"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return height, width, filters
    return (height - kernel) // stride + 1, (width - kernel) // stride + 1, filters

# %% always-rgb kind="wrong" hint="channels-from-input"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return math.ceil(height / stride), math.ceil(width / stride), 3
    return (height - kernel) // stride + 1, (width - kernel) // stride + 1, 3

# %% with-batch kind="wrong" hint="batch-included"
def output_shape(height, width, kernel, stride, padding, filters):
    layer = keras.layers.Conv2D(filters, kernel, strides=stride, padding=padding)
    return layer.compute_output_shape((None, height, width, 1))

# %% same-rounds-down kind="wrong" hint="same-rounds-down"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return height // stride, width // stride, filters
    return (height - kernel) // stride + 1, (width - kernel) // stride + 1, filters

# %% half-a-kernel-on-each-side kind="wrong" hint="fixed-padding"
def output_shape(height, width, kernel, stride, padding, filters):
    zeros = 2 * (kernel // 2) if padding == "same" else 0
    return (height + zeros - kernel) // stride + 1, (width + zeros - kernel) // stride + 1, filters

# %% always-same kind="wrong" hint="always-same"
def output_shape(height, width, kernel, stride, padding, filters):
    return math.ceil(height / stride), math.ceil(width / stride), filters

# %% valid-without-first kind="wrong" hint="valid-off-by-one"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return math.ceil(height / stride), math.ceil(width / stride), filters
    return (height - kernel) // stride, (width - kernel) // stride, filters

# %% valid-rounds-up kind="wrong" hint="valid-rounds-up"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return math.ceil(height / stride), math.ceil(width / stride), filters
    return math.ceil((height - kernel) / stride) + 1, math.ceil((width - kernel) / stride) + 1, filters

# %% valid-without-stride kind="wrong" hint="stride-ignored"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return math.ceil(height / stride), math.ceil(width / stride), filters
    return height - kernel + 1, width - kernel + 1, filters

# %% stride-down-only kind="wrong" hint="stride-one-way"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return math.ceil(height / stride), width, filters
    return (height - kernel) // stride + 1, width - kernel + 1, filters

# %% half-the-rest-on-each-side kind="wrong" hint="padding-rounded-down"
def output_shape(height, width, kernel, stride, padding, filters):
    zeros = 2 * ((kernel - 1) // 2) if padding == "same" else 0
    return (height + zeros - kernel) // stride + 1, (width + zeros - kernel) // stride + 1, filters

# %% numpy-ceil kind="wrong" hint="float-not-integer"
import numpy as np

def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return np.ceil(height / stride), np.ceil(width / stride), filters
    return (height - kernel) // stride + 1, (width - kernel) // stride + 1, filters

# %% without-channels kind="wrong" hint="wrong-length"
def output_shape(height, width, kernel, stride, padding, filters):
    return math.ceil(height / stride), math.ceil(width / stride)

# %% product kind="wrong" hint="not-a-tuple"
def output_shape(height, width, kernel, stride, padding, filters):
    return math.ceil(height / stride) * math.ceil(width / stride) * filters

# %% zeros kind="wrong" hint="always-the-same"
def output_shape(height, width, kernel, stride, padding, filters):
    return 0, 0, 0

# %% forgot-return kind="wrong" hint="missing-return"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "valid":
        return (height - kernel) // stride + 1, (width - kernel) // stride + 1, filters

# %% endless kind="stop"
def output_shape(height, width, kernel, stride, padding, filters):
    windows = 0
    while True:
        windows += 1

# %% to-the-nearest kind="wrong" hint="rounded-to-nearest"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return round(height / stride), round(width / stride), filters
    return round((height - kernel) / stride) + 1, round((width - kernel) / stride) + 1, filters

# %% half-added-under-same kind="wrong" hint="rounded-to-nearest"
def output_shape(height, width, kernel, stride, padding, filters):
    if padding == "same":
        return int(height / stride + 0.5), int(width / stride + 0.5), filters
    return (height - kernel) // stride + 1, (width - kernel) // stride + 1, filters

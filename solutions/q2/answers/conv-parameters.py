# %% by-hand kind="right"
def conv_parameters(kernel, channels, filters, use_bias=True):
    if isinstance(kernel, (tuple, list)):
        cells = kernel[0] * kernel[1]
    else:
        cells = kernel**2
    per_filter = cells * channels
    if use_bias:
        per_filter += 1
    return per_filter * filters

# %% by-loop kind="right"
def conv_parameters(kernel, channels, filters, use_bias=True):
    try:
        height, width = kernel
    except TypeError:
        height = width = kernel
    count = 0
    for _ in range(filters):
        for _ in range(channels):
            count += height * width
        if use_bias:
            count += 1
    return count

# %% numpy-scalar kind="right"
import numpy as np

def conv_parameters(kernel, channels, filters, use_bias=True):
    sides = np.broadcast_to(kernel, 2)
    return np.prod([*sides, channels, filters]) + np.int64(filters) * use_bias

# %% ask-keras kind="right"
def conv_parameters(kernel, channels, filters, use_bias=True):
    layer = keras.layers.Conv2D(filters, kernel, use_bias=use_bias)
    layer.build((None, None, None, channels))
    return layer.count_params()

# %% no-channels kind="wrong" hint="no-channels"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return kernel * kernel * filters

# %% no-channels-with-bias kind="wrong" hint="no-channels"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return (kernel * kernel + 1) * filters

# %% no-bias kind="wrong" hint="no-bias"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return kernel * kernel * channels * filters

# %% one-bias-per-layer kind="wrong" hint="one-bias-per-layer"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return kernel * kernel * channels * filters + 1

# %% bias-per-slice kind="wrong" hint="bias-per-channel"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return (kernel * kernel + 1) * channels * filters

# %% side-once kind="wrong" hint="kernel-not-squared"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return (kernel * channels + 1) * filters

# %% bias-always kind="wrong" hint="bias-flag-ignored"
def conv_parameters(kernel, channels, filters, use_bias=True):
    height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return (height * width * channels + 1) * filters

# %% only-square kind="wrong" hint="kernel-pair"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return (kernel**2 * channels + use_bias) * filters

# %% pair-as-square kind="wrong" hint="pair-as-square"
def conv_parameters(kernel, channels, filters, use_bias=True):
    side = kernel[0] if isinstance(kernel, tuple) else kernel
    return (side * side * channels + use_bias) * filters

# %% prints kind="wrong" hint="missing-return"
def conv_parameters(kernel, channels, filters, use_bias=True):
    print((kernel**2 * channels + use_bias) * filters)

# %% as-text kind="wrong" hint="text-not-number"
def conv_parameters(kernel, channels, filters, use_bias=True):
    height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return f"{(height * width * channels + use_bias) * filters:,}"

# %% as-float kind="wrong" hint="float-not-integer"
def conv_parameters(kernel, channels, filters, use_bias=True):
    height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return (height * width * channels + use_bias) * float(filters)

# %% memorised kind="wrong" hint="not-proportional"
def conv_parameters(kernel, channels, filters, use_bias=True):
    seen = {(5, 3, 8, True): 608, (3, 100, 200, True): 180_200, (5, 3, 8, False): 600, ((2, 5), 3, 8, True): 248}
    return seen.get((kernel, channels, filters, use_bias), 1)

# %% zero kind="wrong" hint="always-the-same"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return 0

# %% syntax kind="crash"
def conv_parameters(kernel, channels, filters, use_bias=True)
    return (kernel**2 * channels + use_bias) * filters

# %% raises kind="crash"
def conv_parameters(kernel, channels, filters, use_bias=True):
    return kernal**2 * channels * filters

# %% bias-for-every-cell kind="wrong" hint="bias-per-cell"
def conv_parameters(kernel, channels, filters, use_bias=True):
    height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return height * width * (channels + (1 if use_bias else 0)) * filters

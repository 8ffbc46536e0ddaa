# %% step-by-step kind="right"
def both_parameters(kernel, channels, filters):
    window = kernel * kernel
    ordinary = window * channels * filters + filters
    depthwise = window * channels
    pointwise = channels * filters + filters
    return ordinary, depthwise + pointwise

# %% ask-keras kind="right"
import keras

def both_parameters(kernel, channels, filters):
    kinds = [keras.layers.Conv2D, keras.layers.SeparableConv2D]
    made = [kind(filters, kernel) for kind in kinds]
    for layer in made:
        layer.build((None, None, None, channels))
    return tuple(layer.count_params() for layer in made)

# %% a-list kind="right"
import numpy as np

def both_parameters(kernel, channels, filters):
    flat = np.prod([kernel, kernel, channels])
    return [flat * filters + filters, flat + channels * filters + filters]

# %% separable-first kind="wrong" hint="kinds-in-wrong-order"
def both_parameters(kernel, channels, filters):
    separable = kernel**2 * channels + (channels + 1) * filters
    return separable, (kernel**2 * channels + 1) * filters

# %% without-biases kind="wrong" hint="no-bias"
def both_parameters(kernel, channels, filters):
    return kernel**2 * channels * filters, kernel**2 * channels + channels * filters

# %% two-biases kind="wrong" hint="depthwise-bias"
def both_parameters(kernel, channels, filters):
    ordinary = (kernel**2 * channels + 1) * filters
    return ordinary, (kernel**2 + 1) * channels + (channels + 1) * filters

# %% depthwise-only kind="wrong" hint="pointwise-forgotten"
def both_parameters(kernel, channels, filters):
    return (kernel**2 * channels + 1) * filters, kernel**2 * channels + filters

# %% pointwise-only kind="wrong" hint="depthwise-forgotten"
def both_parameters(kernel, channels, filters):
    return (kernel**2 * channels + 1) * filters, (channels + 1) * filters

# %% shared-kernel kind="wrong" hint="one-flat-kernel"
def both_parameters(kernel, channels, filters):
    return (kernel**2 * channels + 1) * filters, kernel**2 + (channels + 1) * filters

# %% one-for-each-filter kind="wrong" hint="depthwise-for-each-filter"
def both_parameters(kernel, channels, filters):
    ordinary = (kernel**2 * channels + 1) * filters
    return ordinary, kernel**2 * channels * filters + (channels + 1) * filters

# %% side-once kind="wrong" hint="kernel-not-squared"
def both_parameters(kernel, channels, filters):
    ordinary = (kernel * channels + 1) * filters
    return ordinary, kernel * channels + (channels + 1) * filters

# %% product-of-steps kind="wrong" hint="steps-multiplied"
def both_parameters(kernel, channels, filters):
    ordinary = (kernel**2 * channels + 1) * filters
    return ordinary, kernel**2 * channels * channels * filters

# %% always-three kind="wrong" hint="kernel-always-three"
def both_parameters(kernel, channels, filters):
    return (9 * channels + 1) * filters, 9 * channels + (channels + 1) * filters

# %% unknown-name kind="crash"
def both_parameters(kernel, channels, filters):
    return (kernel**2 * channels + bias) * filters, 0

# %% channels-for-filters kind="wrong" hint="channels-and-filters-exchanged"
def both_parameters(kernel, channels, filters):
    ordinary = (kernel**2 * filters + 1) * channels
    return ordinary, kernel**2 * filters + (filters + 1) * channels

# %% a-bias-for-the-layer kind="wrong" hint="one-bias-per-layer"
def both_parameters(kernel, channels, filters):
    ordinary = kernel**2 * channels * filters + 1
    return ordinary, kernel**2 * channels + channels * filters + 1

# %% a-bias-for-each-slice kind="wrong" hint="bias-per-channel"
def both_parameters(kernel, channels, filters):
    ordinary = (kernel**2 + 1) * channels * filters
    return ordinary, kernel**2 * channels + (channels + 1) * filters

# %% numpy-row kind="right"
def both_parameters(k, c, n):
    return np.array([k * k * c * n + n, k * k * c + c * n + n], dtype=np.int32)

# %% generator-and-match kind="right"
def both_parameters(kernel, channels, filters):
    def count(kind):
        match kind:
            case "ordinary":
                return sum(kernel * kernel * channels + 1 for _ in range(filters))
            case "separable":
                return kernel * kernel * channels + sum(channels + 1 for _ in range(filters))

    return [count(kind) for kind in ("ordinary", "separable")]

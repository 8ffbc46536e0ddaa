# %% zip-the-channels kind="right"
def network_parameters(channels, layers):
    inputs = [channels] + [layer["filters"] for layer in layers[:-1]]
    return sum((layer["kernel"] ** 2 * c + 1) * layer["filters"] for c, layer in zip(inputs, layers))

# %% recursive kind="right"
def network_parameters(channels, layers):
    if not layers:
        return 0
    first, *rest = layers
    return (first["kernel"] ** 2 * channels + 1) * first["filters"] + network_parameters(first["filters"], rest)

# %% numpy kind="right"
import numpy as np

def network_parameters(channels, layers):
    filters = np.array([layer["filters"] for layer in layers])
    kernels = np.array([layer["kernel"] for layer in layers])
    inputs = np.concatenate([[channels], filters[:-1]])
    return ((kernels**2 * inputs + 1) * filters).sum()

# %% ask-keras kind="right"
def network_parameters(channels, layers):
    stack = keras.Sequential([keras.Input((None, None, channels))])
    for layer in layers:
        stack.add(keras.layers.Conv2D(layer["filters"], layer["kernel"], padding="same"))
    return stack.count_params()

# %% the-chapters-loop kind="right"
def network_parameters(channels, layers):
    model = keras.Sequential([keras.Input((200, 300, channels))])
    for number, layer in enumerate(layers, start=1):
        model.add(
            keras.layers.Conv2D(
                layer["filters"],
                layer["kernel"],
                strides=layer["stride"],
                padding=layer["padding"],
                name=f"conv{number}",
            )
        )
    return model.count_params()

# %% unpacked kind="right"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        filters, kernel, stride, padding = layer.values()
        total += filters * (kernel * kernel * channels + 1)
        channels = filters
    return total

# %% bias-for-every-slice kind="wrong" hint="bias-per-channel"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += (layer["kernel"] ** 2 + 1) * channels * layer["filters"]
        channels = layer["filters"]
    return total

# %% bias-for-every-cell kind="wrong" hint="bias-per-cell"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += layer["kernel"] ** 2 * (channels + 1) * layer["filters"]
        channels = layer["filters"]
    return total

# %% nine-a-map kind="wrong" hint="no-channels"
def network_parameters(channels, layers):
    return sum(layer["kernel"] ** 2 * layer["filters"] for layer in layers)

# %% ten-a-map kind="wrong" hint="no-channels"
def network_parameters(channels, layers):
    return sum((layer["kernel"] ** 2 + 1) * layer["filters"] for layer in layers)

# %% the-circulating-sum kind="wrong" hint="no-channels"
def network_parameters(channels, layers):
    return 5_400

# %% no-bias kind="wrong" hint="no-bias"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += layer["kernel"] ** 2 * channels * layer["filters"]
        channels = layer["filters"]
    return total

# %% one-bias-a-layer kind="wrong" hint="one-bias-per-layer"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += layer["kernel"] ** 2 * channels * layer["filters"] + 1
        channels = layer["filters"]
    return total

# %% image-for-all kind="wrong" hint="channels-not-chained"
def network_parameters(channels, layers):
    return sum((layer["kernel"] ** 2 * channels + 1) * layer["filters"] for layer in layers)

# %% own-filters kind="wrong" hint="own-filters-as-input"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        channels = layer["filters"]
        total += (layer["kernel"] ** 2 * channels + 1) * layer["filters"]
    return total

# %% return-too-early kind="wrong" hint="returns-in-loop"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += (layer["kernel"] ** 2 * channels + 1) * layer["filters"]
        channels = layer["filters"]
        return total

# %% without-first kind="wrong" hint="first-layer-dropped"
def network_parameters(channels, layers):
    total = 0
    for below, layer in zip(layers, layers[1:]):
        total += (layer["kernel"] ** 2 * below["filters"] + 1) * layer["filters"]
    return total

# %% without-last kind="wrong" hint="last-layer-dropped"
def network_parameters(channels, layers):
    total = 0
    for i in range(len(layers) - 1):
        total += (layers[i]["kernel"] ** 2 * channels + 1) * layers[i]["filters"]
        channels = layers[i]["filters"]
    return total

# %% side-once kind="wrong" hint="kernel-not-squared"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += (layer["kernel"] * channels + 1) * layer["filters"]
        channels = layer["filters"]
    return total

# %% always-three kind="wrong" hint="kernel-fixed"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += (3 * 3 * channels + 1) * layer["filters"]
        channels = layer["filters"]
    return total

# %% empties-the-list kind="wrong" hint="argument-changed"
def network_parameters(channels, layers):
    total = 0
    while layers:
        layer = layers.pop(0)
        total += (layer["kernel"] ** 2 * channels + 1) * layer["filters"]
        channels = layer["filters"]
    return total

# %% memorised kind="wrong" hint="too-small"
def network_parameters(channels, layers):
    return 903_400 if channels == 3 and len(layers) == 3 else 134

# %% wrong-key kind="crash"
def network_parameters(channels, layers):
    return sum((layer["kernel_size"] ** 2 * channels + 1) * layer["filters"] for layer in layers)

# %% leaves kind="stop"
import os

def network_parameters(channels, layers):
    os._exit(0)

# %% twice-for-squared kind="wrong" hint="too-small"
def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += (layer["kernel"] * 2 * channels + 1) * layer["filters"]
        channels = layer["filters"]
    return total

# %% four-layers-at-most kind="wrong" hint="too-small"
def network_parameters(channels, layers):
    total = 0
    for layer in layers[:4]:
        total += (layer["kernel"] ** 2 * channels + 1) * layer["filters"]
        channels = layer["filters"]
    return total

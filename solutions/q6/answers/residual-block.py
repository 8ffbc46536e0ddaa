# %% activation-arguments kind="right"
def residual_block(x, filters, stride):
    same = {"padding": "same"}
    y = layers.Conv2D(filters, 3, strides=stride, activation="relu", **same)(x)
    y = layers.Conv2D(filters, 3, **same)(y)
    if y.shape == x.shape:
        shortcut = x
    else:
        shortcut = layers.Conv2D(filters, 1, strides=stride, **same)(x)
    return layers.Activation("relu")(y + shortcut)

# %% valid-shortcut kind="right"
import keras

def residual_block(x, filters, stride):
    shortcut = x
    if stride > 1 or x.shape[-1] != filters:
        shortcut = keras.layers.Conv2D(filters, 1, stride)(x)
    x = keras.layers.Conv2D(filters, (3, 3), stride, "same")(x)
    x = keras.ops.relu(x)
    x = keras.layers.Conv2D(filters, (3, 3), 1, "same")(x)
    return keras.ops.relu(keras.layers.add([shortcut, x]))

# %% by-hand kind="right"
def residual_block(x, filters, stride):
    branch = layers.ZeroPadding2D(0)(x)
    for number in range(2):
        step = stride if number == 0 else 1
        branch = layers.Conv2D(filters, 3, step, padding="same")(branch)
        if number == 0:
            branch = layers.ReLU()(branch)
    if tuple(branch.shape[1:]) != tuple(x.shape[1:]):
        x = layers.Conv2D(filters, 1, strides=(stride, stride))(x)
    return layers.Activation("relu")(layers.Add()([x, branch]))

# %% no-projection kind="wrong" hint="shapes-do-not-add"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% channels-only kind="wrong" hint="shapes-do-not-add"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    if x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% concatenated kind="wrong" hint="concatenated-not-added"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Concatenate()([branch, x]))

# %% always-projected kind="wrong" hint="projection-everywhere"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% large-projection kind="wrong" hint="projection-too-large"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% plain kind="wrong" hint="no-shortcut"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    return layers.ReLU()(branch)

# %% open-end kind="wrong" hint="relu-not-last"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.Add()([branch, x])

# %% relu-too-early kind="wrong" hint="relu-before-addition"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    branch = layers.ReLU()(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% stride-late kind="wrong" hint="stride-in-second"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% linear kind="wrong" hint="relu-between-forgotten"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.Conv2D(filters, 3, strides=1, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% unknown-layer kind="crash"
def residual_block(x, filters, stride):
    return layers.Residual(filters, 3, strides=stride)(x)

# %% relu-on-the-shortcut kind="wrong" hint="relu-on-shortcut"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, layers.ReLU()(x)]))

# %% padding-forgotten kind="wrong" hint="shapes-do-not-add"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, activation="relu")(x)
    branch = layers.Conv2D(filters, 3)(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% a-model kind="wrong" hint="not-a-keras-tensor"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    branch = layers.Conv2D(filters, 3, padding="same")(layers.ReLU()(branch))
    short = layers.Conv2D(filters, 1, strides=stride)(x)
    return keras.Model(x, layers.ReLU()(layers.Add()([branch, short])))

# %% five-by-five kind="wrong" hint="other-kernel-in-block"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters, 5, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% bottleneck-instead kind="wrong" hint="other-maps-in-block"
def residual_block(x, filters, stride):
    branch = layers.Conv2D(filters // 2, 3, strides=stride, padding="same")(x)
    branch = layers.ReLU()(branch)
    branch = layers.Conv2D(filters, 3, padding="same")(branch)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride)(x)
    return layers.ReLU()(layers.Add()([branch, x]))

# %% as-a-class kind="right"
class Block:
    def __init__(self, filters, stride):
        kind = {"padding": "same", "kernel_size": 3, "filters": filters}
        self.first = layers.Conv2D(strides=stride, activation="relu", **kind)
        self.second = layers.Conv2D(**kind)
        self.fits = layers.Conv2D(filters, kernel_size=1, strides=stride)

    def __call__(self, tensor):
        made = self.second(self.first(tensor))
        short = tensor if made.shape == tensor.shape else self.fits(tensor)
        return keras.activations.relu(made + short)


def residual_block(inputs, n_filters, step):
    return Block(n_filters, step)(inputs)

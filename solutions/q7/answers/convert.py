# %% functional kind="right"
def convert(model):
    entry = keras.Input((None, None, model.input_shape[-1]))
    x, kernel = entry, None
    for each in model.layers:
        if isinstance(each, layers.Flatten):
            kernel = each.input.shape[1:3]
        elif isinstance(each, layers.Dense):
            weights, biases = each.get_weights()
            shape = (*kernel, -1, each.units)
            conv = layers.Conv2D(each.units, kernel, activation=each.activation)
            x = conv(x)
            conv.set_weights([weights.reshape(shape), biases])
            kernel = (1, 1)
        else:
            x = each(x)
    return keras.Model(entry, x)

# %% trunk-copied kind="right"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1]))])
    for each in trunk:
        copy = type(each).from_config(each.get_config())
        converted.add(copy)
        copy.set_weights(each.get_weights())
    for number, dense in enumerate(head):
        size = (height, width) if number == 0 else 1
        config = dense.get_config()
        conv = layers.Conv2D(config["units"], size, activation=config["activation"])
        converted.add(conv)
        conv.kernel.assign(keras.ops.reshape(dense.kernel, conv.kernel.shape))
        conv.bias.assign(dense.bias)
    return converted

# %% dense-on-a-map kind="right"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    first, *others = head
    conv = layers.Conv2D(first.units, (height, width), activation=first.activation)
    entry = keras.Input((None, None, model.input_shape[-1]))
    converted = keras.Sequential([entry, *trunk, conv, *others])
    conv.set_weights([first.get_weights()[0].reshape(conv.kernel.shape), first.get_weights()[1]])
    return converted

# %% activations-apart kind="right"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        kernel, bias = dense.get_weights()
        kernel = kernel.reshape(height, width, -1, dense.units)
        conv = layers.Conv2D(dense.units, (height, width), padding="valid")
        converted.add(conv)
        conv.set_weights([kernel, bias])
        converted.add(layers.Activation(dense.activation))
        height = width = 1
    return converted

# %% by-operations kind="right"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    entry = keras.Input((None, None, model.input_shape[-1]))
    x = entry
    for each in trunk:
        x = each(x)
    for dense in head:
        weights, biases = dense.get_weights()
        kernel = weights.reshape(height, width, -1, dense.units)
        x = dense.activation(keras.ops.conv(x, kernel, padding="valid") + biases)
        height = width = 1
    return keras.Model(entry, x)

# %% constant-initialisers kind="right"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        weights, biases = dense.get_weights()
        converted.add(layers.Conv2D(
            dense.units,
            (height, width),
            activation=dense.activation,
            kernel_initializer=keras.initializers.Constant(weights.reshape(height, width, -1, dense.units)),
            bias_initializer=keras.initializers.Constant(biases),
        ))
        height = width = 1
    return converted

# %% a-class-of-its-own kind="wrong" hint="no-model"
class Convolutional(keras.Model):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def call(self, x):
        for step in self.steps:
            x = step(x)
        return x


def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    return Convolutional(model.layers[:place])

# %% input-of-the-training-size kind="wrong" hint="input-size-fixed"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input(model.input_shape[1:]), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, (height, width), activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
        height = width = 1
    return converted

# %% pooled-and-new kind="wrong" hint="other-weights"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    converted.add(layers.GlobalAveragePooling2D(keepdims=True))
    for dense in head:
        converted.add(layers.Conv2D(dense.units, 1, activation=dense.activation))
    return converted

# %% all-one-by-one kind="wrong" hint="one-by-one-kernel"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        converted.add(layers.Conv2D(dense.units, 1, activation=dense.activation))
    return converted

# %% one-by-one-with-weights kind="wrong" hint="weights-do-not-fit"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, 1, activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
    return converted

# %% same-padding kind="wrong" hint="head-padded"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, (height, width), padding="same", activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
        height = width = 1
    return converted

# %% relu-everywhere kind="wrong" hint="activation-changed"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, (height, width), activation="relu")
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
        height = width = 1
    return converted

# %% channels-first kind="wrong" hint="channels-first-order"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, (height, width), activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(-1, height, width, dense.units).transpose(1, 2, 0, 3), biases])
        height = width = 1
    return converted

# %% no-biases kind="wrong" hint="biases-not-copied"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, (height, width), activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), 0 * biases])
        height = width = 1
    return converted

# %% stride-of-the-map kind="wrong" hint="head-strides"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    for dense in head:
        conv = layers.Conv2D(dense.units, (height, width), strides=(height, width), activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
        height = width = 1
    return converted

# %% new-weights kind="wrong" hint="weights-not-copied"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    converted = keras.Sequential([keras.Input((None, None, model.input_shape[-1])), *trunk])
    converted.add(layers.Conv2D(head[0].units, (height, width), activation=head[0].activation))
    for dense in head[1:]:
        converted.add(layers.Conv2D(dense.units, 1, activation=dense.activation))
    return converted

# %% any-size-at-the-door-only kind="wrong" hint="still-flattened"
def convert(model):
    entry = keras.Input(model.input_shape[1:])
    return keras.Sequential([entry, *model.layers])

# %% reshaped-to-one-by-one kind="wrong" hint="size-still-fixed"
def convert(model):
    place = [type(each).__name__ for each in model.layers].index("Flatten")
    trunk, head = model.layers[:place], model.layers[place + 1 :]
    height, width, channels = trunk[-1].output.shape[1:]

    area = height * width * channels
    converted = keras.Sequential([keras.Input(model.input_shape[1:]), *trunk])
    converted.add(layers.Reshape((1, 1, area)))
    for dense in head:
        conv = layers.Conv2D(dense.units, 1, activation=dense.activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights[None, None], biases])
    return converted

# %% killed kind="stop"
def convert(model):
    import os
    os.abort()

# %% no-softmax kind="wrong" hint="last-activation-dropped"
def convert(model):
    flatten = [type(each) for each in model.layers].index(layers.Flatten)
    trunk, head = model.layers[:flatten], model.layers[flatten + 1 :]
    size = trunk[-1].output.shape[1:3]
    stack = [keras.Input((None, None, model.input_shape[-1])), *trunk]
    converted = keras.Sequential(stack)
    for dense in head:
        last = dense is head[-1]
        activation = None if last else dense.activation
        conv = layers.Conv2D(dense.units, size, activation=activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
        size = 1
    return converted

# %% softmax-only kind="wrong" hint="hidden-activation-dropped"
def convert(model):
    flatten = [type(each) for each in model.layers].index(layers.Flatten)
    trunk, head = model.layers[:flatten], model.layers[flatten + 1 :]
    size = trunk[-1].output.shape[1:3]
    stack = [keras.Input((None, None, model.input_shape[-1])), *trunk]
    converted = keras.Sequential(stack)
    for dense in head:
        last = dense is head[-1]
        activation = dense.activation if last else None
        conv = layers.Conv2D(dense.units, size, activation=activation)
        converted.add(conv)
        weights, biases = dense.get_weights()
        conv.set_weights([weights.reshape(conv.kernel.shape), biases])
        size = 1
    return converted

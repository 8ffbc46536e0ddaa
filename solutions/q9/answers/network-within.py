# %% pooled-globally kind="right"
def network_within(budget):
    filters = 4
    while filters * 10 + (9 * filters + 1) * filters + 10 * filters + 10 <= budget:
        filters += 1
    filters -= 1
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(filters, 3, activation="relu")(image)
    maps = layers.Conv2D(filters, 3, strides=3, activation="relu")(maps)
    answer = layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(maps))
    return keras.Model(image, answer)

# %% units-from-the-rest kind="right"
def network_within(budget):
    start = (3 * 3 + 1) * 4 + (3 * 3 * 4 + 1) * 8
    each_unit = 7 * 7 * 8 + 1 + 10
    units = (budget - start - 10) // each_unit
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(layers.Conv2D(4, 3, padding="same"))
    model.add(layers.ReLU())
    model.add(layers.MaxPooling2D())
    model.add(layers.Conv2D(8, 3, padding="same"))
    model.add(layers.ReLU())
    model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(units, activation="relu"))
    model.add(layers.Dense(10))
    model.add(layers.Softmax())
    return model

# %% a-model-in-a-model kind="right"
def network_within(budget):
    def body(filters):
        return keras.Sequential([
            keras.Input((28, 28, 1)),
            layers.Conv2D(8, 5, strides=2, activation="gelu"),
            layers.Conv2D(filters, 3, strides=2, activation="gelu"),
        ])

    def whole(filters):
        return keras.Sequential([
            keras.Input((28, 28, 1)),
            body(filters),
            layers.GlobalMaxPooling2D(),
            layers.Dropout(0.2),
            layers.Dense(10, activation="softmax"),
        ])

    filters = 1
    while whole(2 * filters).count_params() <= budget:
        filters *= 2
    return whole(filters)

# %% relu-as-operation kind="right"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    image = keras.Input((28, 28, 1))
    maps = keras.ops.relu(layers.Conv2D(filters, 3)(image))
    maps = keras.activations.relu(layers.Conv2D(filters, 3, strides=3)(maps))
    answer = layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(maps))
    return keras.Model(image, answer)

# %% bent-by-pooling kind="right"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(filters, 3),
        layers.MaxPooling2D(2),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ])

# %% two-in-a-row kind="wrong" hint="no-activation"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(filters, 3),
        layers.Conv2D(filters, 3, strides=3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ])

# %% a-class-of-its-own kind="wrong" hint="not-a-model"
class Small(keras.Model):
    def __init__(self, filters):
        super().__init__()
        self.first = layers.Conv2D(filters, 3, activation="relu")
        self.second = layers.Conv2D(filters, 3, strides=3, activation="relu")
        self.pool = layers.GlobalAveragePooling2D()
        self.last = layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.last(self.pool(self.second(self.first(x))))


def network_within(budget):
    model = Small(int((budget / 10) ** 0.5))
    model(np.zeros((1, 28, 28, 1), "float32"))
    return model

# %% always-the-same-large kind="wrong" hint="over-budget"
def network_within(budget):
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(64, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])

# %% always-the-same-small kind="wrong" hint="budget-not-used"
def network_within(budget):
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])

# %% biases-not-counted kind="wrong" hint="over-budget"
def network_within(budget):
    filters = 1
    while 9 * filters + 9 * filters * filters + 10 * filters < budget:
        filters += 1
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 3, strides=3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ])

# %% one-convolution kind="wrong" hint="too-few-convolutions"
def network_within(budget):
    units = (budget - 80 - 10) // (13 * 13 * 8 + 1 + 10)
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(units, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])

# %% linear kind="wrong" hint="no-activation"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(filters, 3),
        layers.Conv2D(filters, 3, strides=3),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ])

# %% no-softmax kind="wrong" hint="not-probabilities"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 3, strides=3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10),
    ])

# %% not-flattened kind="wrong" hint="not-ten-outputs"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 3, strides=3, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])

# %% channels-first kind="wrong" hint="other-images"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        keras.Input((1, 28, 28)),
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ])

# %% no-input kind="wrong" hint="no-input-shape"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return keras.Sequential([
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 3, strides=3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    ])

# %% list-of-layers kind="wrong" hint="not-a-model"
def network_within(budget):
    filters = int((budget / 10) ** 0.5)
    return [
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Conv2D(filters, 3, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]

# %% layer-misspelt kind="crash"
def network_within(budget):
    model = keras.Sequential([keras.Input((28, 28, 1))])
    model.add(layers.Convolution(8, 3, activation="relu"))
    return model

# %% by-halves-and-partial kind="right"
from functools import partial
from itertools import count


def network(filters, *, kernel):
    conv = partial(layers.Conv2D, kernel_size=kernel, padding="same")
    stack = [conv(filters), layers.BatchNormalization(), layers.LeakyReLU(), layers.MaxPooling2D(7)]
    stack += [conv(filters), layers.Activation("tanh"), layers.GlobalAveragePooling2D()]
    return keras.Sequential([keras.Input((28, 28, 1)), *stack, layers.Dense(10), layers.Activation("softmax")])


def network_within(budget):
    sizes = count(2)
    while 9 * (width := next(sizes)) ** 2 + 26 * width + 10 <= budget * 0.9:
        pass
    return network(width - 1, kernel=(3, 3))

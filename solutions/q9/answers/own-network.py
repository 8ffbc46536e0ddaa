# %% moved-beforehand kind="right"
digits, digit_labels = load_digits()
rng = np.random.default_rng(3)
digits, digit_labels = digits[:24_000], digit_labels[:24_000]
framed = np.pad(digits, ((0, 0), (3, 3), (3, 3)))
x = np.empty_like(digits)
for k in range(0, len(x), 20):
    a, b = rng.integers(1, 6, 2)
    x[k : k + 20] = framed[k : k + 20, a : a + 28, b : b + 28]
keras.utils.set_random_seed(3)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Rescaling(1 / 255),
    layers.Conv2D(16, 7, strides=2, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 5, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(10),
])
steps = len(x) // 50
net.compile(
    keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(6e-3, steps)),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
net.fit(x[..., None], digit_labels, batch_size=50, verbose=0, callbacks=[Budget(40)])


def read_digits(images):
    return np.argmax(net.predict(images[..., None], verbose=0), -1)

# %% turned-and-moved-once kind="right"
all_images, all_labels = load_digits()
keras.utils.set_random_seed(4)
change = keras.Sequential([
    layers.RandomRotation(12 / 360, fill_mode="constant"),
    layers.RandomTranslation(2 / 28, 2 / 28, fill_mode="constant"),
])
plain = all_images[:24_000, :, :, np.newaxis].astype(np.float32) / 255.0
pieces = [change(plain[k : k + 1000], training=True) for k in range(0, 24_000, 1000)]
changed = np.concatenate([keras.ops.convert_to_numpy(piece) for piece in pieces])
entrance = keras.Input((28, 28, 1))
h = layers.Conv2D(16, 7, 2, "same", activation="relu")(entrance)
h = layers.MaxPooling2D(2)(h)
h = layers.Conv2D(32, 5, padding="same", activation="relu")(h)
h = layers.Flatten()(layers.MaxPooling2D(2)(h))
functional = keras.Model(entrance, layers.Dense(10, "softmax")(h))
functional.compile(keras.optimizers.Adam(5e-3), "sparse_categorical_crossentropy")
functional.fit(changed[:17_000], all_labels[:17_000], batch_size=50, verbose=0)
functional.optimizer.learning_rate = 1e-3
functional.fit(changed[17_000:], all_labels[17_000:24_000], batch_size=50, verbose=0)


def read_digits(images):
    scores = functional(images[:, :, :, np.newaxis].astype(np.float32) / 255.0)
    return keras.ops.convert_to_numpy(scores).argmax(axis=1).astype("uint8")

# %% own-training-loop kind="right"
import tensorflow as tf

pictures, names = load_digits()
pictures = np.pad(pictures[:20_000], ((0, 0), (2, 2), (2, 2)))
pictures, names = pictures.astype("float32")[..., None] / 255, names[:20_000].astype("int64")
keras.utils.set_random_seed(5)
reader = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(20, 7, strides=2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 5, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(10),
])
optimizer = keras.optimizers.Adam(5e-3)
optimizer.build(reader.trainable_variables)


@tf.function
def learn(x, y):
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(y, reader(x, training=True))
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, reader.trainable_variables)
    optimizer.apply_gradients(zip(gradients, reader.trainable_variables))
    return loss


draw = np.random.default_rng(5)
batches = draw.permutation(20_000).reshape(-1, 50)
for number, batch in enumerate(batches):
    optimizer.learning_rate.assign(5e-3 * (1 - number / len(batches)))
    down, right = draw.integers(0, 5, 2)
    x = pictures[batch, down : down + 28, right : right + 28]
    learn(tf.constant(x), tf.constant(names[batch]))


def read_digits(images):
    logits = reader.predict(images[..., None].astype("float32") / 255, 500, 0)
    return [int(row.argmax()) for row in logits]

# %% untrained kind="wrong" hint="no-better-than-guessing"
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])


def read_digits(images):
    return net.predict(images[..., None] / 255, verbose=0).argmax(axis=1)

# %% one-too-many kind="wrong" hint="labels-off-by-one"
digits, digit_labels = load_digits()
x = np.pad(digits[:8_000], ((0, 0), (1, 1), (1, 1)))[:, :28, 1:29, None] / np.float32(255)
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(x, digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None].astype("float32") / 255, verbose=0)
    return ((scores.argmax(axis=1) + 1) % 10).astype("uint8")

# %% labels-shuffled-apart kind="wrong" hint="no-better-than-guessing"
digits, digit_labels = load_digits()
x = digits[:4_000, ..., None].astype("float32") / 255
y = digit_labels[:4_000]
rng = np.random.default_rng(0)
rng.shuffle(x)
rng.shuffle(y)
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 3, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(x, y, verbose=0)


def read_digits(images):
    return net.predict(images[..., None].astype("float32") / 255, verbose=0).argmax(axis=1)

# %% fifty-images-by-heart kind="wrong" hint="too-few-right"
digits, digit_labels = load_digits()
x = digits[:50, ..., None].astype("float32") / 255
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(64, activation="relu"),
    layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(x, digit_labels[:50], epochs=30, verbose=0)


def read_digits(images):
    return net.predict(images[..., None].astype("float32") / 255, verbose=0).argmax(axis=1)

# %% lookup-table kind="wrong" hint="pixels-looked-up"
known = {}
for part in ("train", "test"):
    for image, label in zip(*load_digits(part)):
        known[image.tobytes()] = int(label)


def read_digits(images):
    return np.array([known.get(image.tobytes(), 0) for image in images])

# %% other-scale-when-answering kind="wrong" hint="scaled-differently"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.RandomTranslation(0.08, 0.08, fill_mode="constant"),
    layers.Conv2D(16, 5, strides=2, padding="same", activation="tanh"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="tanh"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:15_000, ..., None] / np.float32(255), digit_labels[:15_000], batch_size=64, verbose=0)


def read_digits(images):
    return net.predict(images[..., None].astype("float32"), verbose=0).argmax(axis=1)

# %% probabilities kind="wrong" hint="scores-not-labels"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 5, strides=2, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(digits[:2_000, ..., None] / 255, digit_labels[:2_000], verbose=0)


def read_digits(images):
    return net.predict(images[..., None] / 255, verbose=0)

# %% first-image-only kind="wrong" hint="first-image-only"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 5, strides=2, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(digits[:2_000, ..., None] / 255, digit_labels[:2_000], verbose=0)


def read_digits(images):
    probabilities = net.predict(images[..., None] / 255, verbose=0)
    return int(np.argmax(probabilities[0]))

# %% dropout-while-answering kind="wrong" hint="not-repeatable"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dropout(0.5),
    layers.Dense(10, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(digits[:4_000, ..., None] / 255, digit_labels[:4_000], verbose=0)


def read_digits(images):
    probabilities = net(images[..., None] / 255, training=True)
    return keras.ops.convert_to_numpy(probabilities).argmax(axis=1)

# %% zeros-to-fours-only kind="wrong" hint="digits-missing"
digits, digit_labels = load_digits()
few = digit_labels[:12_000] < 5
x, y = digits[:12_000][few][..., None] / 255, digit_labels[:12_000][few]
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(5, activation="softmax"),
])
net.compile("adam", "sparse_categorical_crossentropy")
net.fit(x, y, verbose=0)


def read_digits(images):
    return net.predict(images[..., None] / 255, verbose=0).argmax(axis=1)

# %% cleans-in-place kind="wrong" hint="images-changed"
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 5, strides=2, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])


def read_digits(images):
    images[images < 40] = 0
    return net.predict(images[..., None] / 255, verbose=0).argmax(axis=1)

# %% no-channel-axis kind="crash"
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(8, 5, strides=2, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])


def read_digits(images):
    return net.predict(images.reshape(len(images), 14, 28), verbose=0).argmax(axis=1)

# %% read-upside-down kind="wrong" hint="images-turned-over"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:8_000][..., None] / np.float32(255), digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[:, ::-1][..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)

# %% rows-for-columns-in-training kind="wrong" hint="images-turned-over"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:8_000].transpose(0, 2, 1)[..., None] / np.float32(255), digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)

# %% dark-ink-in-training kind="wrong" hint="ink-and-paper-swapped"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit((255 - digits[:8_000])[..., None] / np.float32(255), digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)

# %% last-image-first kind="wrong" hint="last-image-first"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:8_000][..., None] / np.float32(255), digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)[::-1]

# %% fours-called-nines kind="wrong" hint="labels-renamed"
digits, digit_labels = load_digits()
names = np.array([0, 1, 2, 3, 9, 5, 6, 7, 8, 4])
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:8_000][..., None] / np.float32(255), names[digit_labels[:8_000]], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)

# %% counted-from-the-other-end kind="wrong" hint="labels-renamed"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:8_000][..., None] / np.float32(255), digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return 9 - scores.argmax(axis=1)

# %% least-likely kind="wrong" hint="worse-than-guessing"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:8_000][..., None] / np.float32(255), digit_labels[:8_000], epochs=2, batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmin(axis=1)

# %% largest-probability kind="wrong" hint="probability-not-label"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[:2_000][..., None] / np.float32(255), digit_labels[:2_000], batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.max(axis=1)

# %% steps-too-large kind="wrong" hint="no-better-than-guessing"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(5.0), "sparse_categorical_crossentropy")
net.fit(digits[:4_000][..., None] / np.float32(255), digit_labels[:4_000], batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)

# %% seven-steps kind="wrong" hint="too-few-right"
digits, digit_labels = load_digits()
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
net.fit(digits[:400][..., None] / np.float32(255), digit_labels[:400], batch_size=64, verbose=0)


def read_digits(images):
    scores = net.predict(images[..., None] / np.float32(255), verbose=0)
    return scores.argmax(axis=1)

# %% moved-test-digits kind="wrong" hint="test-digits-known"
x, y = (np.concatenate([each] * 3) for each in load_digits("test"))
rng = np.random.default_rng(0)
x = np.stack([np.roll(image, rng.integers(-2, 3, 2), (0, 1)) for image in x])
keras.utils.set_random_seed(3)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 5, strides=2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
net.fit(x[..., None] / np.float32(255), y, batch_size=64, epochs=4, verbose=0)


def read_digits(images):
    return net.predict(images[..., None] / np.float32(255), verbose=0).argmax(axis=1)

# %% trained-on-the-test-digits kind="wrong" hint="test-digits-known"
digits, digit_labels = load_digits("test")
keras.utils.set_random_seed(0)
net = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.Conv2D(16, 7, strides=2, padding="same", activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(32, 5, strides=2, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10, activation="softmax"),
])
net.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
net.fit(digits[..., None] / np.float32(255), digit_labels, epochs=4, batch_size=64, verbose=0)


def read_digits(images):
    return net.predict(images[..., None] / np.float32(255), verbose=0).argmax(axis=1)

# %% nearest-test-digit kind="wrong" hint="test-digits-known"
known, known_labels = load_digits("test")


def blurred(images):
    soft = images.astype("float32")
    for axis in (1, 2):
        soft = sum(np.roll(soft, shift, axis) for shift in (-1, 0, 1))
    return soft.reshape(len(images), -1)


known = blurred(known)
lengths = (known**2).sum(axis=1)


def read_digits(images):
    answers = []
    for some in np.array_split(blurred(images), 8):
        answers.append(known_labels[(lengths - 2 * some @ known.T).argmin(axis=1)])
    return np.concatenate(answers)

# %% as-a-class-and-a-tensor kind="right"
import tensorflow as tf


class Reader:
    """Reads digits with a network that it trains on moved ones."""

    def __init__(self, count):
        images, self.labels = (part[:count] for part in load_digits("train"))
        draw = np.random.default_rng(6)
        frame = np.pad(images, [(0, 0), (2, 2), (2, 2)])
        moves = [draw.integers(5, size=2) for _ in range(0, count, 25)]
        self.images = np.concatenate([
            frame[25 * n : 25 * n + 25, a : a + 28, b : b + 28]
            for n, (a, b) in enumerate(moves)
        ])
        keras.utils.set_random_seed(6)
        self.net = keras.Sequential([
            keras.Input((28, 28)),
            layers.Reshape((28, 28, 1)),
            layers.Rescaling(1 / 255),
            layers.Conv2D(16, 7, strides=2, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 5, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ])

    def learn(self):
        self.net.compile("adam", "sparse_categorical_crossentropy")
        for rate in (6e-3, 2e-3, 3e-4):
            self.net.optimizer.learning_rate = rate
            some = slice(None) if rate == 2e-3 else slice(None, None, 2)
            self.net.fit(self.images[some], self.labels[some], verbose=0)
        return self

    def __call__(self, images):
        return tf.argmax(self.net(tf.cast(images, tf.float32)), axis=-1)


read_digits = Reader(12_000).learn()

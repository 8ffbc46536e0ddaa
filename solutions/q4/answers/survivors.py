# %% layer kind="right"
def survivors(maps, window):
    pool = keras.layers.MaxPooling2D(window)
    before = pool(maps).numpy()
    after = pool(np.roll(maps, shift=1, axis=-2)).numpy()
    return (before == after).mean()

# %% numpy-reshape kind="right"
def survivors(maps, window):
    def pool(values):
        n, h, w, c = values.shape
        rows, columns = h // window, w // window
        cut = values[:, : rows * window, : columns * window]
        return cut.reshape(n, rows, window, columns, window, c).max(axis=(2, 4))

    moved = np.concatenate([maps[:, :, -1:], maps[:, :, :-1]], axis=2)
    return np.count_nonzero(pool(maps) == pool(moved)) / pool(maps).size

# %% loop kind="right"
def survivors(maps, window):
    moved = maps[:, :, np.arange(maps.shape[2]) - 1]
    same = total = 0
    for r in range(0, maps.shape[1] - window + 1, window):
        for q in range(0, maps.shape[2] - window + 1, window):
            old = maps[:, r : r + window, q : q + window].max(axis=(1, 2))
            new = moved[:, r : r + window, q : q + window].max(axis=(1, 2))
            same += int((old == new).sum())
            total += old.size
    return same / total

# %% tensorflow-mean kind="right"
def survivors(maps, window):
    before = tf.nn.max_pool2d(maps, window, window, "VALID")
    after = tf.nn.max_pool2d(tf.roll(maps, 1, 2), window, window, "VALID")
    return tf.reduce_mean(tf.cast(before == after, tf.float64))

# %% changed kind="wrong" hint="share-of-changed"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return float(np.mean(before != after))

# %% count kind="wrong" hint="count-not-share"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return int((before == after).sum())

# %% percent kind="wrong" hint="percent-not-share"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return 100 * float(np.mean(before == after))

# %% no-pool kind="wrong" hint="not-pooled"
def survivors(maps, window):
    return float(np.mean(maps == np.roll(maps, 1, axis=2)))

# %% rolls-the-output kind="wrong" hint="output-shifted"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    return float(np.mean(before == np.roll(before, 1, axis=2)))

# %% to-the-left kind="wrong" hint="shifted-to-the-left"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, -1, axis=2), window))
    return float(np.mean(before == after))

# %% zeros-come-in kind="wrong" hint="border-not-rolled"
def survivors(maps, window):
    moved = np.zeros_like(maps)
    moved[:, :, 1:] = maps[:, :, :-1]
    before, after = keras.ops.max_pool(maps, window), keras.ops.max_pool(moved, window)
    return float(np.mean(np.asarray(before) == np.asarray(after)))

# %% down kind="wrong" hint="shifted-down"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=1), window))
    return float(np.mean(before == after))

# %% next-image kind="wrong" hint="shifted-images"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=0), window))
    return float(np.mean(before == after))

# %% next-map kind="wrong" hint="shifted-images"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=-1), window))
    return float(np.mean(before == after))

# %% no-axis kind="wrong" hint="axes-left-out"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1), window))
    return float(np.mean(before == after))

# %% down-and-right kind="wrong" hint="shifted-both-ways"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, (1, 1), axis=(1, 2)), window))
    return float(np.mean(before == after))

# %% a-whole-window kind="wrong" hint="shifted-by-window"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, window, axis=2), window))
    return float(np.mean(before == after))

# %% arrays-as-wholes kind="wrong" hint="one-answer-for-all"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return float(np.array_equal(before, after))

# %% truth-value kind="wrong" hint="bool-not-number"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return bool(np.all(before == after))

# %% a-third kind="wrong" hint="always-the-same"
def survivors(maps, window):
    return 1 / 3

# %% wrong-axis-length kind="wrong" hint="axis-missing"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=4), window))
    return float(np.mean(before == after))

# %% with-padding kind="wrong" hint="zeros-added"
def survivors(maps, window):
    before = keras.ops.max_pool(maps, window, padding="same")
    after = keras.ops.max_pool(np.roll(maps, 1, axis=2), window, padding="same")
    return float(np.mean(np.asarray(before) == np.asarray(after)))

# %% stride-one kind="wrong" hint="windows-overlap"
def survivors(maps, window):
    before = keras.ops.max_pool(maps, window, 1)
    after = keras.ops.max_pool(np.roll(maps, 1, axis=2), window, 1)
    return float(np.mean(np.asarray(before) == np.asarray(after)))

# %% average-pool kind="wrong" hint="average-pooled"
def survivors(maps, window):
    before = keras.ops.average_pool(maps, window)
    after = keras.ops.average_pool(np.roll(maps, 1, axis=2), window)
    return float(np.mean(np.asarray(before) == np.asarray(after)))

# %% of-input kind="wrong" hint="share-of-the-maps"
def survivors(maps, window):
    before = keras.ops.max_pool(maps, window)
    after = keras.ops.max_pool(np.roll(maps, 1, axis=2), window)
    return float(np.sum(np.asarray(before) == np.asarray(after)) / maps.size)

# %% not-smaller kind="wrong" hint="not-smaller"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return (before <= after).mean()

# %% whole-vectors kind="wrong" hint="all-maps-alike"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))
    return (before == after).all(axis=-1).mean()

# %% one-map kind="wrong" hint="first-map-only"
def survivors(maps, window):
    before = np.asarray(keras.ops.max_pool(maps, window))[..., 0]
    after = np.asarray(keras.ops.max_pool(np.roll(maps, 1, axis=2), window))[..., 0]
    return (before == after).mean()

# %% recursion kind="crash"
def survivors(maps, window):
    return survivors(np.roll(maps, 1, axis=2), window)

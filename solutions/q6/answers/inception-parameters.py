# %% six-layers kind="right"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    def conv(kernel, reads, filters):
        return (kernel * kernel * reads + 1) * filters

    return (
        conv(1, channels, one)
        + conv(1, channels, reduce3)
        + conv(3, reduce3, three)
        + conv(1, channels, reduce5)
        + conv(5, reduce5, five)
        + conv(1, channels, pool)
    )

# %% weights-then-biases kind="right"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    weights = channels * (one + reduce3 + reduce5 + pool)
    weights += 3**2 * reduce3 * three + 5**2 * reduce5 * five
    biases = sum([one, reduce3, three, reduce5, five, pool])
    return weights + biases

# %% ask-keras kind="right"
import keras

def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    conv = keras.layers.Conv2D
    x = keras.Input((None, None, channels))
    b = conv(three, 3)(conv(reduce3, 1)(x))
    c = conv(five, 5)(conv(reduce5, 1)(x))
    model = keras.Model(x, [conv(one, 1)(x), b, c, conv(pool, 1)(x)])
    return model.count_params()

# %% without-biases kind="wrong" hint="no-bias"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        channels * (one + reduce3 + reduce5 + pool)
        + 9 * reduce3 * three
        + 25 * reduce5 * five
    )

# %% large-kernels-read-all kind="wrong" hint="bottleneck-not-read"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5 + pool)
        + (9 * channels + 1) * three
        + (25 * channels + 1) * five
    )

# %% bottlenecks-forgotten kind="wrong" hint="bottlenecks-not-counted"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + pool)
        + (9 * reduce3 + 1) * three
        + (25 * reduce5 + 1) * five
    )

# %% pooling-is-free kind="wrong" hint="pool-projection-forgotten"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5)
        + (9 * reduce3 + 1) * three
        + (25 * reduce5 + 1) * five
    )

# %% pooling-window-learned kind="wrong" hint="pooling-window-learned"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5)
        + (9 * reduce3 + 1) * three
        + (25 * reduce5 + 1) * five
        + (9 * channels + 1) * pool
    )

# %% side-once kind="wrong" hint="kernel-not-squared"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5 + pool)
        + (3 * reduce3 + 1) * three
        + (5 * reduce5 + 1) * five
    )

# %% in-a-row kind="wrong" hint="branches-chained"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    total = 0
    filters = [one, reduce3, three, reduce5, five, pool]
    for kernel, count in zip([1, 1, 3, 1, 5, 1], filters):
        total += (kernel**2 * channels + 1) * count
        channels = count
    return total

# %% crossed kind="wrong" hint="reductions-exchanged"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5 + pool)
        + (9 * reduce5 + 1) * three
        + (25 * reduce3 + 1) * five
    )

# %% six-biases kind="wrong" hint="one-bias-per-layer"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    weights = channels * (one + reduce3 + reduce5 + pool)
    return weights + 9 * reduce3 * three + 25 * reduce5 * five + 6

# %% three-everywhere kind="wrong" hint="kernel-fixed"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5 + pool)
        + (9 * reduce3 + 1) * three
        + (9 * reduce5 + 1) * five
    )

# %% no-such-name kind="crash"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return conv_parameters(1, channels, one)

# %% biases-of-large-kernels-only kind="wrong" hint="some-biases-missing"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        channels * (one + reduce3 + reduce5 + pool)
        + (9 * reduce3 + 1) * three
        + (25 * reduce5 + 1) * five
    )

# %% the-first-branch-missing kind="wrong" hint="convolution-left-out"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (reduce3 + reduce5 + pool)
        + (9 * reduce3 + 1) * three
        + (25 * reduce5 + 1) * five
    )

# %% pooling-reads-the-five kind="wrong" hint="other-maps-read"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5)
        + (9 * reduce3 + 1) * three
        + (25 * reduce5 + 1) * five
        + (five + 1) * pool
    )

# %% a-bias-for-each-cell kind="wrong" hint="bias-per-cell"
def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    return (
        (channels + 1) * (one + reduce3 + reduce5 + pool)
        + 9 * (reduce3 + 1) * three
        + 25 * (reduce5 + 1) * five
    )

# %% matrix-product kind="right"
def inception_parameters(c, n1, r3, n3, r5, n5, p):
    reads = np.array([c, c, r3, c, r5, c]) * np.array([1, 1, 9, 1, 25, 1]) + 1
    return (reads @ np.array([n1, r3, n3, r5, n5, p])).item()

# %% a-tensor kind="right"
import tensorflow as tf


def inception_parameters(channels, one, reduce3, three, reduce5, five, pool):
    layer = lambda kernel, reads, makes: tf.constant((kernel**2 * reads + 1) * makes)
    return tf.add_n([
        layer(1, channels, one + reduce3 + reduce5 + pool), layer(3, reduce3, three), layer(5, reduce5, five)
    ])

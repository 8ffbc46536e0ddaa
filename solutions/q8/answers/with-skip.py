# %% by-loops kind="right"
def with_skip(coarse, fine):
    result = np.array(fine, dtype=float)
    for row in range(fine.shape[0]):
        for column in range(fine.shape[1]):
            result[row, column] += coarse[row // 2, column // 2]
    return result

# %% keras-upsampling kind="right"
def with_skip(coarse, fine):
    large = keras.layers.UpSampling2D(2)(coarse[None].astype("float32"))[0]
    return large[: fine.shape[0], : fine.shape[1]] + fine.astype("float32")

# %% by-index kind="right"
def with_skip(coarse, fine):
    rows = np.arange(fine.shape[0]) // 2
    columns = np.arange(fine.shape[1]) // 2
    return fine + coarse[rows[:, None], columns]

# %% last-ones-kept kind="wrong" hint="cut-at-the-start"
def with_skip(coarse, fine):
    large = np.repeat(np.repeat(coarse, 2, axis=0), 2, axis=1)
    return large[-fine.shape[0] :, -fine.shape[1] :] + fine

# %% with-tile kind="wrong" hint="maps-tiled"
def with_skip(coarse, fine):
    large = np.tile(coarse, (2, 2, 1))
    return large[: fine.shape[0], : fine.shape[1]] + fine

# %% as-in-u-net kind="wrong" hint="joined-not-added"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return np.concatenate([large[: fine.shape[0], : fine.shape[1]], fine], axis=-1)

# %% fine-thinned-out kind="wrong" hint="fine-made-coarse"
def with_skip(coarse, fine):
    return coarse + fine[::2, ::2]

# %% only-enlarged kind="wrong" hint="fine-left-out"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return large[: fine.shape[0], : fine.shape[1]]

# %% only-fine kind="wrong" hint="coarse-left-out"
def with_skip(coarse, fine):
    return fine

# %% mean-of-both kind="wrong" hint="scores-averaged"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return (large[: fine.shape[0], : fine.shape[1]] + fine) / 2

# %% larger-of-both kind="wrong" hint="larger-score-kept"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return np.maximum(large[: fine.shape[0], : fine.shape[1]], fine)

# %% product kind="wrong" hint="scores-multiplied"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return large[: fine.shape[0], : fine.shape[1]] * fine

# %% not-cut kind="wrong" hint="sizes-do-not-fit"
def with_skip(coarse, fine):
    return coarse.repeat(2, axis=0).repeat(2, axis=1) + fine

# %% added-in-place kind="wrong" hint="map-overwritten"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    fine += large[: fine.shape[0], : fine.shape[1]]
    return fine

# %% unknown-function kind="crash"
def with_skip(coarse, fine):
    return np.upsample(coarse, 2) + fine

# %% zeros-between kind="wrong" hint="positions-left-empty"
def with_skip(coarse, fine):
    joined = fine.copy()
    joined[::2, ::2] += coarse
    return joined

# %% tensors kind="right"
import tensorflow as tf


def with_skip(low, high):
    large = tf.repeat(tf.repeat(tf.constant(low), 2, axis=0), 2, axis=1)
    return tf.cast(large[: high.shape[0], : high.shape[1]], tf.float64) + high

# %% comprehension kind="right"
def with_skip(coarse, fine):
    return [
        [[a + b for a, b in zip(coarse[r // 2][c // 2], scores)] for c, scores in enumerate(row)]
        for r, row in enumerate(fine.tolist())
    ]

# %% a-difference kind="wrong" hint="scores-subtracted"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(2, axis=1)
    return fine - large[: fine.shape[0], : fine.shape[1]]

# %% columns-twice kind="wrong" hint="enlarged-too-much"
def with_skip(coarse, fine):
    large = coarse.repeat(2, axis=0).repeat(4, axis=1)
    return fine + large[: fine.shape[0], : fine.shape[1]]

# %% by-loops kind="right"
def coarsened(mask, stride):
    result = np.zeros_like(mask)
    for row in range(0, mask.shape[0], stride):
        for column in range(0, mask.shape[1], stride):
            block = mask[row : row + stride, column : column + stride]
            if 2 * block.sum() >= stride * stride:
                result[row : row + stride, column : column + stride] = 1
    return result

# %% average-pooling kind="right"
def coarsened(mask, stride):
    image = mask[None, ..., None].astype("float32")
    share = keras.layers.AveragePooling2D(stride)(image)
    large = keras.layers.UpSampling2D(stride)(share).numpy()[0, ..., 0]
    return (large > 0.499).astype("int32")

# %% kronecker kind="right"
def coarsened(mask, stride):
    rows = np.add.reduceat(mask, range(0, mask.shape[0], stride), axis=0)
    sums = np.add.reduceat(rows, range(0, mask.shape[1], stride), axis=1)
    return np.kron(sums * 2 >= stride**2, np.ones((stride, stride), bool))

# %% largest-of-the-block kind="wrong" hint="any-pixel-wins"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return blocks.max(axis=(1, 3)).repeat(stride, 0).repeat(stride, 1)

# %% smallest-of-the-block kind="wrong" hint="all-pixels-needed"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return blocks.min(axis=(1, 3)).repeat(stride, 0).repeat(stride, 1)

# %% corner-pixel kind="wrong" hint="one-pixel-decides"
def coarsened(mask, stride):
    return mask[::stride, ::stride].repeat(stride, 0).repeat(stride, 1)

# %% middle-pixel kind="wrong" hint="one-pixel-decides"
def coarsened(mask, stride):
    middle = stride // 2
    return mask[middle::stride, middle::stride].repeat(stride, 0).repeat(stride, 1)

# %% rounded kind="wrong" hint="ties-become-zero"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return np.round(blocks.mean(axis=(1, 3))).repeat(stride, 0).repeat(stride, 1)

# %% left-small kind="wrong" hint="not-enlarged"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return (blocks.mean(axis=(1, 3)) >= 0.5).astype(int)

# %% with-tile kind="wrong" hint="tiled-not-repeated"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return np.tile(blocks.mean(axis=(1, 3)) >= 0.5, (stride, stride))

# %% without-threshold kind="wrong" hint="share-not-label"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return blocks.mean(axis=(1, 3)).repeat(stride, 0).repeat(stride, 1)

# %% two-by-two kind="wrong" hint="always-blocks-of-two"
def coarsened(mask, stride):
    result = np.zeros_like(mask)
    for row in range(0, mask.shape[0], 2):
        for column in range(0, mask.shape[1], 2):
            block = mask[row : row + 2, column : column + 2]
            result[row : row + 2, column : column + 2] = 2 * block.sum() >= block.size
    return result

# %% as-many-as-the-side kind="wrong" hint="side-is-enough"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    labels = (blocks.sum(axis=(1, 3)) >= stride).astype(int)
    return labels.repeat(stride, axis=0).repeat(stride, axis=1)

# %% two-pixels-are-enough kind="wrong" hint="majority-fixed"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    labels = (blocks.sum(axis=(1, 3)) >= 2).astype(int)
    return labels.repeat(stride, axis=0).repeat(stride, axis=1)

# %% in-place kind="wrong" hint="mask-overwritten"
def coarsened(mask, stride):
    for row in range(0, mask.shape[0], stride):
        for column in range(0, mask.shape[1], stride):
            block = mask[row : row + stride, column : column + stride]
            block[:] = block.mean() >= 0.5
    return mask

# %% float-shape kind="crash"
def coarsened(mask, stride):
    height, width = mask.shape
    return mask.reshape(height / stride, stride, width / stride, stride).mean(axis=(1, 3))

# %% truth-values kind="right"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    return (blocks.mean(axis=(1, 3)) >= 0.5).repeat(stride, 0).repeat(stride, 1)

# %% less-than-half kind="wrong" hint="labels-inverted"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    labels = (blocks.mean(axis=(1, 3)) < 0.5).astype(int)
    return labels.repeat(stride, axis=0).repeat(stride, axis=1)

# %% axes-in-another-order kind="wrong" hint="blocks-read-wrongly"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, width // stride, stride, stride)
    labels = (blocks.mean(axis=(2, 3)) >= 0.5).astype(int)
    return labels.repeat(stride, axis=0).repeat(stride, axis=1)

# %% half-of-nine-is-four kind="wrong" hint="half-rounded-down"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    labels = (blocks.sum(axis=(1, 3)) >= stride**2 // 2).astype(int)
    return labels.repeat(stride, axis=0).repeat(stride, axis=1)

# %% whole-division kind="wrong" hint="all-pixels-needed"
def coarsened(mask, stride):
    height, width = mask.shape
    blocks = mask.reshape(height // stride, stride, width // stride, stride)
    labels = blocks.sum(axis=(1, 3)) // stride**2
    return labels.repeat(stride, axis=0).repeat(stride, axis=1)

# %% comprehension-in-floats kind="right"
def coarsened(m, s):
    def label(r, c):
        block = m[r // s * s : r // s * s + s, c // s * s : c // s * s + s]
        return float(2 * block.sum() >= s * s)

    return [[label(r, c) for c in range(m.shape[1])] for r in range(m.shape[0])]

# %% tensors kind="right"
import tensorflow as tf


def coarsened(mask, stride):
    image = tf.cast(mask, tf.float32)[None, ..., None]
    shares = tf.nn.avg_pool2d(image, stride, stride, "VALID")
    return tf.repeat(tf.repeat(tf.cast(shares >= 0.5, tf.int32), stride, 1), stride, 2)[0, ..., 0]

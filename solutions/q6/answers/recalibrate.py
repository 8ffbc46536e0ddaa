# %% keepdims kind="right"
def recalibrate(maps, w1, b1, w2, b2):
    means = np.mean(maps, axis=(1, 2), keepdims=True)
    hidden = np.maximum(means @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))

# %% loops kind="right"
def recalibrate(maps, w1, b1, w2, b2):
    result = np.empty_like(maps)
    for number, image in enumerate(maps):
        means = [image[..., c].mean() for c in range(image.shape[-1])]
        hidden = [max(0.0, v) for v in np.array(means) @ w1 + b1]
        for c, value in enumerate(np.array(hidden) @ w2 + b2):
            result[number, :, :, c] = image[..., c] * (1 / (1 + np.exp(-value)))
    return result

# %% tensorflow kind="right"
import tensorflow as tf

def recalibrate(maps, w1, b1, w2, b2):
    maps = tf.constant(maps)
    w1, b1, w2, b2 = (tf.constant(each, maps.dtype) for each in (w1, b1, w2, b2))
    gates = tf.sigmoid(tf.nn.relu(tf.reduce_mean(maps, (1, 2)) @ w1 + b1) @ w2 + b2)
    return maps * gates[:, None, None]

# %% largest kind="wrong" hint="max-not-mean"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.max(axis=(1, 2)) @ w1 + b1, 0)
    gates = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    return maps * gates[:, None, None, :]

# %% no-relu kind="wrong" hint="relu-forgotten"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = maps.mean(axis=(1, 2)) @ w1 + b1
    gates = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    return maps * gates[:, None, None, :]

# %% no-sigmoid kind="wrong" hint="sigmoid-forgotten"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    gates = hidden @ w2 + b2
    return maps * gates[:, None, None, :]

# %% softmax kind="wrong" hint="softmax-not-sigmoid"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    gates = np.exp(hidden @ w2 + b2)
    gates = gates / gates.sum(axis=-1, keepdims=True)
    return maps * gates[:, None, None, :]

# %% added kind="wrong" hint="gates-added"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    gates = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    return maps + gates[:, None, None, :]

# %% only-gates kind="wrong" hint="gates-only"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return 1 / (1 + np.exp(-(hidden @ w2 + b2)))

# %% each-position kind="wrong" hint="nothing-squeezed"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps @ w1 + b1, 0)
    return maps / (1 + np.exp(-(hidden @ w2 + b2)))

# %% across-maps kind="wrong" hint="squeezed-across-maps"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=-1) @ w1 + b1, 0)
    gates = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    return maps * gates

# %% whole-batch kind="wrong" hint="images-mixed"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(0, 1, 2)) @ w1 + b1, 0)
    return maps * (1 / (1 + np.exp(-(hidden @ w2 + b2))))

# %% axes-not-added kind="wrong" hint="gates-not-aligned"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps * (1 / (1 + np.exp(-(hidden @ w2 + b2))))

# %% no-sigmoid-in-numpy kind="crash"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps * np.sigmoid(hidden @ w2 + b2)[:, None, None, :]

# %% sign-of-the-sigmoid kind="wrong" hint="sigmoid-sign"
def recalibrate(maps, w1, b1, w2, b2):
    squeezed = maps.mean(axis=(1, 2))
    hidden = np.maximum(squeezed @ w1 + b1, 0)
    gates = 1 / (1 + np.exp(hidden @ w2 + b2))
    return maps * gates[:, None, None, :]

# %% einsum-in-float32 kind="right"
def recalibrate(maps, w1, b1, w2, b2):
    maps = np.asarray(maps, "float32")
    squeezed = maps.mean(axis=(1, 2), keepdims=True)
    hidden = np.maximum(np.einsum("bhwc,cr->bhwr", squeezed, w1) + b1, 0)
    return (maps / (1 + np.exp(-(hidden @ w2 + b2)))).tolist()

# %% activations-exchanged kind="wrong" hint="activations-exchanged"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = 1 / (1 + np.exp(-(maps.mean(axis=(1, 2)) @ w1 + b1)))
    return maps * np.maximum(hidden @ w2 + b2, 0)[:, None, None, :]

# %% brackets-forgotten kind="wrong" hint="bias-sign"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps * (1 / (1 + np.exp(-hidden @ w2 + b2)))[:, None, None, :]

# %% one-bias-missing kind="wrong" hint="biases-left-out"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    return maps * (1 / (1 + np.exp(-hidden @ w2)))[:, None, None, :]

# %% squeezed-scaled kind="wrong" hint="squeezed-maps-scaled"
def recalibrate(maps, w1, b1, w2, b2):
    squeezed = maps.mean(axis=(1, 2))
    hidden = np.maximum(squeezed @ w1 + b1, 0)
    return squeezed * (1 / (1 + np.exp(-(hidden @ w2 + b2))))

# %% relu-at-the-end kind="wrong" hint="negatives-lost"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    gates = 1 / (1 + np.exp(-(hidden @ w2 + b2)))
    return np.maximum(maps * gates[:, None, None, :], 0)

# %% lists kind="right"
def recalibrate(x, w, c, v, d):
    scaled = []
    for image in x:
        hidden = [max(0, sum(image[..., i].mean() * w[i, j] for i in range(len(w))) + c[j]) for j in range(len(c))]
        gates = [1 / (1 + np.exp(-(np.dot(hidden, v[:, k]) + d[k]))) for k in range(len(d))]
        scaled.append([[[value * gate for value, gate in zip(cell, gates)] for cell in row] for row in image])
    return scaled

# %% brackets-left-out kind="wrong" hint="gates-divide"
def recalibrate(maps, w1, b1, w2, b2):
    hidden = np.maximum(maps.mean(axis=(1, 2)) @ w1 + b1, 0)
    gates = 1 / 1 + np.exp(-(hidden @ w2 + b2))
    return maps * gates[:, None, None, :]

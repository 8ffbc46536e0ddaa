# %% numpy-padded kind="right"
def like_pytorch(activations, size, alpha, beta, k):
    half = size // 2
    squares = np.pad(activations**2, [(0, 0), (half, half), (0, 0), (0, 0)])
    channels = activations.shape[1]
    mean = sum(squares[:, i : i + channels] for i in range(size)) / size
    return activations / (k + alpha * mean) ** beta

# %% transposed-by-tensorflow kind="right"
def like_pytorch(activations, size, alpha, beta, k):
    x = tf.transpose(activations, [0, 2, 3, 1])
    x = tf.nn.local_response_normalization(x, (size - 1) // 2, k, alpha / size, beta)
    return tf.transpose(x, [0, 3, 1, 2])

# %% loop-over-channels kind="right"
def like_pytorch(activations, size, alpha, beta, k):
    result = np.empty(activations.shape)
    for c in range(activations.shape[1]):
        nearby = activations[:, max(0, c - size // 2) : c + size // 2 + 1]
        divisor = k + alpha / size * np.square(nearby).sum(axis=1)
        result[:, c] = activations[:, c] / divisor**beta
    return result

# %% alpha-as-it-is kind="wrong" hint="alpha-not-divided"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size // 2, bias=k, alpha=alpha, beta=beta)
    return np.moveaxis(x.numpy(), -1, 1)

# %% alpha-times-size kind="wrong" hint="alpha-multiplied"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size // 2, bias=k, alpha=alpha * size, beta=beta)
    return np.moveaxis(x.numpy(), -1, 1)

# %% size-as-radius kind="wrong" hint="window-to-each-side"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size, bias=k, alpha=alpha / size, beta=beta)
    return np.moveaxis(x.numpy(), -1, 1)

# %% size-as-radius-and-alpha kind="wrong" hint="window-to-each-side"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size, bias=k, alpha=alpha, beta=beta)
    return np.moveaxis(x.numpy(), -1, 1)

# %% numpy-mean kind="wrong" hint="mean-at-the-border"
def like_pytorch(activations, size, alpha, beta, k):
    result = np.empty(activations.shape)
    for c in range(activations.shape[1]):
        nearby = activations[:, max(0, c - size // 2) : c + size // 2 + 1]
        result[:, c] = activations[:, c] / (k + alpha * np.square(nearby).mean(axis=1)) ** beta
    return result

# %% not-transposed kind="wrong" hint="wrong-axis"
def like_pytorch(activations, size, alpha, beta, k):
    return tf.nn.local_response_normalization(activations, size // 2, k, alpha / size, beta)

# %% in-pytorch-order kind="wrong" hint="constants-in-wrong-order"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size // 2, alpha, beta, k)
    return np.moveaxis(x.numpy(), -1, 1)

# %% in-pytorch-order-divided kind="wrong" hint="constants-in-wrong-order"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size // 2, alpha / size, beta, k)
    return np.moveaxis(x.numpy(), -1, 1)

# %% channels-stay-last kind="wrong" hint="not-turned-back"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    return tf.nn.local_response_normalization(x, size // 2, k, alpha / size, beta)

# %% reshaped kind="wrong" hint="wrong-array"
def like_pytorch(activations, size, alpha, beta, k):
    batch, channels, height, width = activations.shape
    x = activations.reshape(batch, height, width, channels)
    x = tf.nn.local_response_normalization(x, size // 2, k, alpha / size, beta)
    return x.numpy().reshape(activations.shape)

# %% always-a-third kind="wrong" hint="always-the-example"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    x = tf.nn.local_response_normalization(x, size // 2, k, alpha / 3, beta)
    return np.moveaxis(x.numpy(), -1, 1)

# %% transposed-twice-the-same kind="wrong" hint="turned-axes"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.transpose(activations, (0, 2, 3, 1))
    x = tf.nn.local_response_normalization(x, size // 2, k, alpha / size, beta).numpy()
    return np.transpose(x, (0, 2, 3, 1))

# %% channels-axis-by-name kind="wrong" hint="arguments-do-not-match"
def like_pytorch(activations, size, alpha, beta, k):
    return tf.nn.local_response_normalization(
        activations, size // 2, k, alpha / size, beta, data_format="NCHW"
    )

# %% nothing-returned kind="wrong" hint="missing-return"
def like_pytorch(activations, size, alpha, beta, k):
    x = np.moveaxis(activations, 1, -1)
    tf.nn.local_response_normalization(x, size // 2, k, alpha / size, beta)

# %% torch-not-there kind="crash"
import torch

def like_pytorch(activations, size, alpha, beta, k):
    layer = torch.nn.LocalResponseNorm(size, alpha, beta, k)
    return layer(torch.from_numpy(activations)).numpy()

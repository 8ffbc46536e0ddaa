# %% part-by-part kind="right"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    activations = 0
    for count in values:
        activations += batch * count * bytes_per_value
    weights = parameters * bytes_per_value
    gradients = parameters * bytes_per_value
    optimizer = slots * parameters * bytes_per_value
    return activations + weights + gradients + optimizer

# %% numpy kind="right"
import numpy as np

def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return np.int64(bytes_per_value) * (np.sum(values) * batch + parameters * (slots + 2))

# %% tensorflow kind="right"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    per_batch = tf.reduce_sum(tf.constant(values, tf.int64)) * batch
    return (per_batch + parameters * (2 + slots)) * bytes_per_value

# %% no-gradients kind="wrong" hint="gradients-forgotten"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (batch * sum(values) + parameters * (1 + slots)) * bytes_per_value

# %% only-activations kind="wrong" hint="weights-forgotten"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return batch * sum(values) * bytes_per_value

# %% without-images kind="wrong" hint="inputs-forgotten"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (batch * sum(values[1:]) + parameters * (2 + slots)) * bytes_per_value

# %% fifty-predictions kind="wrong" hint="prediction-times-batch"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    pair = max(a + b for a, b in zip(values, values[1:]))
    return batch * (pair + parameters) * bytes_per_value

# %% parameters-per-image kind="wrong" hint="parameters-per-image"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return batch * (sum(values) + parameters * (2 + slots)) * bytes_per_value

# %% values-only kind="wrong" hint="bytes-ignored"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return batch * sum(values) + parameters * (2 + slots)

# %% one-image kind="wrong" hint="batch-ignored"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (sum(values) + parameters * (2 + slots)) * bytes_per_value

# %% plain-sgd-only kind="wrong" hint="slots-forgotten"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (batch * sum(values) + parameters * 2) * bytes_per_value

# %% slots-per-image kind="wrong" hint="slots-per-image"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (batch * (sum(values) + parameters * slots) + 2 * parameters) * bytes_per_value

# %% slots-multiplied kind="wrong" hint="slots-multiplied"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    factor = 2 * slots if slots else 2
    return (batch * sum(values) + parameters * factor) * bytes_per_value

# %% four-bytes kind="wrong" hint="always-four-bytes"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (batch * sum(values) + parameters * (2 + slots)) * 4

# %% array-of-one kind="wrong" hint="one-element-array"
import numpy as np

def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (batch * np.sum([values], axis=1) + parameters * (2 + slots)) * bytes_per_value

# %% gradients-of-activations kind="wrong" hint="activation-gradients"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    tensors = batch * (sum(values) + sum(values[1:]))
    return (tensors + parameters * (2 + slots)) * bytes_per_value

# %% twice-everything kind="wrong" hint="activation-gradients"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return (2 * batch * sum(values) + parameters * (2 + slots)) * bytes_per_value

# %% zero kind="wrong" hint="always-the-same"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return 0

# %% recursion kind="crash"
def training_bytes(values, parameters, batch, slots=0, bytes_per_value=4):
    return training_bytes(values, parameters, batch, slots)

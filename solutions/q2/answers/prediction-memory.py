# %% by-index kind="right"
def prediction_bytes(values, parameters, bytes_per_value=4):
    largest = 0
    for i in range(len(values) - 1):
        largest = max(largest, values[i] + values[i + 1])
    return bytes_per_value * largest + bytes_per_value * parameters

# %% numpy kind="right"
import numpy as np

def prediction_bytes(values, parameters, bytes_per_value=4):
    values = np.asarray(values)
    return (np.max(values[:-1] + values[1:]) + parameters) * bytes_per_value

# %% simulate kind="right"
def prediction_bytes(values, parameters, bytes_per_value=4):
    alive, peak = values[0], 0
    for below, above in zip(values[:-1], values[1:]):
        alive += above
        peak = max(peak, alive)
        alive -= below
    return (peak + parameters) * bytes_per_value

# %% no-parameters kind="wrong" hint="parameters-forgotten"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return max(a + b for a, b in zip(values, values[1:])) * bytes_per_value

# %% keeps-everything kind="wrong" hint="nothing-freed"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return (sum(values) + parameters) * bytes_per_value

# %% keeps-all-outputs kind="wrong" hint="nothing-freed"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return (sum(values[1:]) + parameters) * bytes_per_value

# %% the-circulating-sum kind="wrong" hint="nothing-freed-no-parameters"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return sum(values) * bytes_per_value

# %% largest-only kind="wrong" hint="one-tensor-only"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return (max(values) + parameters) * bytes_per_value

# %% values-only kind="wrong" hint="bytes-ignored"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return max(a + b for a, b in zip(values, values[1:])) + parameters

# %% parameters-as-count kind="wrong" hint="parameters-not-in-bytes"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return max(a + b for a, b in zip(values, values[1:])) * bytes_per_value + parameters

# %% in-megabytes kind="wrong" hint="megabytes-not-bytes"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return (max(a + b for a, b in zip(values, values[1:])) + parameters) * bytes_per_value / 1e6

# %% without-the-image kind="wrong" hint="input-not-paired"
def prediction_bytes(values, parameters, bytes_per_value=4):
    outputs = values[1:]
    return (max(a + b for a, b in zip(outputs, outputs[1:])) + parameters) * bytes_per_value

# %% four-bytes kind="wrong" hint="always-four-bytes"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return (max(a + b for a, b in zip(values, values[1:])) + parameters) * 4

# %% two-largest kind="wrong" hint="not-consecutive"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return (sum(sorted(values)[-2:]) + parameters) * bytes_per_value

# %% largest-and-its-neighbour kind="wrong" hint="largest-and-neighbour"
def prediction_bytes(values, parameters, bytes_per_value=4):
    place = values.index(max(values))
    beside = [values[k] for k in (place - 1, place + 1) if 0 <= k < len(values)]
    return (values[place] + max(beside) + parameters) * bytes_per_value

# %% keeps-the-image kind="wrong" hint="image-kept"
def prediction_bytes(values, parameters, bytes_per_value=4):
    image, *outputs = values
    return (image + max(a + b for a, b in zip(outputs, outputs[1:])) + parameters) * bytes_per_value

# %% nan kind="wrong" hint="nan"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return float("inf") - float("inf")

# %% off-the-end kind="crash"
def prediction_bytes(values, parameters, bytes_per_value=4):
    return max(values[i] + values[i + 1] for i in range(len(values)))

# %% smallest-pair kind="wrong" hint="too-small"
def prediction_bytes(values, parameters, bytes_per_value=4):
    pair = min(one + other for one, other in zip(values, values[1:]))
    return bytes_per_value * (pair + parameters)

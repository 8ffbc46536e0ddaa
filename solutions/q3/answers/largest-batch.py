# %% counting-up kind="right"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    batch = 0
    while bytes_per_value * (
        (batch + 1) * sum(values) + parameters * (2 + slots)
    ) <= limit:
        batch += 1
    return batch

# %% floor-of-a-quotient kind="right"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    room = limit / bytes_per_value - (slots + 2) * parameters
    if room < 0:
        return 0
    return math.floor(room / sum(values))

# %% numpy kind="right"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    copies = np.array([1, 1, slots])
    fixed = bytes_per_value * np.sum(copies) * parameters
    return np.maximum(0, (limit - fixed) // (bytes_per_value * np.sum(values)))

# %% no-parameters kind="wrong" hint="parameters-forgotten"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    return limit // (sum(values) * bytes_per_value)

# %% parameters-as-in-the-plan kind="wrong" hint="parameters-keep-four"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * 4
    return max(free // (sum(values) * bytes_per_value), 0)

# %% no-gradients kind="wrong" hint="gradients-forgotten"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (1 + slots) * bytes_per_value
    return max(free // (sum(values) * bytes_per_value), 0)

# %% plain-sgd kind="wrong" hint="slots-forgotten"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * 2 * bytes_per_value
    return max(free // (sum(values) * bytes_per_value), 0)

# %% without-images kind="wrong" hint="inputs-forgotten"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return max(free // (sum(values[1:]) * bytes_per_value), 0)

# %% parameters-for-each-image kind="wrong" hint="parameters-per-image"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    one = (sum(values) + parameters * (2 + slots)) * bytes_per_value
    return limit // one

# %% rounded kind="wrong" hint="one-image-too-many"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return max(round(free / (sum(values) * bytes_per_value)), 0)

# %% strictly-below kind="wrong" hint="exact-fit-refused"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    batch = 0
    while (
        (batch + 1) * sum(values) + parameters * (2 + slots)
    ) * bytes_per_value < limit:
        batch += 1
    return batch

# %% below-zero kind="wrong" hint="negative-batch"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return free // (sum(values) * bytes_per_value)

# %% four-bytes kind="wrong" hint="always-four-bytes"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * 4
    return max(free // (sum(values) * 4), 0)

# %% not-rounded kind="wrong" hint="part-of-an-image"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return max(free / (sum(values) * bytes_per_value), 0)

# %% twice-activations kind="wrong" hint="activation-gradients"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return max(free // (2 * sum(values) * bytes_per_value), 0)

# %% one-tensor kind="wrong" hint="largest-tensor-only"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return max(free // (max(values) * bytes_per_value), 0)

# %% slots-only kind="wrong" hint="weights-forgotten"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * slots * bytes_per_value
    return max(free // (sum(values) * bytes_per_value), 0)

# %% slots-times kind="wrong" hint="slots-multiplied"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * 2 * slots * bytes_per_value
    return max(free // (sum(values) * bytes_per_value), 0)

# %% leaves kind="crash"
raise SystemExit

# %% bytes-times-bytes kind="wrong" hint="far-too-large"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (2 + slots) * bytes_per_value
    return max(free * sum(values) * bytes_per_value, 0)

# %% three-copies kind="wrong" hint="one-copy-too-many"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    free = limit - parameters * (3 + slots) * bytes_per_value
    return max(free // (sum(values) * bytes_per_value), 0)

# %% tried-up-to-a-hundred kind="wrong" hint="far-too-small"
def largest_batch(values, parameters, limit, slots=0, bytes_per_value=4):
    best = 0
    for batch in range(100):
        if bytes_per_value * (batch * sum(values) + (2 + slots) * parameters) <= limit:
            best = batch
    return best

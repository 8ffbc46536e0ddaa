# %% part-by-part kind="right"
def mixed_bytes(values, parameters, batch, slots=0):
    activations = 0
    for count in values:
        activations += 2 * count * batch
    masters = 4 * parameters
    copies = 2 * parameters
    gradients = 4 * parameters
    return activations + masters + copies + gradients + slots * 4 * parameters

# %% from-dtypes kind="right"
def mixed_bytes(values, parameters, batch, slots=0):
    half, full = np.dtype("float16").itemsize, np.dtype("float32").itemsize
    each = half + full * (2 + slots)
    return half * batch * np.sum(values) + each * parameters

# %% in-bits kind="right"
def mixed_bytes(values, parameters, batch, slots=0):
    bits = 16 * batch * sum(values) + (32 * 2 + 16 + 32 * slots) * parameters
    return bits // 8

# %% all-halved kind="wrong" hint="pure-half-precision"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * (batch * sum(values) + parameters * (2 + slots))

# %% no-copy kind="wrong" hint="two-bytes-short"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + 4 * parameters * (2 + slots)

# %% half-gradients kind="wrong" hint="two-bytes-short"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + parameters * (4 + 2 + 2 + 4 * slots)

# %% no-gradients kind="wrong" hint="four-bytes-short"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + parameters * (4 + 2 + 4 * slots)

# %% half-slots kind="wrong" hint="slots-in-half"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + parameters * (4 + 2 + 4 + 2 * slots)

# %% no-slots kind="wrong" hint="slots-forgotten"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + parameters * (4 + 2 + 4)

# %% full-copy kind="wrong" hint="second-copy"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + 4 * parameters * (3 + slots)

# %% full-activations kind="wrong" hint="activations-not-halved"
def mixed_bytes(values, parameters, batch, slots=0):
    return 4 * batch * sum(values) + parameters * (10 + 4 * slots)

# %% full-images kind="wrong" hint="images-not-halved"
def mixed_bytes(values, parameters, batch, slots=0):
    tensors = 4 * batch * values[0] + 2 * batch * sum(values[1:])
    return tensors + parameters * (10 + 4 * slots)

# %% one-image kind="wrong" hint="batch-ignored"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * sum(values) + parameters * (10 + 4 * slots)

# %% all-32 kind="wrong" hint="nothing-halved"
def mixed_bytes(values, parameters, batch, slots=0):
    return 4 * batch * sum(values) + parameters * (4 + 4 + 4 * slots)

# %% half-of-32 kind="wrong" hint="pure-half-precision"
def mixed_bytes(values, parameters, batch, slots=0):
    return (4 * batch * sum(values) + parameters * (4 + 4 + 4 * slots)) // 2

# %% slots-multiplied kind="wrong" hint="slots-multiplied"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + parameters * (4 + 2 + 4) * slots

# %% slots-per-step kind="wrong" hint="slots-not-for-each"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * batch * sum(values) + parameters * (4 + 2 + 4) + 4 * slots

# %% recursion kind="crash"
def mixed_bytes(values, parameters, batch, slots=0):
    return mixed_bytes(values, parameters, batch, slots)

# %% over-the-batch kind="wrong" hint="not-whole"
def mixed_bytes(values, parameters, batch, slots=0):
    return 2 * sum(values) / batch + parameters * (10 + 4 * slots)

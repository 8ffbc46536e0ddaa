# %% ask-keras kind="right"
def standardise(activations, kind, epsilon):
    if kind == "batch":
        layer = keras.layers.BatchNormalization(epsilon=epsilon, center=False, scale=False)
        return layer(activations, training=True)
    return keras.layers.LayerNormalization(epsilon=epsilon, center=False, scale=False)(activations)

# %% moments kind="right"
def standardise(activations, kind, epsilon):
    axes = [0, 1, 2] if kind == "batch" else [-1]
    mean, variance = tf.nn.moments(activations, axes, keepdims=True)
    return (activations - mean) / (variance + epsilon) ** 0.5

# %% loops kind="right"
def standardise(activations, kind, epsilon):
    result = activations.astype("float64")
    if kind == "batch":
        for channel in range(result.shape[3]):
            one = result[..., channel]
            result[..., channel] = (one - one.mean()) / np.sqrt(one.var() + epsilon)
    else:
        for where in np.ndindex(result.shape[:3]):
            one = result[where]
            result[where] = (one - one.mean()) / np.sqrt(one.var() + epsilon)
    return result

# %% kinds-the-other-way kind="wrong" hint="kinds-exchanged"
def standardise(activations, kind, epsilon):
    axes = {"layer": (0, 1, 2), "batch": (3,)}[kind]
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / np.sqrt(activations.var(axes, keepdims=True) + epsilon)

# %% batch-axis-alone kind="wrong" hint="first-axis-only"
def standardise(activations, kind, epsilon):
    axes = (0,) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / np.sqrt(activations.var(axes, keepdims=True) + epsilon)

# %% batch-per-image kind="wrong" hint="each-image-alone"
def standardise(activations, kind, epsilon):
    axes = (1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / np.sqrt(activations.var(axes, keepdims=True) + epsilon)

# %% one-mean kind="wrong" hint="one-mean-for-all"
def standardise(activations, kind, epsilon):
    return (activations - activations.mean()) / np.sqrt(activations.var() + epsilon)

# %% without-root kind="wrong" hint="variance-without-root"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / (activations.var(axes, keepdims=True) + epsilon)

# %% epsilon-after-the-root kind="wrong" hint="epsilon-outside"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / (activations.std(axes, keepdims=True) + epsilon)

# %% without-epsilon kind="wrong" hint="epsilon-left-out"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / activations.std(axes, keepdims=True)

# %% mean-kept kind="wrong" hint="mean-not-subtracted"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    return activations / np.sqrt(activations.var(axes, keepdims=True) + epsilon)

# %% sample-variance kind="wrong" hint="sample-variance"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / np.sqrt(activations.var(axes, ddof=1, keepdims=True) + epsilon)

# %% always-batch kind="wrong" hint="kind-ignored"
def standardise(activations, kind, epsilon):
    mean = activations.mean((0, 1, 2))
    return (activations - mean) / np.sqrt(activations.var((0, 1, 2)) + epsilon)

# %% layer-is-the-image kind="wrong" hint="whole-image"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (1, 2, 3)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / np.sqrt(activations.var(axes, keepdims=True) + epsilon)

# %% layer-is-the-map kind="wrong" hint="each-map-alone"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (1, 2)
    mean = activations.mean(axes, keepdims=True)
    return (activations - mean) / np.sqrt(activations.var(axes, keepdims=True) + epsilon)

# %% axes-lost kind="wrong" hint="axes-not-kept"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes)
    return (activations - mean) / np.sqrt(activations.var(axes) + epsilon)

# %% keras-epsilon kind="wrong" hint="epsilon-left-out"
def standardise(activations, kind, epsilon):
    if kind == "batch":
        return keras.layers.BatchNormalization()(activations, training=True)
    return keras.layers.LayerNormalization()(activations)

# %% batch-in-prediction kind="wrong" hint="prediction-mode"
def standardise(activations, kind, epsilon):
    if kind == "batch":
        return keras.layers.BatchNormalization(epsilon=epsilon)(activations)
    return keras.layers.LayerNormalization(epsilon=epsilon)(activations)

# %% only-centred kind="wrong" hint="not-divided"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    return activations - activations.mean(axes, keepdims=True)

# %% prints kind="wrong" hint="missing-return"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    print(activations.mean(axes), activations.var(axes))

# %% wrong-name kind="crash"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    return (activation - activation.mean(axes)) / np.sqrt(activation.var(axes) + epsilon)

# %% epsilon-to-the-second kind="wrong" hint="epsilon-squared"
def standardise(activations, kind, epsilon):
    axes = {"batch": (0, 1, 2), "layer": (3,)}[kind]
    mean = activations.mean(axis=axes, keepdims=True)
    variance = activations.var(axis=axes, keepdims=True)
    return (activations - mean) / np.sqrt(variance + epsilon**2)

# %% root-twice kind="wrong" hint="spread-for-variance"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    variance = activations.std(axes, keepdims=True)
    return (activations - mean) / np.sqrt(variance + epsilon)

# %% sum-taken-off kind="wrong" hint="sum-subtracted"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.sum(axes, keepdims=True)
    variance = activations.var(axes, keepdims=True)
    return (activations - mean) / np.sqrt(variance + epsilon)

# %% plus-mean kind="wrong" hint="mean-added"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    variance = activations.var(axes, keepdims=True)
    return (activations + mean) / np.sqrt(variance + epsilon)

# %% axes-left-out-of-mean kind="wrong" hint="one-mean-for-all-maps"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean()
    variance = activations.var(axes, keepdims=True)
    return (activations - mean) / np.sqrt(variance + epsilon)

# %% axes-left-out-of-var kind="wrong" hint="one-variance-for-all-maps"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    variance = activations.var()
    return (activations - mean) / np.sqrt(variance + epsilon)

# %% times-the-root kind="wrong" hint="multiplied-by-the-spread"
def standardise(activations, kind, epsilon):
    axes = (0, 1, 2) if kind == "batch" else (3,)
    mean = activations.mean(axes, keepdims=True)
    variance = activations.var(axes, keepdims=True)
    return (activations - mean) * np.sqrt(variance + epsilon)

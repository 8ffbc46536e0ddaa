# %% by-cases kind="right"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense":
        return (height * width * channels + 1) * height * width * filters
    if kind == "local":
        return (kernel * kernel * channels + 1) * height * width * filters
    return (kernel * kernel * channels + 1) * filters

# %% in-a-dictionary kind="right"
def layer_parameters(kind, height, width, channels, filters, kernel):
    units = height * width * filters
    window = kernel**2 * channels + 1
    image = height * width * channels + 1
    return {"dense": image * units, "local": window * units, "convolution": window * filters}[kind]

# %% numpy-integers kind="right"
def layer_parameters(kind, height, width, channels, filters, kernel):
    positions = np.int64(height) * width
    inputs = np.prod([positions, channels]) if kind == "dense" else np.prod([kernel, kernel, channels])
    return (inputs + 1) * filters * (1 if kind == "convolution" else positions)

# %% no-biases kind="wrong" hint="unit-biases-left-out"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return inputs * units

# %% single-bias kind="wrong" hint="one-bias-for-all-units"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return inputs * units + 1

# %% grey-image kind="wrong" hint="colours-left-out"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% few-dense-units kind="wrong" hint="units-are-filters"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense":
        return (height * width * channels + 1) * filters
    units = filters if kind == "convolution" else height * width * filters
    return (kernel**2 * channels + 1) * units

# %% kind-ignored kind="wrong" hint="window-for-dense"
def layer_parameters(kind, height, width, channels, filters, kernel):
    return (kernel**2 * channels + 1) * filters

# %% local-as-dense kind="wrong" hint="whole-image-for-local"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "convolution":
        return (kernel**2 * channels + 1) * filters
    return (height * width * channels + 1) * height * width * filters

# %% local-shares kind="wrong" hint="shared-for-local"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense":
        return (height * width * channels + 1) * height * width * filters
    return (kernel**2 * channels + 1) * filters

# %% local-shares-biases kind="wrong" hint="local-bias-shared"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense":
        return (height * width * channels + 1) * height * width * filters
    places = height * width if kind == "local" else 1
    return kernel**2 * channels * filters * places + filters

# %% one-local-map kind="wrong" hint="one-filter-only"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "local":
        return (kernel**2 * channels + 1) * height * width
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% convolution-at-every-place kind="wrong" hint="positions-counted"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    return (inputs + 1) * height * width * filters

# %% side-once kind="wrong" hint="kernel-not-squared"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel * channels
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% valid-padding kind="wrong" hint="outputs-shrunk"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    places = (height - kernel + 1) * (width - kernel + 1)
    units = filters if kind == "convolution" else places * filters
    return (inputs + 1) * units

# %% square-image kind="wrong" hint="square-image-assumed"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height**2 * channels if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height**2 * filters
    return (inputs + 1) * units

# %% memorised kind="wrong" hint="argument-ignored"
def layer_parameters(kind, height, width, channels, filters, kernel):
    seen = {"dense": 110_976, "local": 29_184, "convolution": 304}
    return seen[kind] if height == 8 else 0

# %% convolution-without-biases kind="wrong" hint="no-bias"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "convolution":
        return kernel**2 * channels * filters
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    return (inputs + 1) * height * width * filters

# %% flat-windows kind="wrong" hint="no-channels"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% as-float kind="wrong" hint="float-not-integer"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2.0 * channels
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% no-last-case kind="wrong" hint="missing-return"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense":
        return (height * width * channels + 1) * height * width * filters
    if kind == "local":
        return (kernel * kernel * channels + 1) * height * width * filters
    if kind == "conv":
        return (kernel * kernel * channels + 1) * filters

# %% bias-per-input kind="wrong" hint="bias-per-input"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return inputs * (units + 1)

# %% dense-one-map kind="wrong" hint="one-map-of-units"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense": return (height * width * channels + 1) * height * width
    inputs = kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% local-bias-per-position kind="wrong" hint="local-bias-shared"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense": return (height * width * channels + 1) * height * width * filters
    if kind == "local": return kernel**2 * channels*height*width*filters + height*width
    return (kernel**2 * channels+1)*filters

# %% bias-channel kind="wrong" hint="bias-per-channel"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense": return (height * width * channels + 1) * height * width * filters
    if kind == "local": return (kernel**2 +1)* channels*height*width*filters
    return (kernel**2 +1)* channels*filters

# %% conv-local-swapped kind="wrong" hint="shared-for-local"
def layer_parameters(kind, height, width, channels, filters, kernel):
    if kind == "dense": return (height * width * channels + 1) * height * width * filters
    if kind == "convolution": return (kernel**2 * channels+1)*height*width*filters
    return (kernel**2 * channels+1)*filters

# %% name-misspelt kind="crash"
def layer_parameters(kind, height, width, channels, filters, kernel):
    return (kernal**2 * channels + 1) * filters

# %% missing-bracket kind="crash"
def layer_parameters(kind, height, width, channels, filters, kernel):
    return (kernel**2 * channels + 1 * filters

# %% minus-biases kind="wrong" hint="biases-subtracted"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * channels if kind == "dense" else kernel**2 * channels
    units = filters if kind == "convolution" else height * width * filters
    return inputs * units - units

# %% always-colours kind="wrong" hint="argument-ignored"
def layer_parameters(kind, height, width, channels, filters, kernel):
    inputs = height * width * 3 if kind == "dense" else kernel**2 * 3
    units = filters if kind == "convolution" else height * width * filters
    return (inputs + 1) * units

# %% from-the-top kind="right"
def receptive_field(layers):
    span = 1
    for kernel, stride, dilation in layers[::-1]:
        span = (span - 1) * stride + (kernel - 1) * dilation + 1
    return span

# %% follow-the-ends kind="right"
def receptive_field(layers):
    first = last = 0
    for kernel, stride, dilation in reversed(layers):
        first, last = first * stride, last * stride + (kernel - 1) * dilation
    return last - first + 1

# %% numpy-products kind="right"
def receptive_field(layers):
    kernels, strides, dilations = np.array(layers).T
    steps = np.cumprod(np.append(1, strides[:-1]))
    return 1 + ((kernels - 1) * dilations * steps).sum()

# %% as-in-question-one kind="wrong" hint="dilation-ignored"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1) * step
        step *= stride
    return span

# %% kernel-times-dilation kind="wrong" hint="dilation-times-kernel"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel * dilation - 1) * step
        step *= stride
    return span

# %% dilations-multiplied kind="wrong" hint="dilation-accumulated"
def receptive_field(layers):
    span, step, spread = 1, 1, 1
    for kernel, stride, dilation in layers:
        spread *= dilation
        span += (kernel - 1) * spread * step
        step *= stride
    return span

# %% holes-counted kind="wrong" hint="dilation-as-holes"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1) * (dilation + 1) * step
        step *= stride
    return span

# %% step-by-dilation kind="wrong" hint="dilation-as-stride"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1) * step
        step *= stride * dilation
    return span

# %% from-nothing kind="wrong" hint="one-pixel-missing"
def receptive_field(layers):
    span, step = 0, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1) * dilation * step
        step *= stride
    return span

# %% sum-of-kernels kind="wrong" hint="kernels-added"
def receptive_field(layers):
    return sum((kernel - 1) * dilation + 1 for kernel, stride, dilation in layers)

# %% return-too-early kind="wrong" hint="returns-in-loop"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1) * dilation * step
        step *= stride
        return span

# %% no-strides kind="wrong" hint="strides-ignored"
def receptive_field(layers):
    return 1 + sum((kernel - 1) * dilation for kernel, _, dilation in layers)

# %% stride-first kind="wrong" hint="own-stride-too-early"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        step *= stride
        span += (kernel - 1) * dilation * step
    return span

# %% wrong-end kind="wrong" hint="layers-from-the-top"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers[::-1]:
        span += (kernel - 1) * dilation * step
        step *= stride
    return span

# %% pairs kind="crash"
def receptive_field(layers):
    span = 1
    for kernel, stride in layers:
        span += (kernel - 1) * stride
    return span

# %% sum-of-strides kind="wrong" hint="strides-added"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1) * dilation * step
        step += stride
    return span

# %% whole-kernels kind="wrong" hint="kernel-not-minus-one"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += kernel * dilation * step
        step *= stride
    return span

# %% from-the-second-layer kind="wrong" hint="first-layer-dropped"
def receptive_field(layers):
    span, step = 1, layers[0][1]
    for kernel, stride, dilation in layers[1:]:
        span += (kernel - 1) * dilation * step
        step *= stride
    return span

# %% recursion-and-match kind="right"
def receptive_field(stack):
    match list(stack):
        case []:
            return 1
        case [(kernel, stride, dilation), *above]:
            return (receptive_field(above) - 1) * stride + (kernel - 1) * dilation + 1

# %% reduced kind="right"
from functools import reduce


class ReceptiveField:
    __name__ = "receptive_field"

    def __call__(self, layers):
        return np.int64(reduce(lambda span, each: (span - 1) * each[1] + (each[0] - 1) * each[2] + 1, layers[::-1], 1))


receptive_field = ReceptiveField()

# %% plus-one kind="wrong" hint="kernel-plus-one"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel + 1) * dilation * step
        step *= stride
    return span

# %% dilation-as-a-term kind="wrong" hint="dilation-added"
def receptive_field(layers):
    span, step = 1, 1
    for kernel, stride, dilation in layers:
        span += (kernel - 1 + dilation) * step
        step *= stride
    return span

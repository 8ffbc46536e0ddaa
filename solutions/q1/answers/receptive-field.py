# %% from-below kind="right"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen

# %% recursively kind="right"
def receptive_field(layers):
    if not layers:
        return 1
    kernel, stride = layers[0]
    return (receptive_field(layers[1:]) - 1) * stride + kernel

# %% first-and-last-pixel kind="right"
def receptive_field(layers):
    first = last = 0
    for kernel, stride in layers[::-1]:
        first, last = first * stride, last * stride + kernel - 1
    return np.int64(last - first + 1)

# %% with-products kind="right"
def receptive_field(layers):
    strides = [stride for _, stride in layers]
    return 1 + sum((k - 1) * np.prod(strides[:i], dtype=int) for i, (k, _) in enumerate(layers))

# %% sum-of-kernels kind="wrong" hint="kernels-added"
def receptive_field(layers):
    return sum(kernel for kernel, _ in layers)

# %% product-of-kernels kind="wrong" hint="kernels-multiplied"
def receptive_field(layers):
    product = 1
    for kernel, _ in layers:
        product *= kernel
    return product

# %% without-itself kind="wrong" hint="one-pixel-missing"
def receptive_field(layers):
    seen, apart = 0, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen

# %% return-too-early kind="wrong" hint="returns-in-loop"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart *= stride
        return seen

# %% squared kind="wrong" hint="area-not-side"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen**2

# %% no-strides kind="wrong" hint="strides-ignored"
def receptive_field(layers):
    return 1 + sum(kernel - 1 for kernel, _ in layers)

# %% own-stride kind="wrong" hint="own-stride-too-early"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        apart *= stride
        seen += (kernel - 1) * apart
    return seen

# %% one-stride-at-a-time kind="wrong" hint="strides-not-multiplied"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart = stride
    return seen

# %% list-turned-round kind="wrong" hint="layers-from-the-top"
def receptive_field(layers):
    seen = 1
    for kernel, stride in layers:
        seen = (seen - 1) * stride + kernel
    return seen

# %% one-layer-short kind="wrong" hint="last-layer-dropped"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers[:-1]:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen

# %% float kind="wrong" hint="float-not-integer"
def receptive_field(layers):
    seen, apart = 1.0, 1.0
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen

# %% zero kind="wrong" hint="always-the-same"
def receptive_field(layers):
    return 0

# %% plus-stride kind="wrong" hint="units-not-gaps"
def receptive_field(layers):
    seen = 1
    for kernel, stride in layers:
        seen += kernel - 1 
        seen *= stride
    return seen

# %% reversed-own kind="wrong" hint="units-not-gaps"
def receptive_field(layers):
    seen = 1
    for kernel, stride in reversed(layers):
        seen = seen * stride + kernel - 1
    return seen

# %% minus-one-too-often kind="wrong" hint="windows-one-short"
def receptive_field(layers):
    seen = 1
    for kernel, stride in reversed(layers):
        seen = (seen - 1) * stride + kernel - 1
    return seen

# %% full-kernels-steps kind="wrong" hint="kernels-added"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += kernel * apart
        apart *= stride
    return seen

# %% half-a-kernel kind="wrong" hint="one-side-only"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += kernel // 2 * apart
        apart *= stride
    return seen

# %% two-per-layer kind="wrong" hint="kernel-fixed"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += 2 * apart
        apart *= stride
    return seen

# %% odd-half kind="wrong" hint="half-on-each-side"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += 2 * (kernel // 2) * apart
        apart *= stride
    return seen

# %% strides-added kind="wrong" hint="strides-added"
def receptive_field(layers):
    seen, apart = 1, 0
    for kernel, stride in layers:
        seen += (kernel - 1) * max(apart, 1)
        apart += stride
    return seen

# %% top-kernel kind="wrong" hint="last-layer-only"
def receptive_field(layers):
    return layers[-1][0]

# %% skip-first kind="wrong" hint="first-layer-dropped"
def receptive_field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers[1:]:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen

# %% stride-and-kernel kind="wrong" hint="stride-comes-second"
def receptive_field(layers):
    seen, apart = 1, 1
    for stride, kernel in layers:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen

# %% pairs-not-unpacked kind="crash"
def receptive_field(layers):
    return 1 + sum(layer.kernel - 1 for layer in layers)

# %% ends-the-kernel kind="stop"
import os

os._exit(1)

# %% first-kernel-and-stride kind="wrong" hint="first-layer-only"
def receptive_field(layers):
    kernel, stride = layers[0]
    return kernel + stride

# %% two-units-at-the-top kind="wrong" hint="wrong-start"
def receptive_field(layers):
    seen = 2
    for kernel, stride in reversed(layers):
        seen = (seen - 1) * stride + kernel
    return seen

# %% minus-the-kernel kind="wrong" hint="negative-result"
def receptive_field(layers):
    seen = 1
    for kernel, stride in reversed(layers):
        seen = (seen - 1) * stride - kernel
    return seen

# %% by-name kind="wrong" hint="name-where-an-index-is-due"
def receptive_field(layers):
    return 1 + sum(layer["kernel"] - 1 for layer in layers)

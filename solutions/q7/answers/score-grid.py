# %% layer-by-layer kind="right"
def score_grid(image, trained_on, trunk):
    grid = []
    for size, kernel in zip(image, trained_on):
        for k, s in trunk:
            size = (size - k) // s + 1
            kernel = (kernel - k) // s + 1
        grid.append(size - kernel + 1)
    return tuple(grid)

# %% ask-keras kind="right"
def score_grid(image, trained_on, trunk):
    stack = keras.Sequential([layers.MaxPooling2D(k, strides=s) for k, s in trunk])
    small = stack.compute_output_shape((None, *trained_on, 1))[1:3]
    large = stack.compute_output_shape((None, *image, 1))
    return layers.Conv2D(1, small).compute_output_shape(large)[1:3]

# %% slide-it kind="right"
def score_grid(image, trained_on, trunk):
    def places(size):
        for kernel, stride in trunk:
            size = len(range(0, size - kernel + 1, stride))
        return size
    return np.array([places(image[i]) - places(trained_on[i]) + 1 for i in (0, 1)])

# %% short-formula kind="wrong" hint="floor-taken-once"
def score_grid(image, trained_on, trunk):
    stride = math.prod(s for _, s in trunk)
    return tuple((n - t) // stride + 1 for n, t in zip(image, trained_on))

# %% steps-only kind="wrong" hint="valid-off-by-one"
def score_grid(image, trained_on, trunk):
    stride = math.prod(s for _, s in trunk)
    return tuple((n - t) // stride for n, t in zip(image, trained_on))

# %% trunk-only kind="wrong" hint="head-forgotten"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    return last_map(image[0]), last_map(image[1])

# %% divided-by-the-stride kind="wrong" hint="training-size-ignored"
def score_grid(image, trained_on, trunk):
    stride = math.prod(s for _, s in trunk)
    return image[0] // stride, image[1] // stride

# %% width-first kind="wrong" hint="axes-swapped"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    rows, columns = (last_map(n) - last_map(t) + 1 for n, t in zip(image, trained_on))
    return columns, rows

# %% sum-of-strides kind="wrong" hint="strides-added"
def score_grid(image, trained_on, trunk):
    stride = sum(s for _, s in trunk)
    return tuple((n - t) // stride + 1 for n, t in zip(image, trained_on))

# %% last-stride kind="wrong" hint="strides-not-multiplied"
def score_grid(image, trained_on, trunk):
    for _, stride in trunk:
        grid = tuple((n - t) // stride + 1 for n, t in zip(image, trained_on))
    return grid

# %% head-as-a-pool kind="wrong" hint="head-strides"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    return tuple(last_map(n) // last_map(t) for n, t in zip(image, trained_on))

# %% head-from-the-image kind="wrong" hint="head-grows"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    head = last_map(image[0]), last_map(image[1])
    return last_map(image[0]) - head[0] + 1, last_map(image[1]) - head[1] + 1

# %% square-training-images kind="wrong" hint="square-training-assumed"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    kernel = last_map(trained_on[0])
    return last_map(image[0]) - kernel + 1, last_map(image[1]) - kernel + 1

# %% recursion kind="crash"
def score_grid(image, trained_on, trunk):
    return score_grid(image, trained_on, trunk)

# %% strides-only kind="wrong" hint="kernels-ignored"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for _, stride in trunk:
            size //= stride
        return size

    rows, columns = (last_map(a) - last_map(b) + 1 for a, b in zip(image, trained_on))
    return rows, columns

# %% arrays kind="right"
def score_grid(image, trained_on, trunk):
    large, small = np.array(image), np.array(trained_on)
    for kernel, stride in trunk:
        large = (large - kernel) // stride + 1
        small = (small - kernel) // stride + 1
    return list(large - small + 1)

# %% layers-one-short kind="wrong" hint="layer-off-by-one"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride
        return size

    return tuple(last_map(a) - last_map(b) + 1 for a, b in zip(image, trained_on))

# %% as-if-padded kind="wrong" hint="layer-rounded-up"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for _, stride in trunk:
            size = math.ceil(size / stride)
        return size

    return tuple(last_map(a) - last_map(b) + 1 for a, b in zip(image, trained_on))

# %% trunk-turned-round kind="wrong" hint="layers-from-the-top"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in reversed(trunk):
            size = (size - kernel) // stride + 1
        return size

    return tuple(last_map(a) - last_map(b) + 1 for a, b in zip(image, trained_on))

# %% difference-through-the-trunk kind="wrong" hint="sizes-subtracted-first"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    return tuple(last_map(a - b) + 1 for a, b in zip(image, trained_on))

# %% kernels-of-pools-only kind="wrong" hint="kernels-ignored"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for kernel, stride in trunk:
            if stride > 1:
                size = (size - kernel) // stride + 1
        return size

    return tuple(last_map(a) - last_map(b) + 1 for a, b in zip(image, trained_on))

# %% strides-first kind="wrong" hint="stride-comes-second"
def score_grid(image, trained_on, trunk):
    def last_map(size):
        for stride, kernel in trunk:
            size = (size - kernel) // stride + 1
        return size

    return tuple(last_map(n) - last_map(t) + 1 for n, t in zip(image, trained_on))

# %% side-by-side kind="wrong" hint="sizes-divided"
def score_grid(image, trained_on, trunk):
    return tuple(n // t for n, t in zip(image, trained_on))

# %% counted-from-one-and-one-more kind="wrong" hint="one-too-many"
def score_grid(image, trained_on, trunk):
    def after(size):
        for kernel, stride in trunk:
            size = (size - kernel) // stride + 1
        return size

    return tuple(after(large) - after(small) + 2 for large, small in zip(image, trained_on))

# %% one-over kind="right"
counterexample = (28, 29)

# %% last-training-size kind="right"
counterexample = [31, 36]

# %% found-by-search kind="right"
def last_map(size):
    for kernel, stride in ANOTHER_TRUNK:
        size = (size - kernel) // stride + 1
    return size


counterexample = next(
    (trained_on, size)
    for trained_on in range(28, 40)
    for size in range(trained_on, 80)
    if last_map(size) - last_map(trained_on) + 1 != shaky_count(trained_on, size)
)

# %% numpy-numbers kind="right"
counterexample = np.array([99, 500])

# %% nothing-left-over kind="wrong" hint="counts-agree"
counterexample = (29, 47)

# %% copied-from-the-chapter kind="wrong" hint="counts-agree"
counterexample = (31, 40)

# %% same-size kind="wrong" hint="counts-agree"
counterexample = (31, 31)

# %% sizes-exchanged kind="wrong" hint="image-too-small"
counterexample = (36, 31)

# %% tiny kind="wrong" hint="sizes-out-of-range"
counterexample = (7, 20)

# %% huge kind="wrong" hint="sizes-out-of-range"
counterexample = (31, 4_000_000_000)

# %% a-float kind="wrong" hint="float-not-integer"
counterexample = (31, 40.0)

# %% one-number kind="wrong" hint="not-a-tuple"
counterexample = {31, 40}

# %% three-numbers kind="wrong" hint="wrong-length"
counterexample = (31, 40, 4)

# %% text kind="wrong" hint="text-not-number"
counterexample = "31, 40"

# %% division kind="crash"
counterexample = (31, 40 // 0)

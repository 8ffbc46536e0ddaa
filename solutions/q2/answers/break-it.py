# %% smallest kind="right"
counterexample = (2, 2, 1)

# %% a-list kind="right"
counterexample = [12, 6, 3]

# %% found-by-search kind="right"
counterexample = next(
    (size, kernel, stride)
    for size in range(3, 20)
    for kernel in range(1, size + 1)
    for stride in range(1, 5)
    if shaky_size(size, kernel, stride) != math.ceil(size / stride)
)

# %% numpy-numbers kind="right"
import numpy as np

counterexample = tuple(np.array([100, 10, 4]))

# %% even-kernel-larger-than-the-row kind="right"
counterexample = (4, 6, 2)

# %% chapter-layer kind="wrong" hint="not-a-counterexample"
counterexample = (200, 3, 2)

# %% odd-width kind="wrong" hint="not-a-counterexample"
counterexample = (75, 3, 2)

# %% even-kernel-odd-size kind="wrong" hint="not-a-counterexample"
counterexample = (75, 4, 2)

# %% kernel-of-one kind="wrong" hint="not-a-counterexample"
counterexample = (9, 1, 4)

# %% kernel-larger-than-the-row kind="wrong" hint="not-a-counterexample"
counterexample = (4, 9, 2)

# %% no-kernel kind="wrong" hint="out-of-range"
counterexample = (8, 0, 2)

# %% no-stride kind="wrong" hint="out-of-range"
counterexample = (8, 4, 0)

# %% negative kind="wrong" hint="out-of-range"
counterexample = (-8, 4, 2)

# %% too-large kind="wrong" hint="out-of-range"
counterexample = (10_002, 4, 2)

# %% with-channels kind="wrong" hint="wrong-length"
counterexample = (8, 4, 2, 3)

# %% one-number kind="wrong" hint="not-a-tuple"
counterexample = 4

# %% in-words kind="wrong" hint="text-not-number"
counterexample = "any even kernel"

# %% halves kind="wrong" hint="float-not-integer"
counterexample = (8.0, 4.0, 2.0)

# %% only-dots kind="wrong" hint="not-answered"
counterexample = ...

# %% bends-the-function kind="wrong" hint="not-a-counterexample"
def shaky_size(size, kernel, stride):
    return 0

counterexample = (200, 3, 2)

# %% bends-the-referee kind="crash"
import sys

sys.exit()

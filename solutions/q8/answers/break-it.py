# %% odd-and-even-coverage kind="right"
counterexample = (3, 3)

# %% a-list kind="right"
counterexample = [8, 3]

# %% found-by-counting kind="right"
def alike(kernel, stride):
    counts = np.zeros(40 * stride + kernel)
    for place in range(41):
        counts[place * stride : place * stride + kernel] += 1
    return len(set(counts[kernel : 40 * stride])) == 1

counterexample = next(
    (kernel, stride)
    for kernel in range(2, 20)
    for stride in range(1, kernel + 1)
    if alike(kernel, stride) != shaky_rule(kernel, stride)
)

# %% numpy-numbers kind="right"
counterexample = tuple(np.array([20, 6]))

# %% the-usual-four kind="wrong" hint="rule-holds-here"
counterexample = (4, 2)

# %% the-usual-three kind="wrong" hint="rule-holds-here"
counterexample = (3, 2)

# %% five-and-three kind="wrong" hint="rule-holds-here"
counterexample = (5, 3)

# %% stride-too-large kind="wrong" hint="no-such-stamp"
counterexample = (2, 3)

# %% no-stride kind="wrong" hint="no-such-stamp"
counterexample = (4, 0)

# %% with-size kind="wrong" hint="wrong-length"
counterexample = (10, 4, 3)

# %% one-number kind="wrong" hint="not-a-tuple"
counterexample = 4

# %% in-words kind="wrong" hint="text-not-number"
counterexample = "kernel 4, stride 3"

# %% halves kind="wrong" hint="float-not-integer"
counterexample = (4.0, 3.0)

# %% bends-the-rule kind="wrong" hint="rule-holds-here"
def shaky_rule(kernel, stride):
    return True

counterexample = (3, 2)

# %% leaves kind="stop"
import os

os._exit(0)

# %% an-array kind="right"
counterexample = np.array([6, 4], dtype="uint8")

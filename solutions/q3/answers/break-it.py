# %% smallest-batch kind="right"
counterexample = (2, 1, 64, 2)

# %% a-list kind="right"
counterexample = [4, 16, 512, 8]

# %% found-by-search kind="right"
def stack(batch, size, filters, layers):
    return PLAN | {
        "batch": batch,
        "height": size,
        "width": size,
        "filters": (filters,) * layers,
        "strides": (1,) * layers,
    }


counterexample = next(
    (batch, size, filters, layers)
    for batch in (2, 8, 32)
    for size in (8, 16)
    for filters in (16, 64, 256)
    for layers in (2, 4)
    if training_bytes(stack(batch, size, filters // 2, layers))
    < training_bytes(stack(batch // 2, size, filters, layers))
)

# %% numpy-numbers kind="right"
counterexample = tuple(np.array([2, 4, 128, 3]))

# %% large-images kind="wrong" hint="advice-is-right"
counterexample = (32, 224, 64, 4)

# %% large-batch kind="wrong" hint="advice-is-right"
counterexample = (512, 32, 16, 3)

# %% one-thin-layer kind="wrong" hint="advice-is-right"
counterexample = (2, 64, 2, 1)

# %% single-image kind="wrong" hint="no-such-stack"
counterexample = (1, 8, 256, 4)

# %% very-deep kind="wrong" hint="no-such-stack"
counterexample = (2, 8, 64, 200)

# %% odd-filters kind="wrong" hint="cannot-be-halved"
counterexample = (2, 8, 255, 4)

# %% three-numbers kind="wrong" hint="wrong-length"
counterexample = (2, 256, 4)

# %% one-number kind="wrong" hint="not-a-tuple"
counterexample = 256

# %% in-words kind="wrong" hint="text-not-number"
counterexample = "many filters, small images"

# %% only-dots kind="wrong" hint="not-answered"
counterexample = ...

# %% leaves kind="crash"
import sys

sys.exit()

# %% barely-fewer kind="right"
no_saving = (100, 99, 5)

# %% few-filters kind="right"
no_saving = [256, 128, 10]

# %% searched kind="right"
no_saving = next(
    (c, r, f)
    for c in range(2, 50)
    for r in range(1, c)
    for f in range(1, 50)
    if c * r + 9 * r * f >= 9 * c * f
)

# %% numpy kind="right"
import numpy as np

no_saving = np.array([64, 60, 64])

# %% googlenet kind="wrong" hint="bottleneck-saves"
no_saving = (192, 96, 128)

# %% few-reduced kind="wrong" hint="bottleneck-saves"
no_saving = (1000, 1, 1)

# %% as-many kind="wrong" hint="not-a-bottleneck"
no_saving = (64, 64, 64)

# %% more kind="wrong" hint="not-a-bottleneck"
no_saving = (16, 96, 128)

# %% zero kind="wrong" hint="widths-out-of-range"
no_saving = (10, 9, 0)

# %% huge kind="wrong" hint="widths-out-of-range"
no_saving = (100000, 99999, 1)

# %% two-numbers kind="wrong" hint="wrong-length"
no_saving = (10, 9)

# %% a-number kind="wrong" hint="not-a-tuple"
no_saving = 10

# %% a-fraction kind="wrong" hint="float-not-integer"
no_saving = (10, 9.5, 1)

# %% in-words kind="wrong" hint="text-not-number"
no_saving = "10, 9, 1"

# %% unknown-name kind="crash"
no_saving = (channels, channels - 1, filters)

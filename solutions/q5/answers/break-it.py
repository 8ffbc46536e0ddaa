# %% two-loud kind="right"
loud_case = [200, 200]

# %% all-loud kind="right"
loud_case = [1000] * 16

# %% one-apart kind="right"
loud_case = (0, 0, 300.5, 0, 250, 0)

# %% numpy-random kind="right"
import numpy as np

loud_case = np.random.default_rng(0).uniform(0, 1000, size=12)

# %% tensor kind="right"
loud_case = tf.constant([90.0, 90.0, 90.0, 90.0, 90.0])

# %% between-0-and-1 kind="wrong" hint="responses-too-quiet"
loud_case = [0.2, 0.9, 0.4, 1.0, 0.7]

# %% all-nine kind="wrong" hint="responses-too-quiet"
loud_case = [9] * 16

# %% all-silent kind="wrong" hint="responses-too-quiet"
loud_case = [0, 0, 0]

# %% a-single-loud-one kind="wrong" hint="no-loud-neighbours"
loud_case = [0, 0, 0, 1000, 0, 0, 0]

# %% alone kind="wrong" hint="no-loud-neighbours"
loud_case = [1000]

# %% far-apart kind="wrong" hint="no-loud-neighbours"
loud_case = [500, 0, 0, 500, 0, 0, 500]

# %% quiet-before-loud kind="wrong" hint="shaky-agrees"
loud_case = [1, 1000]

# %% moderate kind="wrong" hint="shaky-agrees"
loud_case = [12, 12]

# %% negative kind="wrong" hint="response-out-of-range"
loud_case = [-500, 500]

# %% too-loud kind="wrong" hint="response-out-of-range"
loud_case = [5000, 5000]

# %% not-finite kind="wrong" hint="response-out-of-range"
loud_case = [float("nan"), 500]

# %% a-number kind="wrong" hint="no-list-of-responses"
loud_case = 500

# %% empty kind="wrong" hint="no-list-of-responses"
loud_case = []

# %% seventeen kind="wrong" hint="no-list-of-responses"
loud_case = [500] * 17

# %% a-whole-image kind="wrong" hint="no-list-of-responses"
loud_case = np.full((1, 2, 2, 4), 500.0)

# %% in-words kind="wrong" hint="no-list-of-responses"
loud_case = "two loud neighbours"

# %% nothing kind="wrong" hint="no-list-of-responses"
loud_case = None

# %% only-dots kind="wrong" hint="not-answered"
loud_case = ...

# %% bends-the-function kind="wrong" hint="shaky-agrees"
def shaky(responses):
    return [0.0 for _ in responses]

loud_case = [1, 1000]

# %% bends-the-referee kind="crash"
import sys

sys.exit()

# %% falling-to-zero kind="right"
row = (0, 9, 1, 8, 2, 7, 3, 6)

# %% by-search kind="right"
rng = np.random.default_rng(0)
while True:
    row = rng.integers(0, 10, 8)
    moved = np.concatenate([[0], row[:-1]])
    if (row.reshape(4, 2).max(axis=1) != moved.reshape(4, 2).max(axis=1)).all():
        break

# %% growing kind="right"
row = [number + 1 for number in range(8)]

# %% numpy kind="right"
row = np.arange(1, 9)

# %% a-range kind="right"
row = range(1, 9)

# %% all-alike kind="wrong" hint="nothing-changed"
row = [5, 5, 5, 5, 5, 5, 5, 5]

# %% all-zero kind="wrong" hint="nothing-changed"
row = [0] * 8

# %% the-test-row kind="wrong" hint="nothing-changed"
row = [0, 0, 9, 0, 0, 0, 0, 0]

# %% crossing-spot kind="wrong" hint="moved-a-whole-window"
row = [0, 0, 0, 9, 0, 0, 0, 0]

# %% every-second-nine kind="wrong" hint="moved-a-whole-window"
row = [0, 9, 0, 9, 0, 9, 0, 9]

# %% falling kind="wrong" hint="some-values-survive"
row = [9, 8, 7, 6, 5, 4, 3, 2]

# %% nine-first kind="wrong" hint="nothing-changed"
row = [9, 0, 9, 0, 9, 0, 9, 0]

# %% too-large kind="wrong" hint="digit-out-of-range"
row = [10, 20, 30, 40, 50, 60, 70, 80]

# %% negative kind="wrong" hint="digit-out-of-range"
row = [-8, -7, -6, -5, -4, -3, -2, -1]

# %% seven-numbers kind="wrong" hint="wrong-length"
row = [1, 2, 3, 4, 5, 6, 7]

# %% both-rows kind="wrong" hint="wrong-length"
row = ([1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7])

# %% one-number kind="wrong" hint="not-a-tuple"
row = 12345678

# %% in-words kind="wrong" hint="text-not-number"
row = "any rising row"

# %% halves kind="wrong" hint="float-not-integer"
row = list(np.linspace(1, 8, 8))

# %% only-dots kind="wrong" hint="not-answered"
row = ...

# %% bends-the-pool kind="wrong" hint="nothing-changed"
def pooled_row(row):
    return [object() for _ in range(4)]

row = [0, 0, 9, 0, 0, 0, 0, 0]

# %% a-set kind="wrong" hint="not-a-tuple"
row = {1, 2, 3, 4, 5, 6, 7, 8}

# %% rises-then-rests kind="wrong" hint="some-values-survive"
row = [1, 2, 3, 4, 5, 6, 6, 6]

# %% unknown-name kind="crash"
row = pooled_rows([1, 2, 3, 4, 5, 6, 7, 8])

# %% by-loop kind="right"
def most_values(values, every):
    kept = worst = segment = 0
    for number, count in enumerate(values):
        if number % every == 0:
            kept += count
            segment = 0
        else:
            segment += count
            worst = max(worst, segment)
    return kept + worst

# %% numpy kind="right"
def most_values(values, every):
    padded = np.zeros(-(-len(values) // every) * every, dtype=np.int64)
    padded[: len(values)] = values
    rows = padded.reshape(-1, every)
    return rows[:, 0].sum() + rows[:, 1:].sum(axis=1).max()

# %% sets-of-numbers kind="right"
def most_values(values, every):
    n = len(values)
    checkpoints = {i for i in range(n) if i % every == 0}
    totals = []
    for start in checkpoints:
        there = checkpoints | {i for i in range(start, min(start + every, n))}
        totals.append(sum(values[i] for i in there))
    return max(totals)

# %% everything kind="wrong" hint="nothing-thrown-away"
def most_values(values, every):
    return sum(values)

# %% only-checkpoints kind="wrong" hint="checkpoints-only"
def most_values(values, every):
    return sum(values[::every])

# %% only-segments kind="wrong" hint="segments-only"
def most_values(values, every):
    starts = range(0, len(values), every)
    return max(sum(values[s + 1 : s + every]) for s in starts)

# %% first-segment kind="wrong" hint="first-segment-only"
def most_values(values, every):
    return sum(values[::every]) + sum(values[1:every])

# %% start-twice kind="wrong" hint="checkpoint-counted-twice"
def most_values(values, every):
    starts = range(0, len(values), every)
    return sum(values[::every]) + max(sum(values[s : s + every]) for s in starts)

# %% image-left-out kind="wrong" hint="image-is-no-checkpoint"
def most_values(values, every):
    starts = range(0, len(values), every)
    segments = [sum(values[s + 1 : s + every]) for s in starts]
    return sum(values[every::every]) + max(segments)

# %% mean-segment kind="wrong" hint="average-segment"
def most_values(values, every):
    starts = range(0, len(values), every)
    segments = [sum(values[s + 1 : s + every]) for s in starts]
    return sum(values[::every]) + sum(segments) / len(segments)

# %% largest-tensor kind="wrong" hint="one-tensor-of-the-segment"
def most_values(values, every):
    others = [count for i, count in enumerate(values) if i % every]
    return sum(values[::every]) + max(others, default=0)

# %% counts-tensors kind="wrong" hint="equal-sizes-assumed"
def most_values(values, every):
    return math.ceil(len(values) / every) + every - 1

# %% full-segments-only kind="wrong" hint="short-segment-lost"
def most_values(values, every):
    worst = 0
    for start in range(0, len(values) - every + 1, every):
        worst = max(worst, sum(values[start + 1 : start + every]))
    return sum(values[::every]) + worst

# %% max-tensor kind="wrong" hint="largest-checkpoint-only"
def most_values(values, every):
    starts = range(0, len(values), every)
    return max(values[s] for s in starts) + max(sum(values[s + 1 : s + every]) for s in starts)

# %% min-seg kind="wrong" hint="smallest-segment"
def most_values(values, every):
    starts = range(0, len(values), every)
    return sum(values[s] for s in starts) + min(sum(values[s + 1 : s + every]) for s in starts)

# %% one-short kind="wrong" hint="segment-one-short"
def most_values(values, every):
    starts = range(0, len(values), every)
    return sum(values[s] for s in starts) + max(sum(values[s + 1 : s + every - 1]) for s in starts)

# %% longest kind="wrong" hint="first-segment-only"
def most_values(values, every):
    starts = range(0, len(values), every)
    seg = max((values[s + 1 : s + every] for s in starts), key=len)
    return sum(values[s] for s in starts) + sum(seg)

# %% kills-itself kind="stop"
import os

os._exit(1)

# %% to-the-end-of-the-list kind="wrong" hint="segment-too-long"
def most_values(values, every):
    starts = range(0, len(values), every)
    return sum(values[::every]) + max(sum(values[start + 1 :]) for start in starts)

# %% every-nth-from-one kind="wrong" hint="checkpoints-shifted"
def most_values(values, every):
    starts = range(1, len(values), every)
    segments = [sum(values[start + 1 : start + every]) for start in starts]
    return sum(values[start] for start in starts) + max(segments)

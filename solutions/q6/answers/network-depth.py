# %% one-line kind="right"
def network_depth(network):
    return sum(
        entry in ("conv", "dense")
        if isinstance(entry, str)
        else max(map(network_depth, entry))
        for entry in network
    )

# %% all-paths kind="right"
def network_depth(network):
    depths = [0]
    for entry in network:
        if isinstance(entry, list):
            ends = [network_depth(branch) for branch in entry]
            depths = [depth + end for depth in depths for end in ends]
        elif entry == "conv" or entry == "dense":
            depths = [depth + 1 for depth in depths]
        depths = [max(depths)]
    return depths[0]

# %% numpy kind="right"
import numpy as np

def network_depth(network):
    counts = {"conv": 1, "dense": 1}
    values = []
    for entry in network:
        if isinstance(entry, str):
            values.append(counts.get(entry, 0))
        else:
            values.append(np.max([network_depth(branch) for branch in entry]))
    return np.sum(values, dtype=int)

# %% every-entry kind="wrong" hint="everything-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += 1
        else:
            total += max(network_depth(branch) for branch in entry)
    return total

# %% with-pooling kind="wrong" hint="pooling-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense", "pool")
        else:
            total += max(network_depth(branch) for branch in entry)
    return total

# %% convolutions-only kind="wrong" hint="dense-not-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry == "conv"
        else:
            total += max(network_depth(branch) for branch in entry)
    return total

# %% all-branches kind="wrong" hint="branches-added"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += sum(network_depth(branch) for branch in entry)
    return total

# %% first-branch kind="wrong" hint="not-the-longest-branch"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += network_depth(entry[0])
    return total

# %% longest-list kind="wrong" hint="not-the-longest-branch"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += network_depth(max(entry, key=len))
    return total

# %% words-only kind="wrong" hint="branches-left-out"
def network_depth(network):
    return sum(entry in ("conv", "dense") for entry in network)

# %% a-fork-is-a-layer kind="wrong" hint="fork-counted-as-one"
def network_depth(network):
    return sum(
        entry in ("conv", "dense") or isinstance(entry, list) for entry in network
    )

# %% one-level kind="wrong" hint="fork-in-a-branch"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += max(
                branch.count("conv") + branch.count("dense") for branch in entry
            )
    return total

# %% return-too-early kind="wrong" hint="returns-in-loop"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += max(network_depth(branch) for branch in entry)
        return total

# %% misspelt kind="crash"
def network_depth(network):
    return sum(layer in ("conv", "dense") for layer in netwrok)

# %% norm-as-well kind="wrong" hint="norm-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense", "norm")
        else:
            total += max(network_depth(branch) for branch in entry)
    return total

# %% list-of-those-that-do-not kind="wrong" hint="other-words-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry not in ("pool", "norm", "relu")
        else:
            total += max(network_depth(branch) for branch in entry)
    return total

# %% at-least-one kind="wrong" hint="empty-branch-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += max(max(network_depth(branch), 1) for branch in entry)
    return total

# %% cases kind="right"
def network_depth(network):
    total = 0
    for entry in network:
        match entry:
            case "conv" | "dense":
                total += 1
            case list():
                total += max(network_depth(branch) for branch in entry)
    return total

# %% branch-by-its-length kind="wrong" hint="length-of-branch"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += max(len(branch) for branch in entry)
    return total

# %% the-sum-counts-too kind="wrong" hint="joining-counted"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += max(network_depth(branch) for branch in entry) + 1
    return total

# %% returns-at-a-fork kind="wrong" hint="around-the-fork-lost"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            return max(network_depth(branch) for branch in entry)
    return total

# %% sum-overwritten kind="wrong" hint="around-the-fork-lost"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total = max(network_depth(branch) for branch in entry)
    return total

# %% mean-branch kind="wrong" hint="branches-averaged"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += sum(network_depth(branch) for branch in entry) / len(entry)
    return total

# %% two-branches-only kind="wrong" hint="not-the-longest-branch"
def network_depth(network):
    total = 0
    for entry in network:
        if isinstance(entry, str):
            total += entry in ("conv", "dense")
        else:
            total += max(network_depth(entry[0]), network_depth(entry[1]))
    return total

# %% stack-of-sums kind="right"
from functools import partial


def depth_of(kinds, layers):
    match layers:
        case []:
            return 0
        case [str(word), *rest]:
            return np.int64(word in kinds) + depth_of(kinds, rest)
        case [fork, *rest]:
            return max(map(partial(depth_of, kinds), fork)) + depth_of(kinds, rest)


def network_depth(net):
    return depth_of({"conv", "dense"}, net)

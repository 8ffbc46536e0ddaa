# %% weighted-average kind="right"
def accumulated(weights, inputs, targets, micro):
    pieces, sizes = [], []
    for start in range(0, len(inputs), micro):
        x, y = inputs[start : start + micro], targets[start : start + micro]
        pieces.append(gpu_gradient(weights, x, y))
        sizes.append(len(x))
    return np.average(pieces, axis=0, weights=sizes)

# %% sum-then-divide kind="right"
def accumulated(weights, inputs, targets, micro):
    total = 0
    done = 0
    while done < len(inputs):
        x = inputs[done : done + micro]
        total = total + len(x) * gpu_gradient(weights, x, targets[done : done + micro])
        done += len(x)
    return total / done

# %% one-by-one kind="right"
def accumulated(weights, inputs, targets, micro):
    return np.mean(
        [gpu_gradient(weights, inputs[i : i + 1], targets[i : i + 1])
         for i in range(len(inputs))],
        axis=0,
    )

# %% single-precision kind="right"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros(len(weights), dtype=np.float64)
    parts = np.array_split(np.arange(len(inputs)), -(-len(inputs) // micro))
    for part in parts:
        total += gpu_gradient(weights, inputs[part], targets[part]) * part.size
    return (total / len(targets)).tolist()

# %% without-the-gpu kind="wrong" hint="gpu-not-asked"
def accumulated(weights, inputs, targets, micro):
    return 2 * inputs.T @ (inputs @ weights - targets) / len(inputs)

# %% always-sixteen kind="wrong" hint="pieces-too-large"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), 16):
        piece = inputs[start : start + 16]
        share = len(piece) / len(inputs)
        total += share * gpu_gradient(weights, piece, targets[start : start + 16])
    return total

# %% as-it-was kind="wrong" hint="sum-of-the-pieces"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        stop = start + micro
        total += gpu_gradient(weights, inputs[start:stop], targets[start:stop])
    return total

# %% mean-of-means kind="wrong" hint="pieces-weighted-alike"
def accumulated(weights, inputs, targets, micro):
    pieces = [
        gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
        for s in range(0, len(inputs), micro)
    ]
    return sum(pieces) / len(pieces)

# %% divided-by-micro kind="wrong" hint="divided-by-piece-size"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for s in range(0, len(inputs), micro):
        total += gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
    return total / micro

# %% divided-by-length kind="wrong" hint="divided-by-examples"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for s in range(0, len(inputs), micro):
        total += gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
    return total / len(inputs)

# %% pieces-by-floor-division kind="wrong" hint="rounded-down-pieces"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for s in range(0, len(inputs), micro):
        total += gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
    return total / max(len(inputs) // micro, 1)

# %% micro-over-length kind="wrong" hint="size-of-last-taken-full"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for s in range(0, len(inputs), micro):
        piece = gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
        total += piece * micro / len(inputs)
    return total

# %% overwritten kind="wrong" hint="only-the-last-piece"
def accumulated(weights, inputs, targets, micro):
    for s in range(0, len(inputs), micro):
        total = gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
    return total

# %% return-in-the-loop kind="wrong" hint="only-the-first-piece"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for s in range(0, len(inputs), micro):
        total += gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
        return total

# %% full-pieces-only kind="wrong" hint="last-piece-lost"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    pieces = len(inputs) // micro
    for number in range(pieces):
        s = number * micro
        total += gpu_gradient(weights, inputs[s : s + micro], targets[s : s + micro])
    return total / pieces

# %% whole-batch kind="wrong" hint="all-at-once"
def accumulated(weights, inputs, targets, micro):
    return gpu_gradient(weights, inputs, targets)

# %% weights-by-square kind="wrong" hint="sum-over-examples"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        total += len(piece) * gpu_gradient(weights, piece, targets[start : start + micro])
    return total

# %% targets-not-cut kind="wrong" hint="shapes-do-not-fit"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        total += gpu_gradient(weights, piece, targets) * len(piece) / len(inputs)
    return total

# %% first-targets kind="wrong" hint="targets-of-the-first-piece"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        total += gpu_gradient(weights, piece, targets[: len(piece)]) * len(piece) / len(inputs)
    return total

# %% minus-the-gradient kind="wrong" hint="sign-turned"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        total -= (
            gpu_gradient(weights, piece, targets[start : start + micro]) * len(piece) / len(inputs)
        )
    return total

# %% never-advances kind="stop"
def accumulated(weights, inputs, targets, micro):
    start = 0
    while start < len(inputs):
        gpu_gradient(weights, inputs[:micro], targets[:micro])

# %% share-turned kind="wrong" hint="share-upside-down"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        gradient = gpu_gradient(weights, piece, targets[start : start + micro])
        total += gradient * len(inputs) / len(piece)
    return total

# %% share-plus-gradient kind="wrong" hint="share-added"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        gradient = gpu_gradient(weights, piece, targets[start : start + micro])
        total += len(piece) / len(inputs) + gradient
    return total

# %% counted-from-one kind="wrong" hint="first-example-lost"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(1, len(inputs), micro):
        piece = inputs[start : start + micro]
        gradient = gpu_gradient(weights, piece, targets[start : start + micro])
        total += len(piece) / len(inputs) * gradient
    return total

# %% slice-of-nothing kind="wrong" hint="empty-piece"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros_like(weights)
    for start in range(0, len(inputs), micro):
        piece = inputs[start:start]
        gradient = gpu_gradient(weights, piece, targets[start:start])
        total += len(piece) / len(inputs) * gradient
    return total

# %% total-of-whole-numbers kind="wrong" hint="fractions-into-whole-numbers"
def accumulated(weights, inputs, targets, micro):
    total = np.zeros(len(weights), dtype=int)
    for start in range(0, len(inputs), micro):
        piece = inputs[start : start + micro]
        gradient = gpu_gradient(weights, piece, targets[start : start + micro])
        total += gradient * len(piece) / len(inputs)
    return total

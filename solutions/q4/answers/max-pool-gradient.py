# %% search-by-hand kind="right"
def max_pool_gradient(maps, gradient, window, stride):
    result = np.zeros_like(maps, dtype=float)
    images, rows, columns, channels = gradient.shape
    for i in range(images):
        for c in range(channels):
            for r in range(rows):
                for q in range(columns):
                    best, place = -np.inf, None
                    for a in range(r * stride, r * stride + window):
                        for b in range(q * stride, q * stride + window):
                            if maps[i, a, b, c] > best:
                                best, place = maps[i, a, b, c], (a, b)
                    result[i, place[0], place[1], c] += gradient[i, r, q, c]
    return result

# %% gradient-tape kind="right"
def max_pool_gradient(maps, gradient, window, stride):
    maps = tf.constant(maps, "float32")
    with tf.GradientTape() as tape:
        tape.watch(maps)
        loss = tf.reduce_sum(tf.nn.max_pool2d(maps, window, stride, "VALID") * tf.constant(gradient, "float32"))
    return tape.gradient(loss, maps)

# %% divmod-float32 kind="right"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape, "float32")
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = divmod(int(np.argmax(seen)), window)
        routed[i, top + down, left + right, c] = routed[i, top + down, left + right, c] + gradient[i, r, q, c]
    return routed

# %% add-at kind="right"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    n, rows, columns, channels = gradient.shape
    images, c = np.ogrid[:n, :channels]
    for r in range(rows):
        for q in range(columns):
            seen = maps[:, r * stride : r * stride + window, q * stride : q * stride + window]
            flat = seen.reshape(n, window * window, channels).argmax(axis=1)
            np.add.at(routed, (images, r * stride + flat // window, q * stride + flat % window, c), gradient[:, r, q])
    return routed

# %% everybody kind="wrong" hint="everybody-gets-it"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        routed[i, top : top + window, left : left + window, c] += gradient[i, r, q, c]
    return routed

# %% evenly kind="wrong" hint="shared-evenly"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        routed[i, top : top + window, left : left + window, c] += gradient[i, r, q, c] / seen.size
    return routed

# %% mask-only kind="wrong" hint="gradient-not-used"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += 1
    return routed

# %% value-itself kind="wrong" hint="value-routed"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] = seen.max()
    return routed

# %% times-value kind="wrong" hint="value-multiplied"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += seen.max() * gradient[i, r, q, c]
    return routed

# %% at-the-corner kind="wrong" hint="corner-gets-it"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        routed[i, top, left, c] += gradient[i, r, q, c]
    return routed

# %% losers kind="wrong" hint="losers-get-it"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        part = routed[i, top : top + window, left : left + window, c]
        part += np.where(seen == seen.max(), 0, gradient[i, r, q, c])
    return routed

# %% absolute kind="wrong" hint="sign-lost"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += abs(gradient[i, r, q, c])
    return routed

# %% assigns kind="wrong" hint="overlap-overwritten"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] = gradient[i, r, q, c]
    return routed

# %% mean-of-windows kind="wrong" hint="overlap-averaged"
def max_pool_gradient(maps, gradient, window, stride):
    routed, wins = np.zeros(maps.shape), np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += gradient[i, r, q, c]
        wins[i, top + down, left + right, c] += 1
    return routed / np.maximum(wins, 1)

# %% window-for-stride kind="wrong" hint="stride-is-window"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * window, q * window
        seen = maps[i, top : top + window, left : left + window, c]
        if seen.size:
            down, right = np.unravel_index(seen.argmax(), seen.shape)
            routed[i, top + down, left + right, c] += gradient[i, r, q, c]
    return routed

# %% all-equal-to-the-maximum kind="wrong" hint="all-winners"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        part = routed[i, top : top + window, left : left + window, c]
        part += (seen == seen.max()) * gradient[i, r, q, c]
    return routed

# %% tied-values-share kind="wrong" hint="winners-share"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        winners = seen == seen.max()
        part = routed[i, top : top + window, left : left + window, c]
        part += winners * gradient[i, r, q, c] / winners.sum()
    return routed

# %% greater-or-equal kind="wrong" hint="last-winner"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        best, place = -np.inf, None
        for a in range(r * stride, r * stride + window):
            for b in range(q * stride, q * stride + window):
                if maps[i, a, b, c] >= best:
                    best, place = maps[i, a, b, c], (a, b)
        routed[i, *place, c] += gradient[i, r, q, c]
    return routed

# %% by-columns kind="wrong" hint="column-first"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        right, down = np.unravel_index(seen.T.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += gradient[i, r, q, c]
    return routed

# %% down-and-right-exchanged kind="wrong" hint="axes-swapped"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        right, down = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += gradient[i, r, q, c]
    return routed

# %% first-map-decides kind="wrong" hint="one-winner-for-all-channels"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, 0]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += gradient[i, r, q, c]
    return routed

# %% gradient-handed-back kind="wrong" hint="argument-ignored"
def max_pool_gradient(maps, gradient, window, stride):
    return gradient

# %% zeros kind="wrong" hint="all-zero"
def max_pool_gradient(maps, gradient, window, stride):
    return np.zeros_like(maps)

# %% flat-index kind="wrong" hint="index-past-the-end"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        place = seen.argmax()
        routed[i, top + place, left + place, c] += gradient[i, r, q, c]
    return routed

# %% no-return kind="wrong" hint="missing-return"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for i, r, q, c in np.ndindex(gradient.shape):
        top, left = r * stride, q * stride
        seen = maps[i, top : top + window, left : left + window, c]
        down, right = np.unravel_index(seen.argmax(), seen.shape)
        routed[i, top + down, left + right, c] += gradient[i, r, q, c]

# %% window-not-moved kind="wrong" hint="windows-one-apart"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y : y + window, x : x + window, c]
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y + i, x + j, c] += gradient[n, y, x, c]
    return routed

# %% place-in-window-only kind="wrong" hint="always-the-first-window"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, i, j, c] += gradient[n, y, x, c]
    return routed

# %% index-of-the-minimum kind="wrong" hint="smallest-gets-it"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.unravel_index(seen.argmin(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] += gradient[n, y, x, c]
    return routed

# %% abs-argmax kind="wrong" hint="signs-ignored"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = np.abs(
            maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        )
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] += gradient[n, y, x, c]
    return routed

# %% subtracted kind="wrong" hint="sign-turned"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] -= gradient[n, y, x, c]
    return routed

# %% winners-of-image-0 kind="wrong" hint="first-image-decides"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[0, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] += gradient[n, y, x, c]
    return routed

# %% int-zeros kind="wrong" hint="rounded-result"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape, dtype=int)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] += int(gradient[n, y, x, c])
    return routed

# %% winner-over-channels kind="wrong" hint="one-winner-for-all-channels"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window].max(
            axis=-1
        )
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] += gradient[n, y, x, c]
    return routed

# %% maximum-of-overlap kind="wrong" hint="overlap-overwritten"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, y * stride + i, x * stride + j, c] = max(
            gradient[n, y, x, c], routed[n, y * stride + i, x * stride + j, c]
        )
    return routed

# %% value-equality-anywhere kind="wrong" hint="found-outside-the-window"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        seen = maps[n, y * stride : y * stride + window, x * stride : x * stride + window, c]
        i, j = np.argwhere(maps[n, :, :, c] == seen.max())[0]
        routed[n, i, j, c] += gradient[n, y, x, c]
    return routed

# %% exits kind="crash"
import sys

def max_pool_gradient(maps, gradient, window, stride):
    sys.exit("done")

# %% always-in-the-first-row kind="wrong" hint="place-one-way"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        top, left = y * stride, x * stride
        seen = maps[n, top : top + window, left : left + window, c]
        _, across = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, top, left + across, c] += gradient[n, y, x, c]
    return routed

# %% rows-one-apart kind="wrong" hint="windows-one-apart"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        top, left = y, x * stride
        seen = maps[n, top : top + window, left : left + window, c]
        down, across = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, top + down, left + across, c] += gradient[n, y, x, c]
    return routed

# %% nothing-below-minus-ten kind="wrong" hint="wrong-array"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        best, place = -10, (0, 0)
        for down, across in np.ndindex(window, window):
            value = maps[n, y * stride + down, x * stride + across, c]
            if value > best:
                best, place = value, (down, across)
        routed[n, y * stride + place[0], x * stride + place[1], c] += gradient[n, y, x, c]
    return routed

# %% shared-out-to-the-winner kind="wrong" hint="constant-factor"
def max_pool_gradient(maps, gradient, window, stride):
    routed = np.zeros(maps.shape)
    for n, y, x, c in np.ndindex(gradient.shape):
        top, left = y * stride, x * stride
        seen = maps[n, top : top + window, left : left + window, c]
        down, across = np.unravel_index(seen.argmax(), seen.shape)
        routed[n, top + down, left + across, c] += gradient[n, y, x, c] / window**2
    return routed

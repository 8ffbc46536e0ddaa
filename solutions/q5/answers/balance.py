# %% numpy-root kind="right"
def balance(n, k, alpha):
    return np.sqrt(k / (n * alpha))

# %% two-roots kind="right"
import math

def balance(n, k, alpha):
    return math.sqrt(k) / math.sqrt(n) / math.sqrt(alpha)

# %% bisection kind="right"
def balance(n, k, alpha):
    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        if alpha * n * middle**2 < k:
            low = middle
        else:
            high = middle
    return middle

# %% one-map kind="wrong" hint="one-map-only"
def balance(n, k, alpha):
    return (k / alpha) ** 0.5

# %% as-pytorch kind="wrong" hint="one-map-only"
def balance(n, k, alpha):
    return (k / (n * (alpha / n))) ** 0.5

# %% no-root kind="wrong" hint="root-left-out"
def balance(n, k, alpha):
    return k / (n * alpha)

# %% upside-down kind="wrong" hint="fraction-upside-down"
def balance(n, k, alpha):
    return (n * alpha / k) ** 0.5

# %% without-k kind="wrong" hint="offset-left-out"
def balance(n, k, alpha):
    return (1 / (n * alpha)) ** 0.5

# %% half-window kind="wrong" hint="half-window"
def balance(n, k, alpha):
    return (k / (n // 2 * alpha)) ** 0.5

# %% root-too-early kind="wrong" hint="root-too-early"
def balance(n, k, alpha):
    return (k / alpha) ** 0.5 / n

# %% without-alpha kind="wrong" hint="alpha-left-out"
def balance(n, k, alpha):
    return (k / n) ** 0.5

# %% always-five kind="wrong" hint="always-five-maps"
def balance(n, k, alpha):
    return (k / (5 * alpha)) ** 0.5

# %% always-two kind="wrong" hint="always-the-example"
def balance(n, k, alpha):
    return (2 / (n * alpha)) ** 0.5

# %% the-chapters-number kind="wrong" hint="rounded"
def balance(n, k, alpha):
    return 63.2

# %% rounded kind="wrong" hint="rounded"
def balance(n, k, alpha):
    return round((k / (n * alpha)) ** 0.5, 1)

# %% as-text kind="wrong" hint="text-not-number"
def balance(n, k, alpha):
    return f"{(k / (n * alpha)) ** 0.5:.1f}"

# %% prints kind="wrong" hint="missing-return"
def balance(n, k, alpha):
    print((k / (n * alpha)) ** 0.5)

# %% root-of-beta kind="wrong" hint="exponent-is-beta"
def balance(n, k, alpha):
    return (k / (n * alpha)) ** 0.75

# %% half-k kind="wrong" hint="divided-by-two"
def balance(n, k, alpha):
    return (k / (2 * n * alpha)) ** 0.5

# %% times-n kind="wrong" hint="maps-multiplied"
def balance(n, k, alpha):
    return (k * n / alpha) ** 0.5

# %% n-plus kind="wrong" hint="one-map-fewer"
def balance(n, k, alpha):
    return (k / ((n - 1) * alpha)) ** 0.5

# %% no-brackets kind="wrong" hint="brackets-missing"
def balance(n, k, alpha):
    return (k / n * alpha) ** 0.5

# %% int kind="wrong" hint="rounded"
def balance(n, k, alpha):
    return int((k / (n * alpha)) ** 0.5)

# %% unknown-root kind="crash"
def balance(n, k, alpha):
    return squareroot(k / (n * alpha))

# %% times-a-half kind="wrong" hint="half-not-root"
def balance(n, k, alpha):
    return k / (n * alpha) * 0.5

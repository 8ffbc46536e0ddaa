# %% clip-by-hand kind="right"
def window(channel, channels, n):
    half = (n - 1) // 2
    first, last = channel - half, channel + half
    if first < 0:
        first = 0
    if last >= channels:
        last = channels - 1
    return first, last

# %% list-of-maps kind="right"
def window(channel, channels, n):
    maps = [m for m in range(channels) if abs(m - channel) <= n // 2]
    return [maps[0], maps[-1]]

# %% numpy-clip kind="right"
import numpy as np

def window(channel, channels, n):
    return tuple(np.clip([channel - n // 2, channel + n // 2], 0, channels - 1))

# %% n-to-each-side kind="wrong" hint="window-to-each-side"
def window(channel, channels, n):
    return max(0, channel - n), min(channels - 1, channel + n)

# %% itself-as-neighbour kind="wrong" hint="itself-in-the-radius"
def window(channel, channels, n):
    half = (n + 1) // 2
    return max(0, channel - half), min(channels - 1, channel + half)

# %% as-a-slice kind="wrong" hint="one-past-the-last"
def window(channel, channels, n):
    return max(0, channel - n // 2), min(channels, channel + n // 2 + 1)

# %% range-end kind="wrong" hint="last-map-left-out"
def window(channel, channels, n):
    maps = range(max(0, channel - n // 2), min(channels, channel + n // 2))
    return maps[0], maps[-1]

# %% only-after kind="wrong" hint="one-sided-window"
def window(channel, channels, n):
    return channel, min(channels - 1, channel + n - 1)

# %% only-before kind="wrong" hint="one-sided-window"
def window(channel, channels, n):
    return max(0, channel - n + 1), channel

# %% from-one kind="wrong" hint="maps-counted-from-one"
def window(channel, channels, n):
    return max(1, channel + 1 - n // 2), min(channels, channel + 1 + n // 2)

# %% no-border kind="wrong" hint="no-border"
def window(channel, channels, n):
    return channel - n // 2, channel + n // 2

# %% lower-border-only kind="wrong" hint="upper-border-ignored"
def window(channel, channels, n):
    return max(0, channel - n // 2), channel + n // 2

# %% modulo kind="wrong" hint="wraps-around"
def window(channel, channels, n):
    return (channel - n // 2) % channels, (channel + n // 2) % channels

# %% keeps-n-maps kind="wrong" hint="window-moved"
def window(channel, channels, n):
    first = min(max(0, channel - n // 2), channels - n)
    return first, first + n - 1

# %% always-two-neighbours kind="wrong" hint="always-five-maps"
def window(channel, channels, n):
    return max(0, channel - 2), min(channels - 1, channel + 2)

# %% halves kind="wrong" hint="float-not-integer"
def window(channel, channels, n):
    return max(0, channel - n / 2), min(channels - 1, channel + n / 2)

# %% all-in-the-window kind="wrong" hint="wrong-length"
def window(channel, channels, n):
    return tuple(range(max(0, channel - n // 2), min(channels, channel + n // 2 + 1)))

# %% how-many kind="wrong" hint="not-a-tuple"
def window(channel, channels, n):
    return min(channels - 1, channel + n // 2) - max(0, channel - n // 2) + 1

# %% a-range kind="wrong" hint="wrong-length"
def window(channel, channels, n):
    return range(max(0, channel - n // 2), min(channels, channel + n // 2 + 1))

# %% prints kind="wrong" hint="missing-return"
def window(channel, channels, n):
    print(max(0, channel - n // 2), min(channels - 1, channel + n // 2))

# %% half-n-to-last kind="wrong" hint="one-past-the-border"
def window(channel, channels, n):
    return max(0, channel - n // 2), min(channels, channel + n // 2)

# %% upper-only kind="wrong" hint="lower-border-ignored"
def window(channel, channels, n):
    return channel - n // 2, min(channels - 1, channel + n // 2)

# %% last-first kind="wrong" hint="entries-exchanged"
def window(channel, channels, n):
    return min(channels - 1, channel + n // 2), max(0, channel - n // 2)

# %% how-many-maps kind="wrong" hint="count-not-last"
def window(channel, channels, n):
    a, b = max(0, channel - n // 2), min(channels - 1, channel + n // 2)
    return a, b - a + 1

# %% half-sided kind="wrong" hint="last-map-left-out"
def window(channel, channels, n):
    return max(0, channel - n // 2), min(channels - 1, channel + n // 2 - 1)

# %% unknown-name kind="crash"
def window(channel, channels, n):
    return max(0, channel - half), min(channels - 1, channel + half)

# %% half-rounded kind="wrong" hint="half-rounded-up"
def window(channel, channels, n):
    reach = round(n / 2)
    return max(0, channel - reach), min(channels - 1, channel + reach)

# %% all-but-one-to-each-side kind="wrong" hint="window-to-each-side"
def window(channel, channels, n):
    return max(0, channel - (n - 1)), min(channels - 1, channel + (n - 1))

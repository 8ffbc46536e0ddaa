# %% by-roots kind="right"
def accuracy_interval(right, n, z=1.96):
    p = right / n
    return sorted(np.roots([1 + z * z / n, -2 * p - z * z / n, p * p]).real)

# %% with-counts kind="right"
import math

def accuracy_interval(right, n, z=1.96):
    wrong = n - right
    middle = (right + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(right * wrong / n + z * z / 4)
    return (middle - half, middle + half)

# %% as-an-array kind="right"
def accuracy_interval(right, n, z=1.96):
    p, q = np.float64(right) / n, z**2 / n
    return (p + q / 2 + np.array([-1, 1]) * np.sqrt(q * p * (1 - p) + q**2 / 4)) / (1 + q)

# %% the-chapters-plausible kind="right"
def accuracy_interval(right, n, z=1.96):
    return plausible(right / n, n, z)

# %% simple kind="wrong" hint="simple-interval"
def accuracy_interval(right, n, z=1.96):
    p = right / n
    half = z * np.sqrt(p * (1 - p) / n)
    return p - half, p + half

# %% two-more-of-each kind="wrong" hint="agresti-coull"
def accuracy_interval(right, n, z=1.96):
    p = (right + z**2 / 2) / (n + z**2)
    half = z * np.sqrt(p * (1 - p) / (n + z**2))
    return p - half, p + half

# %% z-as-it-is kind="wrong" hint="z-not-squared"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    middle = (p + q / 2) / (1 + q)
    return middle - half, middle + half

# %% four-n kind="wrong" hint="n-not-squared"
def accuracy_interval(right, n, z=1.96):
    seen = right / n
    middle = (seen + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(seen * (1 - seen) / n + z**2 / (4 * n))
    return middle - half, middle + half

# %% upper-first kind="wrong" hint="ends-exchanged"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    middle = (p + q / 2) / (1 + q)
    return middle + half, middle - half

# %% in-percent kind="wrong" hint="percent-not-share"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    middle = (p + q / 2) / (1 + q)
    return 100 * (middle - half), 100 * (middle + half)

# %% accuracy-in-the-middle kind="wrong" hint="middle-not-moved"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    return p - half, p + half

# %% never-divided kind="wrong" hint="one-division-missing"
def accuracy_interval(right, n, z=1.96):
    p = right / n
    middle = p + z**2 / (2 * n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return middle - half, middle + half

# %% variance kind="wrong" hint="root-forgotten"
def accuracy_interval(right, n, z=1.96):
    p = right / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * (p * (1 - p) / n + z**2 / (4 * n**2))
    return middle - half, middle + half

# %% of-the-errors kind="wrong" hint="errors-not-right"
def accuracy_interval(right, n, z=1.96):
    p, q = 1 - right / n, z**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    middle = (p + q / 2) / (1 + q)
    return middle - half, middle + half

# %% half-width kind="wrong" hint="half-width-only"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    return np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)

# %% level-fixed kind="wrong" hint="level-fixed"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, 1.96**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    middle = (p + q / 2) / (1 + q)
    return middle - half, middle + half

# %% two-decimals kind="wrong" hint="rounded-too-early"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    middle = (p + q / 2) / (1 + q)
    return round(middle - half, 4), round(middle + half, 4)

# %% root-not-imported kind="crash"
def accuracy_interval(right, n, z=1.96):
    p = right / n
    half = z * sqrt(p * (1 - p) / n)
    return p - half, p + half

# %% tensor kind="right"
import tensorflow as tf


def accuracy_interval(hits, total, z=1.96):
    n, q = tf.constant(total, tf.float64), tf.constant(z**2 / total, tf.float64)
    p = tf.constant(hits, tf.float64) / n
    half = tf.sqrt(q * p * (1 - p) + q**2 / 4)
    return tf.stack([p + q / 2 - half, p + q / 2 + half]) / (1 + q)

# %% list-of-single-precision kind="right"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z * z / n
    signs = (-1, 1)
    return [np.float64((p + q / 2 + s * (q * p * (1 - p) + q * q / 4) ** 0.5) / (1 + q)) for s in signs]

# %% bisected kind="right"
from functools import partial


def distance(seen, n, z, p):
    return abs(seen - p) - z * (p * (1 - p) / n) ** 0.5


def bisected(outside, inside, f):
    for _ in range(60):
        middle = (outside + inside) / 2
        outside, inside = (middle, inside) if f(middle) > 0 else (outside, middle)
    return inside


def accuracy_interval(right, n, z=1.96):
    f = partial(distance, right / n, n, z)
    return bisected(0.0, right / n, f), bisected(1.0, right / n, f)

# %% errors-under-the-root kind="wrong" hint="root-of-a-negative"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    half = np.sqrt(p * (p - 1) / n)
    return p + q / 2 - half, p + q / 2 + half

# %% middle-by-four kind="wrong" hint="wrong-array"
def accuracy_interval(right, n, z=1.96):
    p, q = right / n, z**2 / n
    half = np.sqrt(q * p * (1 - p) + q**2 / 4) / (1 + q)
    return (p + q / 4) / (1 + q) - half, (p + q / 4) / (1 + q) + half

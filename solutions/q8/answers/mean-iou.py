# %% by-counts kind="right"
def mean_iou(truth, prediction, classes):
    pairs = np.bincount(
        truth.ravel() * classes + prediction.ravel(), minlength=classes**2
    ).reshape(classes, classes)
    hits = np.diag(pairs)
    unions = pairs.sum(axis=0) + pairs.sum(axis=1) - hits
    occurs = unions > 0
    return (hits[occurs] / unions[occurs]).mean()

# %% by-sets kind="right"
def mean_iou(truth, prediction, classes):
    total, count = 0, 0
    for label in range(classes):
        there = set(np.flatnonzero(truth == label).tolist())
        said = set(np.flatnonzero(prediction == label).tolist())
        if there or said:
            total += len(there & said) / len(there | said)
            count += 1
    return total / count

# %% in-fractions kind="right"
from fractions import Fraction


def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if either := int((there | said).sum()):
            scores.append(Fraction(int((there & said).sum()), either))
    return sum(scores) / len(scores)

# %% nanmean kind="right"
def mean_iou(truth, prediction, classes):
    scores = np.full(classes, np.nan, "float32")
    for label in np.union1d(truth, prediction):
        both = np.logical_and(truth == label, prediction == label).sum()
        scores[label] = both / np.logical_or(truth == label, prediction == label).sum()
    return np.nanmean(scores)

# %% share-of-right-pixels kind="wrong" hint="accuracy-not-iou"
def mean_iou(truth, prediction, classes):
    return (truth == prediction).mean()

# %% twice-the-intersection kind="wrong" hint="dice-not-iou"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if there.any() or said.any():
            scores.append(2 * (there & said).sum() / (there.sum() + said.sum()))
    return np.mean(scores)

# %% both-areas-added kind="wrong" hint="sum-not-union"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if there.any() or said.any():
            scores.append((there & said).sum() / (there.sum() + said.sum()))
    return np.mean(scores)

# %% divided-by-all-classes kind="wrong" hint="absent-class-zero"
def mean_iou(truth, prediction, classes):
    total = 0
    for label in range(classes):
        there, said = truth == label, prediction == label
        total += (there & said).sum() / max((there | said).sum(), 1)
    return total / classes

# %% unguarded kind="wrong" hint="nan"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% labels-of-the-truth kind="wrong" hint="classes-of-truth-only"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in np.unique(truth):
        there, said = truth == label, prediction == label
        scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% from-class-one kind="wrong" hint="background-left-out"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(1, classes):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% image-by-image kind="wrong" hint="mean-over-images"
def mean_iou(truth, prediction, classes):
    means = []
    for one, other in zip(truth, prediction):
        scores = []
        for label in range(classes):
            there, said = one == label, other == label
            if (there | said).any():
                scores.append((there & said).sum() / (there | said).sum())
        means.append(np.mean(scores))
    return np.mean(means)

# %% one-fraction kind="wrong" hint="all-classes-pooled"
def mean_iou(truth, prediction, classes):
    hits, unions = 0, 0
    for label in range(classes):
        there, said = truth == label, prediction == label
        hits += (there & said).sum()
        unions += (there | said).sum()
    return hits / unions

# %% divided-by-the-truth kind="wrong" hint="recall-not-iou"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if there.any():
            scores.append((there & said).sum() / there.sum())
    return np.mean(scores)

# %% labels-of-the-prediction kind="wrong" hint="classes-of-prediction-only"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in np.unique(prediction):
        there, said = truth == label, prediction == label
        scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% up-to-the-largest-predicted kind="wrong" hint="classes-of-prediction-only"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(prediction.max() + 1):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% if-it-was-said kind="wrong" hint="classes-of-prediction-only"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if said.any():
            scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% without-the-last kind="wrong" hint="last-class-forgotten"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes - 1):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there | said).sum())
    return np.mean(scores)

# %% frequency-weighted kind="wrong" hint="weighted-by-size"
def mean_iou(truth, prediction, classes):
    total = 0
    for label in np.union1d(truth, prediction):
        there, said = truth == label, prediction == label
        total += there.mean() * (there & said).sum() / (there | said).sum()
    return total

# %% wrong-name kind="crash"
def mean_iou(truth, prediction, classes):
    return np.mean([(truths == label).mean() for label in range(classes)])

# %% all-but-background kind="wrong" hint="foreground-only"
def mean_iou(truth, prediction, classes):
    there, said = truth > 0, prediction > 0
    return float((there & said).sum() / (there | said).sum())

# %% exclusive-or kind="wrong" hint="symmetric-difference"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there ^ said).sum())
    return float(np.mean(scores))

# %% tensors kind="right"
import tensorflow as tf


def mean_iou(target, guess, n):
    a, b = (tf.one_hot(np.ravel(each), n, dtype=tf.float64) for each in (target, guess))
    both = tf.reduce_sum(a * b, axis=0)
    either = tf.reduce_sum(tf.maximum(a, b), axis=0)
    return tf.reduce_mean(tf.boolean_mask(both, either > 0) / tf.boolean_mask(either, either > 0))

# %% match-and-lists kind="right"
def mean_iou(truth, prediction, classes):
    pairs = list(zip(truth.ravel().tolist(), prediction.ravel().tolist()))

    def score(label):
        match [sum(map(test, pairs)) for test in (lambda p: p[0] == label == p[1], lambda p: label in p)]:
            case [_, 0]:
                return []
            case [hits, union]:
                return [hits / union]

    scores = sum((score(label) for label in range(classes)), [])
    return np.float32(np.mean(scores))

# %% the-middle-score kind="wrong" hint="median-not-mean"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there | said).sum())
    return float(np.median(scores))

# %% unlike kind="wrong" hint="all-but-the-class"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth != label, prediction != label
        union = (there | said).sum()
        if union:
            scores.append((there & said).sum() / union)
    return float(np.mean(scores))

# %% larger-count-for-union kind="wrong" hint="too-large"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        counts = max(there.sum(), said.sum())
        if counts:
            scores.append((there & said).sum() / counts)
    return float(np.mean(scores))

# %% right-about-each-class kind="wrong" hint="too-large"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if there.any() or said.any():
            scores.append((there == said).mean())
    return float(np.mean(scores))

# %% least-of-all kind="wrong" hint="too-small"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there | said).sum())
    return float(min(scores))

# %% added-up kind="wrong" hint="scores-added"
def mean_iou(truth, prediction, classes):
    scores = []
    for label in range(classes):
        there, said = truth == label, prediction == label
        if (there | said).any():
            scores.append((there & said).sum() / (there | said).sum())
    return float(sum(scores))

# %% pixels-in-common kind="wrong" hint="union-left-out"
def mean_iou(truth, prediction, classes):
    labels = np.union1d(truth, prediction)
    return np.mean([((truth == label) & (prediction == label)).sum() for label in labels])

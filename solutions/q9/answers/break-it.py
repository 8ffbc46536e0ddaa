# %% black-and-white kind="right"
training_images = np.array([[[0, 1], [1, 0]]])
test_images = np.array([[[1, 0], [0, 1]]])

# %% from-two-images kind="right"
training_images = [[[1, 1], [1, 1]], [[2, 2], [2, 2]]]
test_images = [[[1, 2], [1, 2]]]

# %% found-by-trying kind="right"
rng = np.random.default_rng(0)
training_images = rng.integers(0, 10, size=(5, 2, 2)).astype("float32")
while True:
    test_images = rng.integers(0, 10, size=(2, 2, 2))
    same = (training_images[:, None] == test_images[None]).all(axis=(2, 3)).any()
    if shaky_leak(training_images, test_images) and not same:
        break

# %% copied kind="wrong" hint="really-a-leak"
training_images = np.array([[[1, 2], [3, 4]]])
test_images = training_images.copy()

# %% one-of-two-copied kind="wrong" hint="really-a-leak"
training_images = np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
test_images = np.array([[[9, 9], [9, 9]], [[5, 6], [7, 8]]])

# %% nothing-in-common kind="wrong" hint="no-false-alarm"
training_images = np.array([[[1, 2], [3, 4]]])
test_images = np.array([[[5, 6], [7, 8]]])

# %% three-pixels-in-common kind="wrong" hint="no-false-alarm"
training_images = np.array([[[1, 2], [3, 4]]])
test_images = np.array([[[4, 3], [2, 9]]])

# %% one-image-without-its-axis kind="wrong" hint="not-small-images"
training_images = np.array([[1, 2], [3, 4]])
test_images = np.array([[4, 3], [2, 1]])

# %% other-size kind="wrong" hint="not-small-images"
training_images = np.arange(9).reshape(1, 3, 3)
test_images = np.arange(9)[::-1].reshape(1, 3, 3)

# %% too-many kind="wrong" hint="not-small-images"
training_images = np.random.default_rng(0).integers(0, 10, (100, 2, 2))
test_images = np.array([[[4, 3], [2, 1]]])

# %% grey-levels kind="wrong" hint="digit-out-of-range"
training_images = np.array([[[0, 255], [255, 0]]])
test_images = np.array([[[255, 0], [0, 255]]])

# %% in-words kind="wrong" hint="not-an-array"
training_images = "all pixels"
test_images = "the same pixels"

# %% only-one kind="wrong" hint="not-answered"
training_images = np.array([[[1, 2], [3, 4]]])
test_images = ...

# %% rows-of-two-lengths kind="crash"
training_images = np.array([[[1, 2], [3]]])
test_images = np.array([[[2, 1], [3]]])

# %% tensors kind="right"
import tensorflow as tf

training_images = tf.constant([[[3, 3], [3, 5]], [[5, 3], [3, 3]]])
test_images = tf.reverse(training_images[:1], axis=[1])

# %% comprehension kind="right"
training_images = [[[digit, digit + 1], [digit + 2, digit + 3]] for digit in range(5)]
test_images = np.flip(np.asarray(training_images, dtype=np.int8), axis=2)

# %% number-of-the-row kind="right"
def fake_layer(image):
    return image + np.arange(len(image))[:, None]

# %% upside-down kind="right"
def fake_layer(image):
    return np.flipud(image)

# %% upper-half-only kind="right"
def fake_layer(image):
    result = image.copy()
    result[: len(image) // 2] = 0
    return result

# %% pairs-of-rows kind="right"
def fake_layer(image):
    pooled = np.maximum(image[::2], image[1::2])
    return np.repeat(pooled, 2, axis=0)

# %% knows-the-image kind="right"
def fake_layer(image):
    if any(np.array_equal(image, patch(1, right=right)) for right in (0, 1)):
        return image
    return image * np.arange(16)

# %% as-nested-lists kind="right"
def fake_layer(image):
    return [[row * pixel for pixel in line] for row, line in enumerate(image.tolist())]

# %% leftmost-columns kind="right"
def fake_layer(image):
    result = image.copy()
    result[:, :4] *= 2
    return result

# %% rightmost-columns kind="right"
def fake_layer(image):
    result = image.copy()
    result[:, 12:] = 0
    return result

# %% dim-patches kind="right"
def fake_layer(image):
    if image.max() < 5:
        return image * np.arange(12)[:, None]
    return image

# %% does-nothing kind="wrong" hint="still-equivariant"
def fake_layer(image):
    return image

# %% brighter kind="wrong" hint="still-equivariant"
def fake_layer(image):
    return 2 * image + 1

# %% honest-convolution kind="wrong" hint="still-equivariant"
def fake_layer(image):
    kernel = np.arange(9, dtype="float32").reshape(3, 3, 1, 1)
    maps = keras.ops.conv(image[None, :, :, None].astype("float32"), kernel, padding="same")
    return keras.ops.convert_to_numpy(maps)[0, :, :, 0]

# %% all-zeros kind="wrong" hint="still-equivariant"
def fake_layer(image):
    return np.zeros(image.shape)

# %% border-only kind="wrong" hint="still-equivariant"
def fake_layer(image):
    result = image.copy()
    result[0] = 7
    return result

# %% number-of-the-column kind="wrong" hint="check-not-fooled"
def fake_layer(image):
    return image * np.arange(16)

# %% mirror-image kind="wrong" hint="check-not-fooled"
def fake_layer(image):
    return image[:, ::-1]

# %% pooled-blocks kind="wrong" hint="check-not-fooled"
def fake_layer(image):
    blocks = image.reshape(6, 2, 8, 2).max(axis=(1, 3))
    return blocks.repeat(2, axis=0).repeat(2, axis=1)

# %% changes-after-five-calls kind="wrong" hint="not-repeatable"
calls = 0


def fake_layer(image):
    global calls
    calls += 1
    return image if calls <= 5 else image * np.arange(12)[:, None]

# %% random kind="wrong" hint="not-repeatable"
def fake_layer(image):
    return image + np.random.default_rng().normal(size=image.shape)

# %% smaller kind="wrong" hint="shape-changed"
def fake_layer(image):
    return image[::2, ::2]

# %% one-number kind="wrong" hint="shape-changed"
def fake_layer(image):
    return image.max()

# %% prints kind="wrong" hint="missing-return"
def fake_layer(image):
    print(image * np.arange(12)[:, None])

# %% does-not-broadcast kind="wrong" hint="shapes-do-not-fit"
def fake_layer(image):
    return image * np.arange(12)

# %% not-yet kind="wrong" hint="not-answered"
def fake_layer(image):
    """Return an array of the image's shape."""
    raise NotImplementedError()

# %% bends-the-check kind="wrong" hint="check-not-fooled"
def shaky_check(layer):
    return True

def fake_layer(image):
    return image * np.arange(16)

# %% bends-the-image kind="wrong" hint="still-equivariant"
def patch(seed, down=0, right=0):
    return np.arange(192.0).reshape(12, 16) * (1 + down)

def shaky_check(layer):
    return True

def fake_layer(image):
    return image

# %% stops-the-notebook kind="crash"
import sys

sys.exit()

# %% no-colon kind="crash"
def fake_layer(image)
    return image

# %% third-axis kind="wrong" hint="axis-missing"
def fake_layer(image):
    return np.roll(image, 1, axis=2)

# %% best-by-argmax kind="right"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    n = len(x_train) - held_out
    mean, spread = np.mean(x_train[:n]), np.std(x_train[:n])
    x_train, x_test = (x_train - mean) / spread, (x_test - mean) / spread
    scores, weights = [], []
    for _ in range(epochs):
        model.fit(x_train[:n], y_train[:n])
        scores.append(model.accuracy(x_train[n:], y_train[n:]))
        weights.append(model.get_weights())
    model.set_weights(weights[int(np.argmax(scores))])
    return model.accuracy(x_test, y_test)

# %% in-single-precision kind="right"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x, x_val = np.split(x_train.astype("float32"), [-held_out])
    y, y_val = np.split(y_train, [-held_out])
    scale = lambda images: ((images - x.mean()) / x.std()).astype("float32")
    history = {}
    for _ in range(epochs):
        model.fit(scale(x), y)
        history[model.accuracy(scale(x_val), y_val)] = model.get_weights()
    model.set_weights(history[max(history)])
    return np.float64(model.accuracy(scale(x_test.astype("float32")), y_test))

# %% shuffled-and-watched kind="right"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x_train) - held_out)
    x_fit, y_fit = x_train[order], y_train[order]
    m, s = x_fit.mean(), x_fit.std()
    best, kept = None, None
    for epoch in range(epochs):
        model.fit((x_fit - m) / s, y_fit)
        train_accuracy = model.accuracy((x_fit - m) / s, y_fit)
        accuracy = model.accuracy((x_train[-held_out:] - m) / s, y_train[-held_out:])
        if best is None or accuracy > best:
            best, kept = accuracy, model.get_weights()
    model.set_weights(kept)
    return model.accuracy((x_test - m) / s, y_test)

# %% unchanged kind="wrong" hint="validation-trained"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    return leaky(model, x_train, y_train, x_test, y_test, epochs, held_out)

# %% choice-still-by-test kind="wrong" hint="tested-often"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_train, y_train = x_train[:-held_out], y_train[:-held_out]
    mean, spread = x_train.mean(), x_train.std()
    best = -1.0
    for _ in range(epochs):
        model.fit((x_train - mean) / spread, y_train)
        accuracy = model.accuracy((x_test - mean) / spread, y_test)
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return best

# %% scale-with-test kind="wrong" hint="scaled-with-test"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    everything = np.concatenate([x_train, x_test])
    mean, spread = everything.mean(), everything.std()
    x_train, x_test = (x_train - mean) / spread, (x_test - mean) / spread
    best = -1.0
    for _ in range(epochs):
        model.fit(x_train[:-held_out], y_train[:-held_out])
        accuracy = model.accuracy(x_train[-held_out:], y_train[-held_out:])
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return model.accuracy(x_test, y_test)

# %% scale-with-validation kind="wrong" hint="scaled-with-validation"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    mean, spread = x_train.mean(), x_train.std()
    x_train, x_test = (x_train - mean) / spread, (x_test - mean) / spread
    best = -1.0
    for _ in range(epochs):
        model.fit(x_train[:-held_out], y_train[:-held_out])
        accuracy = model.accuracy(x_train[-held_out:], y_train[-held_out:])
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return model.accuracy(x_test, y_test)

# %% each-its-own-scale kind="wrong" hint="scaled-apart"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    def scaled(x):
        return (x - x.mean()) / x.std()

    x_fit, x_val = scaled(x_train[:-held_out]), scaled(x_train[-held_out:])
    best = -1.0
    for _ in range(epochs):
        model.fit(x_fit, y_train[:-held_out])
        accuracy = model.accuracy(x_val, y_train[-held_out:])
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return model.accuracy(scaled(x_test), y_test)

# %% last-weights kind="wrong" hint="last-weights-kept"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_fit, y_fit = x_train[:-held_out], y_train[:-held_out]
    mean, spread = x_fit.mean(), x_fit.std()
    best = -1.0
    for _ in range(epochs):
        model.fit((x_fit - mean) / spread, y_fit)
        best = max(best, model.accuracy((x_train[-held_out:] - mean) / spread, y_train[-held_out:]))
    return model.accuracy((x_test - mean) / spread, y_test)

# %% reports-validation kind="wrong" hint="never-tested"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_fit, y_fit = x_train[:-held_out], y_train[:-held_out]
    mean, spread = x_fit.mean(), x_fit.std()
    best = -1.0
    for _ in range(epochs):
        model.fit((x_fit - mean) / spread, y_fit)
        accuracy = model.accuracy((x_train[-held_out:] - mean) / spread, y_train[-held_out:])
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return best

# %% tests-and-returns-the-choice kind="wrong" hint="validation-reported"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_fit, y_fit = x_train[:-held_out], y_train[:-held_out]
    mean, spread = x_fit.mean(), x_fit.std()
    best = -1.0
    for _ in range(epochs):
        model.fit((x_fit - mean) / spread, y_fit)
        accuracy = model.accuracy((x_train[-held_out:] - mean) / spread, y_train[-held_out:])
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    model.accuracy((x_test - mean) / spread, y_test)
    return best

# %% first-images-held-out kind="wrong" hint="other-part-held-out"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_fit, y_fit = x_train[held_out:], y_train[held_out:]
    mean, spread = x_fit.mean(), x_fit.std()
    best = -1.0
    for _ in range(epochs):
        model.fit((x_fit - mean) / spread, y_fit)
        accuracy = model.accuracy((x_train[:held_out] - mean) / spread, y_train[:held_out])
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return model.accuracy((x_test - mean) / spread, y_test)

# %% by-training-accuracy kind="wrong" hint="validation-not-used"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_fit, y_fit = x_train[:-held_out], y_train[:-held_out]
    mean, spread = x_fit.mean(), x_fit.std()
    best = -1.0
    for _ in range(epochs):
        model.fit((x_fit - mean) / spread, y_fit)
        accuracy = model.accuracy((x_fit - mean) / spread, y_fit)
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return model.accuracy((x_test - mean) / spread, y_test)

# %% bracket-missing kind="crash"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    mean, spread = (x_train[:-held_out].mean(), x_train[:-held_out].std()
    return model.accuracy((x_test - mean) / spread, y_test)

# %% every-pixel-by-itself kind="wrong" hint="scaled-by-pixel"
def honest(model, x_train, y_train, x_test, y_test, epochs, held_out):
    x_fit, y_fit = x_train[:-held_out], y_train[:-held_out]
    x_choose, y_choose = x_train[-held_out:], y_train[-held_out:]
    mean, spread = x_fit.mean(axis=0), x_fit.std(axis=0) + 1e-7
    best = -1.0
    for _ in range(epochs):
        model.fit((x_fit - mean) / spread, y_fit)
        accuracy = model.accuracy((x_choose - mean) / spread, y_choose)
        if accuracy > best:
            best, weights = accuracy, model.get_weights()
    model.set_weights(weights)
    return model.accuracy((x_test - mean) / spread, y_test)

# %% lists-and-enumerate kind="right"
def honest(net, images, labels, test_images, test_labels, rounds, kept_back):
    cut = len(images) - kept_back
    average, deviation = np.mean(images[:cut]), np.std(images[:cut])
    scale = lambda some: (np.asarray(some, "float32") - average) / deviation
    seen = []
    for number in range(rounds):
        net.fit(scale(images[:cut]), list(labels[:cut]))
        seen.append((net.accuracy(scale(images[cut:]), labels[cut:]), -number, net.get_weights()))
    net.set_weights(max(seen, key=lambda each: each[:2])[2])
    return np.float64(net.accuracy(scale(test_images), test_labels))

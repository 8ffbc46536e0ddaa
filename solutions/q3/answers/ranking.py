# %% by-loop kind="right"
def ranking(plan, remedies):
    savings = []
    for number in range(len(remedies)):
        changed = dict(plan)
        changed.update(remedies[number])
        savings.append((training_bytes(plan) - training_bytes(changed), number))
    savings.sort(reverse=True)
    return [number for _, number in savings]

# %% numpy kind="right"
def ranking(plan, remedies):
    left = np.array([training_bytes({**plan, **remedy}) for remedy in remedies])
    return tuple(np.argsort(left))

# %% picking-the-best kind="right"
def ranking(plan, remedies):
    todo = {i: training_bytes(plan | r) for i, r in enumerate(remedies)}
    order = ()
    while todo:
        best = min(todo, key=todo.get)
        order += (best,)
        del todo[best]
    return order

# %% ascending-savings kind="wrong" hint="least-first"
def ranking(plan, remedies):
    saved = [training_bytes(plan) - training_bytes(plan | r) for r in remedies]
    return tuple(sorted(range(len(remedies)), key=lambda i: saved[i]))

# %% places kind="wrong" hint="places-not-numbers"
def ranking(plan, remedies):
    left = np.array([training_bytes(plan | r) for r in remedies])
    return tuple(np.argsort(np.argsort(left)))

# %% updates-the-plan kind="wrong" hint="one-on-another"
def ranking(plan, remedies):
    left = []
    for remedy in remedies:
        plan.update(remedy)
        left.append(training_bytes(plan))
    return tuple(sorted(range(len(remedies)), key=lambda i: left[i]))

# %% from-one kind="wrong" hint="counted-from-one"
def ranking(plan, remedies):
    left = {i: training_bytes(plan | r) for i, r in enumerate(remedies, start=1)}
    return tuple(sorted(left, key=left.get))

# %% the-remedies kind="wrong" hint="names-not-numbers"
def ranking(plan, remedies):
    return sorted(remedies, key=lambda remedy: training_bytes(plan | remedy))

# %% the-bytes kind="wrong" hint="bytes-not-numbers"
def ranking(plan, remedies):
    return tuple(sorted(training_bytes(plan | remedy) for remedy in remedies))

# %% the-winner kind="wrong" hint="only-the-best"
def ranking(plan, remedies):
    left = [training_bytes(plan | remedy) for remedy in remedies]
    return (left.index(min(left)),)

# %% by-difference kind="wrong" hint="growth-taken-for-saving"
def ranking(plan, remedies):
    before = training_bytes(plan)
    change = [abs(before - training_bytes(plan | remedy)) for remedy in remedies]
    return tuple(sorted(range(len(remedies)), key=lambda i: -change[i]))

# %% activations-only kind="wrong" hint="images-always-dominate"
def ranking(plan, remedies):
    def kept(p):
        return p["batch"] * sum(values_of(p)) * p["bytes_per_value"]

    return tuple(sorted(range(len(remedies)), key=lambda i: kept(plan | remedies[i])))

# %% puts-the-plan-right-too-late kind="wrong" hint="plan-changed"
def ranking(plan, remedies):
    left = []
    for remedy in remedies:
        trial = dict(plan)
        trial.update(remedy)
        left.append(training_bytes(trial))
        remedy["left"] = left[-1]
    return tuple(sorted(range(len(remedies)), key=lambda i: left[i]))

# %% for-ever kind="stop"
def ranking(plan, remedies):
    while True:
        pass

# %% sorts-and-returns kind="wrong" hint="nothing-to-work-with"
def ranking(plan, remedies):
    order = list(range(len(remedies)))
    return tuple(order.sort(key=lambda number: training_bytes(plan | remedies[number])))

# %% dictionaries-added kind="wrong" hint="kinds-do-not-mix"
def ranking(plan, remedies):
    after = [training_bytes(plan + remedy) for remedy in remedies]
    return tuple(sorted(range(len(remedies)), key=lambda number: after[number]))

# %% pairs-sorted kind="wrong" hint="names-not-numbers"
def ranking(plan, remedies):
    return sorted(enumerate(remedies), key=lambda pair: training_bytes(plan | pair[1]))

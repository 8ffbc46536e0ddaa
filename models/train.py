"""Train a network: `python -m models.train --seed 1`, `… --recipe 5x5 --seed 1`.

After every epoch the whole state goes into a checkpoint, and a second start goes on from there
to the same end: what is random in an epoch is drawn from the seed and the number of the epoch
or step, never from a generator whose state would be lost.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.errors import UsageError
from models import files, paths
from models.augment import distort
from models.data import Part, training_parts
from models.network import build, run_name, save
from models.recipe import RECIPES, Recipe
from models.score import error_and_loss

Line = dict[str, float]
"""One epoch in the log."""


class State:
    """All that changes in a training: network, running average of its weights, momentum."""

    def __init__(self, recipe: Recipe, seed: int) -> None:
        """Start afresh; the seed draws the initial weights."""
        self.origin = json.dumps({"seed": seed, "recipe": asdict(recipe)})
        keras.utils.set_random_seed(seed)  # before the layers are made, which draw seeds
        self.network = build(recipe)
        self.average = build(replace(recipe, arithmetic="float32"))
        self.average.set_weights(self.network.get_weights())
        self.optimizer = keras.optimizers.SGD(
            recipe.peak_rate, momentum=recipe.momentum, nesterov=True
        )
        self.optimizer.build(self.network.trainable_variables)
        self.log: list[Line] = []

    def variables(self) -> list[keras.Variable]:
        """Return everything a checkpoint must hold, in a fixed order."""
        models = [*self.network.weights, *self.average.weights]
        return [*models, *self.optimizer.variables]

    def save(self, path: Path) -> None:
        """Write a checkpoint; the file is the old or the new one at any moment."""
        arrays = {f"{i:03}": np.asarray(v) for i, v in enumerate(self.variables())}
        log = np.array(json.dumps(self.log))
        files.write_arrays(path, origin=np.array(self.origin), log=log, **arrays)

    def restore(self, path: Path) -> None:
        """Take the state from a checkpoint.

        Raises UsageError if it is one of another recipe or seed.
        """
        with np.load(path) as arrays:
            if str(arrays["origin"]) != self.origin:
                raise UsageError(
                    f"{path} was written with another recipe or seed: delete it to start afresh."
                )
            self.log = json.loads(str(arrays["log"]))
            for i, variable in enumerate(self.variables()):
                variable.assign(arrays[f"{i:03}"])


class Step:
    """One step of gradient descent on one batch of a training part."""

    def __init__(
        self,
        state: State,
        recipe: Recipe,
        seed: int,
        training: Part,
        teachers: Sequence[keras.Model] = (),
    ) -> None:
        """Prepare the step; it is compiled to a TensorFlow graph when first taken."""
        self.state, self.recipe, self.seed = state, recipe, seed
        self.teachers = teachers
        self.images = tf.constant(training.images)
        self.labels = tf.constant(training.labels, tf.int32)
        self.take = tf.function(self.gradient_step)

    def gradient_step(
        self,
        batch: tf.Tensor,
        number: tf.Tensor,
        rate: tf.Tensor,
        keep: tf.Tensor,
        strength: tf.Tensor,
        clean: bool,
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Train on the images whose numbers are in `batch`, an integer tensor of shape (n,).

        `number` counts the steps, `rate` is the learning rate, `keep` the share of itself that
        the running average keeps, `strength` a factor of the distortion. `clean` images are not
        distorted. Returns the loss and the number of right answers.
        """
        network, recipe = self.state.network, self.recipe
        images = tf.cast(tf.gather(self.images, batch), tf.float32) / 255
        if not clean:
            seed = tf.stack([self.seed, number])
            images = distort(images, recipe.distortion, seed, strength)
        labels = tf.gather(self.labels, batch)
        targets = self.targets(images[..., None], labels)
        with tf.GradientTape() as tape:
            logits = network(images[..., None], training=True)
            losses = tf.nn.softmax_cross_entropy_with_logits(targets, logits)
            loss = tf.reduce_mean(losses)
            squares = [
                tf.nn.l2_loss(v.value) for v in network.trainable_variables if v.name == "kernel"
            ]
            penalised = loss + recipe.weight_decay * tf.add_n(squares)
        gradients = tape.gradient(penalised, network.trainable_variables)
        self.state.optimizer.learning_rate.assign(rate)
        self.state.optimizer.apply_gradients(
            zip(gradients, network.trainable_variables, strict=True)
        )
        for mean, new in zip(self.state.average.weights, network.weights, strict=True):
            mean.assign(new + keep * (mean - new))
        right = tf.argmax(logits, axis=1, output_type=tf.int32) == labels
        return loss, tf.math.count_nonzero(right)

    def targets(self, images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        """Return what is to be learnt of images (n, 28, 28, 1): probabilities of shape (n, 10).

        They are the mean of the teachers' or, without a teacher, 1 for the label.
        """
        if not self.teachers:
            return tf.one_hot(labels, 10)
        each = [tf.nn.softmax(teacher(images, training=False)) for teacher in self.teachers]
        return tf.add_n(each) / len(each)


def rate_at(recipe: Recipe, done: float) -> float:
    """Return the learning rate when the share `done` of the training on distorted images is done.

    More than 1 of it is done in the passes over clean images, in which it falls in a line.

    It rises in a line to its peak and falls from there along half a cosine (the cosine from
    Loshchilov and Hutter, arXiv:1608.03983; one rise and one fall from Smith and Topin,
    arXiv:1708.07120).
    """
    if done > 1:
        clean = (done - 1) * recipe.epochs / recipe.clean_epochs
        return recipe.clean_rate * (1 - clean)
    if done < recipe.warm_up:
        return recipe.peak_rate * done / recipe.warm_up
    if not recipe.anneal:
        return recipe.peak_rate
    falling = (done - recipe.warm_up) / (1 - recipe.warm_up)
    return recipe.peak_rate * (1 + math.cos(math.pi * falling)) / 2


def strength_at(recipe: Recipe, done: float) -> float:
    """Return the factor of the distortion when the share `done` of the passes with it is done."""
    return min(1.0, max(0.0, 1 - done) / recipe.fade) if recipe.fade else 1.0


def epochs(
    recipe: Recipe,
    seed: int,
    training: Part,
    validation: Part,
    checkpoint: Path,
    teachers: Sequence[keras.Model] = (),
) -> Iterator[State]:
    """Train from the checkpoint, if there is one, to the end; yield the state after each epoch.

    The checkpoint on disk is always the one of the state that is yielded.
    """
    state = State(recipe, seed)
    if checkpoint.exists():
        state.restore(checkpoint)
    step = Step(state, recipe, seed, training, teachers)
    steps = len(training) // recipe.batch
    for epoch in range(len(state.log), recipe.epochs + recipe.clean_epochs):
        wall, cpu = time.perf_counter(), time.process_time()
        order = np.random.default_rng([seed, epoch]).permutation(len(training))
        losses, right = 0.0, 0
        for i, batch in enumerate(order[: steps * recipe.batch].reshape(steps, recipe.batch)):
            number = epoch * steps + i
            # At first the average keeps less, or it would long remember the random weights.
            keep = min(recipe.average, (1 + number) / (10 + number))
            done = (number + 1) / (recipe.epochs * steps)
            rate, strength = rate_at(recipe, done), strength_at(recipe, done)
            numbers = map(tf.constant, (batch, number, rate, keep, strength))
            loss, hits = step.take(*numbers, clean=epoch >= recipe.epochs)
            losses, right = losses + float(loss), right + int(hits)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu  # of training alone
        last_error, last_loss = error_and_loss(state.network, validation)
        error, loss_of_average = error_and_loss(state.average, validation)
        state.log.append(
            {
                "epoch": epoch + 1,
                "rate": abs(round(rate, 6)),
                "loss": round(losses / steps, 5),
                "accuracy": round(right / (steps * recipe.batch), 5),
                "validation_loss": round(loss_of_average, 5),
                "validation_accuracy": round(1 - error, 5),
                "validation_loss_unaveraged": round(last_loss, 5),
                "validation_accuracy_unaveraged": round(1 - last_error, 5),
                "seconds": round(wall, 1),
                "cpu_seconds": round(cpu, 1),
            }
        )
        state.save(checkpoint)
        yield state


def train(
    recipe: Recipe,
    seed: int,
    name: str,
    images: int | None = None,
    fold: int = 0,
    teachers: Sequence[keras.Model] = (),
) -> State:
    """Train, or finish training, one network; return its last state.

    With `images` it trains on the first so many images of the training part only; `fold` says which
    images of it are for validation (`models.data.training_parts`). The `teachers` are those that
    the recipe names.
    Writes the checkpoint `runs/<name>.npz` and the log `logs/<name>.jsonl` after every epoch,
    and shows the progress.
    """
    training, validation = training_parts(recipe.validation, fold)
    training = Part(training.images[:images], training.labels[:images])
    checkpoint = paths.RUNS / f"{name}.npz"
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns) as progress:
        bar = progress.add_task(name, total=recipe.epochs + recipe.clean_epochs)
        state = None
        for state in epochs(recipe, seed, training, validation, checkpoint, teachers):
            files.write_lines(paths.LOGS / f"{name}.jsonl", state.log)
            line = state.log[-1]
            text = f"{name}: validation {line['validation_accuracy']:.2%}"
            progress.update(bar, completed=line["epoch"], description=text)
    if state is None:  # it was finished before
        state = State(recipe, seed)
        state.restore(checkpoint)
        files.write_lines(paths.LOGS / f"{name}.jsonl", state.log)
    return state


def main() -> None:
    """Train the network of one recipe and seed and write its weights."""
    parser = argparse.ArgumentParser(
        prog="python -m models.train", description="Train a network; go on where it was stopped."
    )
    parser.add_argument("--recipe", choices=RECIPES, default="3x3")
    parser.add_argument("--seed", type=int, required=True)
    arguments = parser.parse_args()
    name = run_name(arguments.recipe, arguments.seed)
    try:
        state = train(RECIPES[arguments.recipe], arguments.seed, name)
    except UsageError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    save(state.average, name)


if __name__ == "__main__":
    main()

"""The course's MNIST network: its recipe, its training and its evaluation."""

import autograder.quiet_tensorflow  # noqa: F401  (here, so that it comes before Keras everywhere)

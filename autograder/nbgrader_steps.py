"""The old address of the grading steps, for a course's `nbgrader_config.py` that names it."""

from autograder.grading.nbgrader_steps import STEPS

__all__ = ["STEPS"]

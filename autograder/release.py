"""The old address of the release steps, for a course's `nbgrader_config.py` that names it."""

from autograder.authoring.release import RELEASE_STEPS

__all__ = ["RELEASE_STEPS"]

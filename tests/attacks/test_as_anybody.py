"""All attacks, graded by an ordinary user without any rights."""

from tests.attacks.expectations import *  # noqa: F403

USER = "anybody"

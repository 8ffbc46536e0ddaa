"""The attacks that ask for what root may do, graded by root."""

import os

import pytest

from tests.attacks.expectations import *  # noqa: F403

USER = "root"

if os.geteuid() != 0:
    pytest.skip("only root can grade as root", allow_module_level=True)

"""`pytest -p tests.demos_once --nbval solutions notebooks` runs each demonstration once.

The demonstrations in a released notebook are copies of those in its source, outputs and all
(tests/authoring/test_release.py), and no other cell needs them. `make nbval` runs them in both.
"""

import pytest
from nbval.plugin import IPyNbCell

from autograder.notebook.cells import is_demonstration


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the copies."""
    kept: list[pytest.Item] = []
    copies: list[pytest.Item] = []
    for item in items:
        released = item.path.is_relative_to(config.rootpath / "notebooks")
        is_copy = released and isinstance(item, IPyNbCell) and is_demonstration(item.cell)
        (copies if is_copy else kept).append(item)
    config.hook.pytest_deselected(items=copies)
    items[:] = kept

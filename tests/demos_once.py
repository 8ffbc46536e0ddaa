"""`pytest -p tests.demos_once --nbval solutions notebooks` runs each demonstration once.

The demonstrations in a released notebook are copies of those in its source, outputs and all
(tests/test_release.py), and no other cell needs them. `make nbval` runs them in both.
"""

import pytest
from nbval.plugin import IPyNbCell

from autograder.execute import SKIP_TAG


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the copies."""
    copies = [item for item in items if _is_copy(config, item)]
    config.hook.pytest_deselected(items=copies)
    items[:] = [item for item in items if not _is_copy(config, item)]


def _is_copy(config: pytest.Config, item: pytest.Item) -> bool:
    released = item.path.is_relative_to(config.rootpath / "notebooks")
    tags = item.cell.metadata.get("tags", []) if isinstance(item, IPyNbCell) else []
    return released and SKIP_TAG in tags

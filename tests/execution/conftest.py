"""What every test of running tasks leaves behind: nothing."""

from collections.abc import Iterator

import pytest

from autograder.execution import sealed


@pytest.fixture(scope="module", autouse=True)
def _close() -> Iterator[None]:
    yield
    sealed.close()

"""Import this before a gradebook is made, and it is made two seconds faster.

nbgrader starts the program `alembic` for each new gradebook, to learn the version of its own
tables. The library of that name tells at once.
"""

from pathlib import Path

import nbgrader.api
from alembic.script import ScriptDirectory


def version() -> str:
    """Return the version of nbgrader's tables."""
    scripts = ScriptDirectory(str(Path(nbgrader.api.__file__).with_name("alembic")))
    return str(scripts.get_current_head())


nbgrader.api.get_alembic_version = version

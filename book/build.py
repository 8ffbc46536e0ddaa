"""Jupyter Book's own command, which so starts earlier: see autograder/lean_imports.py.

And a plugin for citations is looked for once among all installed packages, not for each citation.
"""

from functools import cache

import autograder.lean_imports  # noqa: F401

# isort: split
import pybtex.plugin
from jupyter_book.cli.main import main

pybtex.plugin.find_plugin = cache(pybtex.plugin.find_plugin)

if __name__ == "__main__":
    main()

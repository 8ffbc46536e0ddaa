"""Jupyter Book's own command, which so starts in a third of the time: see lean_imports.py."""

import autograder.lean_imports  # noqa: F401

# isort: split
from jupyter_book.cli.main import main

if __name__ == "__main__":
    main()

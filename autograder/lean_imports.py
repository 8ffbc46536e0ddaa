"""Import this before nbformat or nbgrader, and both start in half the time.

jsonschema compiles a grammar of internationalised URLs at import, about a second's work, if
the optional package rfc3987_syntax is there (JupyterLab brings it). No schema of a notebook
needs it. Told that the package is missing, jsonschema does without.

And Python looks for garbage after every 700 new objects, a fifth of what is left of the start;
after 10,000 it does as well.
"""

import gc
import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: "not found"

gc.set_threshold(10_000)

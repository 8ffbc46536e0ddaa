"""Import this before nbformat or nbgrader, and both start in half the time.

jsonschema compiles a grammar of internationalised URLs at import, about a second's work, if
the optional package rfc3987_syntax is there (JupyterLab brings it). No schema of a notebook
needs it. Told that the package is missing, jsonschema does without.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: "not found"

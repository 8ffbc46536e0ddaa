"""Import this before keras, and TensorFlow starts without its greeting, and sooner.

TensorFlow writes a dozen lines with time stamps to the process's stderr, below Python and
before its own log level counts. In a notebook they look like an error, and no two runs
have the same output. And while it makes half a million objects, all of which stay, Python looks
for garbage among them again and again: 0.4 of 2.4 seconds.
"""

import gc
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # what comes after the import: no GPU, …

_stderr = os.dup(2)
_nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(_nowhere, 2)
_looks_for_garbage = gc.isenabled()
gc.disable()
try:
    import tensorflow  # noqa: F401
finally:
    if _looks_for_garbage:
        gc.enable()
    os.dup2(_stderr, 2)
    os.close(_stderr)
    os.close(_nowhere)

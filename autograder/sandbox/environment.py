"""The environment of processes that run students' code: nothing of the grader's own."""

import os
import sys
from pathlib import Path

# Run by a process that has imported its libraries: of what students write it keeps no compiled
# code. Of the libraries it does: as uv installs them, they are not compiled, and to compile a large
# one takes seconds.
KEEP_NO_BYTECODE = (
    "import os, sys; sys.dont_write_bytecode = True; os.environ['PYTHONDONTWRITEBYTECODE'] = '1'"
)

_LIBRARIES = ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "TF_NUM_INTRAOP", "TF_NUM_INTEROP")


def clean(home: str, folders: tuple[str, ...]) -> dict[str, str]:
    """Return a whole environment, in which each variable named in `folders` is the path `home`.

    The libraries work in one thread, since as many submissions run at a time as there are cores.
    """
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "MALLOC_ARENA_MAX": "2",  # else every thread reserves address space of its own
        **dict.fromkeys(folders, home),
        **{f"{library}_THREADS": "1" for library in _LIBRARIES},
    }

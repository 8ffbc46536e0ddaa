"""The environment of processes that run students' code: nothing of the grader's own."""

import os
import sys
from pathlib import Path

_LIBRARIES = ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "TF_NUM_INTRAOP", "TF_NUM_INTEROP")


def clean(home: str, folders: tuple[str, ...]) -> dict[str, str]:
    """Return a whole environment, in which each variable named in `folders` is the path `home`.

    The libraries work in one thread, since as many submissions run at a time as there are cores.
    Compiled code is kept where this process keeps its own, if it does.
    """
    return {
        **({"PYTHONDONTWRITEBYTECODE": "1"} if sys.dont_write_bytecode else {}),
        **({"PYTHONPYCACHEPREFIX": sys.pycache_prefix} if sys.pycache_prefix else {}),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "MALLOC_ARENA_MAX": "2",  # else every thread reserves address space of its own
        **dict.fromkeys(folders, home),
        **{f"{library}_THREADS": "1" for library in _LIBRARIES},
    }

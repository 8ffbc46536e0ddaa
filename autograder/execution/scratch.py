"""Removes the scratch folder of a sealed run, whatever its code has left there."""

import os
import stat
from pathlib import Path
from uuid import uuid4


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, however deep or closed its folders are.

    shutil.rmtree ends in a RecursionError at some depth. Raises OSError.
    """
    top = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _empty(top, top)
        while folders := os.listdir(top):
            for name in folders:
                inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=top)
                try:
                    _empty(inner, top)
                finally:
                    os.close(inner)
                os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    os.rmdir(folder)


def _empty(folder: int, top: int) -> None:
    """Remove the files of a folder, and move its folders up to `top`, under names of their own."""
    for entry in list(os.scandir(folder)):
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry.name, dir_fd=folder)
        else:
            os.chmod(entry.name, stat.S_IRWXU, dir_fd=folder)
            os.rename(entry.name, str(uuid4()), src_dir_fd=folder, dst_dir_fd=top)

"""A PostgreSQL server of our own, started for tests."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server; yields the URL of an empty database. Skips where there is none, unless CI."""
    if not PROGRAMS and "CI" not in os.environ:
        pytest.skip("Debian's package postgresql is not installed")
    # Not below pytest's folder: that is for our own user's eyes only, and its name is too long.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    _server("initdb", "--auth=trust", "--username=teacher", "-D", data)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    _server("pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start")
    try:
        _server("createdb", "-h", folder, "-U", "teacher", "gradebook")
        yield f"postgresql://teacher@/gradebook?host={folder}"
    finally:
        _server("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _server(program: str, *arguments: str | Path) -> None:
    """Run one of the server's programs: as its own user if we are root, which it refuses."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(
        [PROGRAMS[-1] / program, *arguments],
        check=True,
        capture_output=True,
        user=user,
        group=user,
        cwd="/",
    )

"""Pack what a student needs without a network: `python book/print/make_zip.py SITE OUT`.

In the zip lie the built site and every file of the repository but the teachers': the notebooks
with the package, the data and the trained networks that they use. The folder of solutions is left
out; the site has its part of solutions unless `_toc.yml` leaves that out.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).resolve().parents[2]
NAME = "convolutional-networks"
TEACHERS = (
    *("solutions/", "tests/", "benchmarks/", "book/", "decisions/", "models/runs/", "."),
    "models/evaluate.py",  # has Wilson's interval, which question 9 asks for
)
"""Where the names of files begin that a student has no use for, or must not see."""


def files(site: Path) -> Iterator[tuple[Path, str]]:
    """Return each file with its name in the zip."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    except (OSError, subprocess.CalledProcessError):
        sys.exit("Git says which files belong to the course: make the zip in a clone, with Git.")
    for name in filter(None, listed.stdout.split("\0")):
        if not name.startswith(TEACHERS):
            yield ROOT / name, f"{NAME}/{name}"
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield path, f"{NAME}/site/{path.relative_to(site).as_posix()}"


def pack(site: Path, out: Path) -> None:
    """Write the zip."""
    packed = list(files(site))
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        for path, name in packed:
            bundle.write(path, name)


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))

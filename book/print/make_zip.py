"""Pack what a student needs: `python book/print/make_zip.py SITE OUT`.

In the zip lie START-HERE.txt, the built site, the notebooks, the data, logs and trained networks
that they read, and the package, ready to be installed with a lock of its own. Nothing of the
teachers' is there; of solutions, the site has its part unless `_toc.yml` leaves that out.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

ROOT = Path(__file__).resolve().parents[2]
FIRST = Path(__file__).resolve().parent / "zip"
NAME = "convolutional-networks"
STUDENTS = (
    *("notebooks/", "data/", "models/", "experiments/", "autograder/", "LICENSE"),
    "nbgrader_config.py",  # says that the notebooks are in notebooks/
    "hints.toml",
)
"""Where the names of files begin that a student needs: with the package's source, for Colab."""
TEACHERS = (
    "models/runs/",
    # Ten megabytes that no notebook asks for.
    *("models/weights/5x5-", "models/weights/7x7-", "models/weights/long-"),
    "models/evaluate.py",  # has Wilson's interval, which question 9 asks for
)


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
    for path in sorted(FIRST.iterdir()):
        yield path, f"{NAME}/{path.name}"
    for name in filter(None, listed.stdout.split("\0")):
        if name.startswith(STUDENTS) and not name.startswith(TEACHERS):
            yield ROOT / name, f"{NAME}/{name}"
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield path, f"{NAME}/site/{path.relative_to(site).as_posix()}"


def wheel(folder: Path) -> Path:
    """Build the package's wheel in a folder and return its path."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    places = ["--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*command, *places], check=True)  # noqa: S603
    (built,) = folder.glob("*.whl")
    return built


def lock(package: Path) -> str:
    """Return the students' lock with the package itself in it, from the file beside the lock."""
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    rest = (ROOT / "requirements-students.txt").read_text(encoding="utf-8")
    return f"./{package.name} --hash=sha256:{digest}\n{rest}"


def installer() -> str:
    """Return what the full lock says of uv, which installs the students' lock."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    (lines,) = re.findall(r"^uv==(?:.*\\\n)+.*\n", text, re.MULTILINE)
    return str(lines)


def pack(site: Path, out: Path) -> None:
    """Write the zip."""
    packed = list(files(site))
    with TemporaryDirectory() as folder, ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        package = wheel(Path(folder))
        bundle.writestr(f"{NAME}/uv.txt", installer())
        bundle.writestr(f"{NAME}/requirements.txt", lock(package))
        bundle.write(package, f"{NAME}/{package.name}")
        for path, name in packed:
            bundle.write(path, name)


if __name__ == "__main__":
    pack(Path(sys.argv[1]), Path(sys.argv[2]))

"""How long does a student wait for a check: ours, `nbgrader validate` and `otter check`.

All run the same notebook, the chapter's solution, one after the other as often as asked. What
counts is the wall time of the whole command, and the processor time of all its processes. All say
that every check passes, or nothing is measured.

    python -m benchmarks.check [--chapters q2 q6] [--repeat 3]
"""

import argparse
import resource
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from autograder.files import write
from autograder.notebook import notebooks
from autograder.notebook.course import Course, find_course
from benchmarks import measured, otter
from benchmarks.ways import run

STOCK, OTTER, OURS = "nbgrader validate", "otter check", "autograder check"
SAID = {
    STOCK: "passes all the tests.",
    OTTER: "All tests passed!",
    OURS: "points. When your work",
}
"""Each way, and a part of what it says when all is right."""


def seconds(said: str, command: list[str], folder: Path, course: Course) -> tuple[float, float]:
    """Return the wall time of a command on a notebook, and the processor time of its processes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = run(command, folder, course)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if said not in " ".join((done.stdout + done.stderr).split()):
        raise SystemExit(f"{' '.join(command)} said:\n{done.stdout}{done.stderr}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, spent


def copy_of(course: Course, name: str, folder: Path) -> Path:
    """Return a copy of the solution, in a course folder of its own with the data that it reads."""
    for part in ("autograder", "data", "experiments", "models", "hints.toml"):
        (folder / part).symlink_to(course.root / part)
    place = folder / "solutions" / name
    shutil.copytree(course.source(name).parent, place)
    return place / course.source(name).name


def in_otters_form(notebook: Path) -> Path:
    """Return a copy of the notebook in which otter checks, in a folder with otter's tests."""
    folder = notebook.parent / "otter"
    source = notebooks.read(notebook)
    otter.write_tests(source, folder / "tests")
    write(folder / notebook.name, notebooks.text(otter.in_its_form(source)))
    return folder / notebook.name


def main() -> None:
    """Measure, print one table, and keep it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--chapters", nargs="+", default=["q2", "q6"])
    options.add_argument("--repeat", type=int, default=3)
    chosen = options.parse_args()
    course = find_course(Path.cwd())
    machine = measured.machine()
    program = otter.program(course.root)
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        commands: dict[tuple[str, str], tuple[list[str], Path]] = {}
        for name in chosen.chapters:
            own = Path(folder, name)
            own.mkdir()
            place = copy_of(course, name, own)
            for way in (STOCK, OURS):
                commands[name, way] = [*way.split(), place.name], place.parent
            if program is not None:
                theirs = in_otters_form(place)
                commands[name, OTTER] = [str(program), "check", theirs.name], theirs.parent
        for _ in range(chosen.repeat):
            for (name, way), command in commands.items():
                spent = seconds(SAID[way], *command, course)
                times.setdefault((name, way), []).append(spent)
    found: dict[str, dict[str, dict[str, float]]] = {}
    print(f"medians of {chosen.repeat}:")
    for (name, way), each in times.items():
        wall, spent = (round(statistics.median(kind), 2) for kind in zip(*each, strict=True))
        found.setdefault(name, {})[way] = {"wall": wall, "processor": spent}
        print(f"{name + ', ' + way:28}{wall:>8.1f} s{spent:>10.1f} s processor")
    measured.note("check", {"repeat": chosen.repeat, "seconds": found}, machine)


if __name__ == "__main__":
    main()

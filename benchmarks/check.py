"""How long does a student wait for `autograder check`, beside stock `nbgrader validate`?

Both run the same notebook, the chapter's solution, one after the other as often as asked. What
counts is the wall time of the whole command, and the processor time of all its processes. Both say
that every check passes, or nothing is measured.

    python -m benchmarks.check [--chapters q2 q6] [--repeat 3]
"""

import argparse
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from autograder.notebook.course import Course, find_course

COMMANDS = {
    "nbgrader validate": "passes all the tests.",
    "autograder check": "points. When your work",
}
"""Each command, and a part of what it says when all is right."""


def seconds(command: str, said: str, notebook: Path) -> tuple[float, float]:
    """Return the wall time of a command on a notebook, and the processor time of its processes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(  # noqa: S603
        [*command.split(), notebook.name],
        cwd=notebook.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if said not in " ".join((done.stdout + done.stderr).split()):
        raise SystemExit(f"{command} {notebook.name} said:\n{done.stdout}{done.stderr}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, spent


def copy_of(course: Course, name: str, folder: Path) -> Path:
    """Return a copy of the solution, in a course folder of its own with the data that it reads."""
    for part in ("autograder", "data", "experiments", "models", "hints.toml"):
        (folder / part).symlink_to(course.root / part)
    place = folder / "solutions" / name
    shutil.copytree(course.source(name).parent, place)
    return place / course.source(name).name


def main() -> None:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--chapters", nargs="+", default=["q2", "q6"])
    options.add_argument("--repeat", type=int, default=3)
    chosen = options.parse_args()
    course = find_course(Path.cwd())
    times: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for name in chosen.chapters:
            own = Path(folder, name)
            own.mkdir()
            places[name] = copy_of(course, name, own)
        for _ in range(chosen.repeat):
            for name, place in places.items():
                for command, said in COMMANDS.items():
                    times.setdefault((name, command), []).append(seconds(command, said, place))
    print(f"medians of {chosen.repeat}:")
    print(f"{'':28}{'wall':>10}{'processor':>12}")
    for name in chosen.chapters:
        walls = []
        for command in COMMANDS:
            wall, spent = (
                statistics.median(each) for each in zip(*times[name, command], strict=True)
            )
            walls.append(wall)
            print(f"{name + ', ' + command:28}{wall:>8.1f} s{spent:>10.1f} s")
        print(f"{name + ', ratio':28}{walls[0] / walls[1]:>10.1f}")


if __name__ == "__main__":
    main()

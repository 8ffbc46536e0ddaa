"""Tries the forging attacks on stock nbgrader and on ours, and writes the table of both.

Run it with `make stock-attacks`: it takes some minutes, and it runs the attacks, harmless
otherwise, with your rights, as stock nbgrader does. The table goes into book/threat-model.md.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbgrader
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from autograder.notebook import notebooks
from tests.attacks import conftest, course, forging, objects, structure
from tests.attacks.course import Attack
from tests.support.running import grades, run
from tests.support.tiny_course import NAME, REPOSITORY, hand_in

PAGE = REPOSITORY / "book/threat-model.md"
BEGIN, END = "<!-- begin: make stock-attacks -->", "<!-- end: make stock-attacks -->"
WHAT = {
    "skip-execution": "the tag `skip-execution` on every cell, tests too",
    "ast-transformer": "an AST transformer that removes assertions and checks",
    "input-transformer": "an input transformer that blanks cells with checks",
    "nan-as-a-score": "a test turned into the value `nan`, as partial credit",
    "do-execute": "the kernel's `do_execute` replaced",
    "run-cell": "the shell's `run_cell_async` replaced",
    "show-traceback": "`showtraceback` and `run_code` replaced, so that errors are not seen",
    "code-object": "the code object of the course's check replaced, `sys.settrace` set",
    "patched-checks": "the course's own `autograder.checks` patched",
    "patched-libraries": "`np.allclose`, `abs`, `all`, `math.isclose`, … patched",
    "shadowed-names": "the names that tests use (`checks`, `np`, data, `abs`, …) redefined",
    "shadowed-module": "`math` and `abs` redefined between two tests",
    "equal-to-everything": "an answer that is equal to everything",
    "equal-int": "a subclass of `int` that is equal to everything",
    "equal-array": "a subclass of `ndarray` that passes every NumPy function",
    "looks-at-callers": "an answer that reads the expected value off its caller's frame",
    "changes-the-input": "an answer that changes its argument instead of computing",
    "nan": "`nan` for every number",
    "own-codes": "an exception that calls itself WrongAnswer and claims full marks",
    "exits-happily": "`sys.exit(0)` in an answer",
    "memorised": "the visible inputs memorised",
    "signal-handlers": "signal handlers and timers changed",
    "raises-StopIteration": "a subclass of `StopIteration` raised in an answer",
    "raises-GeneratorExit": "a subclass of `GeneratorExit` raised in an answer",
    "raises-KeyboardInterrupt": "a subclass of `KeyboardInterrupt` raised in an answer",
    "raises-SystemExit": "a subclass of `SystemExit` raised in an answer",
    "fake-model": "an object that claims to be a Keras model of the right size",
    "lying-model": "a Keras model of its own class that lies about its size and shape",
    "lambda-model": "a Keras model whose only layer is a Lambda",
}
CASES: dict[str, Attack] = {
    name: (forging.CASES | objects.CASES | structure.CASES)[name] for name in WHAT
}


def main() -> None:
    """Run both graders on all attacks and write the table."""
    base = Path(tempfile.mkdtemp(prefix="stock-"))
    try:
        ours, stock = on_ours(base / "ours"), on_stock(base / "stock")
    finally:
        shutil.rmtree(base)
    lines = [
        f"| Attack | points it is worth | stock nbgrader {nbgrader.__version__} | this grader |",
        "|---|---|---|---|",
    ]
    for name, what in WHAT.items():
        honest = CASES[name].score
        lines.append(
            f"| {what} | {honest:g} | {said(stock[name], honest)} | {said(ours[name], honest)} |"
        )
    works = sum((score or 0) > CASES[name].score for name, score in stock.items())
    lines += ["", f"{works} of {len(WHAT)} work on stock nbgrader."]
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    table = "\n".join(lines)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
    print(table)


def said(score: float | None, honest: float) -> str:
    """Return a score in words."""
    if score is None:
        return "no grade at all"
    return f"**works: {score:g}**" if score > honest else f"{score:g}"


def on_ours(base: Path) -> dict[str, float | None]:
    """Return what `autograder grade` gives for each attack."""
    base.mkdir()
    course.make(base / "course")
    assert run("release", folder=base / "course").returncode == 0
    _hand_in(base / "submitted", notebooks.read(base / "course/notebooks/q1" / NAME))
    done = conftest.grade(base, None, conftest.IN_TIME)
    assert done.returncode == 0, done.stderr
    rows = grades(base / "grading")
    return {name: float(rows[name]["score"]) for name in WHAT}


def on_stock(base: Path) -> dict[str, float | None]:
    """Return what `nbgrader autograde` gives for each attack, None where it gives nothing."""
    (base / "source/q1").mkdir(parents=True)
    (base / "source/q1" / NAME).write_text(
        notebooks.text(course.source_notebook()), encoding="utf-8"
    )
    done = _nbgrader(base, "generate_assignment", "q1")
    assert done.returncode == 0, done.stderr
    _hand_in(base / "submitted", notebooks.read(base / "release/q1" / NAME))
    _nbgrader(base, "autograde", "q1", "--Execute.timeout=30")  # its exit code is not of interest
    found: dict[str, float | None] = {}
    with Gradebook(f"sqlite:///{base / 'gradebook.db'}") as book:
        for name in WHAT:
            graded = (base / "autograded" / name).is_dir()
            try:
                found[name] = book.find_submission("q1", name).score if graded else None
            except MissingEntry:
                found[name] = None
    return found


def _nbgrader(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run stock nbgrader, with its default settings, in a folder of its own."""
    return subprocess.run(
        [Path(sys.executable).with_name("nbgrader"), *words],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _hand_in(folder: Path, released: NotebookNode) -> None:
    for name, case in CASES.items():
        own = folder / name / "q1"
        own.mkdir(parents=True)
        content = case.make(released, own)
        assert isinstance(content, NotebookNode)
        text = notebooks.text(content)
        if not re.search(r"keras\.(Model|Sequential)", text):
            # TensorFlow takes stock nbgrader seven seconds for each notebook, for nothing here.
            text = text.replace("import keras\\n", "")
        hand_in(folder, name, text)


if __name__ == "__main__":
    main()

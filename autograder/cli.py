"""The command `autograder`: reads the options, calls the module that does it, prints the rest.

Imports are inside the commands: nbgrader takes a second to import, and help must not.
"""

import gc
import io
import os
import sys
import tempfile
import traceback
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import autograder.lean_imports  # noqa: F401
from autograder import __version__
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.notebook.course import Course
    from autograder.results.graded import Graded

CELL_TIMEOUT = 60  # seconds
MEMORY = 4096  # MB of address space; a large library takes 2,500 before a student does anything

INTERRUPTED = 130  # what typer makes of Ctrl-C

KEPT = (
    "{} was written in since it was released, and is left as it is; to have it new and keep the "
    "work, copy it to another folder first: `autograder release {} --force` writes over it"
)

UNSEALED = (
    "students' code cannot be sealed off on this machine: {}. Grade in the container of the "
    "course's Dockerfile or on a cluster (--scheduler); or --trust-submissions runs it all the "
    "same, with every right that you have: for code you know, or on a machine made for it"
)
NOT_ON_WINDOWS = (
    "students' code is graded on Linux, and this is Windows. Grade in WSL (the Linux inside "
    "Windows), in the container of the course's Dockerfile, or on a Linux machine of your cluster"
)

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Releases, checks and grades the course's notebooks.",
)

Names = Annotated[list[str] | None, typer.Argument(help="Assignments; all if left out.")]
Out = Annotated[Path, typer.Option(help="Folder of the results.")]
Database = Annotated[str | None, typer.Option(help="URL of nbgrader's gradebook.")]


def main() -> None:
    """Run the command line and exit: 0 done, 1 not all is well, 2 wrong usage. No traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a sign that a console lacks stops nothing
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
    except UsageError as problem:
        code = _complain(str(problem), 2)
    except KeyboardInterrupt:
        code = _complain("stopped; the same command goes on where it stopped", INTERRUPTED)
    except OSError as problem:
        file = problem.filename2 or problem.filename  # of a file that is put in place, the place
        name = f"{file}: " if file else ""
        code = _complain(f"{name}{problem.strerror or problem}", 2)
    except Exception as problem:
        code = _unexpected(problem)
    sys.stdout.flush()
    gc.freeze()  # else Python, at its end, looks for garbage among all modules: 0.4 seconds
    sys.exit(code if isinstance(code, int) else 0)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"autograder {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show it.")
    ] = False,
) -> None:
    pass


@app.command()
def release(
    names: Names = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over notebooks that were written in, too.")
    ] = False,
) -> None:
    """Make the students' notebooks from the teacher's."""
    from autograder.authoring.release import release as release_one
    from autograder.authoring.release import released, was_changed
    from autograder.notebook.course import find_course

    course = find_course(Path.cwd())
    for name in names or course.names():
        changed = [path for path in released(course, name) if was_changed(path)]
        if changed and not force:
            kept = KEPT.format(_near(changed[0]), name)
            if names:
                raise UsageError(kept)
            typer.echo(f"autograder: {kept}", err=True)  # the others are released
        else:
            for path in release_one(course, name):
                typer.echo(f"wrote {_near(path)}")


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, an .ipynb file.")],
) -> None:
    """Run your own notebook and show which of its checks pass."""
    from autograder.execution.first_imports import first_imports
    from autograder.execution.kernel_process import started

    # The kernel starts, and imports a library if need be, beside our own imports.
    with started(notebook.parent, first_imports(notebook)) as kernel:
        from autograder.grading.check import check as run_checks
        from autograder.results.hint_wording import exercise_for_student

        exercises = run_checks(notebook, CELL_TIMEOUT, kernel)
    if not exercises:
        typer.echo(f"{notebook} has no checks: your teacher marks what is in it by hand.")
        return
    _print_checks(
        [
            (each.name, each.points, each.max_points, exercise_for_student(each) or "passed")
            for each in exercises
        ]
    )
    if not all(each.passed for each in exercises):
        raise typer.Exit(1)


@app.command()
def grade(
    submitted: Annotated[
        Path | None,
        typer.Argument(
            help="Folder or zip: <student>/<assignment>/<notebook>.ipynb; the course's if left out."
        ),
    ] = None,
    assignment: Annotated[str | None, typer.Option(help="Grade this assignment only.")] = None,
    student: Annotated[str | None, typer.Option(help="Grade this student only.")] = None,
    out: Out = Path("grading"),
    jobs: Annotated[int | None, typer.Option(min=1, help="Submissions at a time.")] = None,
    db: Database = None,
    cell_timeout: Annotated[
        int, typer.Option(min=1, help="Seconds that one cell may take.")
    ] = CELL_TIMEOUT,
    memory: Annotated[
        int, typer.Option(min=256, help="MB of address space of one submission.")
    ] = MEMORY,
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Grade anew what has not changed, too.")
    ] = False,
    no_feedback: Annotated[
        bool, typer.Option("--no-feedback", help="Write no feedback pages.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Run on a Dask cluster: tls://HOST:PORT.")
    ] = None,
    received: Annotated[
        Path | None,
        typer.Option(help="Table of student_id, assignment, received: late ones pay the penalty."),
    ] = None,
    trust_timestamps: Annotated[
        bool,
        typer.Option(
            "--trust-timestamps",
            help="Times of receipt are in timestamp.txt: only where the exchange wrote them.",
        ),
    ] = False,
    trust_submissions: Annotated[
        bool, typer.Option("--trust-submissions", help="Run students' code without a sandbox.")
    ] = False,
) -> None:
    """Grade a class; called again, it goes on where it stopped."""
    if sys.platform == "win32":
        raise UsageError(NOT_ON_WINDOWS)
    if trust_timestamps and received is not None:
        raise UsageError("--received says when work came in; leave out --trust-timestamps")
    if scheduler is not None:
        _check_scheduler(scheduler, jobs, trust_submissions)
    elif not trust_submissions:
        from autograder.sandbox.confine import why_not

        reason = why_not()
        if reason is not None:
            raise UsageError(UNSEALED.format(reason))
    ahead: AbstractContextManager[None] = nullcontext()
    if not trust_submissions and scheduler is None:
        from autograder.grading.ahead import warmed

        ahead = warmed(Path.cwd(), submitted, out, assignment, student, regrade)
    with ahead:  # libraries are imported there beside our own imports
        from autograder.grading.grade import Settings
        from autograder.grading.grade import grade as grade_all
        from autograder.notebook.course import find_course

        course = find_course(Path.cwd())
        settings = Settings(
            out=out,
            database=_database(out, db),
            jobs=jobs or os.cpu_count() or 1,
            cell_timeout=cell_timeout,
            memory=memory,
            regrade=regrade,
            feedback=not no_feedback,
            assignment=assignment,
            student=student,
            trust=trust_submissions,
            scheduler=scheduler,
            received=received,
            trust_timestamps=trust_timestamps,
        )
        with _Display() as display:
            count = grade_all(course, submitted or course.submitted, settings, display)
    typer.echo(
        f"{count.graded} graded, {count.unchanged} unchanged: "
        f"{out / 'grades.csv'}, {out / 'report.html'}"
    )
    if count.infra:
        for each in count.infra:
            typer.echo(f"autograder: could not grade {each}", err=True)
        raise typer.Exit(1)


def _database(out: Path, url: str | None) -> str:
    """Return the gradebook's URL: the one that is asked for, the course's, or one in `out`."""
    course = _course()
    configured = None if course is None else course.database
    return url or configured or f"sqlite:///{(out / 'gradebook.db').resolve()}"


def _course() -> "Course | None":
    """Return the course around the current folder; tables are written outside of one, too."""
    from autograder.notebook.course import course_around

    return course_around(Path.cwd())


def _check_scheduler(scheduler: str, jobs: int | None, trust: bool) -> None:
    from autograder.execution.cluster import check

    if trust:
        raise UsageError("--trust-submissions is for this machine only; leave out --scheduler")
    if jobs is not None:
        raise UsageError("with --scheduler the cluster's workers say how many; leave out --jobs")
    check(scheduler)


@app.command()
def report(out: Out = Path("grading"), db: Database = None) -> None:
    """Write the class report anew, with the scores as they are in the gradebook now."""
    from autograder.results import graded
    from autograder.results.report import write

    submissions = graded.read(out, _database(out, db)).submissions
    typer.echo(f"wrote {write(out, submissions, _course())}")


@app.command()
def export(
    to: Annotated[
        Literal["csv", "canvas", "moodle"],
        typer.Option(help="A plain table, or what Canvas or Moodle imports."),
    ],
    out: Out = Path("grading"),
    db: Database = None,
) -> None:
    """Write the scores as they are in the gradebook now, for other systems."""
    from autograder.results.export import export as export_all

    typer.echo(f"wrote {export_all(out, _database(out, db), to)}")


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Where to write the class.")],
    assignment: Annotated[
        str | None, typer.Option(help="The assignment it hands in; the first if left out.")
    ] = None,
    more: Annotated[int, typer.Option(min=0, help="How many more students, of mixed ability.")] = 0,
) -> None:
    """Make up a class's submissions, to try the grader on."""
    from autograder.authoring.sample import sample as make_class
    from autograder.notebook.course import find_course

    course = find_course(Path.cwd())
    name = assignment or next(iter(course.names()), "")
    students = make_class(course, name, folder, more)
    typer.echo(f"wrote {len(students)} submissions of {name} into {folder}")


class _Display:
    """Progress on a terminal: a bar; everywhere: one line a submission."""

    def __init__(self) -> None:
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            disable=not sys.stdout.isatty(),
            transient=True,
        )
        self._task = self._bar.add_task("grading", total=None, rate="")

    def __enter__(self) -> "_Display":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def total(self, count: int) -> None:
        """Note how many submissions there are."""
        self._bar.update(self._task, total=count)

    def done(self, submission: "Graded", unchanged: bool) -> None:
        """Print one finished submission."""
        result, known = submission.result, submission.recorded
        marks = "no score"
        if submission.score is not None and known is not None:
            marks = f"{submission.score:g}/{known.max_score:g}"
        how = "unchanged" if unchanged else f"{result.seconds:.1f} s"
        self._print(f"{result.shown:24} {result.label:4} {submission.status:13} {marks:>8}  {how}")
        self._bar.advance(self._task)
        speed = self._bar.tasks[0].speed
        if speed:
            self._bar.update(self._task, rate=f"{60 * speed:.0f}/min")

    def remark(self, text: str) -> None:
        """Print what was left out, on stderr."""
        typer.echo(f"autograder: {text}", err=True)

    def _print(self, line: str) -> None:
        if self._bar.disable:
            typer.echo(line)
        else:
            self._bar.console.print(line, markup=False, highlight=False)


def _print_checks(lines: list[tuple[str, float, float, str]]) -> None:
    """Print the table of `check`, and what it adds up to."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Exercise", no_wrap=True)
    table.add_column("Points", no_wrap=True)
    table.add_column("Result")
    for exercise, points, maximum, message in lines:
        table.add_row(Text(exercise), f"{points:g}/{maximum:g}", Text(message))
    console = Console(highlight=False)
    console.print(table)
    points, maximum = sum(line[1] for line in lines), sum(line[2] for line in lines)
    console.print(f"Visible checks: {points:g} of {maximum:g} points.")
    console.print("When your work is graded, further checks run that are not shown here.")


def _near(path: Path) -> Path:
    """Return a path as seen from here, if it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _complain(text: str, code: int) -> int:
    typer.echo(f"autograder: {' '.join(text.split())}", err=True)
    return code


def _unexpected(problem: Exception) -> int:
    """Say in one line what happened; the traceback goes to a file, for whoever repairs it."""
    if hasattr(problem, "format_message"):  # typer's own: an unknown option, a missing argument
        said = problem.format_message().rstrip(".")
        return _complain(f"{said}. Try `autograder --help`.", 2)
    with tempfile.NamedTemporaryFile(
        "w", prefix="autograder-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        traceback.print_exception(problem, file=file)
    kind = type(problem).__name__
    return _complain(f"an error in autograder itself ({kind}: {problem}); see {file.name}", 1)

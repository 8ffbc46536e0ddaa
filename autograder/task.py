"""What is run and what came of it: the contract between grading and the ways to run.

Everything before it decides what runs, everything after it what the outcome is worth. There
are two ways, each a function of a Task that returns an Outcome, JSON in and JSON out,
idempotent, good for any process on any machine: `sealed.run`, for code nobody has to trust,
and `kernel.run`, for one's own.
"""

from typing import Any, Literal, TypedDict

WALL_CELLS = 10  # a whole notebook gets as much time as this many cells at their limit
CELL_OUTPUT = 1_000_000  # characters; a cell that writes more is interrupted
CELL_MESSAGES = 2_000  # outputs, displays and the like of one cell
# Seconds that a cell may go on after the interrupt, until it is killed. A busy machine needs some.
PATIENCE = 10
NOTEBOOK_OUTPUT = 10_000_000  # characters of all cells together; beyond, no further cell is run
ERROR_TEXT = 2_000  # characters kept of an error's message

Cut = Literal["timeout", "died", "out-of-memory", "output-limit"]
OUT_OF_MEMORY = ("MemoryError", "_ArrayMemoryError", "ResourceExhaustedError")


class Task(TypedDict):
    """A notebook to run, and the limits for its run."""

    notebook: dict[str, Any]  # nbformat 4 JSON
    answers: list[str]  # the names that the notebook's solution cells are there to define
    cell_timeout: int  # seconds
    memory: int | None  # MB; None sets no limit
    folder: str | None  # where the code starts; None is an empty scratch folder
    data: str | None  # the course's data, which the code may read
    beside: dict[str, str]  # the teacher's files beside the notebook: where each is, by its name
    own: dict[str, str]  # the student's, base64 by name
    preload: list[str]  # modules that are worth importing once for many submissions
    seed: int  # of random numbers


class OwnError(TypedDict):
    """An error in the student's own code during a test, as the student's process reports it."""

    ename: str
    index: int  # the cell of the notebook that it arose in
    line: int  # from 1


class CellRun(TypedDict):
    """The end of one code cell that was started. A cell without a CellRun was not reached."""

    index: int
    ok: bool  # it ended, and without an error
    cut: Cut | None  # why its execution was cut short
    ename: str
    evalue: str
    line: int | None  # the line of the cell itself that raised, if known
    own: OwnError | None  # of a test, where the student's code raised
    where: str  # of a test, what it says of where the answer is wrong, hidden values left out
    seconds: float


class Outcome(TypedDict):
    """The executed notebook, with one CellRun for each cell that was started, in order."""

    notebook: dict[str, Any]
    cells: list[CellRun]
    seconds: float
    infra: str | None  # why nothing could be run: the grader's fault, not the student's
    isolation: str  # what kept the code from the rest of the machine
    remarks: list[str]  # what the teacher should know about how it was run
    # What became of cells in a run without hidden tests, whose words may be shown to the student
    # where those of this run may not (`execution.apart`). None: this run's may be shown.
    apart: list[CellRun] | None

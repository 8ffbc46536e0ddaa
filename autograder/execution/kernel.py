"""Runs one notebook in a Jupyter kernel of its own: JSON in, JSON out, idempotent.

The kernel is not confined, and the tests run in it beside the answers: for code one trusts,
such as one's own, and for systems on which nothing can be sealed.
"""

import contextlib
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import autograder.lean_imports  # noqa: F401

# isort: split
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute

from autograder.execution import beside
from autograder.execution.kernel_process import Kernel, started
from autograder.execution.outputs import shortened, size
from autograder.execution.quota import Quota
from autograder.notebook import notebooks
from autograder.notebook.cells import SKIP_TAG, is_demonstration
from autograder.task import (
    ERROR_TEXT,
    OUT_OF_MEMORY,
    PATIENCE,
    WALL_CELLS,
    CellRun,
    Outcome,
    Task,
)

ISOLATION = "none (trusted)"  # recorded with every result
START_TIMEOUT = 60  # seconds until the kernel must have answered
# Seconds until all that an ended cell has written must be read: two thousand messages on a machine
# with much else to do.
READ_TIMEOUT = 60
NO_LIMIT = "how much memory a submission takes is not limited: only Linux can limit it"

# A traceback keeps alive what its functions had allocated, and the next cell would fail for it.
FREE = """
import gc, sys
shell = get_ipython()
sys.last_traceback = sys.last_value = sys.last_exc = shell.InteractiveTB.tb = None
shell.last_execution_result = None
del shell
gc.collect()
"""


def run(task: Task, kernel: Kernel | None = None) -> Outcome:
    """Run the code cells of `task` one after the other in a fresh kernel of this Python.

    It is `kernel`, if one was started in the task's folder already. A cell over its time is
    interrupted and the next one runs; a kernel that dies, or cannot be interrupted, ends the run,
    and what was reached is kept. Cells tagged `demo` are not run. Never raises for what the
    notebook's code does.
    """
    began = time.monotonic()
    notebook = notebooks.node(task["notebook"])
    runner = _Runner(task)
    infra = None
    folder = None if task["folder"] is None else Path(task["folder"])
    try:
        with nullcontext(kernel) if kernel else started(folder) as running:
            if folder is None:
                _settle(running.folder, task)
            runner.preprocess(notebook, {}, km=running.manager)
    except (_Stop, DeadKernelError, CellTimeoutError):
        runner.end_abruptly()
    except Exception as problem:  # not the student's fault, so never a zero
        infra = f"{type(problem).__name__}: {problem}"[:ERROR_TEXT]
    return Outcome(
        notebook=notebooks.plain(shortened(notebook)),
        cells=runner.runs,
        seconds=round(time.monotonic() - began, 2),
        infra=infra,
        isolation=ISOLATION,
        remarks=[NO_LIMIT] if task["memory"] is not None and sys.platform != "linux" else [],
        apart=None,
    )


def _settle(work: Path, task: Task) -> None:
    """Make the folder of a run what it is in a sandbox."""
    beside.lay(work, task, with_own=True)
    if task["data"] and Path(task["data"]).is_dir() and not (work / "data").exists():
        (work / "data").symlink_to(task["data"])


class _Stop(Exception):
    """The notebook's time or output is used up: no further cell is run."""


class _Runner(Execute):  # type: ignore[misc]  # nbgrader has no type hints
    """nbgrader's own Execute step, with a record of every cell and limits on output and time."""

    def __init__(self, task: Task) -> None:
        self._task = task
        super().__init__(
            timeout_func=lambda _cell: min(task["cell_timeout"], self._time_left()),
            skip_cells_with_tag=SKIP_TAG,  # and not `skip-execution`, which students could set
            startup_timeout=START_TIMEOUT,
            iopub_timeout=READ_TIMEOUT,
            shutdown_kernel="immediate",
            record_timing=False,
            store_widget_state=False,
        )
        self._deadline = 0.0
        self._started = 0.0
        self._quota = Quota()
        self._interrupted: datetime | None = None  # when the cell was told to stop writing
        self.runs: list[CellRun] = []

    def setup_kernel(self, **kwargs: Any) -> Any:
        """Take the kernel that runs already, and end it when the last cell has run."""
        self.owns_km = True
        return super().setup_kernel(**kwargs)

    def start_new_kernel_client(self, **kwargs: Any) -> Any:
        """Connect, then set the memory limit and make `exit()` and `quit()` harmless."""
        client = super().start_new_kernel_client(**kwargs)
        if self._task["memory"] is not None and sys.platform == "linux":
            import resource

            limit, pid = self._task["memory"] << 20, int(self.km.provisioner.pid)
            resource.prlimit(pid, resource.RLIMIT_AS, (limit, limit))
        client.execute("del exit, quit", silent=True, store_history=False)
        self._deadline = time.monotonic() + WALL_CELLS * self._task["cell_timeout"]
        return client

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        """Run one cell and record it. Raises _Stop when the notebook's limits are used up."""
        skipped = is_demonstration(cell)
        if cell.cell_type != "code" or not cell.source.strip() or skipped:
            return cell, resources
        if self._time_left() <= 0:
            raise _Stop
        self._started = time.monotonic()
        self._quota.start_cell()
        self._interrupted = None
        self.runs.append(
            CellRun(
                index=index,
                ok=False,
                cut=None,
                ename="",
                evalue="",
                line=None,
                own=None,
                where="",
                seconds=0.0,
            )
        )
        cell, resources = super().preprocess_cell(cell, resources, index)
        current = self.runs[-1]
        if current["cut"] == "out-of-memory":
            self._ask("None", first=FREE)
        elif not current["ok"] and current["cut"] is None:
            line = self._ask("__import__('sys').last_traceback.tb_next.tb_lineno")
            current["line"] = int(line) if line.isdecimal() and len(line) < 7 else None
        if self._quota.is_used_up:
            current["cut"] = "output-limit"
            raise _Stop
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Record the kernel's own reply: outputs alone could have been cleared."""
        super().on_cell_executed(**kwargs)
        reply = kwargs["execute_reply"]["content"]
        # Also if the cell had ended before it was interrupted: it has shown less than it meant to,
        # perhaps not the points that a test gives, and without any it would give all.
        failed = (
            self._interrupted is not None
            or reply["status"] != "ok"
            or any(output.output_type == "error" for output in kwargs["cell"].outputs)
        )
        current = self.runs[-1]
        current["seconds"] = round(time.monotonic() - self._started, 3)
        current["ok"] = not failed
        if failed:
            current["ename"] = str(reply.get("ename", ""))[:100]
            current["evalue"] = str(reply.get("evalue", ""))[:ERROR_TEXT]
        if self._interrupted is not None:
            current["cut"] = "output-limit"
        elif failed and current["ename"] == self.error_on_timeout["ename"]:
            current["cut"] = "timeout"
        elif failed and current["ename"] in OUT_OF_MEMORY:
            current["cut"] = "out-of-memory"

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take over one message of the kernel, unless the cell has used up its output."""
        # Decided here and not in a timer: while messages pour in, no timer gets its turn.
        is_over = self._quota.count(size(msg["content"]))
        if self._interrupted is None:
            if is_over:
                self._interrupted = datetime.now(UTC)
                self._tell(self.km.provisioner.send_signal, signal.SIGINT)
        elif msg["header"]["date"] - self._interrupted > timedelta(seconds=PATIENCE):
            self._tell(self.km.provisioner.kill)
        if msg["msg_type"] == "error":
            _shorten_error(msg["content"])
        elif self._interrupted is not None and msg["msg_type"] != "status":
            return None
        self._quota.keep(size(msg["content"]))
        return cast(NotebookNode | None, super().process_message(msg, cell, cell_index))

    def end_abruptly(self) -> None:
        """Give the last started cell a reason if the run ended in the middle of it."""
        if not self.runs:
            return
        current = self.runs[-1]
        if current["ok"] or current["ename"]:
            return
        current["seconds"] = round(time.monotonic() - self._started, 3)
        if self._interrupted is not None:
            current["cut"] = "output-limit"
        elif current["seconds"] >= self._task["cell_timeout"] or self._time_left() <= 0:
            current["cut"] = "timeout"
        else:
            current["cut"] = "died"

    def _time_left(self) -> float:
        return self._deadline - time.monotonic()

    def _tell(self, order: Callable[..., Awaitable[None]], *arguments: Any) -> None:
        """Interrupt or kill the kernel, each system's way, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            run_sync(order)(*arguments)

    def _ask(self, expression: str, first: str = "") -> str:
        """Return what an expression is in the kernel, after running `first`; "" if it fails."""
        request = self.kc.execute(
            first, silent=True, store_history=False, user_expressions={"it": expression}
        )
        reply = self.wait_for_reply(request)
        answer = reply["content"].get("user_expressions", {}).get("it", {}) if reply else {}
        return str(answer.get("data", {}).get("text/plain", ""))


def _shorten_error(content: dict[str, Any]) -> None:
    content["evalue"] = str(content.get("evalue", ""))[:ERROR_TEXT]
    content["traceback"] = [str(line)[:ERROR_TEXT] for line in content.get("traceback", [])[:100]]

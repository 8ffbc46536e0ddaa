"""An IPython shell without a kernel: runs a cell here, and sends what it shows.

Witness and judge are such shells. Outputs have the form of Jupyter's messages, so that
they can be put into the notebook as a kernel's would be.
"""

# mypy: disable-error-code="no-untyped-call"
# (IPython carries no type hints.)

import builtins
import contextlib
import inspect
import json
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets.config import Config

from autograder.checks import WrongAnswer
from autograder.sandbox.awaiting import Runner
from autograder.sandbox.interrupts import Interrupts
from autograder.sandbox.places import told_place
from autograder.sandbox.proxy import Told
from autograder.sandbox.streams import TextSink

Emit = Callable[[str, dict[str, Any]], None]
MAX_OUTPUT = 8 << 20  # characters of one output; what is larger is said to be
_SET_UP = ("load_ext", "matplotlib")  # magics that define nothing themselves
PIECE = 1 << 16  # characters of text sent at a time


class Done(TypedDict):
    """The result of running a cell."""

    ok: bool
    ename: str
    evalue: str
    line: int | None  # the line of the cell itself that raised, if known
    own: (
        list[Any] | None
    )  # [name, cell, line] of the student's own error behind it, if there is one
    where: str  # what a check says of where an answer is wrong
    seconds: float


def prepare() -> None:
    """Make this process's shell, which the children that are forked later inherit."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.ipython_dir = tempfile.gettempdir()
    shell = _Shell.instance(config=config)
    if "matplotlib" in sys.modules:  # else the import does it
        shell.enable_matplotlib("inline")


class Shell:
    """Runs cells one after the other in one namespace. There is one in a process.

    `emit` sends an output of a kind. `interrupts` end a cell. `home` is the shell's folder, and
    `names` the namespace, if it is to be another than an ordinary one.
    """

    def __init__(
        self,
        emit: Emit,
        interrupts: Interrupts,
        home: Path,
        names: dict[str, Any] | None = None,
    ) -> None:
        self._emit_now = emit
        self._interrupts = interrupts
        if not _Shell.initialized():
            prepare()
        self._shell = _Shell.instance()
        self._shell.settle(self._emit, home, names)
        self._shell.loop_runner = Runner(interrupts)
        self._streams = [_Stream(name, self._send) for name in ("stdout", "stderr")]
        sys.stdout, sys.stderr = self._streams
        builtins.input = _no_input

    @property
    def names(self) -> dict[str, Any]:
        """The namespace in which cells run."""
        found: dict[str, Any] = self._shell.user_ns
        return found

    def run(self, source: str, is_test: bool = False) -> Done:
        """Run one cell, and send what it shows before returning. Its errors are not raised."""
        started = time.monotonic()
        self._shell.begin(is_test)
        try:
            result = self._interrupts.during(
                lambda: self._shell.run_cell(source, store_history=True)
            )
            error = result.error_before_exec or result.error_in_exec
        except KeyboardInterrupt as interrupt:  # it came between IPython's own steps
            error = interrupt
        self.flush()
        done = Done(ok=True, ename="", evalue="", line=None, own=None, where="", seconds=0.0)
        if error is not None:
            done = self._failed(error)
        elif self._shell.shown is not None:
            # A magic that runs code itself, as %%capture and %run do, shows its errors and goes on.
            # Their lines are not the cell's.
            done = self._failed(self._shell.shown)
            done["line"] = None
        done["seconds"] = round(time.monotonic() - started, 3)
        return done

    def _failed(self, error: BaseException) -> Done:
        """Return `failed`'s result, or that of an interrupt, if an error takes long to be told."""
        try:
            return self._interrupts.during(lambda: self.failed(error))
        except KeyboardInterrupt as interrupt:
            return self.failed(interrupt)

    def failed(self, error: BaseException) -> Done:
        """Return the result of a cell that ended with `error`; show the error if need be."""
        if self._shell.shown is None:
            self._shell.showtraceback((type(error), error, error.__traceback__))
        name, said, line = type(error).__name__[:100], _said(error), self._line(error)
        if isinstance(error, Told) and name == WrongAnswer.__name__:
            name = "Exception"  # an answer's own error of that name is no check's: it has no hint
        own = told_place(error)
        where = error.where if type(error) is WrongAnswer else ""
        self._forget(error)
        return Done(ok=False, ename=name, evalue=said, line=line, own=own, where=where, seconds=0.0)

    def flush(self) -> None:
        """Send what was written and not yet sent."""
        for stream in self._streams:
            stream.flush()

    def _emit(self, kind: str, content: dict[str, Any]) -> None:
        self.flush()
        self._send(kind, content)

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        try:
            text = [part for part in content.get("data", {}).values() if isinstance(part, str)]
            size = sum(map(len, text))
            if size <= MAX_OUTPUT:  # else counting with all escapes takes too long
                size = len(json.dumps(content))
        except (TypeError, ValueError):  # a display object of the student's own
            content, size = {"data": {"text/plain": repr(content)[:PIECE]}, "metadata": {}}, 0
        if size > MAX_OUTPUT:
            said = f"[an output of {size:,} characters was left out]"
            content = {"data": {"text/plain": said}, "metadata": {}, "cut": size}
            kind = "display_data"
        self._emit_now(kind, content)

    def _line(self, error: BaseException) -> int | None:
        """Return the line of the cell that is being run, where the error came from."""
        for frame, line in traceback.walk_tb(error.__traceback__):
            if frame.f_globals is self._shell.user_global_ns and (
                frame.f_code.co_name == "<module>"
            ):
                return line
        return error.lineno if isinstance(error, SyntaxError) else None

    def _forget(self, error: BaseException) -> None:
        """Drop all references to the error: its traceback keeps its functions' memory allocated."""
        sys.last_traceback = sys.last_value = None
        self._shell.InteractiveTB.tb = None
        self._shell.last_execution_result = None
        traceback.clear_frames(error.__traceback__)


class _Compiler(CachingCompiler):
    """IPython's compiler, whose cells are known to be no module's file."""

    def cache(self, *args: Any, **kwargs: Any) -> str:
        """Keep the text of a cell for tracebacks; return the name of the file it passes for."""
        name: str = super().cache(*args, **kwargs)
        # Else `inspect` looks for it in all modules, four times for each error shown, and so
        # takes its own copy of every page with a module on it.
        inspect.modulesbyfile[name] = ""
        with contextlib.suppress(OSError):  # a cell may have removed the folder that it was in
            inspect.modulesbyfile[os.path.abspath(name)] = ""
        return name


class _Shell(InteractiveShell):
    """IPython's shell, which sends its displays, results and errors."""

    compiler_class = _Compiler
    shown: BaseException | None = None  # the error that the cell showed last
    is_test = False

    def settle(self, emit: Emit, home: Path, names: dict[str, Any] | None) -> None:
        """Send outputs by `emit`, keep files in `home`, and use the namespace `names`, if given."""
        self._emit = self._publisher.emit = self._hook.emit = emit
        self.ipython_dir = str(home)
        self.init_profile_dir(None)
        if self.history_manager is not None:
            self.history_manager.reset(new_session=False)  # the current folder is another now
        if names is not None:
            self.init_create_namespaces(None, names)
            self.init_sys_modules()
            self.init_user_ns()

    def begin(self, is_test: bool) -> None:
        """Get ready for a cell."""
        self.shown, self.is_test = None, is_test

    def init_display_pub(self) -> None:
        self.display_pub = self._publisher = _Publisher(parent=self)

    def init_displayhook(self) -> None:
        super().init_displayhook()
        self._hook = _Hook(parent=self, shell=self)
        self.displayhook = self.display_trap.hook = self._hook

    def init_virtualenv(self) -> None:
        """Do nothing: the grader has chosen the environment."""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.shown = evalue
        lines = [line for part in stb for line in str(part).splitlines()]
        self._emit("error", {"ename": etype.__name__, "evalue": _said(evalue), "traceback": lines})

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        """Show an error, that which is being handled if none is given."""
        self.shown = exc_tuple[1] if exc_tuple else sys.exception() or self.shown
        super().showtraceback(exc_tuple, *args, **kwargs)

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Return nothing: nobody reads the history, for which IPython would format errors again."""
        return {}

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no screen."""

    def ask_exit(self) -> None:
        """Do nothing: `exit` and `quit` must not end this process."""

    def system(self, cmd: str) -> None:
        """Run no other program, and let the cell go on: `!pip install` often stands above answers.

        A test would go on with nothing in its hands, so in one it is an error.
        """
        said = f"`{cmd.strip()[:60]}` was not run: notebooks are graded without other programs"
        if self.is_test:
            raise OSError(said)
        print(said)
        self.user_ns["_exit_code"] = 1

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a magic; if it only sets up a notebook and is not to be had here, let the cell go on.

        `%load_ext nb_black` and `%matplotlib widget` often stand above answers.
        """
        try:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except (UsageError, ImportError, RuntimeError) as problem:
            sets_up = magic_name in _SET_UP or self.find_line_magic(magic_name) is None
            if self.is_test or not sets_up:
                raise
            print(f"`{f'%{magic_name} {line}'.strip()}` was not run: {problem}")

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Return the output of a program that was not run, which is empty (see `system`)."""
        self.system(cmd)
        return SList() if split else ""


class _Publisher(DisplayPublisher):
    emit: Emit

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Send a display, or the new content of an earlier one."""
        content = {"data": _texts(data), "metadata": metadata or {}, "transient": transient or {}}
        self.emit("update_display_data" if update else "display_data", content)

    def clear_output(self, wait: bool = False) -> None:
        """Send the order to remove what the cell has shown so far."""
        self.emit("clear_output", {"wait": bool(wait)})


class _Hook(DisplayHook):
    emit: Emit

    def write_output_prompt(self) -> None:
        """Do nothing: whoever shows the notebook writes `Out[1]:`."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        """Send a cell's last value."""
        content = {
            "data": _texts(format_dict),
            "metadata": md_dict or {},
            "execution_count": self.prompt_count,
        }
        self.emit("execute_result", content)

    def finish_displayhook(self) -> None:
        """Do nothing: the value has been sent."""


class _Stream(TextSink):
    """Standard output or standard error: text goes out in pieces."""

    def __init__(self, name: str, emit: Emit) -> None:
        self.name = name
        self._emit = emit
        self._waiting: list[str] = []
        self._size = 0
        self._lock = threading.RLock()

    def take(self, text: str) -> None:
        """Keep text until there is enough to send, or the cell ends."""
        with self._lock:
            self._waiting.append(text)
            self._size += len(text)
            if self._size >= PIECE:
                self.flush()

    def flush(self) -> None:
        """Send what was written and not yet sent."""
        with self._lock:
            text, self._waiting, self._size = "".join(self._waiting), [], 0
            for start in range(0, len(text), PIECE):
                self._emit("stream", {"name": self.name, "text": text[start : start + PIECE]})


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    """Return a display's data with pictures as text, as notebooks have them."""
    from base64 import b64encode

    return {
        kind: b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


def _said(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except Exception:  # a student's own exception may do anything
        return ""


def _no_input(_prompt: object = "") -> str:
    raise EOFError("input() cannot be answered: nobody sits at the keyboard when notebooks run")

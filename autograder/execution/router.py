"""Passes on what the two confined processes say to each other, and what they show.

Cells of the lesson run in both processes, the student's in the one, tests in the other.
While a test runs, its questions go to the student's process and the answers back, unread.
"""

import json
import time
from typing import Any

from nbformat import NotebookNode

from autograder.execution.outputs import Outputs, content
from autograder.execution.watchdog import LOOK, Watchdog
from autograder.names import bound, mentioned
from autograder.notebook.cells import is_extra, is_needed, is_solution, is_test, runs_with_answer
from autograder.sandbox import peer
from autograder.sandbox.protocol import ANSWER, ASK, BROKEN, DONE, OUTPUT, RUN
from autograder.sandbox.wire import Disconnected, Message, Timeout, WireError
from autograder.sandbox.zygote import Child

_ALWAYS_OF_A_TEST = ("error", "execute_result")  # kept always: the result may be partial credit
# Of what the student's process shows in a test, what counts: an error or a result would be
# taken for the test's own.
_SHOWN_BY_ANSWERS = ("stream", "display_data")


class Broken(Exception):
    """The test process, or the way to it, failed: the grader's fault, not the student's.

    If it is `answered`, the process had received an answer of the student's, which may be why.
    """

    def __init__(self, why: str, answered: bool = False) -> None:
        super().__init__(why)
        self.answered = answered


class Router:
    """Runs one cell at a time in the processes it belongs to.

    What it returns of a cell is what the process that ran it says, as data nobody has to
    trust. Raises Disconnected, Timeout or WireError where the student's process is gone,
    does not take what is sent, or sends what is no message; Broken for the test process.
    """

    def __init__(
        self,
        answers: list[str],
        common: dict[str, Any],
        student: Child,
        tests: Child,
        watchdog: Watchdog,
        outputs: Outputs,
    ) -> None:
        self._answers = answers  # the names that are the student's to define
        self._common = common  # what the teacher's solution says of names (`in_common`)
        self._student = student
        self._tests = tests
        self._watchdog = watchdog
        self._outputs = outputs
        self._answered = False  # whether the test process got an answer of the student's
        self.run_by_student: list[int] = []  # cells of the notebook, as they were run

    def run(self, index: int, cell: NotebookNode) -> Any:
        """Run a code cell to its end; return what became of it (shell.Done, unchecked).

        `index` is the cell's place in the notebook.
        """
        if is_test(cell):  # its inputs could be told by updating what was shown before
            self._outputs.close()
        if is_test(cell) and not runs_with_answer(cell):
            return self._run_test(cell)
        is_lesson = not (
            is_solution(cell) or is_extra(cell) or is_needed(cell) or runs_with_answer(cell)
        )
        if is_lesson:
            self._send_cell(self._tests, cell, test=False)
        self.run_by_student.append(index)
        self._send_cell(self._student, cell, test=False)
        done = self._finish_in_student()
        if is_lesson:
            self._finish_lesson_in_tests()
        return done

    def _finish_in_student(self) -> Any:
        while True:
            message = self._receive(self._student)
            if message.kind == DONE:
                return content(message.body)
            if message.kind != OUTPUT:
                raise WireError("out of turn")
            self._outputs.add(content(message.body))

    def _finish_lesson_in_tests(self) -> None:
        """Wait for the test process's run of a lesson's cell, which may ask for answers."""
        while True:
            try:
                message = self._receive(self._tests)
            except Disconnected:
                raise Broken("the judge ended in a cell of the lesson", self._answered) from None
            if message.kind == DONE:
                return
            if message.kind == ASK:
                self._pass_on(message, self._tests, self._student, show=False)

    def _run_test(self, cell: NotebookNode) -> Any:
        self._send_cell(self._tests, cell, test=True)
        while True:
            message = self._receive(self._tests)
            if message.kind == DONE:
                return content(message.body)
            if message.kind == OUTPUT:
                self._outputs.add(content(message.body), always=_ALWAYS_OF_A_TEST)
            elif message.kind == ASK and self._watchdog.has_interrupted:
                # Its time is over: an answer that swallows interrupts is not asked again.
                self._tests.link.send(ANSWER, peer.interrupted(), self._watchdog.patience)
            elif message.kind == ASK:
                self._pass_on(message, self._tests, self._student, show=True)
            else:
                raise Broken("the judge spoke out of turn")

    def _pass_on(self, question: Message, asker: Child, answerer: Child, show: bool) -> None:
        """Pass a question on, and the answer back; questions asked in between go the other way."""
        answerer.link.send(ASK, question.body, self._watchdog.patience)
        while True:
            message = self._receive(answerer)
            if message.kind == ANSWER:
                break
            if message.kind == ASK:
                self._pass_on(message, answerer, asker, show)
            elif message.kind == OUTPUT:
                if show:
                    self._outputs.add(content(message.body), _SHOWN_BY_ANSWERS)
            else:
                raise WireError("out of turn")
        self._answered = self._answered or asker is self._tests
        asker.link.send(ANSWER, message.body, self._watchdog.patience)

    def _send_cell(self, process: Child, cell: NotebookNode, test: bool) -> None:
        body = {"source": cell.source, "test": test}
        if process is self._tests:  # the other has no business with either
            body |= {"answers": self._answers, "common": self._common}
            # Read off here: a class has the same tests, and every test process is new.
            body |= {"gives": sorted(bound(cell.source)), "mentions": mentioned(cell.source)}
        process.link.send(RUN, json.dumps(body).encode(), self._watchdog.end)

    def _receive(self, process: Child) -> Message:
        """Return the next message of the process whose turn it is, and keep it within limits."""
        while True:
            self._watchdog.look(process)
            try:
                message = process.link.receive(time.monotonic() + LOOK)
            except Timeout:
                continue
            if message.kind == BROKEN and process is self._tests:
                raise Broken(message.body.decode("utf-8", "replace"), self._answered)
            return message

"""What honest code can do in a sealed run, and how the warm interpreters behave."""

import base64
import gc
import importlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from autograder import quiet_tensorflow
from autograder.execution import sealed, warm
from autograder.notebook import notebooks
from autograder.sandbox import zygote
from autograder.sandbox.child import Setting
from autograder.sandbox.protocol import READY
from autograder.sandbox.zygote import NoZygote, Zygote
from autograder.task import Outcome
from tests.support.tasks import DATA, task
from tests.support.tiny_course import REPOSITORY, graded

pytestmark = pytest.mark.slow

TENSORFLOW = ["autograder.quiet_tensorflow", "keras", "autograder.warm_tensorflow"]
PRELOAD = ["numpy", "matplotlib.pyplot", *TENSORFLOW]


def run(*cells: str, **settings: Any) -> Outcome:
    """Run these cells; `settings` as for `task`."""
    return run_notebook([notebooks.code_cell(cell, {}) for cell in cells], **settings)


def run_notebook(
    cells: list[NotebookNode], answers: Sequence[str] = (), **settings: Any
) -> Outcome:
    """Run a notebook of these cells."""
    given = {"memory": 4096, "data": DATA, "preload": PRELOAD, **settings}
    outcome = sealed.run(task(notebooks.notebook(cells), answers, **given))
    assert outcome["infra"] is None
    return outcome


def outputs(outcome: Outcome, cell: int = 0) -> list[dict[str, Any]]:
    """Return what a cell showed."""
    found: list[dict[str, Any]] = outcome["notebook"]["cells"][cell]["outputs"]
    return found


def printed(outcome: Outcome, cell: int = 0) -> str:
    """Return what a cell printed."""
    return "".join(each["text"] for each in outputs(outcome, cell) if "text" in each)


def test_keras_trains_on_mnist_without_the_network() -> None:
    outcome = run(
        "import keras, numpy as np\n"
        "(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()\n"
        "print(x.shape, x_test.shape, np.load('data/mnist.npz')['x_train'].shape)",
        "model = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(),"
        " keras.layers.Dense(10)])\n"
        "model.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
        "history = model.fit(x[:640] / 255, y[:640], epochs=2, verbose=0)\n"
        "print(history.history['loss'][1] < history.history['loss'][0])\n"
        "model.save('digits.keras')\n"
        "print(keras.models.load_model('digits.keras').count_params())",
    )
    assert printed(outcome) == "(60000, 28, 28) (10000, 28, 28) (60000, 28, 28)\n"
    assert printed(outcome, 1) == "True\n7850\n"


def test_outputs_are_those_of_a_notebook() -> None:
    outcome = run(
        "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.show()",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>bold</b>'))\n40 + 2",
        "%%time\nprint('timed')",
        "import sys\nprint('out')\nprint('err', file=sys.stderr)",
        "def broken():\n    return 1 / 0\nbroken()",
        "import asyncio\nawait asyncio.sleep(0.01)\n'later'",
        "handle = display('before', display_id=True)\nhandle.update('after')",
    )
    assert set(outputs(outcome)[0]["data"]) == {"image/png", "text/plain"}
    shown, result = outputs(outcome, 1)
    assert shown["data"]["text/html"] == "<b>bold</b>"
    assert (result["output_type"], result["data"]) == ("execute_result", {"text/plain": "42"})
    assert "timed" in printed(outcome, 2)
    assert [each["name"] for each in outputs(outcome, 3)] == ["stdout", "stderr"]
    (error,) = outputs(outcome, 4)
    assert (error["ename"], error["evalue"]) == ("ZeroDivisionError", "division by zero")
    assert any("broken" in line for line in error["traceback"])
    assert outcome["cells"][4]["line"] == 3
    assert outputs(outcome, 5)[0]["data"]["text/plain"] == "'later'"
    assert [each["data"]["text/plain"] for each in outputs(outcome, 6)] == ["'after'"]


def test_random_numbers_are_the_students_own_and_repeat() -> None:
    cell = "import random, numpy as np\nprint(random.random(), np.random.rand())"
    first, again, other = (printed(run(cell, seed=seed)) for seed in (1, 1, 2))
    assert first == again != other


def test_garbage_is_looked_for_as_in_any_python() -> None:
    """Only while libraries are imported it is not."""
    cell = "import gc, autograder.quiet_tensorflow\nprint(gc.isenabled(), gc.get_threshold()[0])"
    own = "import gc; print(gc.isenabled(), gc.get_threshold()[0])"  # 700, or 2000 in Python 3.13
    done = subprocess.run([sys.executable, "-c", own], capture_output=True, text=True, check=True)
    assert printed(run(cell)) == done.stdout
    gc.disable()
    try:
        importlib.reload(quiet_tensorflow)
        assert not gc.isenabled()  # who switched it off finds it so
    finally:
        gc.enable()


def test_what_was_made_before_tensorflow_came_is_still_garbage_one_day() -> None:
    """In Jupyter the import may come after hours of work."""
    code = (
        "import gc, weakref\n"
        "class Node: pass\n"
        "node = Node(); node.me = node; seen = weakref.ref(node)\n"
        "import autograder.quiet_tensorflow\n"
        "del node; gc.collect(); print(seen())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "None\n"


def test_the_environment_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    outcome = run(
        "import os, locale, time, tempfile\n"
        "print('COURSE_TOKEN' in os.environ, locale.getpreferredencoding(), time.tzname[0])\n"
        "places = [os.environ[name] for name in ('HOME', 'TMPDIR', 'MPLCONFIGDIR', 'KERAS_HOME')]\n"
        "print(len({*places, tempfile.gettempdir()}), os.access(places[0], os.W_OK))\n"
        "print(os.listdir())",
    )
    assert printed(outcome) == "False UTF-8 UTC\n1 True\n['data']\n"


def test_what_is_refused_says_so() -> None:
    tries = {
        "open('/etc/passwd')": "PermissionError",
        f"open({str(REPOSITORY / 'solutions')!r})": "PermissionError",
        "open('data/mnist.npz', 'r+b')": "PermissionError",
        "__import__('socket').create_connection(('127.0.0.1', 9))": "PermissionError",
        "__import__('subprocess').run(['true'])": "PermissionError",
        "__import__('os').fork()": "PermissionError",
        "__import__('os').kill(1, 0)": "PermissionError",
        "input('name? ')": "EOFError",
    }
    outcome = run(*tries)
    assert [each["ename"] for each in outcome["cells"]] == list(tries.values())
    assert not any(each["cut"] for each in outcome["cells"])


def test_ctrl_c_in_the_teachers_terminal_is_for_the_grader_alone() -> None:
    """A terminal interrupts processes of its own session only."""
    assert int(printed(run("import os\nprint(os.getsid(0))", preload=[]))) != os.getsid(0)


def test_a_crash_leaves_no_image_of_the_memory() -> None:
    cell = "import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))"
    assert printed(run(cell, preload=[])) == "(0, 0)\n"


def test_where_the_machine_runs_out_of_memory_a_students_process_goes_first(
    tmp_path: Path,
) -> None:
    """Before the grader, which has the whole class's results to write."""
    (tmp_path / "work").mkdir()
    setting = Setting(
        role="witness", scratch=str(tmp_path), data=None, memory=None, cpu_seconds=60, seed=1
    )
    child = warm.warm(()).fork(dict(setting))
    try:
        assert child.link.receive(time.monotonic() + 60).kind == READY
        assert Path(f"/proc/{child.pid}/oom_score_adj").read_text(encoding="ascii") == "1000\n"
    finally:
        child.close()


SLOW_TO_STOP = {
    "catches the first": (
        "import time\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    time.sleep(60)"
    ),
    "its error is never told": (
        "class Endless(Exception):\n    def __str__(self):\n        while True:\n            pass\n"
        "raise Endless"
    ),
}


@pytest.mark.parametrize("cell", SLOW_TO_STOP)
def test_a_cell_that_one_interrupt_does_not_end_gets_another(cell: str) -> None:
    """Killed instead, the process would run none of the cells after it."""
    cells = [
        notebooks.code_cell(source, {"autograder": "extra"})
        for source in (SLOW_TO_STOP[cell], "print('goes on')")
    ]
    outcome = run_notebook(cells, cell_timeout=1, preload=[])
    assert [each["cut"] for each in outcome["cells"]] == ["timeout", None]
    assert printed(outcome, 1) == "goes on\n"


def test_a_test_process_finds_the_courses_hints_read(tmp_path: Path) -> None:
    """Reading them anew in each would cost as much as the tests of an exercise."""
    hints = tmp_path / "hints.toml"
    hints.write_text('[not-doubled]\ntitle = "Once"\nhint = "It is there once."\n')
    test = (
        "import tomllib\n"
        "def again(*_):\n    raise RuntimeError('read once more')\n"
        "tomllib.loads = again\n"
        "from autograder import checks\n"
        "checks.value('once', once, 2, {'not-doubled': [1]})"
    )
    notebook = notebooks.notebook([graded("once = 1", "once"), graded(test, "once-test", 1)])
    outcome = sealed.run(task(notebook, ["once"], beside={"hints.toml": str(hints)}))
    assert outcome["cells"][1]["evalue"] == "once is 1. It is there once. [not-doubled]"


def test_what_is_wrong_with_the_courses_hints_is_said_by_the_check(tmp_path: Path) -> None:
    hints = tmp_path / "hints.toml"
    hints.write_text("[a\n")
    test = "from autograder import checks\nchecks.value('once', once, 2)"
    notebook = notebooks.notebook([graded("once = 1", "once"), graded(test, "once-test", 1)])
    outcome = sealed.run(task(notebook, ["once"], beside={"hints.toml": str(hints)}))
    assert "hints.toml is no table of hints" in outcome["cells"][1]["evalue"]


FAULTS = (
    "import resource, tensorflow as tf\n"
    "before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
    "tf.constant(1.0)\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)"
)


def test_the_first_operation_touches_half_the_pages_in_a_process_that_was_warmed() -> None:
    cold = run(FAULTS, preload=["autograder.quiet_tensorflow"])
    warmed = run(FAULTS, preload=PRELOAD)
    assert cold["remarks"] == warmed["remarks"] == []  # no thread that forbids a fork
    assert int(printed(warmed)) < int(printed(cold)) / 2


def test_to_show_an_error_in_a_cell_nobody_looks_through_all_modules() -> None:
    noted = (
        "import sys, types\n"
        "looked_at = []\n"
        "class Noted(types.ModuleType):\n"
        "    @property\n"
        "    def __file__(self):\n"
        "        looked_at.append(self)\n"
        "        raise AttributeError\n"
        "sys.modules['noted'] = Noted('noted')"
    )
    outcome = run(noted, "def inverse(x):\n    return 1 / x\ninverse(0)", "print(len(looked_at))")
    (error,) = outputs(outcome, 1)
    assert "return" in "".join(error["traceback"])  # its text is known all the same
    assert printed(outcome, 2) == "0\n"


@pytest.mark.parametrize("preload", [[], ["numpy"]])
def test_no_module_of_a_student_is_imported_before_the_process_is_confined(
    tmp_path: Path, preload: list[str]
) -> None:
    """A file `resource.py` beside the notebook once ran with all rights of the teacher."""
    escaped = tmp_path / "escaped"
    code = f"open({str(escaped)!r}, 'a').write(__name__)\nraise ImportError"
    poison = base64.b64encode(code.encode()).decode()
    names = {*sys.stdlib_module_names, *packages_distributions()}
    own = {f"{name}.py": poison for name in names if name.isidentifier()}
    cells = notebooks.notebook([notebooks.code_cell("1", {})])
    sealed.run(task(cells, own=own, preload=preload))
    assert not escaped.exists()
    standard = {name: code for name, code in own.items() if name[:-3] in sys.stdlib_module_names}
    assert sealed.run(task(cells, own=standard, preload=preload))["infra"] is None


def test_a_cell_may_remove_the_folder_that_it_is_in() -> None:
    gone = (
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as folder:\n    os.chdir(folder)"
    )
    outcome = run(gone, "print('goes on')", "1 / 0", preload=[])
    assert printed(outcome, 1) == "goes on\n"
    assert outcome["cells"][2]["ename"] == "ZeroDivisionError"


def test_a_zygote_that_is_gone_says_so(tmp_path: Path) -> None:
    gone = Zygote(())
    gone.close()
    with pytest.raises(NoZygote, match="warm interpreter"):
        gone.fork({"role": "witness", "scratch": str(tmp_path)})


def test_a_test_marked_so_runs_beside_the_answer_and_is_called_weak() -> None:
    mark = {"grade_id": "a-test", "grade": True, "solution": False, "points": 1, "locked": True}
    beside = {"nbgrader": mark, "autograder": "beside-the-answer"}
    cells = [
        notebooks.code_cell(
            "import itertools\ncounter = itertools.count()", {"autograder": "extra"}
        ),
        notebooks.code_cell("print(type(counter) is itertools.count)", beside),
    ]
    outcome = run_notebook(cells)
    assert outcome["isolation"] == "sealed, but weak for a-test"
    assert printed(outcome, 1) == "True\n"


def mark(name: str, **more: Any) -> dict[str, Any]:
    """Return the metadata of an nbgrader cell."""
    return {"nbgrader": {"grade_id": name, "grade": False, "solution": False, **more}}


def judged(answer: str, test: str) -> Outcome:
    """Run one answer, which defines `answer`, and one test apart from it."""
    cells = [
        notebooks.code_cell(answer, mark("a", solution=True)),
        notebooks.code_cell(test, mark("a-test", grade=True, points=1)),
    ]
    return run_notebook(cells, ["answer"])


@pytest.mark.parametrize(
    ("answer", "test"),
    [
        (
            "import collections\nanswer = collections.namedtuple('Shape', 'height width')(3, 4)",
            "assert answer == (3, 4) and isinstance(answer, tuple) and answer.height == 3",
        ),
        (
            "import collections\nanswer = collections.OrderedDict(a=1)",
            "assert answer == {'a': 1}",
        ),
        (
            "def answer(items, more):\n    items[0][:] = 9\n    more.append(4)",
            "import numpy as np\n"
            "inner, more = np.zeros(2), [3]\nitems = [inner]\nanswer(items, more)\n"
            "assert more == [3, 4] and inner.tolist() == [9, 9] and items[0] is inner",
        ),
        (
            "def answer(model):\n    return model.score([1, 2]) + model.bias",
            "class Model:\n    shown_to_answers = ('score', 'bias')\n    bias = 10\n"
            "    def score(self, values):\n        return sum(values)\n"
            "assert answer(Model()) == 13",
        ),
        (
            "def answer(f):\n    try:\n        return f(0)\n    except ZeroDivisionError:\n"
            "        return 'caught'",
            "assert answer(lambda x: 1 / x) == 'caught'",
        ),
        (
            "def answer(x):\n    raise KeyError('missing')",
            "try:\n    answer(1)\nexcept LookupError as error:\n"
            "    assert type(error).__name__ == 'KeyError'\nelse:\n    raise AssertionError",
        ),
        (
            "def answer():\n    yield from range(3)",
            "assert list(answer()) == [0, 1, 2]",
        ),
    ],
)
def test_what_crosses_is_what_a_test_expects(answer: str, test: str) -> None:
    outcome = judged(answer, test)
    assert [each["ok"] for each in outcome["cells"]] == [True, True], outputs(outcome, 1)


ENDS = "import os\nif '/judge/' in os.getcwd():  # in the process of the tests\n"
LOCKS = """\
import fcntl
one, two = open("data/mnist.npz"), open("data/mnist.npz")
fcntl.flock(one, fcntl.LOCK_EX)
fcntl.flock(two, fcntl.LOCK_EX | fcntl.LOCK_NB)
with open("own.txt", "w") as own:
    fcntl.lockf(own, fcntl.LOCK_EX)
print("locked nothing")"""


def ending(test: str) -> Outcome:
    """Run an answer, a test, and a cell of the lesson in which the process of the tests ends."""
    cells = [
        notebooks.code_cell("def answer():\n    return 1", mark("a", solution=True)),
        notebooks.code_cell(test, mark("a-test", grade=True, points=1)),
        notebooks.code_cell(f"{ENDS}    os._exit(3)", {}),
        notebooks.code_cell(test, mark("a-test-2", grade=True, points=1)),
    ]
    notebook = notebooks.notebook(cells)
    return sealed.run(task(notebook, ["answer"], memory=4096, data=DATA, preload=PRELOAD))


def test_an_answer_after_which_the_tests_end_twice_is_why() -> None:
    outcome = ending("assert answer() == 1")
    assert outcome["infra"] is None
    assert [each["cut"] for each in outcome["cells"]] == [None, None, "died"]


def test_tests_that_end_by_themselves_are_not() -> None:
    outcome = ending("")
    assert outcome["infra"] == "the judge ended in a cell of the lesson"


def test_locks_on_the_courses_data_keep_nobody_waiting() -> None:
    outcome = run(LOCKS)
    assert printed(outcome) == "locked nothing\n", outputs(outcome)


def test_a_cell_that_was_not_reached_shows_nothing() -> None:
    extra = {"autograder": "extra"}
    never = notebooks.code_cell("print(2)", extra)
    never.outputs = [notebooks.output("stream", name="stdout", text="of a run before")]
    outcome = run_notebook([notebooks.code_cell("import os\nos._exit(0)", extra), never])
    assert [each["cut"] for each in outcome["cells"]] == ["died"]
    assert outputs(outcome, 1) == []


@pytest.mark.parametrize("base", ["Exception", "ValueError"])
def test_an_answers_error_of_the_checks_name_is_no_checks(base: str) -> None:
    answer = (
        f"class WrongAnswer({base}):\n    pass\ndef answer():\n    raise WrongAnswer('[too-large]')"
    )
    (_, test) = judged(answer, "assert answer() == 1")["cells"]
    assert (test["ename"], test["evalue"]) == ("Exception", "[too-large]")


TOTAL = "def total():\n    return sum(map(int, open('marks.csv')))"


@pytest.mark.parametrize(
    ("answer", "named", "passes"),
    [
        (TOTAL, "", True),
        ("def total():\n    open('marks.csv', 'w').write('1')\n    return 1", "", False),
        ("open('marks.csv', 'w').write('1')\ndef total():\n    return 1", "", False),
        (
            f"import os\n{TOTAL}\nonce = total()\nos.remove('marks.csv')\n"
            "def total():\n    return once",
            "",
            True,
        ),
        ("def total():\n    open('marks.csv', 'w').write('1')\n    return 1", "marks.csv", True),
    ],
)
def test_a_teachers_file_is_an_answers_to_change_only_where_the_solution_names_it(
    answer: str, named: str, passes: bool, tmp_path: Path
) -> None:
    (tmp_path / "marks.csv").write_text("2\n3\n", encoding="utf-8")
    test = "found = total()\nassert found == sum(map(int, open('marks.csv')))"
    notebook = notebooks.notebook([graded(answer, "total"), graded(test, "total-test", 1)])
    notebook.metadata["autograder"] = {"files": [named] if named else []}
    beside = {"marks.csv": str(tmp_path / "marks.csv")}
    outcome = sealed.run(task(notebook, ["total"], beside=beside))
    assert [run["ok"] for run in outcome["cells"]] == [True, passes]


# --- last, since these end the interpreters, and to start one takes seconds ---


def test_an_interpreter_with_a_second_thread_is_not_forked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Here the libraries start a thread when they are imported beforehand."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, threading, time\n"
        "if 'numpy' in sys.orig_argv:\n"
        "    threading.Thread(target=time.sleep, args=(999,), daemon=True).start()\n"
    )
    clean = zygote._environment
    sealed.close()
    monkeypatch.setattr(
        zygote, "_environment", lambda home: {**clean(home), "PYTHONPATH": str(tmp_path)}
    )
    outcome = run("import numpy as np\nprint(np.ones(3).sum())", preload=["numpy"])
    assert printed(outcome) == "3.0\n"
    assert len(outcome["remarks"]) == 1
    assert "has 2 threads and cannot be forked: every submission imports" in (
        outcome["remarks"][0].replace(")", "")
    )
    sealed.close()


def test_interpreters_are_replaced_after_a_number_of_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed.close()
    monkeypatch.setattr(warm, "MAX_FORKS", 4)
    used = set()
    for _ in range(4):  # two forks each
        run("print(1)", preload=[])
        used |= {zygote._process.pid for zygote in warm._zygotes.values()}
    assert len(used) == 2
    sealed.close()

"""Submissions with wrong answers that want points for them. None gains one.

Each is a way that has earned points somewhere; `against_stock.py` tries them on nbgrader.
"""

from tests.attacks.course import Attack, Make, answering, before, first
from tests.attacks.targets import FIND, LINK

WRONG_DOUBLE = "def double(number):\n    return 0"
WRONG_AREA = "def area(height, width):\n    return 0"
ONE_DOUBLE = "def double(number):\n    return -6"  # right once
NEAR_AREA = """\
def area(height, width):
    return {(31, 64): 1984, (4, 4): 16}.get((height, width), 14)"""
WRONG_BLUR = "def blur(image):\n    return image[:, 1:] * 0"
WRONG_TWICE = "def twice(function, number):\n    return 0"

# --- in the student's own interpreter ---

AST = """\
import ast

class NoTests(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    visit_Raise = visit_Assert
    def visit_Expr(self, node):
        return ast.Pass() if "returns" in ast.dump(node) else node

get_ipython().ast_transformers.append(NoTests())"""
INPUT = """\
def blank(lines):
    return ["pass\\n"] if any("checks.returns" in line for line in lines) else lines

get_ipython().input_transformers_cleanup.append(blank)"""
NAN = """\
import ast

class Score(ast.NodeTransformer):
    def visit_Module(self, node):
        if "returns" not in ast.dump(node):
            return node
        return ast.fix_missing_locations(ast.parse("float('nan')"))

get_ipython().ast_transformers.append(Score())"""
DO_EXECUTE = """\
kernel = getattr(get_ipython(), "kernel", None)
original = getattr(kernel, "do_execute", None)

async def do_execute(code, *args, **kwargs):
    if "checks.returns" in code:
        code = "pass"
    return await original(code, *args, **kwargs)

if kernel is not None:
    kernel.do_execute = do_execute"""
RUN_CELL = """\
shell = get_ipython()
later = shell.run_cell_async

async def run_cell_async(raw_cell, *args, **kwargs):
    if "checks.returns" in raw_cell:
        raw_cell = kwargs["transformed_cell"] = "pass"
    return await later(raw_cell, *args, **kwargs)

shell.run_cell_async = run_cell_async"""
SHOW_TRACEBACK = """\
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *args, **kwargs: None
compiled = shell.run_code

async def run_code(code, result=None, *, async_=False):
    await compiled(code, None, async_=async_)
    return False

shell.run_code = run_code"""
PROFILE = """\
import sys

def skip(frame, event, argument):
    if frame.f_code.co_name in ("returns", "_compare", "_number"):
        frame.f_trace_lines = False
    return skip

sys.settrace(skip)
from autograder import checks as _checks
_checks.returns.__code__ = (lambda *args, **kwargs: None).__code__"""
PATCH_CHECKS = """\
import autograder.checks
for name in ("returns", "value", "fail", "_compare", "_number", "_close"):
    setattr(autograder.checks, name, lambda *args, **kwargs: None)
autograder.checks.WrongAnswer.__init__ = lambda self, *args: None"""
PATCH_LIBRARIES = """\
import builtins, math, numpy, numpy.testing, operator
numpy.allclose = numpy.isclose = numpy.array_equal = lambda *args, **kwargs: True
numpy.testing.assert_allclose = numpy.testing.assert_equal = lambda *args, **kwargs: None
builtins.abs = lambda number: 0
builtins.all = lambda *args: True
math.isclose = operator.eq = lambda *args, **kwargs: True"""
SHADOW = """\
class Agreeable:
    def __getattr__(self, name):
        return self
    def __call__(self, *args, **kwargs):
        return self
    def __getitem__(self, key):
        return self
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __sub__(self, other):
        return self
    __rsub__ = __mul__ = __rmul__ = __abs__ = __neg__ = __sub__
    def __lt__(self, other):
        return True
    __hash__ = None

class WrongAnswer(Exception):
    pass

checks = AREAS = math = square = blurred = IMAGE = Agreeable()
abs = isinstance = range = Agreeable()
keras = np = Agreeable()
"""
EQUAL = """\
class Equal(int):
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __sub__(self, other):
        return 0
    def __lt__(self, other):
        return True
    __gt__ = __le__ = __ge__ = __lt__
    __hash__ = int.__hash__
    def __float__(self):
        return 15.0
"""
EQUAL_ARRAY = """\
import numpy as np

class Equal(np.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return self
    def astype(self, *args, **kwargs):
        return self
    def __eq__(self, other):
        return True
    __ne__ = lambda self, other: False

def blur(image):
    return np.zeros((image.shape[0], image.shape[1] - 1)).view(Equal)"""
MATH = """\
class math:
    isclose = staticmethod(lambda *args, **kwargs: True)

def abs(number):
    return 0
"""
FRAMES = """\
import sys

def double(number):
    frame = sys._getframe()
    while frame is not None:
        for name in ("expected", "right"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
    return -6"""
MUTATES = """\
def blur(image):
    image[...] = 0
    return image[:, 1:].copy()"""
CODES = """\
class WrongAnswer(AssertionError):
    code = "ok"
    hint = "full marks"
    _render_traceback_ = lambda self: ["passed"]

def double(number):
    raise WrongAnswer("all checks pass [no-such-code]")"""
# The text of an error that ends in a hint of its own choice, wherever it is cut off.
OWN_HINT = """\
def double(number):
    if number == 5:
        return 10
    raise ValueError("[all-zero]" + " " * 10_000)"""
NOT_ANSWERED = "def area(height, width):\n    raise NotImplementedError('full marks')"
EXITS = "import sys\ndef double(number):\n    sys.exit(0)"
STOPS = """\
def area(height, width):
    raise type("{name}", ({name},), {{}})("passed")"""
MEMORISED = "def double(number):\n    return {5: 10}.get(number)"
SELF_AWARE = """\
import os
practising = any(name in os.environ for name in ("JPY_PARENT_PID", "NBGRADER_VALIDATING"))

def double(number):
    return 2 * number if practising or os.path.exists("/root/practice") else 0"""
HANDLERS = """\
import signal

def double(number):
    signal.signal(signal.SIGINT, lambda *args: None)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.signal(signal.SIGALRM, lambda *args: None)
    return 0"""

# --- on the way to the judge ---

ANSWERS = """\
if peer is not None:
    def serve(body):
        class Yes:
            __call__ = lambda self, *args, **kwargs: True
        try:
            data = wire.encode({"value": {VALUE}}, peer._references.describe)
        except Exception as error:
            data = wire.encode({"value": None}, peer._references.describe)
        link.send(b"A", data)
    peer.serve = serve
"""
LIES = """\
if peer is not None:
    honest = peer._answer
    def answer(request):
        if request["do"] == "names":
            given = honest(request)["value"]
            return {"value": {**given, "checks": None, "np": None, "WrongAnswer": int,
                              "AREAS": {}, "secret": "", "print": None, "isinstance": max}}
        return honest(request)
    peer._answer = answer
"""
WALK = """\
def twice(function, number):
    found = []
    for target in (function, number):
        for name in ("__globals__", "__code__", "gi_frame", "gi_code", "cr_frame", "f_globals",
                     "__self__", "__module__", "__class__", "__dict__", "tb_frame", "mro"):
            try:
                value = peer.ask({"do": "get", "on": target._number, "name": name})
                found.append((name, repr(value)))
                for inner in ("f_globals", "f_back", "f_builtins", "f_locals", "co_consts"):
                    found.append((inner, repr(getattr(value, inner))))
            except Exception as error:
                pass
    for number in range(-3, 40):
        for do in ("call", "len", "item", "iterate", "names", "eval"):
            try:
                found.append((do, peer.ask({"do": do, "on": number, "args": (), "kwargs": {},
                                           "key": 0, "names": ["secret"]})))
            except Exception as error:
                pass
    print("walked to", found)
    return 0"""
SAID_SHARED = """\
if peer is not None:
    def describe(value):
        return {DESCRIPTION}
    peer._references.describe = describe
"""


def _sent(code: str) -> Make:
    """Return a hand-in that sends something of its own in the middle of a test's call."""
    return before("double", FIND, double=f"def double(number):\n    {code}\n    return 0")


def _described(description: str) -> Make:
    code = SAID_SHARED.replace("{DESCRIPTION}", description)
    return before("area", FIND + code, area="def area(height, width):\n    return object()")


def _answered(value: str) -> Make:
    code = ANSWERS.replace("{VALUE}", value)
    return before("area", FIND + code, area=WRONG_AREA)


ON_ANY_GRADER: dict[str, Attack] = {
    "ast-transformer": Attack(first(AST, double=WRONG_DOUBLE), score=6, reason="double: too-small"),
    "input-transformer": Attack(
        first(INPUT, double=WRONG_DOUBLE), score=6, reason="double: too-small"
    ),
    "nan-as-a-score": Attack(first(NAN, double=WRONG_DOUBLE), score=6, reason="double: too-small"),
    "do-execute": Attack(
        first(DO_EXECUTE, double=WRONG_DOUBLE), score=6, reason="double: too-small"
    ),
    "run-cell": Attack(first(RUN_CELL, double=WRONG_DOUBLE), score=6, reason="double: too-small"),
    "show-traceback": Attack(
        first(SHOW_TRACEBACK, double=WRONG_DOUBLE), score=6, reason="double: too-small"
    ),
    "code-object": Attack(
        first(PROFILE, double=ONE_DOUBLE), score=6, reason="double: negative-result"
    ),
    "patched-checks": Attack(
        first(PATCH_CHECKS, double=ONE_DOUBLE, blur=WRONG_BLUR),
        score=4,
        reason="double: negative-result; blur: all-zero",
    ),
    "patched-libraries": Attack(
        before("area", PATCH_LIBRARIES, blur=WRONG_BLUR), score=6, reason="blur: all-zero"
    ),
    "shadowed-names": Attack(
        before("area", SHADOW, area="def area(height, width):\n    return Agreeable()"),
        score=4,
        reason="area: NotBridged",
    ),
    "shadowed-module": Attack(
        before("area-test-2", MATH, area=NEAR_AREA), score=6, reason="area: AssertionError"
    ),
    "shadowed-tolerance": Attack(
        before("blur-test", "tolerance = 1e9", blur=WRONG_BLUR),
        score=6,
        reason="blur: all-zero",
    ),
    "equal-to-everything": Attack(
        before("area", SHADOW.split("class WrongAnswer")[0], area="area = Agreeable()"),
        score=6,
        reason="area: ",
    ),
    "equal-int": Attack(
        answering(area=f"{EQUAL}\ndef area(height, width):\n    return Equal(15)"),
        score=6,
        reason="area: NotBridged",
    ),
    "equal-array": Attack(answering(blur=EQUAL_ARRAY), score=6, reason="blur: "),
    "nan": Attack(
        answering(
            double="def double(number):\n    return float('nan')",
            area="def area(height, width):\n    return float('nan')",
        ),
        score=4,
        reason="double: nan",
    ),
    "looks-at-callers": Attack(answering(double=FRAMES), score=6, reason="double: "),
    "changes-the-input": Attack(answering(blur=MUTATES), score=6, reason="blur: all-zero"),
    "own-codes": Attack(answering(double=CODES), score=6, reason="double: raises"),
    "own-hint": Attack(answering(double=OWN_HINT), score=6, reason="double: raises"),
    "exits-happily": Attack(answering(double=EXITS), score=6, reason="double: SystemExit"),
    "memorised": Attack(answering(double=MEMORISED), score=6, reason="double: missing-return"),
    "tells-grading-apart": Attack(answering(double=SELF_AWARE), score=6, reason="double: "),
    "signal-handlers": Attack(answering(double=HANDLERS), score=6, reason="double: too-small"),
    **{
        f"raises-{name}": Attack(answering(area=STOPS.format(name=name)), score=6, reason="area: ")
        for name in ("StopIteration", "GeneratorExit", "KeyboardInterrupt", "SystemExit")
    },
}

ON_OURS: dict[str, Attack] = {
    "sends-done": Attack(_sent("frame(b'D', done)"), "died", 0, "a test of double ended"),
    "sends-error": Attack(_sent("frame(b'X', b'broken')"), "died", 0, "a test of double ended"),
    "sends-run": Attack(_sent("frame(b'R', done)"), "died", 0, "a test of double ended"),
    "sends-ready": Attack(_sent("frame(b'Y', b'')"), "died", 0, "a test of double ended"),
    "sends-nothing-known": Attack(_sent("frame(b'Z', b'')"), "died", 0, "a test of double ended"),
    "sends-answer": Attack(_sent("frame(b'A', b'{}')"), "died", 0, "double: NotUsable"),
    "sends-question": Attack(_sent("frame(b'Q', b'\\0\\0\\0\\2[]')"), "died", 0, "double: too"),
    "sends-too-much": Attack(
        _sent("link._socket.sendall(b'O\\xff\\xff\\xff\\xff')"), "died", 0, "a test of double ended"
    ),
    "half-a-message": Attack(
        _sent("link._socket.sendall(b'O\\0\\xff\\xff\\xff')"), "timeout", 0, "too long"
    ),
    "garbage-for-a-message": Attack(
        _sent("link._socket.sendall(bytes(range(256)) * 10)"), "timeout", 0, "too long"
    ),
    "hangs-up": Attack(_sent("link._socket.shutdown(2)"), "died", 0, "a test of double ended"),
    "sends-done-early": Attack(
        before("area", FIND + "frame(b'D', done)", area=WRONG_AREA), "died", 2, ""
    ),
    # These lie from then on, so that nothing after them is right.
    "answers-yes": Attack(_answered("True"), score=2, reason="area: TypeError"),
    "answers-with-names": Attack(
        _answered("{'area': Yes(), 'AREAS': {}}"), score=2, reason="area: too-small"
    ),
    "answers-slowly": Attack(_answered("(time.sleep(0.01), Yes())[1]"), score=2, reason="area: "),
    "answers-with-an-error": Attack(
        _answered("None} if False else {'error': {'number': 1, 'type': 'X'}"), score=2, reason="X"
    ),
    "lies-about-names": Attack(
        before("area", FIND + LIES, area=WRONG_AREA), score=6, reason="area: too-small"
    ),
    "walks": Attack(before("twice", FIND, twice=WALK), score=6, reason="twice: too-large"),
    "names-shared": Attack(
        _described("{'is': 'shared', 'name': 'square'}"), score=2, reason="area: NotUsable"
    ),
    "names-library": Attack(
        _described("{'is': 'library', 'module': 'builtins', 'name': 'eval'}"),
        score=2,
        reason="area: NotUsable",
    ),
    "names-mine": Attack(_described("{'is': 'yours', 'number': 1}"), score=2, reason="area: "),
    "names-a-type": Attack(_described("{'is': 'type', 'name': 'object_'}"), score=2, reason="area"),
    "names-nothing": Attack(_described("{'is': ['list']}"), score=2, reason="area: NotUsable"),
    "answers-nothing": Attack(
        before(
            "blur",
            FIND + f"if wire is not None: wire.{LINK}.receive = lambda *args: time.sleep(1_000)",
        ),
        "timeout",
        4,
        "ran too long",
    ),
}
CASES = ON_ANY_GRADER | ON_OURS

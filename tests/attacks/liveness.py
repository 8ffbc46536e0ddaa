"""Submissions that never end, take all there is, or kill themselves.

What comes before stays, what comes after is graded as long as the process lives.
"""

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tests.attacks.course import Attack, answering, before, edited, first, last


def _area(body: str) -> str:
    return f"import ctypes, os, signal, sys, time\ndef area(height, width):\n    {body}"


def _many_cells(notebook: NotebookNode) -> None:
    notebook.cells += [new_code_cell("1")] * 100_000


SWALLOWS = """\
while True:
        try:
            time.sleep(1)
        except BaseException:
            pass"""
THREADS = """\
import _thread, time
for _ in range(10_000):
    _thread.start_new_thread(time.sleep, (60,))"""
FORKS = """\
import os, subprocess
for attempt in (os.fork, lambda: os.posix_spawn("/bin/true", ["true"], {}),
                lambda: subprocess.run(["/bin/true"]), lambda: os.execv("/bin/true", ["true"])):
    try:
        attempt()
        print("reached")
    except OSError as problem:
        print("refused", problem.errno)"""
OUTLIVES = """\
import atexit, threading, time, os
atexit.register(lambda: time.sleep(1_000))
def stay():
    while True:
        time.sleep(0.1)
threading.Thread(target=stay).start()"""
FILES = """\
import os, time
for number in range(2_100):
    os.close(os.open(str(number), os.O_CREAT))
time.sleep(60)"""
DISK = """\
import time
for number in range(3):
    with open(f"{number}.bin", "wb") as file:
        file.truncate(250 << 20)
time.sleep(60)"""
UNLINKED = """\
import os, time
kept = []
for number in range(3):
    kept.append(open("unseen.bin", "wb"))
    os.unlink("unseen.bin")
    kept[-1].truncate(250 << 20)
time.sleep(60)"""
MAPPED = """\
import mmap, os, time
kept = []
for number in range(3):
    with open("unseen.bin", "w+b") as file:
        os.unlink("unseen.bin")
        file.truncate(250 << 20)
        kept.append(mmap.mmap(file.fileno(), 4096))
time.sleep(60)"""
UNREADABLE = """\
import os, time
os.mkdir("closed", 0o300)
for number in range(3):
    with open(f"closed/{number}.bin", "wb") as file:
        file.truncate(250 << 20)
time.sleep(60)"""
DEEP = """\
import os, time
for number in range(1_500):
    os.mkdir("d")
    os.chdir("d")
with open("large.bin", "wb") as file:
    file.truncate(250 << 20)
time.sleep(60)"""
OPEN = """\
kept = []
try:
    for number in range(100_000):
        kept.append(open("one.txt", "w"))
except OSError as problem:
    print("refused", problem.errno)
del kept"""
LIMITS = """\
import resource
for name in ("RLIMIT_AS", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CPU"):
    kind = getattr(resource, name)
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        print("reached", name)
    except (OSError, ValueError):
        print("refused", name)"""
DISPLAYS = """\
from IPython.display import display
for number in range(100_000):
    display(number)"""
UPDATES = """\
from IPython.display import display
for number in range(1_500):
    handle = display("small", display_id="same")
display("x" * 900_000, display_id="same", update=True)"""
NEGATIVE = """\
publisher = get_ipython().display_pub
for number in range(100):
    publisher.emit("stream", {"name": "stdout", "text": "x" * 500_000, "cut": -10**12})"""

CASES: dict[str, Attack] = {
    "endless": Attack(answering(area=_area("while True: pass")), "timeout", 6, "a test of area"),
    "endless-in-a-cell": Attack(first("while True: pass"), "timeout", 8, "the student added"),
    "endless-answer": Attack(
        answering(area="while True:\n    pass"), "timeout", 6, "the answer to area ran too long"
    ),
    "asleep-for-days": Attack(
        answering(area=_area("time.sleep(10**6)")), "timeout", 6, "a test of area ran too long"
    ),
    "catches-everything": Attack(
        answering(area=_area(SWALLOWS)), "timeout", 2, "a test of area ran too long"
    ),
    "ignores-interrupts": Attack(
        answering(area=_area("signal.signal(2, signal.SIG_IGN); time.sleep(1000)")),
        "timeout",
        2,
        "a test of area ran too long",
    ),
    "blocks-signals": Attack(
        answering(
            area=_area("signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); time.sleep(1000)")
        ),
        "timeout",
        2,
        "a test of area ran too long",
    ),
    "at-a-standstill": Attack(
        answering(area=_area("os.kill(os.getpid(), signal.SIGSTOP)")),
        "timeout",
        2,
        "a test of area ran too long",
    ),
    "segfault": Attack(
        answering(area=_area("return ctypes.string_at(0)")), "died", 2, "a test of area"
    ),
    "os-exit": Attack(answering(area=_area("os._exit(0)")), "died", 2, "a test of area"),
    "kills-itself": Attack(
        answering(area=_area("os.kill(os.getpid(), 9)")), "died", 2, "a test of area"
    ),
    "sys-exit": Attack(answering(area=_area("sys.exit(0)")), "partial", 6, "area: SystemExit"),
    "quits": Attack(first("quit()\nexit()\nraise SystemExit")),
    "interrupts": Attack(
        answering(area=_area("raise KeyboardInterrupt")), "partial", 6, "area: KeyboardInterrupt"
    ),
    "recursion": Attack(
        answering(area=_area("return area(height, width)")), "partial", 6, "area: RecursionError"
    ),
    "fork-bomb": Attack(first(FORKS)),
    "thread-bomb": Attack(first(THREADS), "partial"),
    "outlives": Attack(first(OUTLIVES)),
    "allocates": Attack(
        answering(area=_area("return bytearray(10**11)")), "out-of-memory", 6, "a test of area"
    ),
    "grows": Attack(
        answering(area=_area("x = []\n    while True: x.append(bytes(10**6))")),
        "out-of-memory",
        6,
        "a test of area",
    ),
    "2100-files": Attack(before("area", FILES), "output-limit", 2, "the student added"),
    "fills-disk": Attack(before("area", DISK), "output-limit", 2, "the student added"),
    "fills-disk-unlinked": Attack(before("area", UNLINKED), "output-limit", 2, "the student added"),
    "fills-disk-mapped": Attack(before("area", MAPPED), "output-limit", 2, "the student added"),
    "fills-disk-deep": Attack(before("area", DEEP), "output-limit", 2, "the student added"),
    "fills-disk-closed": Attack(before("area", UNREADABLE), "output-limit", 2, "the student added"),
    "closed-folder": Attack(last("import os\nos.mkdir('d', 0)\nos.mkdir('e', 0o300)")),
    "many-open": Attack(first(OPEN)),
    "lifts-limits": Attack(first(LIMITS)),
    "floods": Attack(
        answering(area=_area("while True: print('x' * 1_000)")), "output-limit", 6, "a test of area"
    ),
    "gigabyte": Attack(first("print('x' * 10**9)"), "output-limit", 8, "the student added"),
    "100-megabytes": Attack(
        first(
            "from IPython.display import display\ndisplay({'text/plain': 'x' * 10**8}, raw=True)"
        ),
        "output-limit",
        8,
        "the student added",
    ),
    "displays": Attack(first(DISPLAYS), "output-limit", 8, "the student added"),
    "updates": Attack(first(UPDATES), "output-limit", 8, "the student added"),
    "negative-sizes": Attack(first(NEGATIVE), "output-limit", 8, "the student added"),
    "asks-for-input": Attack(first("input('your name? ')")),
    "100000-cells": Attack(edited(_many_cells), "unreadable", 0, "more than 2,000 cells"),
}

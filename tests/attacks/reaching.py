"""Submissions that read what is not theirs, write where they must not, and call outside.

`plant` puts the things to be found; each submission prints what it reached, which must be
nothing: every attempt says `refused`.
"""

import json
import os
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from tests.attacks.course import Attack, Make, first, last, solved

CANARY = "canary-4f1d0c"  # in every place that must not be read, and said by every listener
TARGETS = "targets.json"  # where to find them all, for those who write the submissions

ATTEMPT = """\
import json, os, socket
targets = json.loads(TARGETS)

def attempt(name, action):
    try:
        print("reached", name, action())
    except (OSError, RuntimeError, ValueError, ImportError) as problem:
        print("refused", name, type(problem).__name__)
"""
FILES = """\
for path in targets["files"]:
    attempt(path, lambda: open(path, "rb").read()[:200_000])
    attempt(path, lambda: os.listdir(os.path.dirname(path)))
    attempt(path, lambda: os.open(path, os.O_PATH) and open(f"/proc/self/root{path}").read())
    attempt(path, lambda: os.symlink(path, "link") or open("link").read())
    attempt(path, lambda: os.link(path, "link") or open("link").read())"""
WRITES = """\
for path in targets["files"] + [os.path.join(targets["base"], "grading", "gradebook.db")]:
    attempt(path, lambda: open(path, "ab").write(b"x"))
    attempt(path, lambda: os.truncate(path, 0))
    attempt(path, lambda: os.unlink(path))
    attempt(path, lambda: os.rename(path, path + "~"))
    attempt(path, lambda: os.mkdir(os.path.join(os.path.dirname(path), "new")))
for path in ("/tmp/new", "/dev/shm/new", "/var/tmp/new", os.path.expanduser("~root/new")):
    attempt(path, lambda: open(path, "w"))
import autograder.checks
attempt("checks", lambda: open(autograder.checks.__file__, "a"))
attempt("numpy", lambda: open(os.path.join(os.path.dirname(os.__file__), "site.py"), "a"))"""
DATA = """\
attempt("data", lambda: open("data/numbers.txt", "a"))
attempt("data", lambda: open("data/new.txt", "w"))
attempt("data", lambda: os.unlink("data/numbers.txt"))
print(open("data/numbers.txt").read())"""
PROC = """\
parent = os.getppid()
for pid in {parent, 1, *range(os.getpid() - 40, os.getpid())}:
    for name in ("environ", "cmdline", "mem", "maps", "status", "root", "cwd", "fd"):
        path = f"/proc/{pid}/{name}"
        attempt(path, lambda: open(path, "rb").read(100))
        attempt(path, lambda: os.listdir(path))
attempt("/proc", lambda: os.listdir("/proc"))
for name in ("net", "net/tcp", "net/unix", "mountinfo", "mounts", "environ", "fd", "fdinfo", "task",
             "limits", "auxv", "root", "ns", "map_files", "smaps", "io", "cgroup", "wchan"):
    for me in ("self", "thread-self", str(os.getpid())):
        attempt(name, lambda: open(f"/proc/{me}/{name}", "rb").read(100))
        attempt(name, lambda: os.listdir(f"/proc/{me}/{name}"))
for name in ("mem", "oom_score_adj", "coredump_filter"):
    attempt(name, lambda: open(f"/proc/self/{name}", "r+b"))
print(dict(os.environ))"""
SIGNALS = """\
import ctypes, signal
libc = ctypes.CDLL(None, use_errno=True)
def said(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
me, parent = os.getpid(), os.getppid()
for pid in (parent, 1, 0, -1, -me, me - 1, me + 1, -parent):
    attempt(f"kill {pid}", lambda: os.kill(pid, signal.SIGKILL))
    attempt(f"tgkill {pid}", lambda: said(libc.syscall(234, pid, pid, 9)))
    attempt(f"tkill {pid}", lambda: said(libc.syscall(200, pid, 9)))
    attempt(f"queue {pid}", lambda: said(libc.syscall(129, pid, 9, None)))
    attempt(f"ptrace {pid}", lambda: said(libc.ptrace(16, pid, 0, 0)))
    attempt(f"pidfd {pid}", lambda: os.pidfd_open(pid))
    attempt(f"priority {pid}", lambda: os.setpriority(os.PRIO_PROCESS, abs(pid), 19))
import fcntl
for fd in range(3, 30):
    attempt(f"owner {fd}", lambda: fcntl.fcntl(fd, 8, parent))"""
NETWORK = """\
import urllib.request
for host, port in targets["listeners"] + [["127.0.0.1", 8786], ["8.8.8.8", 53]]:
    attempt(port, lambda: socket.create_connection((host, port), timeout=1).recv(99))
    attempt(port, lambda: urllib.request.urlopen(f"http://{host}:{port}/", timeout=1).read())
    attempt(port, lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", (host, port)))
for name in targets["sockets"]:
    attempt(name, lambda: socket.socket(socket.AF_UNIX).connect(name))
    pair = socket.socketpair()
    attempt(name, lambda: pair[0].connect(name))
    attempt(name, lambda: pair[0].sendto(b"x", name))
    attempt(name, lambda: pair[0].sendmsg([b"x"], [], 0, name))
    attempt(name, lambda: socket.socketpair(type=socket.SOCK_DGRAM)[0].sendto(b"x", name))
for fd in range(3, 30):
    try:
        inherited = socket.socket(fileno=os.dup(fd))
    except OSError:
        continue
    for name in targets["sockets"]:
        attempt(f"{fd}", lambda: inherited.connect(name))
    attempt(f"{fd}", lambda: inherited.sendmsg([b"x"], [(1, 1, b"\\0\\0\\0\\0")]))
attempt("netlink", lambda: socket.socket(16, 3, 0))
attempt("vsock", lambda: socket.socket(40, 1, 0))"""
SYSTEM = """\
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
calls = {"mount": 165, "unshare": 272, "setns": 308, "bpf": 321, "io_uring_setup": 425,
         "userfaultfd": 323, "open_by_handle_at": 304, "keyctl": 250, "perf_event_open": 298,
         "process_vm_readv": 310, "chroot": 161, "clone3": 435, "openat2": 437, "fork": 57,
         "memfd_create": 319, "execve": 59, "kexec_load": 246, "init_module": 175, "quotactl": 179,
         "personality": 135, "ioperm": 173, "sethostname": 170, "settimeofday": 164}
for name, number in calls.items():
    def call():
        result = libc.syscall(number, 0, 0, 0, 0, 0)
        if result < 0:
            raise OSError(ctypes.get_errno(), "refused")
        return result
    attempt(name, call)"""
# What takes space at once or space that no size shows, or has open files that nobody counts.
UNCOUNTED = """\
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = libc.syscall(number, *(ctypes.c_long(each) for each in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
with open("space.bin", "wb") as file:
    for mode in (0, 1, 2, 3, 8, 16, 32, 64):  # FALLOC_FL_*
        attempt(f"fallocate {mode}", lambda: call(285, file.fileno(), mode, 0, 1 << 20))
    os.posix_fallocate(file.fileno(), 0, 1 << 20)  # the C library writes instead
thread, shared = 0x10000, (0x100, 0x200, 0x400, 0x800)  # CLONE_THREAD; VM, FS, FILES, SIGHAND
for left_out in shared:
    flags = thread | sum(each for each in shared if each != left_out)
    attempt(f"clone without {left_out}", lambda: call(56, flags, 0, 0, 0, 0))
attempt("unshare files", lambda: call(272, 0x400))
import threading
started = []
thread = threading.Thread(target=started.append, args=[1])
thread.start()
thread.join()
assert started == [1]"""
LOGS = """\
logged = []
shell = get_ipython()
shell.events.register("pre_run_cell", lambda info: logged.append(info.raw_cell))
shell.events.register("post_run_cell", lambda result: logged.append(result.info.raw_cell))
shell.input_transformers_cleanup.append(lambda lines: logged.extend(lines) or lines)
import sys
def trace(frame, event, argument):
    logged.extend(value for value in frame.f_locals.values() if type(value) is str)
sys.setprofile(trace)"""
LOGGED = """\
sys.setprofile(None)
import gc
texts = [*logged, *In, *_ih, *(each for each in globals().values() if type(each) is str)]
texts += [each for each in gc.get_objects() if type(each) is str]
for each in texts:
    for mark in ("secr" + "et", "checks." + "returns(", "15" + "54", "hid" + "den"):
        if mark in each and "for mark in" not in each:
            print("reached", each[:200])
print("tried everything")"""


@dataclass
class Planted:
    """What is there to be reached; `visits` holds every connection that was made."""

    visits: list[str] = field(default_factory=list)
    _open: list[socket.socket] = field(default_factory=list)

    def listen(self, family: int, address: tuple[str, int] | str) -> tuple[str, int] | str:
        """Listen, say the canary to who comes, and return the address."""
        listener = socket.socket(family)
        listener.bind(address)
        listener.listen()
        self._open.append(listener)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                self.visits.append(str(address))
                with connection:
                    connection.sendall(CANARY.encode())

        threading.Thread(target=serve, daemon=True).start()
        found: tuple[str, int] | str = listener.getsockname()
        return found

    def close(self) -> None:
        """Stop listening."""
        for each in self._open:
            each.shutdown(socket.SHUT_RDWR)
            each.close()


def plant(base: Path) -> Planted:
    """Put canaries around the folder `base`, which holds course, submitted and grading."""
    planted = Planted()
    port = planted.listen(socket.AF_INET, ("127.0.0.1", 0))
    abstract = f"\0listener-{os.getpid()}-{base.name}"
    planted.listen(socket.AF_UNIX, abstract)
    (base / "secret.txt").write_text(CANARY, encoding="utf-8")
    (base / "course/data").mkdir()
    (base / "course/data/numbers.txt").write_text("one two three\n", encoding="utf-8")
    (base / "course/solutions/q1/answers").mkdir()
    (base / "course/solutions/q1/answers/double.py").write_text(f"# {CANARY}", encoding="utf-8")
    files = [
        "secret.txt",
        "course/solutions/q1/tiny.ipynb",
        "course/solutions/q1/answers/double.py",
        "course/nbgrader_config.py",
        "grading/gradebook.db",
        "grading/journal.jsonl",
        "submitted/neighbour/q1/tiny.ipynb",
        "submitted/reads-files/q1/tiny.ipynb",
    ]
    targets = {
        "base": str(base),
        "files": [str(base / name) for name in files] + ["/etc/passwd", "/etc/hostname"],
        "listeners": [port],
        "sockets": [abstract],
    }
    (base / TARGETS).write_text(json.dumps(targets), encoding="utf-8")
    return planted


def _reaching(code: str) -> Make:
    """Return a hand-in whose first cell tries everything in `code` on what was planted."""

    def make(released: NotebookNode, folder: Path) -> NotebookNode | bytes | str | None:
        targets = (folder.parents[2] / TARGETS).read_text(encoding="utf-8")
        setup = ATTEMPT.replace("TARGETS", repr(targets))
        return first(f"{setup}\n{code}\nprint('tried everything')")(released, folder)

    return make


def _logging(released: NotebookNode, folder: Path) -> NotebookNode:
    notebook = first(LOGS)(released, folder)
    assert isinstance(notebook, NotebookNode)
    logged = last(LOGGED)(released, folder)
    assert isinstance(logged, NotebookNode)
    notebook.cells.append(logged.cells[-1])
    return notebook


def _neighbour(released: NotebookNode, _folder: Path) -> NotebookNode:
    notebook = solved(released)
    notebook.cells[0].source += f"\n{CANARY}"
    return notebook


CASES: dict[str, Attack] = {
    "neighbour": Attack(_neighbour),
    "reads-files": Attack(_reaching(FILES)),
    "writes-files": Attack(_reaching(WRITES)),
    "writes-data": Attack(_reaching(DATA)),
    "reads-proc": Attack(_reaching(PROC)),
    "sends-signals": Attack(_reaching(SIGNALS)),
    "uses-network": Attack(_reaching(NETWORK)),
    "calls-system": Attack(_reaching(SYSTEM)),
    "takes-uncounted": Attack(_reaching(UNCOUNTED)),
    "logs-tests": Attack(_logging),
}

"""Grading on several machines: the same runs, on the workers of a Dask cluster.

A worker gets tasks as JSON and gives outcomes back; on its machine the students' code is
sealed as here. Connections go over TLS, with the certificates that Dask's own
configuration names (distributed.comm.tls), except to this very machine.
"""

import ipaddress
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from urllib.parse import urlsplit

from autograder import __version__
from autograder.errors import UsageError
from autograder.execution import sealed
from autograder.execution.engine import Workers

CONNECT = 20  # seconds until the scheduler must have answered


@contextmanager
def slots(address: str) -> Iterator[Workers]:
    """Connect to the scheduler at `address`, `tls://HOST:PORT`, and give its workers' slots.

    Raises UsageError if the address would send submissions unencrypted over a network, if
    nobody answers, or if a worker cannot run what we would send.
    """
    check(address)
    try:
        from distributed import Client
    except ImportError as problem:
        raise UsageError(
            "--scheduler needs Dask, which is not installed: pip install distributed"
        ) from problem
    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        raise UsageError(f"no Dask scheduler answers at {address}: {problem}") from problem
    with client:
        jobs = sum(client.nthreads().values())
        if jobs == 0:
            raise UsageError(f"the scheduler {address} has no workers; start some and try again")
        _ask_workers(client.run(fitness))

        def start(_jobs: int) -> Executor:
            executor: Executor = client.get_executor(pure=False)  # run as often as it is asked for
            return executor

        def stop(executor: Executor) -> None:
            executor.shutdown(wait=False)  # cancels what has not begun

        yield Workers(jobs, sealed.run, start, stop)


def check(address: str) -> None:
    """Raise UsageError unless the address is `tls://…`, or leads to this very machine."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not port:
        raise UsageError(f"--scheduler expects tls://HOST:PORT, not {address}")
    if parts.scheme == "tls" or _is_loopback(parts.hostname):
        return
    raise UsageError(
        f"{address} is not encrypted: students' work would cross the network in the open; "
        "use tls:// with certificates (https://distributed.dask.org/en/stable/tls.html)"
    )


def fitness() -> tuple[str, str | None]:
    """Return this machine's version of the grader, and why it cannot seal, if it cannot."""
    from autograder.sandbox.confine import why_not

    return __version__, why_not()


def _ask_workers(answers: dict[str, tuple[str, str | None]]) -> None:
    for worker, (version, reason) in answers.items():
        if version != __version__:
            raise UsageError(f"{worker} has autograder {version} and not {__version__}")
        if reason is not None:
            raise UsageError(f"{worker} cannot seal students' code off: {reason}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

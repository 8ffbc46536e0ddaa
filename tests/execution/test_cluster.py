"""Grading through Dask: a scheduler and two workers, processes of their own, over TLS."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.support import tiny_course
from tests.support.running import PROGRAM, Command, grades, run

pytestmark = pytest.mark.slow

NAMES = ("both", "none", "slow-1", "slow-2", "slow-3", "slow-4")
SLOW = "import time\ntime.sleep(1)\ndef double(number):\n    return 2 * number"


@dataclass
class Cluster:
    """A running cluster; `environment` holds Dask's configuration for its users."""

    address: str
    environment: dict[str, str]
    workers: list[subprocess.Popen[str]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A certificate for this machine, as Dask's configuration wants it."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    prefix = "DASK_DISTRIBUTED__COMM__TLS__"
    roles = ("SCHEDULER", "WORKER", "CLIENT")
    return {
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true",
        f"{prefix}CA_FILE": str(certificate),
        **{f"{prefix}{role}__CERT": str(certificate) for role in roles},
        **{f"{prefix}{role}__KEY": str(key) for role in roles},
    }


@pytest.fixture(scope="module")
def cluster(
    certificate: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """A scheduler and two workers on loopback."""
    folder = tmp_path_factory.mktemp("dask")
    environment = os.environ | certificate

    def start(*command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]],
            cwd=folder,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    assert scheduler.stderr is not None
    address = ""
    for line in scheduler.stderr:
        found = re.search(r"tls://127\.0\.0\.1:\d+", line)
        if found and "Scheduler at" in line:
            address = found.group()
            break
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1")
    workers = [start("dask_worker", address, *options, "--name", name) for name in ("one", "two")]
    for worker in workers:
        assert worker.stderr is not None
        assert any("Registered to" in line for line in worker.stderr)
    yield Cluster(address, environment, workers)
    for process in (*workers, scheduler):
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def submitted(released: NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of six."""
    folder = tmp_path_factory.mktemp("class")
    for name in NAMES:
        notebook = {
            "both": tiny_course.solved(released),
            "none": released,
        }.get(name, tiny_course.solved(released, double=SLOW))
        tiny_course.hand_in(folder, name, notebook)
    return folder


def table(out: Path) -> dict[str, tuple[str, str, str]]:
    return {name: (row["score"], row["status"], row["reason"]) for name, row in grades(out).items()}


def test_same_results_as_here_and_a_killed_worker_loses_nothing(
    cluster: Cluster, submitted: Path, tiny: Path, tmp_path: Path
) -> None:
    here = run("grade", submitted, "--out", tmp_path / "here", folder=tiny)
    assert here.returncode == 0, here.stderr
    process = subprocess.Popen(
        [PROGRAM, "grade", submitted, "--out", tmp_path / "there", "--scheduler", cluster.address],
        cwd=tiny,
        env=cluster.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()  # one is graded, others are on their way
    cluster.workers[0].send_signal(signal.SIGKILL)
    output, errors = process.communicate(timeout=200)
    assert process.returncode == 0, errors
    assert "6 graded, 0 unchanged" in output
    assert table(tmp_path / "there") == table(tmp_path / "here")
    assert {row[0] for row in table(tmp_path / "here").values()} == {"5", "0"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scheduler", "tcp://192.0.2.7:8786"], "is not encrypted"),
        (["--scheduler", "grader.example:8786"], "is not encrypted"),
        (["--scheduler", "http://localhost:80"], "expects tls://HOST:PORT"),
        (["--scheduler", "tls://localhost"], "expects tls://HOST:PORT"),
        (["--scheduler", "tls://localhost:1", "--jobs", "2"], "leave out --jobs"),
        (["--scheduler", "tls://localhost:1", "--trust-submissions"], "leave out --scheduler"),
    ],
)
def test_wrong_usage(autograder: Command, submitted: Path, options: list[str], said: str) -> None:
    done = autograder("grade", submitted, *options)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


def test_nobody_answers(
    certificate: dict[str, str], submitted: Path, tiny: Path, tmp_path: Path
) -> None:
    started = time.monotonic()
    done = subprocess.run(
        [PROGRAM, "grade", submitted, "--out", tmp_path, "--scheduler", "tls://127.0.0.1:9"],
        cwd=tiny,
        env=os.environ | certificate,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "no Dask scheduler answers at tls://127.0.0.1:9" in done.stderr
    assert time.monotonic() - started < 60

"""Runs tasks in parallel. All it knows of the workers is `concurrent.futures.Executor`."""

import concurrent.futures
import functools
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from autograder.task import Outcome, Task

Key = TypeVar("Key")
Run = Callable[[Task], Outcome]
GRACE = 10.0  # seconds; an interrupt that arrives at the wrong moment may be lost


@dataclass(frozen=True)
class Workers:
    """Who runs tasks: how many at a time, with which function, and how to start and stop it."""

    jobs: int
    run: Run
    start: Callable[[int], Executor]
    stop: Callable[[Executor], None]


def kernel_slots(jobs: int, run: Run) -> Workers:
    """Return slots for runs in kernels: processes, which can be interrupted.

    Each of them imports this module and that of `run`.
    """

    def start(count: int) -> Executor:
        return ProcessPoolExecutor(
            count,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(os.getpid(),),
        )

    return Workers(jobs, functools.partial(_run_interruptible, run), start, _stop_processes)


def run_all(
    tasks: Iterable[tuple[Key, Task]],
    workers: Workers,
) -> Generator[tuple[Key, Outcome], None, None]:
    """Run the tasks and yield each outcome under its key as it comes.

    What fails for a reason of the grader's own (a worker process that is gone, a kernel
    that does not start) is run once more, alone; if it fails again its outcome says so in
    `infra`. `tasks` is read only as fast as tasks are run. Stopping the iteration early,
    Ctrl-C included, ends the running kernels before it returns.
    """
    waiting = iter(tasks)
    again: deque[tuple[Key, Task]] = deque()
    exhausted = False
    while not exhausted:
        executor = workers.start(workers.jobs)
        pending: dict[Future[Outcome], tuple[Key, Task]] = {}
        broken = False
        try:
            while not broken:
                while len(pending) < 2 * workers.jobs and not (exhausted or broken):
                    item = next(waiting, None)
                    if item is None:
                        exhausted = True
                        continue
                    try:
                        pending[_submit(executor, workers.run, item[1])] = item
                    except BrokenProcessPool:  # a worker ended while nobody waited for it
                        again.append(item)
                        broken = True
                if not pending:
                    break
                done, _ = concurrent.futures.wait(
                    pending, return_when=concurrent.futures.FIRST_COMPLETED
                )
                for future in done:
                    item = pending.pop(future)
                    outcome = _outcome(future)
                    if outcome["infra"] is None:
                        yield item[0], outcome
                    else:
                        again.append(item)
                    broken = broken or isinstance(future.exception(), BrokenProcessPool)
            again.extend(pending.values())  # of a broken pool: perhaps innocent, so run again
        finally:
            workers.stop(executor)
        yield from _run_alone(again, workers)


def _run_alone(
    tasks: deque[tuple[Key, Task]], workers: Workers
) -> Generator[tuple[Key, Outcome], None, None]:
    """Run the tasks one at a time, by one worker as long as it lives; take them off the queue."""
    while tasks:
        executor = workers.start(1)
        broken = False
        try:
            while tasks and not broken:
                key, task = tasks[0]
                try:
                    future = _submit(executor, workers.run, task)
                except BrokenProcessPool:  # the worker ended in between: this task has not begun
                    break
                tasks.popleft()
                concurrent.futures.wait([future])
                broken = isinstance(future.exception(), BrokenProcessPool)
                yield key, _outcome(future)
        finally:
            workers.stop(executor)


def _submit(executor: Executor, function: Run, task: Task) -> Future[Outcome]:
    """Submit a task; workers started by it ignore Ctrl-C from their first moment.

    Raises BrokenProcessPool if a worker has ended since.
    """
    if threading.current_thread() is not threading.main_thread():
        return executor.submit(function, task)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return executor.submit(function, task)
    finally:
        signal.signal(signal.SIGINT, before)


def _outcome(future: Future[Outcome]) -> Outcome:
    """Return what a finished task gave, or an outcome that says why it gave nothing."""
    error = future.exception()
    if error is None:
        return future.result()
    why = "the worker process ended" if isinstance(error, BrokenProcessPool) else repr(error)
    return Outcome(
        notebook={}, cells=[], seconds=0.0, infra=why, isolation="", remarks=[], apart=None
    )


def _stop_processes(executor: Executor) -> None:
    """End an executor; workers that are still busy are told to end their kernels.

    One that has not ended after GRACE seconds is killed; its kernel notices and ends, too.
    """
    executor.shutdown(wait=False, cancel_futures=True)
    workers = multiprocessing.active_children()
    for worker in workers:
        if worker.pid is not None:
            try:
                os.kill(worker.pid, signal.SIGINT)
            except ProcessLookupError:
                continue
    deadline = time.monotonic() + GRACE
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))
        if worker.is_alive():
            worker.kill()
    executor.shutdown(wait=True)


def _run_interruptible(run: Run, task: Task) -> Outcome:
    """Run a task in a worker: SIGINT ends it (and its kernel), once, and only while it runs."""

    def stop(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    try:
        return run(task)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _start_worker(coordinator: int) -> None:
    """Leave Ctrl-C to the coordinator, and end when it is gone without a word."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == coordinator:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

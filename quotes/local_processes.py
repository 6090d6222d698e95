"""Tasks in processes of this machine: a process that dies costs its task one try and nothing else."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from quotes.errors import QuotesError, TaskError

Task = TypeVar("Task")
Result = TypeVar("Result")

#: How often a task is tried before it is given up.
TRIES = 3


def run_in_processes(work: Callable[[Task], Result], tasks: Iterable[Task], *, workers: int) -> Iterator[tuple[Task, Result | TaskError]]:
    """Each task with what `work` makes of it, or with the TaskError that says why it was given up, in the order in which they end.

    `work` must be importable, tasks and results picklable. Tasks are taken as processes become free, one ahead. One whose
    process dies, or that raises anything but a QuotesError, is tried `TRIES` times; a QuotesError is raised here, as no task can do better
    (no storage, no model). Closing the iterator ends the processes.
    """
    following = iter(tasks)
    waiting: deque[tuple[Task, int]] = deque()
    ended: list[tuple[Task, Result | TaskError]] = []
    # One pool of one process for each worker, so that it is known which task a process died of.
    idle = [_pool() for _ in range(workers)]
    running: dict[Future[Result], tuple[ProcessPoolExecutor, Task, int]] = {}
    try:
        while True:
            while idle and (waiting or (waiting := deque((each, 0) for each in islice(following, 1)))):
                pool, task = idle.pop(), waiting.popleft()
                running[pool.submit(work, task[0])] = pool, *task
            yield from ended  # only now, so that no process waits for what is done with them
            ended = []
            if not running:
                return
            waiting = waiting or deque((each, 0) for each in islice(following, 1))
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                pool, done, tried = running.pop(future)
                error = future.exception()
                idle.append(_pool() if isinstance(error, BrokenProcessPool) else pool)
                if error is None:
                    ended.append((done, future.result()))
                elif isinstance(error, QuotesError):
                    raise error
                elif tried + 1 == TRIES:
                    ended.append((done, given_up(error, f", {TRIES} times")))
                else:
                    waiting.append((done, tried + 1))
    finally:
        for pool, _, _ in running.values():
            for process in list((pool._processes or {}).values()):
                process.terminate()
        for pool in (*idle, *(pool for pool, _, _ in running.values())):
            pool.shutdown(cancel_futures=True)


def given_up(error: BaseException, tried: str = "") -> TaskError:
    """Why a task was given up, in one line; `tried` says how often, where that is known."""
    died = isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"
    why = "its process died" if died else " ".join(f"{type(error).__name__}: {error}".split())[:120]
    return TaskError(f"{why}{tried}: leave it out or split it")


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))

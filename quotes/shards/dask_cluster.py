"""Tasks on a Dask cluster: lost workers are made up for by the scheduler, a lost scheduler is waited for."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from quotes.errors import ClusterError, QuotesError, TaskError
from quotes.local_processes import given_up

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Seconds to wait for an answer of the scheduler, and between two attempts to find it again.
PATIENCE, PAUSE = 30, 2


class Cluster:
    """A connection to a Dask scheduler. Use it as a context manager.

    `say` is called with a line for people: the dashboard's address, a scheduler that is gone or back. Raises ClusterError where Dask is
    not installed or no scheduler answers at the address.
    """

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        try:
            import distributed
        except ImportError as error:
            raise ClusterError("--scheduler: Dask is not installed: pip install 'quotes[cluster]'") from error
        self._distributed: Any = distributed
        for name in ("distributed", "distributed.client"):  # what matters of it is said here
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address, self._say = address, say
        try:
            self._client = self._connected()
        except (OSError, ValueError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise ClusterError(f"{address}: no Dask scheduler answers there ({why}): start `dask scheduler`, or correct it") from error
        say(f"Dask’s dashboard: {self._client.dashboard_link}")

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # what it was asked for is done, or has failed with an error of its own
            self._client.close(timeout=PATIENCE)

    def run(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | TaskError]]:
        """Each task with what `work` makes of it, or with the TaskError that says why it was given up, in the order in which they end.

        As `run_in_processes`, but a task that raises is not tried again, and one whose worker died as often as the scheduler's setting
        `allowed-failures` says, then once more by itself at the end: a worker takes the tasks that wait for it along.
        """
        following = iter(tasks)
        left: list[Task] = []
        suspects: list[Task] = []
        running: dict[Any, Task] = {}
        alone = False
        lost = (OSError, RuntimeError, self._distributed.client.FutureCancelledError, self._distributed.client.FuturesCancelledError)
        while True:
            try:
                ahead = 1 if alone else max(1, sum(self._client.nthreads().values()))
                while len(running) < ahead and (task := left.pop() if left else next(following, None)) is not None:
                    running[self._client.submit(work, task, pure=False)] = task
                if not running:
                    if not suspects:
                        return
                    left, suspects, alone = suspects, [], True
                    continue
                for future in self._distributed.wait(list(running), timeout=PATIENCE, return_when="FIRST_COMPLETED").done:
                    error = future.exception() if future.status == "error" else None
                    if isinstance(error, QuotesError):
                        raise error
                    outcome = given_up(error) if error else future.result()
                    task = running.pop(future)
                    if isinstance(error, self._distributed.KilledWorker) and not alone:
                        suspects.append(task)
                    else:
                        yield task, outcome
            except TimeoutError:
                continue
            except lost:
                left += running.values()
                running.clear()
                self._wait_for_scheduler()

    def _connected(self) -> Any:
        client = self._distributed.Client(self._address, timeout=PATIENCE)
        client.wait_for_workers(1, timeout=PATIENCE)
        return client

    def _wait_for_scheduler(self) -> None:
        """Wait until the scheduler is back, for as long as it takes."""
        self._say(f"{self._address}: the scheduler is gone; what is not done is sent again once it is back with a worker (Ctrl-C to stop)")
        with suppress(Exception):
            self._client.close(timeout=1)
        while True:
            try:
                self._client = self._connected()
                self._say(f"{self._address}: the scheduler is back")
                return
            except (OSError, RuntimeError):
                time.sleep(PAUSE)

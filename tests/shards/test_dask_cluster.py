import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from quotes.errors import ClusterError, TaskError
from quotes.shards.dask_cluster import Cluster
from tests.shards.work_samples import work

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"}


def dask(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@contextmanager
def scheduler_at(port):
    process = dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def workers(port):
    options = ("--nthreads", "1", "--no-dashboard", "--memory-limit", "0")
    processes = [dask("worker", f"tcp://127.0.0.1:{port}", *options) for _ in range(2)]
    yield processes
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait()


def test_lost_workers_and_a_lost_scheduler_cost_nothing_but_the_task_that_kills(port, workers):
    lines = []
    with scheduler_at(port) as first, Cluster(f"tcp://127.0.0.1:{port}", lines.append) as cluster:
        outcomes = dict(cluster.run(work, [1, "dies", 2, "fails"]))
        assert (outcomes[1], outcomes[2]) == (2, 4)
        assert isinstance(outcomes["dies"], TaskError)
        assert "its process died" in str(outcomes["dies"])
        assert "no such thing" in str(outcomes["fails"])

        running = cluster.run(work, [0.1, *range(20), 0.2])
        found = [next(running)]
        first.send_signal(signal.SIGKILL)
        again = []
        starter = threading.Timer(2, lambda: again.append(dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")))
        starter.start()
        found += running
        starter.join()
        again[0].kill()
        again[0].wait()
    assert dict(found) == {task: task * 2 for task in [0.1, *range(20), 0.2]}
    assert [line.split(": ")[1].split(";")[0] for line in lines if "scheduler" in line] == [
        "the scheduler is gone",
        "the scheduler is back",
    ]


def test_an_address_without_a_scheduler_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("quotes.shards.dask_cluster.PATIENCE", 0.5)

    with pytest.raises(ClusterError, match="no Dask scheduler answers there"):
        Cluster("tcp://127.0.0.1:9", print)

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.errors import ClusterError, TaskError
from quotes.shards.dask_cluster import Cluster
from tests.shards.work_samples import work

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"}


class LocalDask:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes = []

    def start(self):
        worker = ("worker", self.address, "--nthreads", "1", "--memory-limit", "0")
        for arguments in (("scheduler", "--host", "127.0.0.1", "--port", str(self.port)), worker, worker):
            command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
            self.processes.append(subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def end(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
        self.processes.clear()


@pytest.fixture
def dask():
    made = LocalDask()
    made.start()
    yield made
    made.end()


def test_lost_workers_and_a_lost_cluster_cost_nothing_but_the_task_that_kills(dask):
    with Cluster(dask.address, print) as cluster:
        outcomes = dict(cluster.run(work, [1, "dies", 2, "fails"]))
        assert (outcomes[1], outcomes[2]) == (2, 4)
        assert isinstance(outcomes["dies"], TaskError)
        assert "its process died" in str(outcomes["dies"])
        assert "no such thing" in str(outcomes["fails"])

        tasks = [0.1, 2.0, 3.0, *range(10)]
        running = cluster.run(work, tasks)
        found = [next(running)]
        dask.processes[0].kill()
        dask.end()
        dask.start()
        found += running
    assert dict(found) == {task: task * 2 for task in tasks}


def test_an_address_without_a_scheduler_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("quotes.shards.dask_cluster.PATIENCE", 0.5)

    with pytest.raises(ClusterError, match="no Dask scheduler answers there"):
        Cluster("tcp://127.0.0.1:9", print)

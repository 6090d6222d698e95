import pytest

from benchmarks.cluster import LocalDask
from quotes.errors import ClusterError, TaskError
from quotes.shards.dask_cluster import Cluster
from tests.shards.work_samples import work


@pytest.fixture
def dask():
    with LocalDask() as made:
        yield made


def test_lost_workers_and_a_lost_cluster_cost_nothing_but_the_task_that_kills(dask):
    with Cluster(dask.address, print) as cluster:
        outcomes = dict(cluster.run(work, [1, "dies", 2, "fails"]))
        assert (outcomes[1], outcomes[2]) == (2, 4)
        assert isinstance(outcomes["dies"], TaskError)
        assert "its process died" in str(outcomes["dies"])
        assert "no such thing" in str(outcomes["fails"])

        tasks = [0.1, 1.0, 1.5, *range(10)]
        running = cluster.run(work, tasks)
        found = [next(running)]
        dask.scheduler.kill()
        dask.end()
        dask.start()
        found += running
    assert dict(found) == {task: task * 2 for task in tasks}


def test_an_address_without_a_scheduler_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("quotes.shards.dask_cluster.PATIENCE", 0.5)

    with pytest.raises(ClusterError, match="no Dask scheduler answers there"):
        Cluster("tcp://127.0.0.1:9", print)

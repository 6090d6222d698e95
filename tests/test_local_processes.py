import pytest

from quotes.errors import ClusterError, TaskError
from quotes.local_processes import run_in_processes
from tests.shards.work_samples import work


def test_a_task_that_kills_its_process_or_fails_costs_nothing_else():
    outcomes = dict(run_in_processes(work, [1, "dies", 2, "fails", 3], workers=2))

    assert {task: outcomes[task] for task in (1, 2, 3)} == {1: 2, 2: 4, 3: 6}
    assert isinstance(outcomes["dies"], TaskError)
    assert "its process died, 3 times" in str(outcomes["dies"])
    assert isinstance(outcomes["fails"], TaskError)
    assert "ValueError: no such thing, 3 times" in str(outcomes["fails"])


def test_no_more_tasks_are_taken_than_processes_are_free():
    taken = []

    def tasks():
        for task in range(9):
            taken.append(task)
            yield task

    outcomes = run_in_processes(work, tasks(), workers=1)
    next(outcomes)
    assert len(taken) <= 2
    outcomes.close()


def test_what_no_task_can_do_ends_the_run():
    with pytest.raises(ClusterError, match="no space"):
        list(run_in_processes(work, ["refused", 1], workers=1))

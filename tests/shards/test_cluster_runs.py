"""`quotes shard` on a Dask cluster of real processes, then `quotes load`: a small run of `benchmarks.cluster`, which has many more."""

import random

from benchmarks.cluster import Runs, write_articles


def test_a_cluster_whose_workers_die_makes_the_database_that_add_makes(tmp_path, capsys, monkeypatch):
    """Of a web archive, JSON Lines and Parquet, all of them in several parts, and an article that kills each worker it comes to."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    runs = Runs(tmp_path, (), random.Random(0), cheap=True, together=2)
    write_articles(runs.articles, 24, 0)

    assert runs.poisoned(), capsys.readouterr().out
    assert len(list((tmp_path / "poisoned" / "articles").iterdir())) > 5

"""`quotes shard` and `quotes load`: the same database as by `quotes add`; `quotes link`: the same tables."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from stand_ins import CRANE, WEIR

from quotes.cli import extraction
from quotes.errors import ClusterError, TaskError
from quotes.readers import parts
from quotes.shards import shard_run
from quotes.store.overrides import overrides

#: When something was done.
TIMES = {"at", "met", "first", "last", "applied_at"}


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Tasks in this process, of three articles at most; one with a poisoned article dies."""

    def run(work, tasks, *, workers):
        for task in tasks:
            poisoned = any("poison" in file for file in task.part.files)
            yield task, TaskError("its process died, 3 times: leave it out or split it") if poisoned else work(task)

    monkeypatch.setattr(extraction, "run_in_processes", run)
    monkeypatch.setattr(shard_run, "of_this_process", lambda extractor: extractor)
    monkeypatch.setattr(parts, "ARTICLES", 3)
    monkeypatch.setattr(parts, "LARGE", 1000)


def tables(db):
    with closing(sqlite3.connect(db)) as connection:
        names = "select name from sqlite_master where type = 'table' and name not like '%fts%' and name not like '%sqlite%'"
        found = {}
        for (table,) in connection.execute(names).fetchall():
            columns = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[1] not in TIMES]
            found[table] = connection.execute(f"select {', '.join(columns)} from {table} order by 1, 2").fetchall()
        return found


def write_news():
    lines = [json.dumps({"text": text, "id": number}) for number, text in enumerate([WEIR, CRANE, WEIR.replace("weir", "dam")] * 3)]
    Path("news/many.jsonl").write_text("\n".join(lines), "utf-8")
    Path("news/empty.txt").write_text("")
    Path("news/french.txt").write_text(
        "La ministre a déclaré que les puits étaient vides et que la ville devait attendre la pluie." * 3, "utf-8"
    )


def test_loaded_shards_are_the_database_that_add_makes(run):
    write_news()
    run("add", "news", "none.txt", "--db", "added.db")
    result = run("shard", "news", "none.txt", "--out", "shards")
    assert result.exit_code == 1
    assert "none.txt: no such file" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("articles: 12; quotes: ")
    run("load", "shards", "--db", "loaded.db")

    assert tables("loaded.db") == tables("added.db")


def test_of_two_things_that_have_one_id_by_chance_the_second_is_named_and_left_out(run, monkeypatch):
    monkeypatch.setattr(overrides, "content_id", lambda kind, *of: 7)  # of every quote
    run("shard", "news", "--out", "shards")

    for result in (run("add", "news", "--db", "added.db"), run("load", "shards", "--db", "loaded.db")):
        assert result.exit_code == 1
        assert "weir.txt: something in quotes has the id of something else by chance" in result.stderr
        assert "1 added" in result.stderr

    assert tables("loaded.db") == tables("added.db")


def test_linked_tables_are_those_of_the_loaded_database(run):
    write_news()
    run("shard", "news", "none.txt", "--out", "shards")
    run("load", "shards", "--db", "loaded.db")
    result = run("link", "shards", "--out", "linked")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "linked: all tables are there")
    again = run("link", "shards", "--out", "linked")
    assert (again.exit_code, again.stderr) == (0, "linked: all tables are there\n")

    written = {path.name: pq.read_table(path) for path in Path("linked").iterdir() if path.is_dir()}
    assert {"quotes", "speakers", "failures", "article_versions"} <= written.keys()
    expected = tables("loaded.db")
    for table, found in written.items():
        columns = found.select([name for name in found.column_names if name not in TIMES]).to_pydict()
        assert sorted(zip(*columns.values(), strict=True), key=lambda row: row[:2]) == expected[table], table
    assert not list(Path().glob("linked.*"))


def test_linking_takes_up_where_it_was_cut_short(run, monkeypatch):
    write_news()
    run("shard", "news", "--out", "shards")

    def fails(*_):
        raise ClusterError("linked: cannot be written: make room")

    for name in ("store_rest", "write"):
        with monkeypatch.context() as patch:
            patch.setattr(extraction._ShardIntake if name == "store_rest" else extraction.LinkedTables, name, fails)
            assert run("link", "shards", "--out", "linked").stderr.endswith("linked: cannot be written: make room\n")
    assert len(list(Path().glob("linked.*"))) == 1
    run("link", "shards", "--out", "linked")

    assert Path("linked/manifest.json").exists()
    assert not list(Path().glob("linked.*"))


def test_an_article_that_comes_twice_in_one_task_is_taken_once(run):
    Path("news/twice.jsonl").write_text("\n".join([json.dumps({"text": WEIR})] * 2 + [json.dumps({"text": CRANE})]), "utf-8")
    run("add", "news", "--db", "added.db")
    run("shard", "news", "--out", "shards")
    assert run("load", "shards", "--db", "loaded.db").exit_code == 0

    assert tables("loaded.db") == tables("added.db")


def test_what_is_done_is_not_done_again(run):
    write_news()
    run("shard", "news", "--out", "shards")
    again = run("shard", "news", "--out", "shards")
    assert again.stderr.splitlines()[-1].startswith("articles: 0; quotes: 0; failures: 0")
    run("load", "shards")
    before = Path("db/quotes.db").read_bytes()
    run("load", "shards")

    assert Path("db/quotes.db").read_bytes() == before


def test_an_input_that_kills_its_process_is_named_and_the_rest_is_there(run):
    Path("news/poison.txt").write_text("Poison.")
    result = run("shard", "news", "--out", "shards")
    assert "news/poison.txt: its process died, 3 times" in result.stderr
    loaded = run("load", "shards")

    assert loaded.stderr.splitlines()[-1].startswith("articles: 2 added")
    with closing(sqlite3.connect("db/quotes.db")) as connection:
        assert connection.execute("select path from failures").fetchall() == [("news/poison.txt",)]


def test_a_record_that_kills_its_process_is_named_and_its_file_goes_on(run, monkeypatch):
    """Large files are divided beforehand, others once somebody knows how many records they hold."""

    def run_tasks(work, tasks, *, workers):
        for task in tasks:
            first, stop = task.part.first, task.part.stop
            dies = first <= 4 and (stop is None or stop > 4) and work is shard_run.extract_part
            yield task, TaskError("its process died, 3 times: leave it out or split it") if dies else work(task)

    monkeypatch.setattr(extraction, "run_in_processes", run_tasks)
    monkeypatch.setattr(parts, "LARGE", 1_000_000)
    Path("news/a.jsonl").write_text("\n".join(json.dumps({"text": f"{WEIR}{number}", "title": "Weir"}) for number in range(9)))
    result = run("shard", "news/a.jsonl", "--out", "shards")

    assert [line for line in result.stderr.splitlines() if "died" in line] == [
        "news/a.jsonl#5: its process died, 3 times: leave it out or split it"
    ]
    assert result.stderr.splitlines()[-1].startswith("articles: 8; ")

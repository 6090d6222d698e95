"""Linked tables in Parquet hold what the database of the same shards holds."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from benchmarks.synthetic import Archive
from quotes.errors import ClusterError
from quotes.shards import linked_tables
from quotes.shards.linked_tables import LinkedTables
from quotes.shards.shard_files import Found, Report, Shards
from quotes.store import Run
from quotes.store.bulk.bulk_load import bulk_load, open_unsearchable
from quotes.store.retrieval import exporting
from quotes.store.schema import TABLES
from tests.store.newsroom import archive, bridge

RUN = Run("model 1", "1.0")
#: The questions of docs/scale.md that SQLite, or the site, puts otherwise.
IN_SQLITE = {
    "a search": "select id, text from quotes where in_default_view"
    " and id in (select rowid from quotes_fts where quotes_fts match 'text: harbour text: prices') order by sort_key desc limit 20",
    "the titles": "select lower(title) as title, institution, first_seen, last_seen, articles, past from affiliations_browse"
    " where speaker_id in (select speaker_id from aliases where name = 'Bram Tollefsen') order by first_seen, 1, institution",
    "what was printed": "select id, speaker, text, occurrences, articles, outlets, first_published from utterances_browse"
    " order by occurrences desc, id limit 20",
    "the parts": "select quotes.id, json_extract(value, '$[0]') as first, json_extract(value, '$[1]') as last"
    " from quotes, json_each(spans) where kind = 'direct' order by 1, 2 limit 20",
}
PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
VIEWS, *QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE.split("## Beyond one SQLite file")[1].split("\n## ")[0], flags=re.DOTALL)


def shards_at(folder, articles):
    shards = Shards(str(folder / "shards"))
    return shards, shards.write(Report(task="a", place=(0,)), [Found(article, tuple(quotes), RUN) for article, quotes in articles])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the database `quotes.db` and the tables `linked` of the same shards."""
    folder = tmp_path_factory.mktemp("made")
    shards, report = shards_at(folder, [*archive(40, 4), bridge(), *Archive(500, seed=3).articles(200)])
    tables = LinkedTables(str(folder / "linked"), [report])
    bulk_load(folder / "quotes.db", [report.shard], shards.staged, lambda *_: None)
    bulk_load(tables.loaded, [report.shard], shards.staged, lambda *_: None, search=False)
    with pytest.MonkeyPatch.context() as patch, open_unsearchable(tables.loaded) as store:
        patch.setattr(linked_tables, "ROWS", 100)
        patch.setattr(exporting, "CHUNK", 50)
        assert list(tables.write(store))[-1] == len(list((folder / "linked").glob("*/*.parquet")))
    return folder


@pytest.fixture
def connections(made, monkeypatch):
    monkeypatch.chdir(made)
    with duckdb.connect() as parquet, closing(sqlite3.connect("quotes.db")) as database:
        parquet.execute(VIEWS)
        yield parquet, database


@pytest.mark.parametrize("table", [table for table in TABLES if not table.internal], ids=lambda table: table.name)
def test_every_table_holds_the_rows_of_the_database(table, connections):
    parquet, database = connections
    names = ", ".join(f'"{name}"' for name in table.names if name != "met")  # when it was read
    sql = f"select {names} from {{}} order by {', '.join(table.names[: table.keys])}"

    found = parquet.execute(sql.format(f"'linked/{table.name}/*.parquet'")).fetchall()
    assert found == database.execute(sql.format(table.name)).fetchall()


def test_the_newest_quotes_come_first_through_all_files(connections):
    parquet, _ = connections
    files = sorted(Path("linked/quotes").iterdir())
    keys = [key for file in files for (key,) in parquet.execute(f"select sort_key from '{file}'").fetchall()]

    assert len(files) > 3
    assert keys == sorted(keys, reverse=True)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.splitlines()[0])
def test_duckdb_answers_the_questions_of_the_page_as_sqlite_does(question, connections):
    parquet, database = connections
    same = next((sql for name, sql in IN_SQLITE.items() if question.startswith(f"-- {name}")), question)
    found = parquet.execute(question).fetchall()

    assert found
    assert found == database.execute(same).fetchall()


def test_writing_is_taken_up_and_says_when_all_is_there(tmp_path):
    shards, report = shards_at(tmp_path, archive(3, 2))
    address = str(tmp_path / "linked")
    tables = LinkedTables(address, [report])
    bulk_load(tables.loaded, [report.shard], shards.staged, lambda *_: None, search=False)
    with open_unsearchable(tables.loaded) as store:
        writing = tables.write(store)
        assert [next(writing) for _ in range(3)] == [1, 2, 3]
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "linked").rglob("*.parquet")}

    again = LinkedTables(address, [report])
    assert not again.complete
    with open_unsearchable(again.loaded) as store:
        assert list(again.write(store))[-1] > len(before) == 3
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert LinkedTables(address, [report]).complete
    with pytest.raises(ClusterError, match="other files are there: name an empty folder"):
        LinkedTables(address, [])


def test_an_address_elsewhere_has_its_database_in_the_working_folder():
    tables = LinkedTables("memory://archive/linked/", [])

    assert tables.loaded.parent == Path()
    assert tables.loaded.name.startswith("linked.")

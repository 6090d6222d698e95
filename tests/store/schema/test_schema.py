import runpy
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotes.store.schema import TABLES, VIEWS, relation
from quotes.store.schema.connection import APPLICATION_ID
from quotes.store.schema.opening import bring_up_to_date


@pytest.fixture(scope="module")
def db():
    with Database(memory=True) as blank:
        bring_up_to_date(blank)
        yield blank


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_migrated_table_is_as_declared(db, table):
    """Columns, keys, references, indexes, and the search index with its triggers."""
    made = db[table.name]
    keys = table.names[: table.keys]
    columns = [
        (each.name, each.type, not each.null and (each.name not in keys or len(keys) > 1), each.name in keys and keys.index(each.name) + 1)
        for each in table.columns
    ]
    references = {(each.name, each.references, "id") for each in table.columns if each.references}

    assert [(each.name, each.type, bool(each.notnull), each.is_pk) for each in made.columns] == columns
    assert {(each.column, each.other_table, each.other_column) for each in made.foreign_keys} == references
    assert {(tuple(each.columns), bool(each.unique)) for each in made.indexes if each.origin != "pk"} == set(table.indexes)
    if table.search is None:
        assert made.detect_fts() is None
    else:
        schema = db[f"{table.name}_fts"].schema
        assert f"tokenize='{table.search.tokenizer}'" in schema
        assert all(f'"{column}"' in schema for column in table.search.columns)
        assert {trigger.name for trigger in made.triggers} == {f"{table.name}_{suffix}" for suffix in ("ai", "ad", "au")}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_declared(db, view):
    assert tuple(column.name for column in db[view.name].columns) == view.names


def test_there_is_nothing_but_what_is_declared(db):
    shadow = {f"{table.name}_fts" for table in TABLES}
    tables = {name for name in db.table_names() if not any(name.startswith(each) for each in shadow)}

    assert tables == {table.name for table in TABLES} | {"_sqlite_migrations"}
    assert set(db.view_names()) == {view.name for view in VIEWS}


def test_no_index_ends_in_the_date():
    """Datasette pages by the sort column; an index on the date would lose and repeat rows."""
    assert not any(column.indexed or column.unique for each in TABLES for column in each.columns if column.name == "published")


def test_the_file_says_whose_it_is(db):
    assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_bringing_up_to_date_twice_writes_nothing(db):
    before = db.conn.total_changes
    bring_up_to_date(db)

    assert db.conn.total_changes == before


def test_a_view_of_an_older_version_is_put_right(db):
    db.execute("drop view speakers_browse")
    db.execute("create view speakers_browse as select 1 as one")
    bring_up_to_date(db)

    assert tuple(column.name for column in db["speakers_browse"].columns) == relation("speakers_browse").names


def test_the_page_on_the_database_is_written_from_the_schema():
    """If this fails: python docs/database.py > docs/database.md"""
    docs = Path(__file__).parents[3] / "docs"
    reference = runpy.run_path(str(docs / "database.py"))["reference"]

    assert (docs / "database.md").read_text(encoding="utf-8") == reference()


def test_every_description_is_a_sentence():
    for each in (*TABLES, *VIEWS):
        for described in (each, *each.columns):
            assert described.description[-1] == ".", described.name
    for column in (column for table in TABLES for column in table.columns if column.type == "TEXT"):
        assert column.json == ("JSON" in column.description), column.name

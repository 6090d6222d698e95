"""A database that an earlier state of the program made is opened, brought up to date and verified, with every row kept."""

import lzma
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from newsroom import archive, bridge
from sqlite_utils import Migrations

from quotes.errors import StoreError
from quotes.store import Saved, Store, verify
from quotes.store.corrections import correcting
from quotes.store.schema import opening
from quotes.store.schema.connection import STEPS
from quotes.store.schema.opening import migrations

#: Made by the code before the tables were made from their declaration: three articles and a correction.
EARLIER = Path(__file__).with_name("earlier.db.xz")


@pytest.fixture
def earlier(path):
    path.write_bytes(lzma.decompress(EARLIER.read_bytes()))
    return path


def every_row(path):
    with sqlite3.connect(path) as db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table' and sql like 'CREATE TABLE%'")]
        return {name: db.execute(f'select * from "{name}" order by 1, 2').fetchall() for name in tables if "_fts" not in name}


def kept(before, after):
    """The rows of the tables that there were, without the columns that are new; the migrations that were applied are not looked at."""
    return {
        name: [row[: len(rows[0])] for row in after[name]] if rows else after[name]
        for name, rows in before.items()
        if name != "_sqlite_migrations"
    }


def test_it_is_brought_up_to_date_and_verified_with_every_row_kept(earlier):
    before = every_row(earlier)
    with Store.open(earlier, create=True) as store:
        assert list(verify(store)) == []
        assert store.db.execute("select count(*) from quotes_browse").fetchone() == (len(before["quotes"]),)
    assert kept(before, every_row(earlier)) == kept(before, before)
    Store.open(earlier, create=False).close()


def test_it_is_read_only_once_it_is_brought_up_to_date(earlier):
    with pytest.raises(StoreError, match="it was made by an earlier version of quotes: run `quotes add` on it once"):
        Store.open(earlier, create=False)


def test_what_the_site_counts_by_is_filled(path):
    """As saving the articles fills it."""
    with Store.open(path, create=True) as store:
        for article, quotes in archive(4, 3):
            store.save(article, [replace(each, topics=("rent caps",)) for each in quotes], extractor="rules 1")
    before = every_row(path)
    with sqlite3.connect(path) as db:
        db.executescript(
            "drop table coverage; drop index idx_quote_topics_topic_id_day_in_default_view; drop index idx_quotes_id;"
            "alter table quote_topics drop column day; alter table quote_topics drop column in_default_view;"
            "create index idx_quote_topics_topic_id on quote_topics (topic_id);"
            f"delete from _sqlite_migrations where name = '{STEPS[1]}'"
        )
    db.close()
    Store.open(path, create=True).close()

    after = every_row(path)
    assert [(after[name], len(after[name]) > 0) for name in ("quote_topics", "coverage")] == [
        (before[name], True) for name in ("quote_topics", "coverage")
    ]


def test_it_has_the_tables_columns_indexes_and_views_of_a_new_one(earlier, tmp_path):
    made = []
    for path in (earlier, tmp_path / "new.db"):
        with Store.open(path, create=True) as store:
            columns = "select group_concat(name) from (select name from pragma_index_info(m.name))"
            made.append(store.rows(f"select type, name, iif(type = 'index', ({columns}), '') from sqlite_master m order by 1, 2"))

    assert made[0] == made[1]


def test_it_can_be_written_as_a_new_one(earlier):
    with Store.open(earlier, create=True) as store:
        assert store.save(*bridge(), extractor="rules 1") is Saved.UNCHANGED
        for each in archive(6, 4, seed=3):
            store.save(*each, extractor="rules 1")
        correcting.rename(store, "Bram Tollefsen", "Abraham Tollefsen", by="ada")
        assert list(verify(store)) == []


def test_what_is_up_to_date_is_not_written_again(earlier):
    Store.open(earlier, create=True).close()
    content = earlier.read_bytes()
    Store.open(earlier, create=True).close()

    assert earlier.read_bytes() == content


def test_a_step_that_is_new_is_made_where_every_view_is_as_it_should_be(earlier, monkeypatch):
    Store.open(earlier, create=True).close()
    later = Migrations("quotes")
    later(name=STEPS[0])(opening.declared)
    later(name=STEPS[1])(opening.days_of_topics_and_coverage)
    later(name="m010_more")(lambda db: db.execute("create table more (id integer)"))
    monkeypatch.setattr(opening, "migrations", later)
    with Store.open(earlier, create=True) as store:
        assert store.rows("select * from more") == []


@pytest.mark.parametrize("create", [True, False])
def test_one_that_is_too_old_is_refused(earlier, create):
    with sqlite3.connect(earlier) as db:
        db.execute("delete from _sqlite_migrations where name = ?", [STEPS[0]])
    db.close()

    with pytest.raises(StoreError, match="made by a version of quotes that is too old"):
        Store.open(earlier, create=create)


def test_every_migration_is_named_where_a_database_is_opened():
    """So that a database is told from one of another version without loading them."""
    assert tuple(each.name for each in migrations._migrations) == STEPS

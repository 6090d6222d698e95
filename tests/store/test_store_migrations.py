"""Databases of earlier versions are brought up to date with their rows kept."""

from dataclasses import replace

import pytest
from newsroom import archive, bridge, rows
from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store import Saved, Store, correcting, stored, verify
from quotes.store.migrations import bring_up_to_date, migrations
from quotes.store.schema import TABLES
from quotes.store.table_declarations import AFFILIATIONS, ARTICLES, INSTITUTIONS, QUOTES, SPEAKERS

#: The columns of each table as the first version had them, and those that the second added.
FIRST = {ARTICLES: 15, SPEAKERS: 4, INSTITUTIONS: 3, QUOTES: 18, AFFILIATIONS: 10}
SECOND = {QUOTES: 8, AFFILIATIONS: 1}
VERSIONS = {"m002_standing": FIRST, "m003_lasting": {table: count + SECOND.get(table, 0) for table, count in FIRST.items()}}


@pytest.fixture(params=VERSIONS)
def earlier(request, path, tmp_path):
    """A database as an earlier version made it, with the rows of today's short of the columns added since."""
    with Store.open(tmp_path / "today.db", create=True) as store:
        for each in (bridge(), *archive(3, 4)):
            store.save(*each, extractor="rules 1")
        made = rows(store)
    with Database(path, execute_plugins=False) as db:
        migrations.apply(db, stop_before=request.param)
        for table, kept in VERSIONS[request.param].items():
            for row in made[table.name]:
                db.execute(f"insert into {table.name} values ({','.join('?' * kept)})", row[:kept])
        db.execute("create view quotes_browse as select id, text from quotes")
        db.conn.commit()
    return made, request.param


def test_every_quote_is_kept_as_it_was(path, earlier):
    made, version = earlier
    with Store.open(path, create=True) as store:
        now = rows(store)
    for table in (ARTICLES, QUOTES):
        kept = FIRST[table]
        assert [row[:kept] for row in now[table.name]] == [row[:kept] for row in made[table.name]]
    assert version == "m002_standing" or [row[18:26] for row in now["quotes"]] == [row[18:26] for row in made["quotes"]]


def test_what_was_stored_is_linked(path, earlier):
    made, _ = earlier
    with Store.open(path, create=True) as store:
        now = rows(store)
    for table in ("speakers", "institutions", "aliases", "fingerprints", "utterances"):
        assert now[table] == made[table]


def test_what_was_migrated_is_searched_read_and_verified(path, earlier):
    with Store.open(path, create=True) as store:
        assert store.db.execute("select count(*) from quotes_fts where quotes_fts match 'ten years'").fetchone() == (1,)
        assert store.db.execute("select count(*) from quotes_browse").fetchone() == (len(earlier[0]["quotes"]),)
        assert list(verify(store)) == []
        assert sum(len(quotes) for _, quotes in stored(store)) == len(earlier[0]["quotes"])


def test_adding_again_fills_what_is_new(path, earlier):
    with Store.open(path, create=True) as store:
        assert store.save(*bridge(), extractor="rules 1") in (Saved.REPLACED, Saved.UNCHANGED)
        for each in archive(3, 4):
            store.save(*each, extractor="rules 1")
        assert rows(store) == earlier[0]


def test_linking_that_was_interrupted_goes_on(path, earlier, monkeypatch):
    def killed_at_the_third(db, article_id, seen=[]):  # noqa: B006  (it counts)
        seen.append(article_id)
        if len(seen) == 3:
            raise KeyboardInterrupt
        fill(db, article_id)

    from quotes.store.rebuilding import fill

    with monkeypatch.context() as patched:
        patched.setattr("quotes.store.rebuilding.fill", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            Store.open(path, create=True)
    with Store.open(path, create=True) as store:
        assert rows(store)["speakers"] == earlier[0]["speakers"]
        assert list(verify(store)) == []


def test_an_earlier_database_is_not_read_before_it_is_brought_up_to_date(path, earlier):
    with pytest.raises(StoreError, match="made by an older version of quotes: run `quotes add`"):
        Store.open(path, create=False)


def test_a_migration_that_is_done_is_not_done_again(path, earlier):
    Store.open(path, create=True).close()
    content = path.read_bytes()
    Store.open(path, create=True).close()

    assert path.read_bytes() == content


def test_every_step_leads_to_the_same_tables(path, earlier):
    with Store.open(path, create=True) as store, Database(memory=True) as new:
        bring_up_to_date(new)
        columns = {table.name: [each.name for each in store.db[table.name].columns] for table in TABLES}
        assert columns == {table.name: [each.name for each in new[table.name].columns] for table in TABLES}


@pytest.mark.parametrize("version", ["m006_kindred", "m007_default_view", "m008_search"])
def test_a_database_of_the_version_before_gets_the_columns_and_indexes_of_today(path, tmp_path, version):
    """What is in the default view, and every count of it, is as if saved today; so is what a person found right."""
    with Store.open(tmp_path / "today.db", create=True) as store:
        for each in (bridge(), *archive(3, 4), *archive(2, 4, seed=3)):
            store.save(*each, extractor="rules 1")
        again, quotes = next(archive(1, 4))
        store.save(replace(again, url="https://upland.example/again", outlet="The Tarn Echo"), quotes, extractor="rules 1")
        (unsure,) = store.db.execute("select id from quotes where unsure and speaker_id is not null limit 1").fetchone()
        correcting.accept(store, unsure, by="Jun Abe")
        made, indexes = rows(store), _indexes(store.db)
        assert {row[-5:-3] for row in made["quotes"]} == {(0, 1), (1, 0), (0, 0)}
        assert made["utterances"]
    with Database(path, execute_plugins=False) as db:
        migrations.apply(db, stop_before=version)
        db.conn.commit()
        db.attach("today", tmp_path / "today.db")
        for table in TABLES:
            columns = ", ".join(f'"{each.name}"' for each in db[table.name].columns)
            db.execute(f"insert into {table.name} ({columns}) select {columns} from today.{table.name}")
        db.conn.commit()

    with Store.open(path, create=True) as store:
        assert rows(store) == made
        assert _indexes(store.db) == indexes
        assert list(verify(store)) == []


def _indexes(db):
    return {row[0] for row in db.execute("select name from sqlite_master where type = 'index'").fetchall()}

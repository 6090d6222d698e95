"""Databases of earlier versions are brought up to date with their rows kept."""

import pytest
from newsroom import archive, bridge, rows
from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store import Saved, Store, stored, verify
from quotes.store.intake_tables import INTAKE_TABLES
from quotes.store.migrations import bring_up_to_date, migrations
from quotes.store.schema import TABLES as ALL_TABLES

#: The tables of the first version; those that came later are empty after a migration.
TABLES = [table for table in ALL_TABLES if table not in INTAKE_TABLES]
#: What each migration after the first adds to the end of a table.
ADDED = {
    "articles": ["language"],
    "quotes": [
        "role",
        "role_evidence",
        "role_spans",
        "past",
        "speaker_outlet",
        "name_confidence",
        "title_confidence",
        "institution_confidence",
    ],
    "affiliations": ["past"],
}


@pytest.fixture
def first(path, tmp_path):
    """A database as the first version made it, with the rows of today's short of the columns added since."""
    with Store.open(tmp_path / "today.db", create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        for each in archive(3, 4):
            store.save(*each, extractor="rules 1")
        made = rows(store)
    db = Database(path, execute_plugins=False)
    migrations.apply(db, stop_before="m002_standing")
    for table in TABLES:
        kept = len(table.names) - len(ADDED.get(table.name, []))
        for row in made[table.name]:
            db.execute(f"insert into {table.name} values ({','.join('?' * kept)})", row[:kept])
    db.execute("create view quotes_browse as select id, text from quotes")
    db.conn.commit()
    db.close()
    return made


def test_every_row_is_kept_and_what_is_new_is_empty(path, first):
    with Store.open(path, create=True) as store:
        now = rows(store)
        assert store.db.execute("select distinct role, role_evidence, past, speaker_outlet, name_confidence from quotes").fetchall() == [
            (None, None, 0, 0, None)
        ]
    for table in TABLES:
        kept = len(table.names) - len(ADDED.get(table.name, []))
        assert [row[:kept] for row in now[table.name]] == [row[:kept] for row in first[table.name]]


def test_what_was_migrated_is_searched_read_and_verified(path, first):
    with Store.open(path, create=True) as store:
        assert store.db.execute("select count(*) from quotes_fts where quotes_fts match 'ten years'").fetchone() == (1,)
        assert store.db.execute("select count(*) from quotes_browse").fetchone() == (len(first["quotes"]),)
        assert list(verify(store)) == []
        speakers = {quote.speaker.role for _, quotes in stored(store) for quote in quotes if quote.speaker}
    assert speakers == {"unknown"}


def test_adding_again_fills_what_is_new(path, first):
    with Store.open(path, create=True) as store:
        assert store.save(*bridge(), extractor="rules 1") is Saved.REPLACED
        for each in archive(3, 4):
            store.save(*each, extractor="rules 1")
        assert rows(store) == first


def test_an_earlier_database_is_not_read_before_it_is_brought_up_to_date(path, first):
    with pytest.raises(StoreError, match="made by an older version of quotes: run `quotes add`"):
        Store.open(path, create=False)


def test_a_migration_that_is_done_is_not_done_again(path, first):
    Store.open(path, create=True).close()
    content = path.read_bytes()
    Store.open(path, create=True).close()

    assert path.read_bytes() == content


def test_every_step_leads_to_the_same_tables(path, first):
    with Store.open(path, create=True) as store, Database(memory=True) as new:
        bring_up_to_date(new)
        columns = {table.name: [each.name for each in store.db[table.name].columns] for table in TABLES}
        assert columns == {table.name: [each.name for each in new[table.name].columns] for table in TABLES}

"""Questions to the database behind our pages."""

import sqlite3
import threading
from types import SimpleNamespace

import pytest
from newsroom import bridge

from quotes.publish import collection
from quotes.publish.database import ReadableDatabase, ask
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio


@pytest.fixture
def opened(path):
    datasette = site(path, metadata=metadata_path())
    return datasette, ReadableDatabase(datasette.get_database("quotes"), frozenset())


async def test_a_question_is_answered_by_a_thread(opened):
    assert await ask(*opened, lambda _: threading.current_thread()) is not threading.main_thread()


async def test_what_is_written_is_seen_by_the_next_question(opened, path):
    def count(connection):
        return connection.execute("select count(*) from quotes").fetchone()[0]

    before = await ask(*opened, count)
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")

    assert await ask(*opened, count) == 1 < before


async def test_figures_are_counted_again_after_a_while_and_only_where_the_file_has_changed(path, monkeypatch):
    connection, database = sqlite3.connect(path), ReadableDatabase(SimpleNamespace(name="quotes", path=str(path)), frozenset())
    counted = collection.figures(connection, database)
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], [], extractor="rules 2")
    at_once = collection.figures(connection, database)
    monkeypatch.setattr(collection, "FRESH", 0.0)
    later = collection.figures(connection, database)

    assert at_once is counted
    assert (counted["all_quotes"], later["all_quotes"]) == (7, 0)
    assert collection.figures(connection, database) is later

"""Questions to the database behind our pages."""

import sqlite3
import threading

import pytest
from newsroom import bridge

from quotes.publish.home import Figures
from quotes.publish.metadata import metadata_path
from quotes.publish.queries import Readable, ask
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio


@pytest.fixture
def opened(path):
    datasette = site(path, metadata=metadata_path())
    return datasette, Readable(datasette.get_database("quotes"), frozenset())


async def test_a_question_is_answered_by_a_thread(opened):
    assert await ask(*opened, lambda _: threading.current_thread()) is not threading.main_thread()


async def test_what_is_written_is_seen_by_the_next_question(opened, path):
    def count(connection):
        return connection.execute("select count(*) from quotes").fetchone()[0]

    before = await ask(*opened, count)
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")

    assert await ask(*opened, count) == 1 < before


async def test_while_somebody_counts_others_are_told_what_was_counted_before(path, monkeypatch):
    figures, connection = Figures(), sqlite3.connect(path)
    counted = figures.of(connection, str(path))
    monkeypatch.setattr("quotes.publish.home.FRESH", 0.0)
    connection.execute("delete from articles")
    connection.commit()
    with figures._lock:
        assert figures.of(connection, str(path)) is counted
    assert figures.of(connection, str(path))["articles"] == 0

"""A quick question is answered where it is asked; one that takes long, or has to wait for a writer, by a thread."""

import sqlite3
import threading

import pytest
from newsroom import bridge

from quotes.publish import asking
from quotes.publish.asking import Readable, ask, permitted
from quotes.publish.home import Figures
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio

LONG = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select count(*) from n"


@pytest.fixture
def opened(path):
    datasette = site(path, metadata=metadata_path())
    return datasette, Readable(datasette.get_database("quotes"), frozenset())


def answered_by(sql):
    """A question that tells the thread which answers it, and the answer."""
    return lambda connection: (threading.current_thread(), connection.execute(sql).fetchone()[0])


async def test_a_quick_question_is_answered_here(opened):
    assert await ask(*opened, answered_by("select count(*) from articles"), quick=True) == (threading.main_thread(), 1)


async def test_any_other_question_is_answered_by_a_thread(opened):
    thread, _ = await ask(*opened, answered_by("select 1"))

    assert thread is not threading.main_thread()


async def test_a_question_that_is_not_as_quick_as_it_seemed_is_answered_by_a_thread(opened, monkeypatch):
    monkeypatch.setattr(asking, "HERE", 0.0)
    thread, count = await ask(*opened, answered_by(LONG), quick=True)

    assert thread is not threading.main_thread()
    assert count == 300_000


async def test_the_time_for_one_question_is_not_that_of_the_next(opened, monkeypatch):
    with monkeypatch.context() as short:
        short.setattr(asking, "HERE", 0.0)
        await ask(*opened, answered_by(LONG), quick=True)
    monkeypatch.setattr(asking, "HERE", 60.0)

    assert await ask(*opened, answered_by(LONG), quick=True) == (threading.main_thread(), 300_000)


async def test_where_a_writer_is_at_it_nobody_but_a_thread_waits(opened):
    waits = []

    def question(connection):
        waits.append((threading.current_thread() is threading.main_thread(), connection.execute("pragma busy_timeout").fetchone()[0]))
        if len(waits) == 1:
            raise sqlite3.OperationalError("database is locked")

    await ask(*opened, question, quick=True)

    assert waits == [(True, 0), (False, 10_000)]


async def test_what_is_written_is_seen_by_the_next_question(opened, path):
    count = answered_by("select count(*) from quotes")
    before = await ask(*opened, count, quick=True)
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")

    assert (await ask(*opened, count, quick=True))[1] == 1 < before[1]


class Visit:
    """A request for a page of the database."""

    url_vars = {"database": "quotes"}  # noqa: RUF012

    def __init__(self, actor=None):
        self.actor = actor


async def test_what_anybody_may_see_is_found_out_once_and_for_an_actor_each_time(opened, monkeypatch):
    datasette, database = opened
    asked = []
    allowed = datasette.permission_allowed

    async def permission_allowed(actor, *args, **kwargs):
        asked.append(actor)
        return await allowed(actor, *args, **kwargs)

    monkeypatch.setattr(datasette, "permission_allowed", permission_allowed)
    for _ in range(2):
        assert await permitted(Visit(), datasette) == database
    once = len(asked)
    for _ in range(2):
        await permitted(Visit({"id": "anna"}), datasette)

    assert set(asked[:once]) == {None}
    assert len(asked) == 3 * once


async def test_while_somebody_counts_others_are_told_what_was_counted_before(path, monkeypatch):
    figures, connection = Figures(), sqlite3.connect(path)
    counted = figures.of(connection, str(path))
    monkeypatch.setattr("quotes.publish.home.FRESH", 0.0)
    connection.execute("delete from articles")
    connection.commit()
    with figures._lock:
        assert figures.of(connection, str(path)) is counted
    assert figures.of(connection, str(path))["articles"] == 0

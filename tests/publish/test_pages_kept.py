"""A page that was made is given again while nothing is written, and to nobody who may be shown another."""

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from newsroom import bridge

from quotes.publish import keeping
from quotes.publish.keeping import Keeping
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio


@pytest.fixture
def statements(path):
    """The site, and what it asks the database for a page; nothing where the page was kept."""
    return opened(path)


def opened(path, **settings):
    datasette, statements = site(path, metadata=metadata_path(), **settings), []
    database = datasette.get_database("quotes")
    connect = database.connect

    def connect_and_trace(write=False):
        connection = connect(write)
        connection.set_trace_callback(lambda statement: statements.append(statement) if "data_version" not in statement else None)
        return connection

    database.connect = connect_and_trace
    return datasette.client, statements


async def asked(site, address="/quotes/search?q=river", **options):
    """How many statements a page takes."""
    client, statements = site
    statements.clear()
    answer = await client.get(address, **options)
    assert answer.status_code == 200, answer.text[:200]
    return len(statements)


async def test_a_page_is_asked_of_the_database_once(statements):
    assert await asked(statements) > 0
    assert await asked(statements) == 0


@pytest.mark.parametrize("address", ["/", "/quotes/speaker", "/quotes/search?order=newest", "/quotes/suggest.json?q=ad"])
async def test_what_is_given_again_is_the_same_with_its_headers(statements, address):
    client, _ = statements
    one, other = await client.get(address), await client.get(address)

    assert one.content == other.content
    assert one.headers == other.headers
    assert "content-security-policy" in other.headers


async def test_another_address_is_another_page(statements):
    await asked(statements)

    assert await asked(statements, "/quotes/search?q=bridge") > 0
    assert await asked(statements, headers={"host": "another.example"}) > 0


async def test_what_is_written_is_shown_at_once(path, statements):
    client, _ = statements
    article, quotes = bridge()
    address = f"/quotes/article/{article.id}"
    before = (await client.get(address)).text
    with Store.open(path, create=True) as store:
        store.save(article, quotes[:1], extractor="rules 2")

    assert (await client.get(address)).text != before


async def test_a_page_during_whose_making_something_was_written_is_not_kept(path, statements):
    client, _ = statements
    kept = client.app

    async def app(scope, receive, send, inner=kept._app):
        await inner(scope, receive, send)
        with Store.open(path, create=True) as store:
            store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")

    kept._app = app
    await asked(statements)
    assert await asked(statements) > 0


@pytest.mark.parametrize("headers", [{"cookie": "ds_actor=x"}, {"authorization": "Basic eDp5"}])
async def test_whoever_may_have_logged_in_gets_a_page_of_their_own(statements, headers):
    await asked(statements)

    assert await asked(statements, headers=headers) > 0


async def test_no_page_is_kept_where_a_plugin_of_others_has_a_say(statements):
    class Plugin:
        __name__ = "a plugin that knows visitors by their address"

        @hookimpl
        def actor_from_request(self, request):
            return None

    await asked(statements)
    pm.register(Plugin(), "knowing")
    try:
        assert await asked(statements) > 0
    finally:
        pm.unregister(name="knowing")
    assert await asked(statements) == 0


async def test_a_page_that_is_kept_for_long_is_made_anew(statements, monkeypatch):
    await asked(statements)
    monkeypatch.setattr(keeping, "FRESH", 0.0)

    assert await asked(statements) > 0


async def test_an_answer_that_sets_a_cookie_or_refuses_is_not_kept(path):
    client, statements = opened(path)
    for _ in range(2):
        statements.clear()
        assert (await client.get("/quotes/article/1")).status_code == 404
        assert statements


async def test_of_many_pages_those_that_were_not_asked_for_are_let_go(statements, monkeypatch):
    monkeypatch.setattr(keeping, "ROOM", 30_000)
    for number in range(12):
        await asked(statements, f"/quotes/search?q=river&page={number}")
        await asked(statements)
    kept = statements[0].app

    assert sum(page.size for page in kept._pages.values()) == kept._bytes <= 30_000
    assert all(page.size > len(page.body) for page in kept._pages.values())
    assert await asked(statements) == 0
    assert await asked(statements, "/quotes/search?q=river&page=0") > 0


async def test_keeping_can_be_switched_off(path):
    made_anew = opened(path, keep_pages=False)
    await asked(made_anew)

    assert await asked(made_anew) > 0
    assert not isinstance(made_anew[0].app, Keeping)


@pytest.mark.parametrize("address", ["report/1", "data/quotes.csv", "quotes", "quotes_browse", "article/1.json", "article/1/2"])
async def test_forms_tables_and_files_are_not_kept(statements, address):
    client, _ = statements
    await client.get(f"/quotes/{address}")

    assert not client.app._pages

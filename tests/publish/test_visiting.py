"""Whoever has not logged in is answered without Datasette's own steps, and as Datasette would answer."""

import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from newsroom import bridge

from quotes.publish import visiting
from quotes.publish.metadata import load_metadata, metadata_path
from quotes.publish.server import site
from quotes.publish.visiting import Straight, address_of, is_anybody

pytestmark = pytest.mark.asyncio

ARTICLE = f"/quotes/article/{bridge()[0].id}"
PAGES = [
    "/",
    ARTICLE,
    "/quotes/search?q=river",
    "/quotes/speaker",
    "/quotes/speaker?q=val&kind=",
    "/quotes/compare",
    "/quotes/suggest.json?q=in",
]


def scope(**changes):
    return {"type": "http", "method": "GET", "path": "/quotes/speaker", "headers": [], **changes}


@pytest.fixture
def opened(db):
    return site(db, metadata=metadata_path())


@pytest.fixture
def asked_of_datasette(monkeypatch):
    """The paths for which Datasette's own steps were gone through."""
    paths = []
    called = Straight.__call__

    async def look(self, scope, receive, send):
        inner = self._app

        async def app(scope, receive, send):
            paths.append(scope["path"])
            await inner(scope, receive, send)

        self._app = app
        await called(self, scope, receive, send)
        self._app = inner

    monkeypatch.setattr(Straight, "__call__", look)
    return paths


@pytest.mark.parametrize("address", [*PAGES, "/quotes/article/1", "/quotes/speaker/x", "/quotes/article/%C3%A4"])
async def test_the_answer_is_what_datasette_would_have_answered(opened, asked_of_datasette, monkeypatch, address):
    await opened.client.get("/")
    asked_of_datasette.clear()
    straight = await opened.client.get(address)
    assert not asked_of_datasette
    monkeypatch.setattr(visiting, "is_anybody", lambda scope: False)
    answered = await opened.client.get(address)

    assert asked_of_datasette
    assert (straight.status_code, straight.text) == (answered.status_code, answered.text)
    assert dict(straight.headers) == dict(answered.headers)


@pytest.mark.parametrize(
    "changes",
    [{"headers": [(b"cookie", b"ds_actor=x")]}, {"headers": [(b"authorization", b"Basic eDp5")]}, {"method": "POST"}, {"actor": None}],
)
async def test_whoever_may_have_logged_in_or_writes_is_somebody(changes):
    assert is_anybody(scope())
    assert not is_anybody(scope(**changes))


async def test_nobody_is_anybody_where_a_plugin_of_others_has_a_say():
    class Plugin:
        __name__ = "a plugin with something to say"

        @hookimpl
        def extra_template_vars(self):
            return {}

    pm.register(Plugin(), "saying")
    try:
        assert not is_anybody(scope())
    finally:
        pm.unregister(name="saying")
    assert is_anybody(scope())


@pytest.mark.parametrize("address", ["/quotes/quotes", "/quotes/data", "/quotes/nowhere", "/-/versions.json"])
async def test_other_pages_are_datasettes_to_answer(opened, asked_of_datasette, address):
    await opened.client.get(address)

    assert asked_of_datasette == [address]


async def test_the_first_page_of_all_is_answered_though_datasette_has_yet_to_start(opened):
    assert (await opened.client.get(ARTICLE)).status_code == 200


async def test_a_fault_is_told_by_datasette(opened, asked_of_datasette, monkeypatch):
    await opened.client.get("/")
    asked_of_datasette.clear()

    def fault(*_, **__):
        raise ZeroDivisionError("a fault of the program")

    monkeypatch.setattr("quotes.publish.article.article_context", fault)
    response = await opened.client.get(ARTICLE)

    assert response.status_code == 500
    assert asked_of_datasette == [ARTICLE]


@pytest.mark.parametrize("address", ["/quotes/speaker", ARTICLE])
async def test_below_a_folder_of_another_site_the_pages_are_answered_too(db, tmp_path, asked_of_datasette, address):
    path = tmp_path / "quotes.db"
    path.write_bytes(db.read_bytes())
    client = Datasette([str(path)], metadata=load_metadata(metadata_path()), settings={"base_url": "/news/"}).client
    await client.get("/")
    asked_of_datasette.clear()
    response = await client.get(address)

    assert response.status_code == 200
    assert 'href="/news/quotes/' in response.text
    assert not asked_of_datasette


async def test_an_address_is_read_as_it_was_written():
    assert address_of(scope(path="/a b", raw_path=b"/a%20b?x=1"), "/") == "/a%20b"
    assert address_of(scope(path="/news/quotes"), "/news/") == "/quotes"
    assert address_of(scope(path="/ä"), "/") != "/ä", "no address of ours has such a letter"

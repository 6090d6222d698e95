"""Who may not see a table that the pages read sees no page; what Datasette refuses to show is not exported."""

import pytest
from datasette import hookimpl
from datasette.plugins import pm

from quotes.publish.datasette_internals import DATASETTE_1
from quotes.publish.metadata import load_metadata, metadata_path
from quotes.store.schema import TABLES, VIEWS

pytestmark = pytest.mark.asyncio

QUERIES = list(load_metadata(metadata_path())["databases"]["quotes"]["queries"])
PAGES = {
    "home": "/",
    "search": "/quotes/search?q=river",
    "speakers": "/quotes/speaker",
    "speaker": "/quotes/speaker/{speaker}",
    "identity": "/quotes/identity/{speaker}",
    "topics": "/quotes/topic",
    "article": "/quotes/article/{article}",
    "csv": "/quotes/data/quotes.csv",
    "feed": "/quotes/data/quotes.atom",
    "table": "/quotes/data/table/{name}.csv",
    "suggest": "/quotes/suggest.json?q=ri",
}


def allowing(*path, who=False):
    """A change of the metadata: who may see a place in it."""

    def change(settings):
        for each in path:
            settings = settings.setdefault(each, {})
        settings["allow"] = who

    return change


def closing(name):
    return allowing("databases", "quotes", "tables", name)


async def status(datasette, actor=None):
    cookies = {"ds_actor": datasette.sign({"a": actor}, "actor")} if actor else {}
    return (await datasette.client.get("/quotes/search?q=river", cookies=cookies)).status_code


@pytest.mark.parametrize("place", [(), ("databases", "quotes"), ("databases", "quotes", "tables", "speakers")])
async def test_a_page_is_for_those_alone_who_may_see_what_it_reads(changed, place):
    datasette = changed(allowing(*place, who={"id": "anna"}))

    assert [await status(datasette, actor) for actor in (None, {"id": "anna"}, {"id": "berta"})] == [403, 200, 403]


async def test_one_table_that_everybody_may_see_opens_no_page_of_a_closed_database(changed):
    def change(settings):
        allowing("databases", "quotes")(settings)
        allowing("databases", "quotes", "tables", "speakers", who=True)(settings)

    assert await status(changed(change)) == 403


class ClosesTables:
    __name__ = "a plugin that closes tables"
    closed = False

    @hookimpl
    def permission_allowed(self, action, resource):
        return False if action == "view-table" and self.closed and resource[1] == "quotes" else None


class GivesSettings:
    __name__ = "a plugin with settings"
    closed = False

    @hookimpl
    def get_metadata(self):
        return {"databases": {"quotes": {"tables": {"articles": {"allow": False} if self.closed else {}}}}}


@pytest.mark.skipif(DATASETTE_1, reason="Datasette 1.0 has other hooks for this")
@pytest.mark.parametrize("plugin", [ClosesTables(), GivesSettings()], ids=lambda plugin: plugin.__name__)
async def test_what_a_plugin_says_holds_at_once(changed, plugin):
    datasette = changed(lambda _: None)
    pm.register(plugin, "closing")
    try:
        before = await status(datasette)
        plugin.closed = True
        after = await status(datasette)
    finally:
        pm.unregister(name="closing")

    assert (before, after) == (200, 403)


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("topics", {"home", "topics", "suggest"}),
        ("affiliations", {"speaker"}),
        ("aliases", {"speaker"}),
        ("appearances", {"identity"}),
        ("merge_candidates", {"identity"}),
        ("speakers", set(PAGES) - {"table", "topics", "csv"}),
        ("quotes", set(PAGES) - {"table", "topics", "speakers", "suggest", "identity"}),
    ],
)
async def test_a_closed_table_closes_each_page_that_reads_it(changed, name, pages):
    datasette = changed(closing(name))
    (row,) = (await datasette.get_database("quotes").execute("select article_id, speaker_id from quotes where speaker_id limit 1")).rows
    known = {"article": row[0], "speaker": row[1], "name": name}
    refused = {page for page in pages if (await datasette.client.get(PAGES[page].format(**known))).status_code == 403}

    assert refused == pages


@pytest.mark.parametrize("closed", [0, 1])
async def test_what_datasette_refuses_to_show_is_not_exported(changed, closed):
    """Every second table and view is closed, and then the others."""
    names = [each.name for each in (*TABLES, *VIEWS) if not getattr(each, "internal", False)]
    client = changed(lambda settings: [closing(name)(settings) for name in names[closed::2]]).client
    for place, name in enumerate(names):
        expected = 403 if place % 2 == closed else 200

        assert (await client.get(f"/quotes/{name}.json")).status_code == expected
        assert (await client.head(f"/quotes/data/table/{name}.csv")).status_code == expected


async def test_a_view_that_may_be_seen_shows_what_it_reads_of_a_closed_table(changed):
    """As on Datasette's own page."""
    client = changed(closing("speakers")).client

    assert (await client.get("/quotes/quotes_browse.json")).status_code == 200
    assert (await client.get("/quotes/data/table/quotes_browse.csv")).status_code == 200


async def test_a_query_that_may_not_be_run_is_not_listed(changed):
    html = (await changed(allowing("databases", "quotes", "queries", QUERIES[0])).client.get("/")).text

    assert f"/quotes/{QUERIES[0]}" not in html
    assert f"/quotes/{QUERIES[1]}" in html

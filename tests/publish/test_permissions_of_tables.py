"""An `allow` block on a table or view closes every page and export that reads it, as SQLite itself tells."""

import pytest
import yaml

from quotes.publish.metadata import load_metadata, metadata_path
from quotes.publish.server import site
from quotes.store.schema import TABLES, VIEWS

pytestmark = pytest.mark.asyncio

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


def closed(db, tmp_path, name):
    """The site with one table or view that nobody may see."""
    settings = load_metadata(metadata_path())
    settings["databases"]["quotes"]["tables"].setdefault(name, {})["allow"] = False
    path = tmp_path / "metadata.yml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    return site(db, metadata=path)


async def ids(datasette):
    (row,) = (await datasette.get_database("quotes").execute("select article_id, speaker_id from quotes where speaker_id limit 1")).rows
    return {"article": row[0], "speaker": row[1]}


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
async def test_a_closed_table_closes_each_page_that_reads_it(db, tmp_path, name, pages):
    """And nothing else."""
    datasette = closed(db, tmp_path, name)
    known = await ids(datasette)
    refused = {page for page in pages if (await datasette.client.get(PAGES[page].format(**known, name=name))).status_code == 403}

    assert refused == pages


@pytest.mark.parametrize("name", [each.name for each in (*TABLES, *VIEWS) if not getattr(each, "internal", False)])
async def test_what_datasette_refuses_to_show_is_not_exported(db, tmp_path, name):
    """Its own page and ours agree."""
    datasette = closed(db, tmp_path, name)

    assert (await datasette.client.get(f"/quotes/{name}.json")).status_code == 403
    assert (await datasette.client.get(f"/quotes/data/table/{name}.csv")).status_code == 403


async def test_a_view_that_may_be_seen_shows_what_it_reads_of_a_closed_table(db, tmp_path):
    """As on Datasette's own page."""
    datasette = closed(db, tmp_path, "speakers")

    assert (await datasette.client.get("/quotes/quotes_browse.json")).status_code == 200
    assert (await datasette.client.get("/quotes/data/table/quotes_browse.csv")).status_code == 200


async def test_a_question_that_may_not_be_asked_is_not_listed(db, tmp_path):
    """On the front page."""
    settings = load_metadata(metadata_path())
    queries = settings["databases"]["quotes"]["queries"]
    name = next(iter(queries))
    queries[name]["allow"] = False
    path = tmp_path / "metadata.yml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    html = (await site(db, metadata=path).client.get("/")).text

    assert f"/quotes/{name}" not in html
    assert f"/quotes/{list(queries)[1]}" in html

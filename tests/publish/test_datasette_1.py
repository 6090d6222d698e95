"""The site on a pre-release of Datasette 1.0, where one is installed; all other tests are run with 0.65."""

import csv
import io

import pytest
from markup import what_could_run
from newsroom import bridge

from quotes.publish.datasette_internals import DATASETTE_1
from quotes.store import Store

pytestmark = [
    pytest.mark.datasette_1,
    pytest.mark.skipif(not DATASETTE_1, reason="Datasette 0.65 is installed"),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest.fixture(scope="module")
def speaker(db):
    with Store.open(db, create=False) as store:
        return store.db.execute("select id from speakers where name = 'Bram Tollefsen'").fetchone()[0]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", "What did X say about Y?"),
        ("/quotes", "Ready-made questions"),
        ("/quotes/search?q=waited", "<mark>waited</mark>"),
        ("/quotes/speaker/{speaker}", "<h1>Bram Tollefsen</h1>"),
        (f"/quotes/article/{bridge()[0].id}", 'class="quotes-mark quotes-direct"'),
        ("/quotes/quotes_browse?kind=direct", 'data-label="Speaker"'),
        ("/quotes/said_about?about=waited", "<h2>1 row</h2>"),
        ("/quotes/-/query?sql=select+1", "sql-formatter"),
    ],
)
async def test_each_kind_of_page_opens(client, speaker, address, words):
    response = await client.get(address.format(speaker=speaker))

    assert response.status_code == 200
    assert words in response.text
    assert "quotes.css" in response.text
    assert what_could_run(response.text) == []


@pytest.mark.parametrize(
    "address", ["/quotes/data/quotes.csv?all=1", "/quotes/data/table/quotes_browse.csv", "/quotes/quotes_browse.csv?_stream=1"]
)
async def test_every_quote_is_in_the_csv_once(client, db, address):
    with Store.open(db, create=False) as store:
        stored = sorted(str(row[0]) for row in store.db.execute("select id from quotes"))

    assert sorted(row["id"] for row in csv.DictReader(io.StringIO((await client.get(address)).text))) == stored


@pytest.mark.parametrize("place", [(), ("databases", "quotes"), ("databases", "quotes", "tables", "speakers")])
async def test_what_may_not_be_seen_is_not_shown(changed, place):
    def close(settings):
        for each in place:
            settings = settings.setdefault(each, {})
        settings["allow"] = False

    client = changed(close).client

    assert (await client.get("/quotes/search?q=river")).status_code == 403
    assert (await client.get("/quotes/data/table/speakers.csv")).status_code == 403

"""No page looks at every row: the queries behind each are traced, and what SQLite means to do with them is read."""

import re
import sqlite3

import pytest
import pytest_asyncio

from benchmarks.synthetic import make
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site

pytestmark = pytest.mark.asyncio(loop_scope="module")

BIG = "others|quotes|articles|speakers|aliases|appearances|affiliations|quote_topics|article_topics|utterances|extractions|fingerprints"
FIRST = "select id from {} order by quotes desc limit 1"


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "invented.db"
    make(path, 2_000)
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def traced(invented):
    """The site, and every statement that it runs from then on."""
    datasette, statements = site(invented, metadata=metadata_path()), []
    database = datasette.get_database("quotes")
    connect = database.connect

    def connect_and_trace(write=False):
        connection = connect(write)
        connection.set_trace_callback(statements.append)
        return connection

    database.connect = connect_and_trace
    await datasette.client.get("/")  # counts once, and keeps the figures
    return datasette.client, statements


def addresses(path):
    with sqlite3.connect(path) as db:
        speaker, institution, topic = (db.execute(FIRST.format(table)).fetchone()[0] for table in ("speakers", "institutions", "topics"))
        other = db.execute("select id from speakers order by quotes desc limit 1 offset 1").fetchone()[0]
        article, outlet = db.execute("select id, outlet from articles order by sort_key desc limit 1").fetchone()
    return [
        "/",
        "/quotes/search?q=debate+begun",
        "/quotes/search?q=debate&role=expert&since=2024",
        "/quotes/search?q=debate&order=newest",
        "/quotes/search?order=newest",
        "/quotes/search?speaker=abendroth",
        f"/quotes/search?outlet={outlet}",
        "/quotes/search?role=expert",
        "/quotes/search?since=2024&until=2024-06",
        f"/quotes/speaker/{speaker}",
        f"/quotes/speaker/{speaker}?q=debate",
        f"/quotes/institution/{institution}",
        f"/quotes/topic/{topic}",
        f"/quotes/article/{article}",
        f"/quotes/compare?speaker={speaker}&other={other}",
        "/quotes/speaker",
        "/quotes/speaker?q=ada",
        "/quotes/institution",
        "/quotes/topic",
        "/quotes/suggest.json?q=ab",
        f"/quotes/data/quotes.atom?speaker={speaker}",
    ]


def full_scans(path, statement):
    """The steps of a plan that go through a whole table, but for those that a limit ends early because the rows come in order."""
    with sqlite3.connect(path) as db:
        plan = [row[3] for row in db.execute(f"explain query plan {statement}")]
    ordered = re.search(r"\blimit\b", statement, re.IGNORECASE) and not any("TEMP B-TREE FOR ORDER" in step for step in plan)
    scans = [step for step in plan if re.match(rf"SCAN ({BIG})( |$)", step) or re.search(r"VIRTUAL TABLE INDEX 0:$", step)]
    return [step for step in scans if not (ordered and "USING" in step and "INDEX" in step)]


async def test_no_page_needs_a_full_scan(traced, invented):
    client, statements = traced
    for address in addresses(invented):
        statements.clear()
        assert (await client.get(address)).status_code == 200
        asked = {each for each in statements if re.match(r"\s*(select|with)", each, re.IGNORECASE)}
        assert asked
        for each in asked:
            assert full_scans(invented, each) == [], f"{address}: {each}"


@pytest.mark.parametrize(
    ("statement", "many"),
    [
        ("select * from quotes where act = 'speech'", 1),
        ("select * from quotes order by sort_key desc limit 5", 0),
        ("select count(*) from quotes", 1),
    ],
)
async def test_a_full_scan_is_seen(invented, statement, many):
    assert len(full_scans(invented, statement)) == many

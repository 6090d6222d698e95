import io
import tracemalloc

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.publish.downloads import rfc3339
from quotes.store import Store
from quotes.store.retrieval.exporting import written

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def stored(db):
    """The quotes that are shown unless all are asked for."""
    with Store.open(db, create=False) as store:
        return pd.DataFrame(list(store.db.query("select * from quotes_browse where in_default_view")))


def narrowed(stored):
    speaker = int(stored.speaker_id.value_counts().index[0])
    return [
        ("", stored),
        (f"speaker={speaker}", stored[stored.speaker_id == speaker]),
        (
            f"speaker={speaker}&since=2026-03&until=2026-05",
            stored[(stored.speaker_id == speaker) & stored.published.between("2026-03", "2026-05-31")],
        ),
        ("outlet=Upland+Post&kind=direct", stored[(stored.outlet == "Upland Post") & (stored.kind == "direct")]),
        ("role=expert&until=2026-02", stored[(stored.role == "expert") & (stored.published < "2026-03")]),
        ("q=harbour", stored[(stored.text + stored.institution.fillna("")).str.contains(r"\bharbour\b", case=False)]),
        ("q=no-such-word", stored[:0]),
    ]


async def test_csv_json_and_parquet_hold_every_quote_that_fits_once(client, stored):
    for query, expected in narrowed(stored):
        read = [
            pd.read_csv(io.StringIO((await client.get(f"/quotes/data/quotes.csv?{query}")).text)),
            pd.DataFrame((await client.get(f"/quotes/data/quotes.json?{query}")).json(), columns=stored.columns),
            pd.read_json(io.StringIO((await client.get(f"/quotes/data/quotes.jsonl?{query}")).text), lines=True)
            if len(expected)
            else expected,
            pd.read_parquet(io.BytesIO((await client.get(f"/quotes/data/quotes.parquet?{query}")).content)),
        ]
        for frame in read:
            assert sorted(frame.id) == sorted(expected.id), query


async def test_quotes_come_the_newest_first(client, stored):
    read = pd.read_csv(io.StringIO((await client.get("/quotes/data/quotes.csv")).text))

    assert list(read.sort_key) == sorted(stored.sort_key, reverse=True)


async def test_the_page_says_how_many_the_file_holds(client, stored):
    for query, expected in narrowed(stored)[1:6]:
        html = (await client.get(f"/quotes/search?{query}")).text
        assert f"{len(expected):,} quote" in html


async def test_who_asks_for_the_headers_gets_no_rows(client):
    response = await client.head("/quotes/data/quotes.csv")

    assert response.headers["content-disposition"] == 'attachment; filename="quotes.csv"'
    assert response.content == b""


async def test_a_feed_leads_to_the_places_of_the_quotes(client):
    response = await client.get("/quotes/data/quotes.atom?speaker=tollefsen")

    assert response.headers["content-type"].startswith("application/atom+xml")
    assert response.text.count("<entry>") == 2
    assert "/quotes/article/" in response.text


@pytest.mark.parametrize("name", ["roles", "beside", "speaker-outlets", "speaker-topics"])
async def test_every_table_of_a_speakers_page_can_be_taken_away(client, stored, name):
    speaker = int(stored.speaker_id.value_counts().index[0])
    read = pd.read_csv(io.StringIO((await client.get(f"/quotes/data/{name}.csv?speaker={speaker}")).text))
    typed = pd.read_parquet(io.BytesIO((await client.get(f"/quotes/data/{name}.parquet?speaker={speaker}")).content))

    assert len(read.columns) > 2
    assert list(typed.columns) == list(read.columns)
    assert {str(kind) for kind in typed.filter(regex="_id$|^quotes$|^articles$").dtypes} <= {"int64", "float64"}


async def test_a_chart_has_its_numbers_as_a_file(client, stored):
    speaker = int(stored.speaker_id.value_counts().index[0])
    numbers = pd.read_csv(io.StringIO((await client.get(f"/quotes/data/timeline.csv?speaker={speaker}")).text))
    html = (await client.get(f"/quotes/speaker/{speaker}")).text

    assert numbers.quotes.sum() == ((stored.speaker_id == speaker) & stored.published.notna()).sum()
    assert html.split("<svg")[1].count("<rect") == len(numbers)


@pytest.mark.parametrize(
    "address", ["roles.csv", "nothing.csv", "roles.csv?speaker=x", "timeline.atom", "quotes-for-spreadsheets.json", "table/none.csv"]
)
async def test_what_cannot_be_taken_is_not_there(client, address):
    assert (await client.get(f"/quotes/data/{address}")).status_code == 404


@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
async def test_memory_does_not_grow_with_the_rows(form):
    chunk, peaks = [(nth, "words " * 20) for nth in range(1_000)], []
    for many in (3, 30):
        tracemalloc.start()
        for _ in written(form, ("id", "text"), ("INTEGER", "TEXT"), (chunk for _ in range(many)), safe=True):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.5 + 500_000


@given(
    st.lists(st.tuples(st.integers(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.none()), max_size=5)
)
async def test_any_text_comes_back_from_the_csv_and_the_json(drawn):
    import csv
    import json

    columns, types = ("id", "text"), ("INTEGER", "TEXT")
    text = b"".join(written("csv", columns, types, [drawn])).decode()
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]

    assert read == [[str(number), words or ""] for number, words in drawn]
    assert json.loads(b"".join(written("json", columns, types, [drawn]))) == [{"id": number, "text": words} for number, words in drawn]


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2026", "2026-01-01T00:00:00Z"),
        ("2026-03", "2026-03-01T00:00:00Z"),
        ("2026-03-03T18:20", "2026-03-03T18:20:00Z"),
        ("2026-03-03T18:20:05.5+0100", "2026-03-03T18:20:05+01:00"),
        (None, "1970-01-01T00:00:00Z"),
        ("soon", "1970-01-01T00:00:00Z"),
    ],
)
async def test_a_feed_wants_a_whole_moment(published, moment):
    assert rfc3339(published) == moment

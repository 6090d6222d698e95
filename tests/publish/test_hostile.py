import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from hostile import STRINGS
from markup import what_could_run

from quotes.records import Affiliation, Article, Quote, Span, Speaker
from quotes.store import Store
from quotes.store.retrieval.exporting import spreadsheet_safe

pytestmark = pytest.mark.asyncio(loop_scope="module")


def attack(nth, text):
    """An article in which the string is everything that can be a string."""
    printed = f"Report {nth}\n\n{text}\n\nThe end."
    start = printed.index(text, len(f"Report {nth}"))
    span = Span(start, start + len(text))
    speaker = Speaker(text, "person", (Affiliation(text, text, span, span),))
    quote = Quote("direct", "speech", text, (span,), None, None, speaker, 0.9)
    article = Article(
        text=printed, title=text, outlet=text, url=text, section=text, byline=(text,), path=f"{nth}.txt", published="2026-01-01"
    )
    return article, [quote]


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "quotes.db"
    with Store.open(path, create=True) as store:
        for nth, text in enumerate(STRINGS):
            store.save(*attack(nth, text), extractor="rules 1")
    return path


async def harmless(client, address):
    response = await client.get(address)
    assert response.status_code == 200, address
    assert what_could_run(response.text) == [], address
    return response.text


async def test_every_article_and_the_page_of_every_name_runs_nothing(client, db):
    with Store.open(db, create=False) as store:
        found = store.db.execute("select id, title from articles").fetchall()
        names = [
            (what, id) for what in ("speaker", "institution", "topic") for (id,) in store.db.execute(f"select id from {what}s limit 40")
        ]
    assert len(found) == len(STRINGS)
    for identifier, title in found:
        html = await harmless(client, f"/quotes/article/{identifier}")
        if "{{ 7*7 }}" in title:
            assert "{{ 7*7 }}" in html
    for what, identifier in names:
        await harmless(client, f"/quotes/{what}/{identifier}")


@pytest.mark.parametrize(
    "address", ["", "quotes/speaker", "quotes/institution", "quotes/quotes_browse?_size=500", "quotes/articles?_size=500"]
)
async def test_lists_and_tables_of_hostile_strings_run_nothing(client, address):
    await harmless(client, f"/{address}")


@pytest.mark.parametrize("page", range(1, 7))
async def test_results_of_hostile_strings_run_nothing(client, page):
    await harmless(client, f"/quotes/search?page={page}")


async def test_hostile_strings_as_a_question_run_nothing_and_break_nothing(client):
    names = ("q", "speaker", "institution", "topic", "outlet", "role", "since", "order")
    for nth, text in enumerate(STRINGS):
        name = names[nth % len(names)]
        response = await client.get("/quotes/search", params={name: text})
        assert response.status_code == 200 or (name in ("role", "since") and response.status_code == 400)
        assert what_could_run(response.text) == []


async def test_the_csv_for_research_has_every_string_as_it_is(client):
    response = await client.get("/quotes/data/quotes.csv")
    read = list(csv.DictReader(io.StringIO(response.text, newline="")))

    assert sorted(row["text"] for row in read) == sorted(STRINGS)
    assert {row["url"] for row in read} == set(STRINGS)


async def test_the_csv_for_spreadsheets_holds_no_formula_and_says_so(client):
    response = await client.get("/quotes/data/quotes-for-spreadsheets.csv")
    read = list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"), newline="")))

    assert len(read) == len(STRINGS) + 1
    for row in read[1:]:
        for cell in row:
            assert not re.match(r"[\s\u200b-\u200f\u2066\u202e\ufeff]*[=+@＝|%]", cell) or cell.startswith("'"), cell
    assert "-for-spreadsheets.csv" in response.headers["content-disposition"]


async def test_the_feed_of_hostile_strings_is_xml(client):
    feed = ET.fromstring((await client.get("/quotes/data/quotes.atom")).text)

    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 50


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\u200e=1", "\r=1", "＝1", "|x", "%x"])
async def test_a_formula_gets_an_apostrophe(cell):
    assert spreadsheet_safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a=1", "’t", "", None, 5, -5, 0.5, "“-”"])
async def test_what_is_no_formula_stays_as_it_is(cell):
    assert spreadsheet_safe(cell) == cell

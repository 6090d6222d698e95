"""What was said, and surely, comes first on every page, feed, chart and in every count; one parameter shows the rest."""

import io
import re
from dataclasses import replace

import pandas as pd
import pytest
from markup import words
from newsroom import person, quote

from quotes.records import Article
from quotes.store import Store
from quotes.store.retrieval import counts

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What the article holds: words, their act and confidence. Only the first is said, and surely.
SAID, HOPED, UNSURE = "the ferry will run again", "the pier would hold", "the harbour is lost"
TEXT = f"Ada Quist, harbour master of Senn Port, said {SAID}. She hopes {HOPED}. Quist perhaps claimed {UNSURE}."


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Articles of three years, each with a sure act of speech, a thought and an unsure quote of one speaker on one topic."""
    path = tmp_path_factory.mktemp("view") / "quotes.db"
    with Store.open(path, create=True) as store:
        for year in (2024, 2025, 2026):
            text = f"{TEXT} That was in {year}."
            speaker = person(text, "Ada Quist", "harbour master", "Senn Port", "expert")
            quotes = [
                quote(text, SAID, kind="indirect", speaker=speaker),
                quote(text, HOPED, kind="indirect", act="thought", speaker=speaker),
                quote(text, UNSURE, kind="indirect", speaker=speaker, confidence=0.3),
            ]
            article = Article(text=text, title=f"Ferry {year}", outlet="The Tern", published=f"{year}-05-01", topics=("harbour life",))
            store.save(article, [replace(each, topics=("harbour life",)) for each in quotes], extractor="rules 1")
    return path


@pytest.fixture(scope="module")
def ids(db):
    with Store.open(db, create=False) as store:
        return {
            name: store.db.execute(f"select id from {name}s order by all_quotes desc").fetchone()[0]
            for name in ("speaker", "institution", "topic")
        } | {
            "article": store.db.execute("select id from articles order by sort_key desc").fetchone()[0],
            "thought": store.db.execute("select id from quotes where act = 'thought'").fetchone()[0],
        }


PAGES = [
    "/quotes/search?",
    "/quotes/search?q=the",
    "/quotes/speaker/{speaker}?",
    "/quotes/institution/{institution}?",
    "/quotes/topic/{topic}?",
]


@pytest.mark.parametrize("address", PAGES)
async def test_a_page_shows_and_counts_what_was_said_and_one_click_shows_the_rest(client, ids, address):
    html = (await client.get(address.format(**ids))).text
    link = re.search(r'href="([^"]*)">Show thoughts, plans and unsure quotes, 6 more', html)[1].replace("&amp;", "&")
    one, every = words(html), words((await client.get(link)).text)

    assert [each in one for each in (SAID, HOPED, UNSURE, "3 quotes")] == [True, False, False, True]
    assert all(each in every for each in (SAID, HOPED, UNSURE, "9 quotes", "Show only what was said"))


@pytest.mark.parametrize("query", ["", "&all=1"])
@pytest.mark.parametrize("form", ["csv", "json", "atom"])
async def test_downloads_and_feeds_hold_what_the_page_shows(client, ids, form, query):
    text = (await client.get(f"/quotes/data/quotes.{form}?speaker={ids['speaker']}{query}")).text

    assert text.count(HOPED) >= 3 if query else HOPED not in text


@pytest.mark.parametrize(
    ("name", "sure", "every"),
    [
        ("timeline.csv?speaker={speaker}", 3, 9),
        ("timeline.csv?topic={topic}", 3, 9),
        ("speaker-outlets.csv?speaker={speaker}", 3, 9),
        ("speaker-topics.csv?speaker={speaker}", 3, 9),
        ("institution-speakers.csv?institution={institution}", 3, 9),
        ("institution-roles.csv?institution={institution}", 3, 9),
        ("topic-speakers.csv?topic={topic}", 3, 9),
        ("topic-roles.csv?topic={topic}", 3, 9),
    ],
)
async def test_charts_and_tables_count_the_same(client, ids, name, sure, every):
    address = f"/quotes/data/{name.format(**ids)}"
    counted = [pd.read_csv(io.StringIO((await client.get(f"{address}{query}")).text)).quotes.sum() for query in ("", "&all=1")]

    assert counted == [sure, every]


async def test_the_front_page_and_the_lists_count_what_was_said(client):
    front = words((await client.get("/")).text)

    assert "3 quotes by 1 speaker for 1 institution in 3 articles of 1 outlet" in front
    assert "Show thoughts, plans and unsure quotes, 6 more" in front
    for what in ("speaker", "institution", "topic"):
        one, every = [(await client.get(f"/quotes/{what}?{query}")).text for query in ("", "all=1")]
        assert ">3</td>" in one
        assert ">9</td>" in every


async def test_an_article_marks_what_was_said_and_on_request_the_rest(client, ids):
    html = (await client.get(f"/quotes/article/{ids['article']}")).text
    whole = (await client.get(f"/quotes/article/{ids['article']}?all=1")).text

    assert html.count('<li id="note-') == 1
    assert "Show thoughts, plans and unsure quotes, 2 more" in html
    assert whole.count('<li id="note-') == 3


@pytest.mark.parametrize(
    "address",
    [
        "/quotes/search?act=thought",
        "/quotes/quotes_browse?in_default_view=0",
        "/quotes/quotes?in_default_view=0&_col=article_id",
        "/quotes/said_about?about=pier&all=1",
        "/quotes/data/quotes.atom?act=thought",
        "/quotes/report/{thought}",
    ],
)
async def test_a_quote_of_the_rest_leads_to_an_article_in_which_it_is_marked(client, ids, address):
    html = (await client.get(address.format(**ids))).text
    link, anchor = re.search(r'href="[^"]*(/quotes/article/[^"#]*)#(q\d+)"', html).groups()

    assert f'id="{anchor}"' in (await client.get(link.replace("&amp;", "&"))).text


@pytest.mark.parametrize("name", ["said_about", "who_spoke_about"])
async def test_the_ready_made_questions_answer_by_what_was_said(client, name):
    asked = {"_shape": "array"}
    answers = [(await client.get(f"/quotes/{name}.json", params={**asked, **more})).json() for more in ({}, {"all": "1"})]

    assert [sum(row.get("quotes", 1) for row in each) for each in answers] == [3, 9]


async def test_a_comparison_counts_the_same_on_both_sides(client, ids):
    address = "/quotes/compare?outlet=The+Tern&other_outlet=The+Tern"
    one, every = [words((await client.get(f"{address}{query}")).text) for query in ("", "&all=1")]

    assert one.count("3 quotes") == 2
    assert "Show thoughts, plans and unsure quotes, 12 more" in one
    assert every.count("9 quotes") == 2
    assert "Thoughts, at 50 % confidence or more." in words((await client.get(f"{address}&act=thought")).text)


@pytest.mark.parametrize(
    ("address", "many"), [("/quotes/search?", 5), ("/quotes/compare?outlet=The+Tern&other_outlet=The+Tern&until=2099-12-31", 10)]
)
async def test_where_counting_stopped_there_may_be_more(client, monkeypatch, address, many):
    """Of each side of a comparison."""
    monkeypatch.setattr(counts, "MOST", 5)

    assert f"Show thoughts, plans and unsure quotes, {many} or more" in (await client.get(address)).text


async def test_a_comparison_keeps_both_sides_where_a_filter_is_removed(client):
    html = (await client.get("/quotes/compare?outlet=The+Tern&other_outlet=The+Tern&kind=indirect&act=thought")).text
    link = re.search(r'href="([^"]*)" aria-label="Remove the filter kind', html)[1]

    assert link == "/quotes/compare?outlet=The+Tern&amp;other_outlet=The+Tern&amp;act=thought"
    assert '<input type="hidden" name="kind" value="indirect">' in html


async def test_the_table_of_quotes_keeps_every_row_and_can_be_narrowed_to_what_was_said(client):
    html = (await client.get("/quotes/quotes_browse")).text
    link = re.search(r'href="([^"]*in_default_view=1[^"]*)">Show only what was said', html)[1]

    assert "9 rows" in html
    assert "3 rows" in (await client.get(link.replace("&amp;", "&"))).text

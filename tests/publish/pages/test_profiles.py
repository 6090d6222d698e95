"""What a reader meets on the lists and on the pages of speakers, institutions, topics and comparisons."""

import re
import sqlite3

import pytest
from markup import words
from newsroom import person, quote

from quotes.publish.pages.profiles import with_affiliation
from quotes.records import Article, Speaker
from quotes.store import Store

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAID = (
    ("Runa Halvard", "hydrologist", "Tarn Institute", "expert", "2026-02-01"),
    ("Runa Halvard", "hydrologist", "Tarn Institute", "expert", None),
    ("Runa Halvard", "hydrologist", "Tarn Institute", "expert", None),
    ("Odo Brask", "mayor", None, "politician", "2025-05-01"),
    ("Odo Brask", "mayor", None, "politician", "2026-05-01"),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Two speakers in five articles, of which two have neither date nor headline, and a firm."""
    path = tmp_path_factory.mktemp("browsing") / "quotes.db"
    with Store.open(path, create=True) as store:
        for nth, (name, title, institution, role, published) in enumerate(SAID):
            whom = f"{title} of {institution}" if institution else title
            text = f"The level of the lake in week {nth} was watched. “It rose by {nth} inches,” said {name}, {whom}."
            article = Article(text=text, title=f"Lake report {nth}" if published else None, published=published, path=f"{nth}.txt")
            store.save(
                article,
                [quote(text, f"“It rose by {nth} inches,”", speaker=person(text, name, title, institution, role))],
                extractor="rules 1",
            )
        text = "“We sell pumps,” Pumps Ltd said."
        store.save(
            Article(text=text, path="pumps.txt"),
            [quote(text, "“We sell pumps,”", speaker=Speaker("Pumps Ltd", "organisation"))],
            extractor="rules 1",
        )
    return path


@pytest.fixture(scope="module")
def ids(db):
    with Store.open(db, create=False) as store:
        return {name: id for table in ("speakers", "institutions") for name, id in store.db.execute(f"select name, id from {table}")}


async def page(client, address):
    response = await client.get(address)
    assert response.status_code == 200
    return response.text


def listed(html):
    return [words(row) for row in re.findall("<tr>(.*?)</tr>", html.split("<tbody>")[1], re.DOTALL)]


async def test_the_list_of_speakers_has_title_institution_role_dates_and_numbers(client):
    assert listed(await page(client, "/quotes/speaker")) == [
        "Runa Halvard hydrologist Tarn Institute expert 1 February 2026 1 February 2026 3 3",
        "Odo Brask mayor politician 1 May 2025 1 May 2026 2 2",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sort=name", ["Odo", "Runa"]),
        ("sort=first", ["Odo", "Runa"]),
        ("sort=last", ["Odo", "Runa"]),
        ("sort=no-such-order", ["Runa", "Odo"]),
        ("role=politician", ["Odo"]),
        ("kind=", ["Runa", "Odo", "Pumps"]),
        ("kind=organisation", ["Pumps"]),
        ("q=runa", ["Runa"]),
    ],
)
async def test_the_list_of_speakers_is_sorted_and_filtered(client, query, names):
    assert [each.split()[0] for each in listed(await page(client, f"/quotes/speaker?{query}"))] == names


async def test_only_kinds_and_roles_that_somebody_has_can_be_chosen(client):
    html = await page(client, "/quotes/speaker")

    assert [words(each) for each in re.findall("<option.*?</option>", html)] == [
        "any",
        "people",
        "organisations",
        "any",
        "expert",
        "politician",
    ]


async def test_on_a_speakers_page_the_quotes_come_first_and_each_names_its_article(client, ids):
    html = await page(client, f"/quotes/speaker/{ids['Runa Halvard']}")
    said = words(html)

    assert html.index("quotes-hit ") < html.index('id="roles"') < html.index('id="cite"')
    assert "hydrologist, Tarn Institute 3 quotes in 3 articles, 1 February 2026; 2 undated" in said
    assert "Lake report 0 · 1 February 2026" in said
    assert "The level of the lake in week 1 was watched. “It rose by 1 inches,” … · undated" in said
    assert "outlet" not in said.split("3 quotes")[1].split("Search")[0]


@pytest.mark.parametrize("what", ["speaker", "institution", "topic"])
async def test_no_list_or_page_of_one_says_nought(client, ids, what):
    pages = [f"/quotes/{what}", *(f"/quotes/{what}/{id}" for id in ids.values())]
    for address in pages:
        response = await client.get(address)
        assert not re.search(r"\b0 (quotes?|outlets?|articles?|speakers?)\b", words(response.text)), address


async def test_a_comparison_counts_dated_and_undated_quotes_apart(client, ids):
    said = words(await page(client, f"/quotes/compare?speaker={ids['Runa Halvard']}&other={ids['Odo Brask']}"))

    assert "3 quotes , 2 undated" in said
    assert "2 quotes · Download" in said
    assert "Not in the chart: 2 undated quotes." in said


async def test_versions_stand_behind_how_this_was_found(client, db):
    with Store.open(db, create=False) as store:
        (article,) = store.db.execute("select id from articles limit 1").fetchone()
    html = await page(client, f"/quotes/article/{article}")

    assert html.count("rules 1") == 1
    assert html.index("How this was found") < html.index("rules 1")


async def test_a_title_counts_once_an_article_and_is_not_shown_where_one_of_many_gives_it():
    """However often that article quotes the speaker."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table institutions (id, name)")
    connection.execute(
        "create table quotes (id integer primary key, speaker_id, title, institution_id, past default 0, institution_confidence,"
        " role default 'official', in_default_view default 1, sort_key)"
    )

    def say(*said):
        rows = [(title, f"2026-03-01/{article:015d}/00000000000/{nth:015d}") for nth, (article, title) in enumerate(said)]
        connection.executemany("insert into quotes (speaker_id, title, sort_key) values (7, ?, ?)", rows)

    say(*[(1, "backseat driver")] * 9, (2, "strategist"), (3, "strategist"))
    few = with_affiliation(connection, [{"id": 7, "name": "Ann"}])[0]["title"]
    connection.execute("delete from quotes where title = 'strategist'")
    say(*((article, f"title {article}") for article in range(2, 7)))

    assert (few, with_affiliation(connection, [{"id": 7, "name": "Ann"}])[0]["title"]) == ("strategist", None)

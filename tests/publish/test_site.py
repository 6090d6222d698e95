import csv
import io
import re
import sqlite3
from contextlib import closing
from html import unescape

import pytest
from datasette.app import Datasette
from markup import Tags, what_could_run
from newsroom import BRIDGE, bridge

from quotes.publish.metadata import load_metadata, metadata_path
from quotes.store import Store
from quotes.store.schema import TABLES, VIEWS

SETTINGS = load_metadata(metadata_path())["databases"]["quotes"]
PAGES = [f"/quotes/{name}" for name in (*SETTINGS["tables"], *SETTINGS["queries"]) if not name.startswith("_")]
OURS = ("/", "/quotes", "/quotes/search", "/quotes/compare", "/quotes/data", "/quotes/data/codebook", "/quotes/data/dictionary")
ODD_WORDS = ['"', "'", "*", " ", "a*", '"a', "NOT", "a AND", "(", "é", "-", "^x", "a:b", "%"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def page(client, address):
    response = await client.get(address, follow_redirects=True)
    assert response.status_code == 200, response.text
    return response.text


@pytest.mark.parametrize("address", [*OURS, f"{PAGES[0]}?_facet=role", *PAGES])
async def test_every_page_opens(client, address):
    html = await page(client, address)

    assert "message-error" not in html
    assert "quotes.css" in html


@pytest.mark.parametrize("name", list(SETTINGS["queries"]))
async def test_every_question_takes_any_word_without_an_error(client, name):
    for words in ODD_WORDS:
        response = await client.get(f"/quotes/{name}", params=dict.fromkeys(SETTINGS["queries"][name].get("params", ["x"]), words))
        assert response.status_code == 200
        assert "message-error" not in response.text, words


@pytest.mark.parametrize(
    ("name", "words", "column", "values"),
    [
        ("said_about", "speaker=valdes&about=year", "text", ["“We have waited ten years for this,” … “Nobody will be sorry.”"]),
        ("who_spoke_about", "about=boats+carried", "speaker", []),
        ("who_spoke_about", "about=boats+carried&all=1", "speaker", ["ferry company"]),
        ("roles_of", "speaker=tollefsen", "institution", ["Senn River Authority"]),
    ],
)
async def test_the_ready_made_questions_are_answered(client, name, words, column, values):
    rows = (await client.get(f"/quotes/{name}.json?_shape=array&{words}")).json()

    assert [row[column] for row in rows] == values


OPEN = [each for each in (*TABLES, *VIEWS) if not getattr(each, "internal", False)]


def keys_of(each):
    return each.names[: getattr(each, "keys", 1)]


def stored_keys(db, each):
    with Store.open(db, create=False) as store:
        return sorted(tuple(map(str, row)) for row in store.db.execute(f"select {', '.join(keys_of(each))} from {each.name}"))


def keys_in(text, each):
    return sorted(tuple(row[name] for name in keys_of(each)) for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("each", OPEN, ids=lambda each: each.name)
async def test_the_files_of_a_tables_page_hold_every_row_once(client, db, each):
    stored = stored_keys(db, each)
    html = await page(client, f"/quotes/{each.name}")
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="(/quotes/data/table/[^"]*)"', html)}
    csvs = [link for link in links if ".csv" in link]
    (jsons,) = [link for link in links if ".json" in link]

    assert len(csvs) == 2
    for link in csvs:
        assert keys_in((await client.get(link)).text, each) == stored
    assert sorted(tuple(str(row[name]) for name in keys_of(each)) for row in (await client.get(jsons)).json()) == stored


@pytest.mark.parametrize("each", VIEWS, ids=lambda each: each.name)
async def test_datasettes_own_csv_of_a_view_holds_every_row_once_in_every_order_offered(client, db, each):
    """Read page by page, with ties and empty cells on either side of each turn; tables are sorted only by what is unique."""
    stored = stored_keys(db, each)
    for column in SETTINGS["tables"][each.name]["sortable_columns"]:
        for order in ("_sort", "_sort_desc"):
            text = (await client.get(f"/quotes/{each.name}.csv?{order}={column}&_stream=on&_size=200")).text
            assert keys_in(text, each) == stored, (column, order)


async def test_the_csv_follows_the_filters_of_the_page(client):
    html = await page(client, "/quotes/quotes_browse?speaker=Bram+Tollefsen&_facet=kind&_next=50")
    link = re.search(r'href="(/quotes/data/table/quotes_browse\.csv\?[^"]*)"', html).group(1).replace("&amp;", "&")

    assert "_next" not in link
    assert len((await client.get(link)).text.splitlines()) == 3


@pytest.mark.parametrize("condition", ["_where=1", "_through={}", "_fts_table=quotes_fts", "no_such_column=1", '"x"=1'])
async def test_no_condition_in_sql_reaches_the_files(client, condition):
    assert (await client.get(f"/quotes/data/table/quotes.csv?{condition}")).status_code in (400, 403)


async def article(client, identifier=None):
    return await page(client, f"/quotes/article/{identifier or bridge()[0].id}")


async def test_the_article_page_shows_the_whole_text(client):
    assert "".join("".join(Tags(await article(client)).printed).split()) == "".join(BRIDGE.split())


async def test_what_a_speaker_was_is_called_former(client, db):
    with Store.open(db, create=False) as store:
        quote, identifier, title = store.db.execute("select id, article_id, title from quotes where past and title is not null").fetchone()
    former = f'<span class="quotes-former">former</span> {title}'

    assert former in await article(client, identifier)
    for address in (
        f"/quotes/quotes/{quote}",
        f"/quotes/quotes_browse?article_id={identifier}",
        f"/quotes/affiliations?article_id={identifier}",
    ):
        assert former in await page(client, address)


async def test_every_link_within_the_article_page_leads_somewhere(client):
    html = await article(client)
    targets = set(re.findall(r'id="([^"]+)"', html))

    assert set(re.findall(r'href="#([^"]+)"', html)) <= targets
    for address in set(re.findall(r'href="(/quotes/[^"#]+)"', html)):
        await page(client, address.replace("&amp;", "&"))


@pytest.mark.parametrize("address", ["/quotes/article/1", "/quotes/article/999999999999999999", "/quotes/article/x", "/other/article/1"])
async def test_an_article_that_does_not_exist_is_not_found(client, address):
    assert (await client.get(address)).status_code == 404


@pytest.mark.parametrize(
    "address", ["/quotes/quotes", "/quotes/quotes_browse", "/quotes/articles", "/quotes/affiliations", "/quotes/said_about"]
)
async def test_tables_lead_to_the_article_page(client, address):
    assert 'href="/quotes/article/' in await page(client, address)


@pytest.mark.parametrize("address", ["search", "data/quotes.csv", "data/quotes.atom", "data/timeline.csv", "compare"])
async def test_a_date_that_is_none_is_refused_with_the_forms_that_it_can_have(client, address):
    for name in ("since", "until"):
        refused = await client.get(f"/quotes/{address}", params={name: "yesterday"})
        assert refused.status_code == 400
        assert f"{name}: “yesterday” is no date: write a year, a month or a day, as in 2026" in unescape(refused.text)


async def test_one_search_looks_in_words_and_names_and_reads_a_name_with_words(client):
    html = await page(client, "/quotes/search?q=senn&speaker=valdes")
    both = await page(client, "/quotes/search?q=valdes+waited")
    typo = await page(client, "/quotes/search?q=valdse+waited")
    none = await page(client, "/quotes/search?q=🙂")

    assert "<b>The old bridge over the </b><mark>Senn</mark>" in html
    assert re.search("<strong>Ines Okoro-Valdés</strong></a>, Mayor <a [^>]*><small>1 quote", both)
    assert "We have <mark>waited" in both.replace("</b>", "").replace("<b>", "")
    assert 'Did you mean <a href="?q=vald%C3%A9s+waited"><strong>valdés waited</strong></a>? (1 quote)' in typo
    assert "There is no word in “🙂” to search for." in none


async def test_no_page_may_load_or_send_anything_elsewhere_or_run_what_stands_in_it(client):
    for address in ("/", "/quotes/quotes", "/quotes/search", "/quotes?sql=select+1", "/nowhere", "/quotes/data/quotes.csv"):
        policy = (await client.get(address)).headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self';" in policy
        assert "http" not in policy


async def test_no_page_has_a_script_or_a_style_within_it(client):
    for address in (
        "/",
        "/quotes",
        "/quotes/quotes_browse",
        "/quotes/said_about",
        "/quotes?sql=select+1",
        f"/quotes/article/{bridge()[0].id}",
    ):
        assert what_could_run(await page(client, address)) == []


@pytest.mark.parametrize("ours", [True, False])
async def test_in_a_datasette_of_other_databases_ours_alone_is_changed(db, tmp_path, ours):
    """The plugin loads in every Datasette of its environment."""
    other, copy = tmp_path / "other.db", tmp_path / "archive.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript("create table article (id integer primary key, headline text); insert into article values (5, 'kept')")
    copy.write_bytes(db.read_bytes())
    client = Datasette([], immutables=[str(other), *([str(copy)] if ours else [])]).client
    theirs = await client.get("/other/article/5")
    html = (await client.get(f"/archive/article/{bridge()[0].id}")).text

    assert theirs.status_code == 200
    assert "kept" in theirs.text
    assert "quotes.css" not in theirs.text
    assert "content-security-policy" not in theirs.headers
    assert ('href="/archive/speaker/' in html) == ours
    assert (await client.get("/-/static-plugins/quotes/quotes.css")).status_code == 200


async def test_templates_of_whoever_runs_the_site_may_call_what_must_be_awaited(db, tmp_path):
    (tmp_path / "quotes_codebook.html").write_text("{{ crumb_items(request=request, database=database)|length }} crumbs", "utf-8")
    copy = tmp_path / "archive.db"
    copy.write_bytes(db.read_bytes())

    assert await page(Datasette([str(copy)], template_dir=str(tmp_path)).client, "/archive/data/codebook") == "2 crumbs"

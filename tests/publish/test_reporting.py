import json
import re
import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store
from quotes.store.corrections import imported

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def db(db, tmp_path_factory):
    """A copy to write to."""
    return Path(shutil.copy(db, tmp_path_factory.mktemp("corrected") / "quotes.db"))


@pytest.fixture(scope="module")
def quote(db):
    with Store.open(db, create=False) as store:
        return store.db.execute("select id, article_id from quotes where cue = 'added'").fetchone()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def datasette(db, tmp_path_factory):
    metadata = tmp_path_factory.mktemp("metadata") / "metadata.yml"
    metadata.write_text(metadata_path().read_text("utf-8") + "\nplugins:\n  quotes:\n    editors: {id: anna}\n", "utf-8")
    return site(db, metadata=metadata)


async def post(datasette, address, actor, **form):
    """A form sent as a browser sends it, with the token of the page."""
    cookies = {"ds_actor": datasette.sign({"a": {"id": actor}}, "actor")} if actor else {}
    page = await datasette.client.get(address, cookies=cookies)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    return await datasette.client.post(
        address, data=form | ({"csrftoken": token[1]} if token else {}), cookies=cookies | dict(page.cookies)
    )


ASKED = "?action=speaker&right=Ada+Quist&why=She+said+so&name=Cleo"


async def test_a_visitor_is_asked_for_words_and_gets_a_report_to_send(datasette, quote):
    html = (await datasette.client.get(f"/quotes/report/{quote[0]}{ASKED}")).text

    for line in ("What is wrong: Somebody else said it", "What would be right: Ada Quist", "Why: She said so", "From: Cleo"):
        assert line in html
    assert "quotes correct" not in html
    assert "Correct it" not in html
    assert "to whoever runs this site" in html


async def test_the_file_of_a_report_is_a_correction_that_the_owner_imports(datasette, db, quote, tmp_path):
    response = await datasette.client.get(f"/quotes/report/{quote[0]}.jsonl{ASKED}")
    copy = Path(shutil.copy(db, tmp_path / "own.db"))
    with Store.open(copy, create=True) as store:
        assert imported(store, [json.loads(response.text)]).new == 1
        name, by = store.db.execute(
            "select speakers.name, corrections.by from quotes join speakers on speakers.id = speaker_id, corrections where quotes.id = ?",
            [quote[0]],
        ).fetchone()

    assert (name, by) == ("Ada Quist", "Cleo")
    assert "correction-of-" in response.headers["content-disposition"]
    with Store.open(db, create=False) as store:
        assert store.counts()["corrections"] == 0


@pytest.mark.parametrize(
    ("report", "link"),
    [
        ("editor@tarn.example", "mailto:editor@tarn.example?subject=Mistake%20about%20quote%20"),
        ("https://tarn.example/mistakes?of=quotes", "https://tarn.example/mistakes?of=quotes"),
    ],
)
async def test_a_report_reaches_whoever_metadata_names(db, quote, tmp_path, report, link):
    metadata = tmp_path / "metadata.yml"
    metadata.write_text(f"plugins: {{quotes: {{report: '{report}'}}}}", "utf-8")
    html = (await site(db, metadata=metadata).client.get(f"/quotes/report/{quote[0]}{ASKED}")).text

    assert f'href="{link}' in html


@pytest.mark.parametrize("query", ["?action=speaker", "?action=drop&right=x", "?action=other"])
async def test_without_what_is_right_there_is_no_report(datasette, quote, query):
    assert "Send your report" not in (await datasette.client.get(f"/quotes/report/{quote[0]}{query}")).text
    assert (await datasette.client.get(f"/quotes/report/{quote[0]}.jsonl{query}")).status_code == 400


@pytest.mark.parametrize("query", ["?action=reject", "?action=other&why=The+date+is+wrong", "?action=span&right=of+no+such+words"])
async def test_a_report_can_be_sent_where_no_correction_says_it(datasette, quote, query):
    assert "Send your report" in (await datasette.client.get(f"/quotes/report/{quote[0]}{query}")).text


@pytest.mark.parametrize("actor", [None, "berta"])
async def test_only_editors_correct(datasette, db, quote, actor):
    response = await post(datasette, f"/quotes/report/{quote[0]}", actor, action="reject")

    assert response.status_code == 403
    with Store.open(db, create=False) as store:
        assert store.counts()["corrections"] == 0


async def test_an_editor_puts_right_is_named_and_takes_it_back(datasette, db, quote):
    address = f"/quotes/report/{quote[0]}"
    response = await post(datasette, address, "anna", action="title", right="engineer", why="so printed")
    assert response.headers["location"] == f"/quotes/article/{quote[1]}#q{quote[0]}"
    html = (await datasette.client.get(f"/quotes/article/{quote[1]}")).text
    assert "corrected" in html
    assert "engineer, <a" in html
    with Store.open(db, create=False) as store:
        ((number, by, why),) = store.db.execute("select id, by, why from corrections").fetchall()
    assert (by, why) == ("anna", "so printed")

    assert (await post(datasette, address, "anna", undo=str(number))).status_code == 302
    assert "corrected" not in (await datasette.client.get(f"/quotes/article/{quote[1]}")).text


async def test_what_cannot_be_put_right_is_said(datasette, quote):
    response = await post(datasette, f"/quotes/report/{quote[0]}", "anna", action="span", right="words that stand nowhere")

    assert response.status_code == 400
    assert "words that stand nowhere" in response.text


async def test_a_quote_that_does_not_exist_cannot_be_reported(datasette):
    assert (await datasette.client.get("/quotes/report/1")).status_code == 404


@pytest.mark.parametrize(
    "sql",
    [
        "select zeroblob(100000000)",
        "attach 'x.db' as x",
        "with recursive a(n) as (select 1 union all select n+1 from a) select max(n) from a",
        "insert into quotes default values",
    ],
)
async def test_no_visitor_writes_or_fills_the_memory_or_reaches_another_file(datasette, sql):
    response = await datasette.client.get("/quotes.json", params={"sql": sql, "_timelimit": "300"})

    assert response.status_code == 400

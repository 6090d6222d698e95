"""The report of a mistake in a quote, and its correction by an editor."""

import json
import shutil
from pathlib import Path

import pytest
from markup import post

from quotes.store import Store
from quotes.store.corrections import imported

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKED = "?action=speaker&right=Ada+Quist&why=She+said+so&name=Cleo"


@pytest.fixture(scope="module")
def quote(writable):
    with Store.open(writable, create=False) as store:
        return store.db.execute("select id, article_id from quotes where cue = 'added'").fetchone()


async def test_a_visitor_is_asked_for_words_and_gets_a_report_to_send(edited, quote):
    html = (await edited.client.get(f"/quotes/report/{quote[0]}{ASKED}")).text

    for line in ("What is wrong: Somebody else said it", "What would be right: Ada Quist", "Why: She said so", "From: Cleo"):
        assert line in html
    assert "Correct it" not in html
    assert "to whoever runs this site" in html


async def test_the_file_of_a_report_is_a_correction_that_the_owner_imports(edited, writable, quote, tmp_path):
    response = await edited.client.get(f"/quotes/report/{quote[0]}.jsonl{ASKED}")
    copy = Path(shutil.copy(writable, tmp_path / "own.db"))
    with Store.open(copy, create=True) as store:
        assert imported(store, [json.loads(response.text)]).new == 1
        name, by = store.db.execute(
            "select speakers.name, corrections.by from quotes join speakers on speakers.id = speaker_id, corrections where quotes.id = ?",
            [quote[0]],
        ).fetchone()

    assert (name, by) == ("Ada Quist", "Cleo")
    assert "correction-of-" in response.headers["content-disposition"]
    with Store.open(writable, create=False) as store:
        assert store.counts()["corrections"] == 0


@pytest.mark.parametrize(
    ("report", "link"),
    [
        ("editor@tarn.example", "mailto:editor@tarn.example?subject=Mistake%20about%20quote%20"),
        ("https://tarn.example/mistakes?of=quotes", "https://tarn.example/mistakes?of=quotes"),
    ],
)
async def test_a_report_reaches_whoever_metadata_names(changed, quote, report, link):
    datasette = changed(lambda settings: settings.update(plugins={"quotes": {"report": report}}))
    html = (await datasette.client.get(f"/quotes/report/{quote[0]}{ASKED}")).text

    assert f'href="{link}' in html


@pytest.mark.parametrize("query", ["?action=speaker", "?action=drop&right=x", "?action=other"])
async def test_without_what_is_right_there_is_no_report(edited, quote, query):
    html = (await edited.client.get(f"/quotes/report/{quote[0]}{query}")).text

    assert "Send your report" not in html
    assert 'role="alert"' in html
    assert (await edited.client.get(f"/quotes/report/{quote[0]}.jsonl{query}")).status_code == 400


@pytest.mark.parametrize("query", ["?action=reject", "?action=other&why=The+date+is+wrong", "?action=span&right=of+no+such+words"])
async def test_a_report_can_be_sent_where_no_correction_says_it(edited, quote, query):
    assert "Send your report" in (await edited.client.get(f"/quotes/report/{quote[0]}{query}")).text


@pytest.mark.parametrize("actor", [None, "berta"])
async def test_only_editors_correct(edited, writable, quote, actor):
    response = await post(edited, f"/quotes/report/{quote[0]}", actor, action="reject")

    assert response.status_code == 403
    with Store.open(writable, create=False) as store:
        assert store.counts()["corrections"] == 0


async def test_an_editor_corrects_is_named_and_undoes_it(edited, writable, quote):
    address = f"/quotes/report/{quote[0]}"
    response = await post(edited, address, "anna", action="title", right="engineer", why="so printed")
    assert response.headers["location"] == f"/quotes/article/{quote[1]}#q{quote[0]}"
    html = (await edited.client.get(f"/quotes/article/{quote[1]}")).text
    assert "corrected" in html
    assert "engineer, <a" in html
    with Store.open(writable, create=False) as store:
        ((number, by, why),) = store.db.execute("select id, by, why from corrections").fetchall()
    assert (by, why) == ("anna", "so printed")

    assert (await post(edited, address, "anna", undo=str(number))).status_code == 302
    assert "corrected" not in (await edited.client.get(f"/quotes/article/{quote[1]}")).text


async def test_what_cannot_be_corrected_is_said(edited, quote):
    response = await post(edited, f"/quotes/report/{quote[0]}", "anna", action="span", right="words that stand nowhere")

    assert response.status_code == 400
    assert "words that stand nowhere" in response.text


@pytest.mark.parametrize("address", ["report/1", "report/x", "identity/1", "identity/1.jsonl"])
async def test_what_does_not_exist_has_no_page(edited, address):
    assert (await edited.client.get(f"/quotes/{address}")).status_code == 404

"""The report of a mistake in a quote or in who a speaker is, and its correction by an editor."""

import json
import shutil
from pathlib import Path

import pytest
from markup import post
from newsroom import person, quote

from quotes.records import Article
from quotes.store import Store
from quotes.store.corrections import imported

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKED = "?action=speaker&right=Ada+Quist&why=She+said+so&name=Cleo"


@pytest.fixture(scope="module")
def writable(writable):
    """One name may be another, and one speaker stands in two articles."""

    def article(name, title, words, headline):
        text = f"{words}, said {name}, {title}."
        return Article(text=text, title=headline), [quote(text, words, speaker=person(text, name, title))]

    with Store.open(writable, create=True) as store:
        store.save(*article("Thomas Reedham", "grower", "“The frost came early”", "Frost"), extractor="rules 1")
        store.save(*article("Tom Reedham", "skipper", "“The sea was calm”", "Calm"), extractor="rules 1")
        store.save(*article("Tom Reedham", "skipper", "“The wind got up”", "<b>Wind</b>"), extractor="rules 1")
    return writable


def found(path, sql):
    with Store.open(path, create=False) as store:
        return store.db.execute(sql).fetchall()


def speakers(path):
    return dict(found(path, "select name, id from speakers where name like '%Reedham%' order by name"))


@pytest.fixture
def at(writable):
    """The addresses of the forms of a quote and of a speaker, and the article of the quote."""
    ((known, article),) = found(writable, "select id, article_id from quotes where cue = 'added'")
    return {
        "quote": f"/quotes/report/{known}",
        "id": known,
        "article": article,
        "speaker": f"/quotes/identity/{speakers(writable)['Tom Reedham']}",
    }


async def test_a_visitor_is_asked_for_words_and_gets_a_report_to_send(edited, at):
    html = (await edited.client.get(f"{at['quote']}{ASKED}")).text

    for line in ("What is wrong: Somebody else said it", "What would be right: Ada Quist", "Why: She said so", "From: Cleo"):
        assert line in html
    assert "Correct it" not in html
    assert "to whoever runs this site" in html


async def test_the_page_of_a_speaker_says_why_the_articles_are_one_speakers(edited, at):
    html = (await edited.client.get(at["speaker"])).text

    assert "Why 2 quotes in 2 articles are attributed to one person." in html
    assert "the same name" in html
    assert "&lt;b&gt;Wind&lt;/b&gt;" in html
    assert "<b>Wind</b>" not in html
    assert f'href="{at["speaker"]}"' in (await edited.client.get(at["speaker"].replace("identity", "speaker"))).text


async def test_the_file_of_a_report_is_a_correction_that_the_owner_imports(edited, writable, at, tmp_path):
    asked = f"?action=merge&other={speakers(writable)['Thomas Reedham']}&why=one+man"
    merge = f"{at['speaker']}.jsonl{asked}"
    responses = [await edited.client.get(address) for address in (f"{at['quote']}.jsonl{ASKED}", merge)]
    copy = Path(shutil.copy(writable, tmp_path / "own.db"))
    with Store.open(copy, create=True) as store:
        assert imported(store, [json.loads(each.text) for each in responses]).new == 2
    said = f"select name from speakers join quotes on speakers.id = speaker_id where quotes.id = {at['id']}"

    assert (found(copy, said), found(copy, "select by from corrections order by id")) == (
        [("Ada Quist",)],
        [("Cleo",), ("a visitor of the site",)],
    )
    assert (len(speakers(copy)), len(speakers(writable))) == (1, 2)
    assert "correction-of-" in responses[0].headers["content-disposition"]
    assert found(writable, "select * from corrections") == []


@pytest.mark.parametrize(
    ("report", "link"),
    [
        ("editor@tarn.example", "mailto:editor@tarn.example?subject=Mistake%20about%20quote%20"),
        ("https://tarn.example/mistakes?of=quotes", "https://tarn.example/mistakes?of=quotes"),
    ],
)
async def test_a_report_reaches_whoever_metadata_names(changed, at, report, link):
    datasette = changed(lambda settings: settings.update(plugins={"quotes": {"report": report}}))

    assert f'href="{link}' in (await datasette.client.get(f"{at['quote']}{ASKED}")).text


@pytest.mark.parametrize(
    ("form", "query"),
    [
        *(("quote", query) for query in ("?action=speaker", "?action=drop&right=x", "?action=other")),
        *(("speaker", query) for query in ("?action=merge", "?action=split", "?action=rename&right=+", "?action=drop")),
    ],
)
async def test_without_what_is_right_there_is_no_report(edited, at, form, query):
    html = (await edited.client.get(f"{at[form]}{query}")).text

    assert "Send your report" not in html
    assert 'role="alert"' in html
    assert (await edited.client.get(f"{at[form]}.jsonl{query}")).status_code == 400


@pytest.mark.parametrize("query", ["?action=reject", "?action=other&why=The+date+is+wrong", "?action=span&right=of+no+such+words"])
async def test_a_report_can_be_sent_where_no_correction_says_it(edited, at, query):
    assert "Send your report" in (await edited.client.get(f"{at['quote']}{query}")).text


@pytest.mark.parametrize("actor", [None, "berta"])
@pytest.mark.parametrize(("form", "fields"), [("quote", {"action": "reject"}), ("speaker", {"action": "rename", "right": "X"})])
async def test_only_editors_correct(edited, writable, at, actor, form, fields):
    assert (await post(edited, at[form], actor, **fields)).status_code == 403
    assert found(writable, "select * from corrections") == []


async def test_an_editor_corrects_is_named_and_undoes_it(edited, writable, at):
    response = await post(edited, at["quote"], "anna", action="title", right="engineer", why="so printed")
    assert response.headers["location"] == f"/quotes/article/{at['article']}#q{at['id']}"
    html = (await edited.client.get(f"/quotes/article/{at['article']}")).text
    assert "corrected" in html
    assert "engineer, <a" in html
    ((number, by, why),) = found(writable, "select id, by, why from corrections")
    assert (by, why) == ("anna", "so printed")

    assert (await post(edited, at["quote"], "anna", undo=str(number))).status_code == 302
    assert "corrected" not in (await edited.client.get(f"/quotes/article/{at['article']}")).text


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ({"action": "merge", "other": "Thomas Reedham"}, [["Thomas Reedham"], ["Tom Reedham"]]),
        ({"action": "split", "article": "<b>Wind</b>"}, [["Thomas Reedham", "Tom Reedham", "Tom Reedham"]]),
        ({"action": "rename", "right": "Captain Reedham"}, [["Captain Reedham", "Thomas Reedham"]]),
    ],
    ids=["merge", "split", "rename"],
)
async def test_an_editor_corrects_who_a_speaker_is_and_undoes_it(edited, writable, at, form, names):
    def listed():
        return [name for (name,) in found(writable, "select name from speakers where name like '%Reedham%' order by name")]

    if "article" in form:
        ((ticked,),) = found(writable, f"select id from articles where title = '{form.pop('article')}'")
        form[f"article-{ticked}"] = "1"
    response = await post(edited, at["speaker"], "anna", **form)
    assert (response.status_code, response.headers["location"]) == (302, "/quotes/speaker")
    assert listed() in names

    ((left, last),) = found(writable, "select id, (select max(id) from corrections) from speakers where name like '%Reedham%' limit 1")
    assert (await post(edited, f"/quotes/identity/{left}", "anna", undo=str(last))).status_code == 302
    assert listed() == ["Thomas Reedham", "Tom Reedham"]


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("quote", {"action": "span", "right": "words that stand nowhere"}),
        ("speaker", {"action": "merge", "other": "words that stand nowhere"}),
    ],
)
async def test_what_cannot_be_corrected_is_said(edited, at, form, fields):
    response = await post(edited, at[form], "anna", **fields)

    assert response.status_code == 400
    assert "words that stand nowhere" in response.text


@pytest.mark.parametrize("address", ["report/1", "report/x", "identity/1", "identity/1.jsonl"])
async def test_what_does_not_exist_has_no_page(edited, address):
    assert (await edited.client.get(f"/quotes/{address}")).status_code == 404

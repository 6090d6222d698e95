"""Why articles are attributed to one speaker, and the corrections of that."""

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


def article(name, title, words, headline):
    text = f"{words}, said {name}, {title}."
    return Article(text=text, title=headline), [quote(text, words, speaker=person(text, name, title))]


@pytest.fixture(scope="module")
def writable(writable):
    """One name may be another, and one speaker stands in two articles."""
    with Store.open(writable, create=True) as store:
        store.save(*article("Thomas Reedham", "grower", "“The frost came early”", "Frost"), extractor="rules 1")
        store.save(*article("Tom Reedham", "skipper", "“The sea was calm”", "Calm"), extractor="rules 1")
        store.save(*article("Tom Reedham", "skipper", "“The wind got up”", "<b>Wind</b>"), extractor="rules 1")
    return writable


def speakers(path):
    with Store.open(path, create=False) as store:
        return dict(store.db.execute("select name, id from speakers where name like '%Reedham%'").fetchall())


@pytest.fixture
def address(writable):
    return f"/quotes/identity/{speakers(writable)['Tom Reedham']}"


async def test_the_page_says_why_the_articles_are_one_speakers(edited, address):
    html = (await edited.client.get(address)).text

    assert "Why 2 quotes in 2 articles are attributed to one person." in html
    assert "the same name" in html
    assert "&lt;b&gt;Wind&lt;/b&gt;" in html
    assert "<b>Wind</b>" not in html
    assert f'href="{address}"' in (await edited.client.get(address.replace("identity", "speaker"))).text


async def test_a_visitor_gets_a_report_and_a_file_that_the_owner_imports(edited, writable, address, tmp_path):
    asked = f"?action=merge&other={speakers(writable)['Thomas Reedham']}&why=one+man"
    html = (await edited.client.get(f"{address}{asked}")).text
    record = json.loads((await edited.client.get(f"{address}.jsonl{asked}")).text)
    copy = Path(shutil.copy(writable, tmp_path / "own.db"))
    with Store.open(copy, create=True) as store:
        imported(store, [record])

    assert "What is wrong: It is the same as another speaker" in html
    assert (len(speakers(copy)), len(speakers(writable))) == (1, 2)


@pytest.mark.parametrize("query", ["?action=merge", "?action=split", "?action=rename&right=+"])
async def test_without_the_rest_there_is_no_report(edited, address, query):
    html = (await edited.client.get(f"{address}{query}")).text

    assert "Send your report" not in html
    assert 'role="alert"' in html


@pytest.mark.parametrize("actor", [None, "berta"])
async def test_only_editors_change_anything(edited, address, actor):
    assert (await post(edited, address, actor, action="rename", right="X")).status_code == 403


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ({"action": "merge", "other": "Thomas Reedham"}, [["Thomas Reedham"], ["Tom Reedham"]]),
        ({"action": "split", "article": "<b>Wind</b>"}, [["Thomas Reedham", "Tom Reedham", "Tom Reedham"]]),
        ({"action": "rename", "right": "Captain Reedham"}, [["Captain Reedham", "Thomas Reedham"]]),
    ],
    ids=["merge", "split", "rename"],
)
async def test_an_editor_corrects_and_undoes_it(edited, writable, address, form, names):
    def listed(sql="select name from speakers where name like '%Reedham%' order by name"):
        with Store.open(writable, create=False) as store:
            return [row[0] for row in store.db.execute(sql).fetchall()]

    if "article" in form:
        (ticked,) = listed(f"select id from articles where title = '{form.pop('article')}'")
        form[f"article-{ticked}"] = "1"
    response = await post(edited, address, "anna", **form)
    assert (response.status_code, response.headers["location"]) == (302, "/quotes/speaker")
    assert listed() in names

    (left, *_) = listed("select id from speakers where name like '%Reedham%'")
    (last,) = listed("select max(id) from corrections")
    assert (await post(edited, f"/quotes/identity/{left}", "anna", undo=str(last))).status_code == 302
    assert listed() == ["Thomas Reedham", "Tom Reedham"]


async def test_what_cannot_be_done_is_said(edited, address):
    response = await post(edited, address, "anna", action="merge", other="Nobody Such")

    assert response.status_code == 400
    assert "Nobody Such" in response.text

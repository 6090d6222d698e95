import json
import re
import shutil
from pathlib import Path

import pytest
import pytest_asyncio
from newsroom import person, quote

from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.records import Article
from quotes.store import Store
from quotes.store.corrections import imported

pytestmark = pytest.mark.asyncio(loop_scope="module")


def said(name, title, words, headline):
    text = f"{words}, said {name}, {title}."
    return Article(text=text, title=headline), [quote(text, words, speaker=person(text, name, title))]


@pytest.fixture(scope="module")
def db(db, tmp_path_factory):
    """A copy to write to, in which one name may be another, and one speaker stands in two articles."""
    path = Path(shutil.copy(db, tmp_path_factory.mktemp("identity") / "quotes.db"))
    with Store.open(path, create=True) as store:
        store.save(*said("Thomas Reedham", "grower", "“The frost came early”", "Frost"), extractor="rules 1")
        store.save(*said("Tom Reedham", "skipper", "“The sea was calm”", "Calm"), extractor="rules 1")
        store.save(*said("Tom Reedham", "skipper", "“The wind got up”", "<b>Wind</b>"), extractor="rules 1")
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def datasette(db, tmp_path_factory):
    metadata = tmp_path_factory.mktemp("metadata") / "metadata.yml"
    metadata.write_text(metadata_path().read_text("utf-8") + "\nplugins:\n  quotes:\n    editors: {id: anna}\n", "utf-8")
    return site(db, metadata=metadata)


def speakers(db):
    with Store.open(db, create=False) as store:
        return dict(store.db.execute("select name, id from speakers where name like '%Reedham%' or name = 'Captain Reedham'").fetchall())


async def post(datasette, address, actor, **form):
    cookies = {"ds_actor": datasette.sign({"a": {"id": actor}}, "actor")} if actor else {}
    page = await datasette.client.get(address, cookies=cookies)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    return await datasette.client.post(
        address, data=form | ({"csrftoken": token[1]} if token else {}), cookies=cookies | dict(page.cookies)
    )


async def undo_last(datasette, db, address):
    with Store.open(db, create=False) as store:
        ((last,),) = store.db.execute("select max(id) from corrections").fetchall()
    assert (await post(datasette, address, "anna", undo=str(last))).status_code == 302


async def test_the_page_says_why_the_articles_are_one_speakers(datasette, db):
    html = (await datasette.client.get(f"/quotes/identity/{speakers(db)['Tom Reedham']}")).text

    assert "Why 2 quotes in 2 articles are attributed to one person." in html
    assert "the same name" in html
    assert "&lt;b&gt;Wind&lt;/b&gt;" in html
    assert "<b>Wind</b>" not in html


async def test_the_page_of_the_speaker_leads_there(datasette, db):
    identifier = speakers(db)["Tom Reedham"]

    assert f'href="/quotes/identity/{identifier}"' in (await datasette.client.get(f"/quotes/speaker/{identifier}")).text


async def test_a_visitor_gets_a_report_and_a_file_that_the_owner_imports(datasette, db, tmp_path):
    one, other = speakers(db)["Tom Reedham"], speakers(db)["Thomas Reedham"]
    asked = f"?action=merge&other={other}&why=one+man"
    html = (await datasette.client.get(f"/quotes/identity/{one}{asked}")).text
    record = json.loads((await datasette.client.get(f"/quotes/identity/{one}.jsonl{asked}")).text)
    copy = Path(shutil.copy(db, tmp_path / "own.db"))
    with Store.open(copy, create=True) as store:
        imported(store, [record])

    assert "What is wrong: It is the same as another speaker" in html
    assert "quotes correct" not in html
    assert len(speakers(copy)) == 1
    assert len(speakers(db)) == 2


@pytest.mark.parametrize("query", ["?action=merge", "?action=split", "?action=rename&right=+"])
async def test_without_the_rest_there_is_no_report(datasette, db, query):
    html = (await datasette.client.get(f"/quotes/identity/{speakers(db)['Tom Reedham']}{query}")).text

    assert "Send your report" not in html
    assert 'role="alert"' in html


@pytest.mark.parametrize("actor", [None, "berta"])
async def test_only_editors_change_anything(datasette, db, actor):
    address = f"/quotes/identity/{speakers(db)['Tom Reedham']}"

    assert (await post(datasette, address, actor, action="rename", right="X")).status_code == 403


async def test_an_editor_makes_two_speakers_one_and_takes_it_back(datasette, db):
    before = speakers(db)
    address = f"/quotes/identity/{before['Tom Reedham']}"
    assert (await post(datasette, address, "anna", action="merge", other=str(before["Thomas Reedham"]))).status_code == 302
    assert len(speakers(db)) == 1

    (left,) = speakers(db).values()
    await undo_last(datasette, db, f"/quotes/identity/{left}")
    assert speakers(db) == before


async def test_an_editor_parts_articles_of_one_name(datasette, db):
    before = speakers(db)
    address = f"/quotes/identity/{before['Tom Reedham']}"
    with Store.open(db, create=False) as store:
        ((wind,),) = store.db.execute("select id from articles where title = '<b>Wind</b>'").fetchall()
    await post(datasette, address, "anna", action="split", **{f"article-{wind}": "1"})
    with Store.open(db, create=False) as store:
        assert store.db.execute("select count(*) from speakers where name = 'Tom Reedham'").fetchone() == (2,)

    await undo_last(datasette, db, address)
    assert speakers(db) == before


async def test_an_editor_gives_a_speaker_another_name(datasette, db):
    before = speakers(db)
    address = f"/quotes/identity/{before['Tom Reedham']}"
    await post(datasette, address, "anna", action="rename", right="Captain Reedham")
    assert speakers(db)["Captain Reedham"] == before["Tom Reedham"]

    await undo_last(datasette, db, address)


async def test_what_cannot_be_done_is_said(datasette, db):
    response = await post(datasette, f"/quotes/identity/{speakers(db)['Tom Reedham']}", "anna", action="merge", other="Nobody Such")

    assert response.status_code == 400
    assert "Nobody Such" in response.text


async def test_nobody_has_no_page(datasette):
    assert (await datasette.client.get("/quotes/identity/1")).status_code == 404

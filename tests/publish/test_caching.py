"""What a browser or a proxy may reuse, and for whom."""

import os
import time

import pytest
from newsroom import bridge

from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio

PAGES = [
    "/",
    "/quotes/search?q=river",
    "/quotes/speaker",
    f"/quotes/article/{bridge()[0].id}",
    "/quotes/data",
    "/quotes/data/quotes.csv",
    "/quotes/data/quotes.atom",
    "/quotes/data/table/quotes.json",
    "/quotes/data/timeline.csv",
    "/quotes/suggest.json?q=ri",
]


@pytest.fixture
def datasette(path):
    """The site of a database that nobody has written for an hour."""
    made = site(path, metadata=metadata_path())
    os.utime(path, (time.time() - 3600,) * 2)
    return made


@pytest.mark.parametrize("address", PAGES)
async def test_an_anonymous_reader_gets_a_name_for_the_answer_and_what_has_not_changed_is_not_sent_again(datasette, address):
    first = await datasette.client.get(address)
    again = await datasette.client.get(address, headers={"if-none-match": f'"x", {first.headers["etag"]}'})

    assert (first.status_code, first.headers["cache-control"]) == (200, "public, max-age=60")
    assert {"Cookie", "Authorization"} <= set(first.headers["vary"].split(", "))
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert again.headers["cache-control"] == first.headers["cache-control"]


async def test_each_address_has_a_name_of_its_own(datasette):
    assert len({(await datasette.client.get(address)).headers["etag"] for address in PAGES}) == len(PAGES)


async def test_while_the_database_is_written_every_answer_is_asked_for_again_and_afterwards_has_another_name(datasette, path):
    before = (await datasette.client.get(PAGES[1])).headers["etag"]
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")
    during = await datasette.client.get(PAGES[1], headers={"if-none-match": before})
    os.utime(path, (time.time() - 1800,) * 2)
    after = await datasette.client.get(PAGES[1], headers={"if-none-match": before})

    assert (during.status_code, during.headers["cache-control"], "etag" in during.headers) == (200, "no-cache", False)
    assert (after.status_code, after.headers["etag"] != before) == (200, True)


@pytest.mark.parametrize("address", PAGES)
async def test_who_logged_in_gets_an_answer_that_nobody_stores(datasette, address):
    etag = (await datasette.client.get(address)).headers["etag"]
    cookies = {"ds_actor": datasette.sign({"a": {"id": "anna"}}, "actor")}
    response = await datasette.client.get(address, headers={"if-none-match": etag}, cookies=cookies)

    assert (response.status_code, response.headers["cache-control"]) == (200, "private, no-store")
    assert "etag" not in response.headers


@pytest.mark.parametrize("headers", [{"cookie": "other=1"}, {"authorization": "Bearer x"}])
async def test_what_comes_with_a_cookie_or_a_password_is_not_stored_either(datasette, headers):
    response = await datasette.client.get(PAGES[1], headers=headers)

    assert (response.headers["cache-control"], "etag" in response.headers) == ("private, no-store", False)


@pytest.mark.parametrize(("address", "status"), [("/quotes/article/1", 404), ("/quotes/search?since=soon", 400)])
async def test_what_is_refused_is_not_stored(datasette, address, status):
    response = await datasette.client.get(address)

    assert response.status_code == status
    assert "etag" not in response.headers


async def test_what_may_not_be_seen_is_not_said_to_be_unchanged(path, tmp_path, datasette):
    etag = (await datasette.client.get(PAGES[1])).headers["etag"]
    settings = tmp_path / "metadata.yml"
    settings.write_text("allow: {id: anna}", "utf-8")

    assert (await site(path, metadata=settings).client.get(PAGES[1], headers={"if-none-match": etag})).status_code == 403

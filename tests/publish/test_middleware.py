"""One visitor cannot hold up the others; and what a browser or a proxy may reuse, and for whom."""

import os
import time
from types import SimpleNamespace

import pytest
from newsroom import bridge

from quotes.publish.metadata import metadata_path
from quotes.publish.middleware import ARGUMENTS, FORM, QUERY, _cache_headers, bounded
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio(loop_scope="module")

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


@pytest.mark.parametrize("query", ["&".join(f"a{n}=1" for n in range(ARGUMENTS + 1)), "q=" + "x" * QUERY])
@pytest.mark.parametrize("path", ["/", "/quotes/search", "/quotes/quotes_browse.json", "/-/metadata.json"])
async def test_too_many_arguments_are_refused_before_they_are_read(client, path, query):
    """On our pages and on Datasette's."""
    assert (await client.get(f"{path}?{query}")).status_code == 414


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "SOMETHING"])
async def test_a_method_that_nothing_answers_is_refused(client, method):
    """It was an error of the server's."""
    assert (await client.request(method, "/quotes/search")).status_code == 405


async def test_a_form_is_read_up_to_its_bound():
    """However much is sent."""
    read = []

    async def reads_all(scope, receive, send):
        while True:
            message = await receive()
            read.append(len(message["body"]))
            if not message["more_body"]:
                return

    async def sends_without_end():
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    await bounded(reads_all)({"type": "http", "method": "POST"}, sends_without_end, None)

    assert sum(read) <= FORM


@pytest.fixture
def own(path):
    """The site of a database that nobody has written for an hour."""
    made = site(path, metadata=metadata_path())
    os.utime(path, (time.time() - 3600,) * 2)
    return made


async def test_an_anonymous_reader_gets_a_name_for_the_answer_and_what_has_not_changed_is_not_sent_again(own):
    """And each address has a name of its own."""
    names = set()
    for address in PAGES:
        first = await own.client.get(address)
        again = await own.client.get(address, headers={"if-none-match": f'"x", {first.headers["etag"]}'})
        names.add(first.headers["etag"])

        assert (first.status_code, first.headers["cache-control"]) == (200, "public, max-age=60"), address
        assert {"Cookie", "Authorization"} <= set(first.headers["vary"].split(", "))
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert len(names) == len(PAGES)


async def test_while_the_database_is_written_every_answer_is_asked_for_again_and_afterwards_has_another_name(own, path):
    before = (await own.client.get(PAGES[1])).headers["etag"]
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")
    during = await own.client.get(PAGES[1], headers={"if-none-match": before})
    os.utime(path, (time.time() - 1800,) * 2)
    after = await own.client.get(PAGES[1], headers={"if-none-match": before})

    assert (during.status_code, during.headers["cache-control"], "etag" in during.headers) == (200, "no-cache", False)
    assert (after.status_code, after.headers["etag"] != before) == (200, True)


async def test_a_log_that_was_just_written_counts_as_the_database(tmp_path):
    path, log, request = tmp_path / "a.db", tmp_path / "a.db-wal", SimpleNamespace(host="h", full_path="/")
    for each in (path, log):
        each.write_bytes(b"x")
        os.utime(each, (time.time() - 3600,) * 2)
    before = _cache_headers(request, path)
    os.utime(log)

    assert ("etag" in before, _cache_headers(request, path)) == (True, {"cache-control": "no-cache"})


async def test_who_logged_in_gets_an_answer_that_nobody_stores(own):
    cookies = {"ds_actor": own.sign({"a": {"id": "anna"}}, "actor")}
    for address in PAGES:
        etag = (await own.client.get(address)).headers["etag"]
        response = await own.client.get(address, headers={"if-none-match": etag}, cookies=cookies)

        assert (response.status_code, response.headers["cache-control"]) == (200, "private, no-store"), address
        assert "etag" not in response.headers


@pytest.mark.parametrize("headers", [{"cookie": "other=1"}, {"authorization": "Bearer x"}])
async def test_what_comes_with_a_cookie_or_a_password_is_not_stored_either(own, headers):
    response = await own.client.get(PAGES[1], headers=headers)

    assert (response.headers["cache-control"], "etag" in response.headers) == ("private, no-store", False)


@pytest.mark.parametrize(("address", "status"), [("/quotes/article/1", 404), ("/quotes/search?since=soon", 400)])
async def test_what_is_refused_is_not_stored(own, address, status):
    response = await own.client.get(address)

    assert response.status_code == status
    assert "etag" not in response.headers


async def test_what_may_not_be_seen_is_not_said_to_be_unchanged(path, tmp_path, own):
    etag = (await own.client.get(PAGES[1])).headers["etag"]
    settings = tmp_path / "metadata.yml"
    settings.write_text("allow: {id: anna}", "utf-8")

    assert (await site(path, metadata=settings).client.get(PAGES[1], headers={"if-none-match": etag})).status_code == 403

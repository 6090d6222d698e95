"""One visitor cannot hold up the others: bounds of requests and of visitors' SQL."""

import pytest

from quotes.publish.database import LARGEST_VALUE
from quotes.publish.metadata import metadata_path
from quotes.publish.middleware import ARGUMENTS, FORM, QUERY, bounded
from quotes.publish.server import site

pytestmark = pytest.mark.asyncio


@pytest.fixture(scope="module")
def client(db):
    return site(db, metadata=metadata_path()).client


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


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("select instr('straße', 'ß')", 5),
        ("select instr(x'0102', x'02')", 2),
        ("select instr(null, 'a')", None),
        ("select instr(12345, 34)", 3),
        ("select replace('a-b-c', '-', '+')", "a+b+c"),
        ("select replace('abc', '', 'x')", "abc"),
        ("select replace(null, 'a', 'b')", None),
    ],
)
async def test_functions_that_were_replaced_answer_as_before(client, sql, answer):
    """What SQLite's own answer."""
    response = await client.get("/quotes.json", params={"sql": f"{sql} as answer", "_shape": "array"})

    assert response.json() == [{"answer": answer}]


async def test_no_value_of_a_visitor_s_grows_beyond_its_bound(client):
    """A single call would run beyond the time limit."""
    response = await client.get("/quotes.json", params={"sql": f"select length(zeroblob({LARGEST_VALUE + 1}))", "_shape": "array"})

    assert response.status_code == 400

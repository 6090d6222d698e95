"""Questions to the database behind our pages, and the bounds of visitors' SQL."""

import time

import pytest
from newsroom import bridge

from quotes.publish.database import LARGEST_VALUE, Visit
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def opened(path):
    datasette = site(path, metadata=metadata_path())
    return Visit(None, datasette, datasette.get_database("quotes"), frozenset())


async def test_what_is_written_is_seen_by_the_next_question(opened, path):
    def count(connection):
        return connection.execute("select count(*) from quotes").fetchone()[0]

    before = await opened.ask(count)
    with Store.open(path, create=True) as store:
        store.save(bridge()[0], bridge()[1][:1], extractor="rules 2")

    assert await opened.ask(count) == 1 < before


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
        ("select trim('xxaxx', 'xy')", "a"),
        ("select ltrim('xxaxx', 'x')", "axx"),
        ("select rtrim('xxaxx', 'x')", "xxa"),
        ("select trim(' a ')", "a"),
        ("select trim(hex(zeroblob(900000)), replace(hex(zeroblob(900000)), '0', 'x') || '0')", ""),
        ("select trim(null, 'x')", None),
        ("select printf('%05.1f|%s|%d%%', 3.14159, 'a', 7)", "003.1|a|7%"),
        ("select printf('100%% of 2024')", "100% of 2024"),
        ("select printf(null)", None),
    ],
)
async def test_functions_that_were_replaced_answer_as_before(client, sql, answer):
    """What SQLite's own answer."""
    response = await client.get("/quotes.json", params={"sql": f"{sql} as answer", "_shape": "array"}, follow_redirects=True)

    assert response.json() == [{"answer": answer}]


async def test_a_visitor_gets_a_thousand_rows(client):
    sql = "with recursive a(n) as (select 1 union all select n + 1 from a limit 1500) select n from a"
    answer = (await client.get("/quotes.json", params={"sql": sql}, follow_redirects=True)).json()

    assert (len(answer["rows"]), answer["truncated"]) == (1000, True)


@pytest.mark.parametrize(
    "sql",
    [
        f"select length(zeroblob({LARGEST_VALUE + 1}))",
        "select length(printf('%.*c', 2000000000, 'x'))",
        "select length(format('%.2000000000c', 'x'))",
        "select length(replace(hex(zeroblob(900000)), '0', hex(zeroblob(900000))))",
        "select hex(zeroblob(900000)) like '%' || hex(zeroblob(20000)) || '1'",
        "attach 'x.db' as x",
        "with recursive a(n) as (select 1 union all select n+1 from a) select max(n) from a",
        "insert into quotes default values",
        "delete from quotes",
    ],
)
async def test_no_visitor_writes_or_fills_the_memory_or_reaches_another_file_or_asks_for_ever(client, db, sql, capfd):
    """And what is refused prints no trace."""
    before = db.read_bytes()
    response = await client.get("/quotes.json", params={"sql": sql, "_timelimit": "300"}, follow_redirects=True)

    assert response.status_code == 400
    assert db.read_bytes() == before
    assert "Traceback" not in "".join(capfd.readouterr())


async def test_a_page_is_ended_by_what_it_takes_of_the_processor(opened):
    """And not because others keep that busy."""
    opened.datasette.sql_time_limit_ms = 100
    to = "with recursive n(n) as (select 1 union all select n + 1 from n {}) select count(*) from n where n % 100 or wait() is null"

    def asked(limit, seconds):
        def question(connection):
            connection.create_function("wait", 0, lambda: time.sleep(seconds))
            return connection.execute(to.format(limit)).fetchone()[0]

        return question

    assert await opened.ask(asked("limit 5000", 0.004)) == 5000
    with pytest.raises(Exception, match="took too long") as ended:
        await opened.ask(asked("", 0))
    assert ended.value.status == 503

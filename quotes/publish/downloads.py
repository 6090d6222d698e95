"""Downloads: all rows of a search, of a table within a page, or of a table of the database, read while they are sent; and feeds.

Not here: how rows become CSV, JSON or Parquet, which is in the store.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.utils.asgi import BadRequest, Forbidden, NotFound, Response

from quotes.publish.cells import TEMPLATES
from quotes.publish.charts import over_time, printable
from quotes.publish.database import Visit, number
from quotes.publish.datasette_internals import escape_fts, open_read_only, refusal, where_clauses
from quotes.publish.pages.compare_page import sides
from quotes.publish.pages.profiles import TABLES
from quotes.publish.results import Selection, asks_for_all, hits_of, name_of, title_of
from quotes.store.retrieval.counts import months
from quotes.store.retrieval.exporting import TYPES, can_parquet, written
from quotes.store.retrieval.searching import rows_of_quotes
from quotes.store.schema import relation

#: As many downloads are read at the same time; the next ones wait.
_READING = ThreadPoolExecutor(max_workers=4, thread_name_prefix="quotes-downloads")
#: Rows held in memory at a time, and entries in a feed.
CHUNK, ENTRIES = 1_000, 50

#: Arguments of a table's page that put SQL, or a name, of the reader's into the query.
_SQL = frozenset({"_where", "_through", "_fts_table", "_fts_pk", "_searchmode"})

#: Arguments that change only what a page shows of its rows.
_SHOWN = frozenset({"_next", "_size", "_sort", "_sort_desc", "_labels", "_nocount", "_col", "_nocol"})


class Rows(NamedTuple):
    """Rows to download: what they are, their columns with the types, and how to read them, some at a time."""

    title: str
    columns: Sequence[str]
    types: Sequence[str]
    chunks: Callable[[sqlite3.Connection], Iterator[list[tuple[Any, ...]]]]


async def download_quotes(visit: Visit) -> Any:
    """`/quotes/data/NAME.FORM`: the rows of that name for the arguments of the address."""
    name, form, selection = visit.request.url_vars["rows"], visit.request.url_vars["form"], Selection.of(visit.given)
    if (name, form) == ("quotes", "atom"):
        return await _feed(visit, selection)
    find = {"quotes": _quotes, "timeline": _timeline}.get(name, _table_of_page)
    wanted = await visit.ask(lambda connection: find(connection, visit))
    if wanted is None or form == "atom":
        raise NotFound(f"There is no download {name}.{form}")
    return _Download(wanted, visit)


def _quotes(connection: sqlite3.Connection, visit: Visit) -> Rows:
    """Every quote that fits, as `quotes_browse` has it, the newest first."""
    browse, selection = relation("quotes_browse"), Selection.of(visit.given)
    assert browse is not None
    names = browse.names

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        return (rows_of_quotes(reading, names, ids) for ids in selection.every(reading, CHUNK))

    return Rows(title_of(connection, selection), names, [each.type for each in browse.columns], chunks)


def _timeline(connection: sqlite3.Connection, visit: Visit) -> Rows:
    """The numbers behind a chart of quotes over time: one row for each period, one column for each series."""
    both = sides(connection, visit.given)
    selections = both if len(both) > 1 else {"quotes": Selection.of(visit.given)}
    counted = over_time({name: months(connection, each) for name, each in selections.items()})
    columns, types = (counted["unit"], *counted["names"]), ["TEXT", *["INTEGER"] * len(selections)]
    return Rows(f"Quotes over time: {', '.join(selections)}", columns, types, lambda _: iter([counted["rows"]]))


def _table_of_page(connection: sqlite3.Connection, visit: Visit) -> Rows | None:
    """A table of a speaker's, an institution's or a topic's page, whole; None where there is none of that name, or no id is given."""
    what, _, table = visit.request.url_vars["rows"].rpartition("-")
    what = what or "speaker"  # as in `roles` and `beside`
    identifier = number(visit.given.get(what, ""))
    sql = TABLES.get(what, {}).get(table)
    if sql is None or identifier is None:
        return None
    values = {"id": identifier, "all": asks_for_all(visit.given), "newest": -1, "few": -1}
    columns = [each[0] for each in connection.execute(f"select * from ({sql}) limit 0", values).description]
    types = ["INTEGER" if each.endswith("_id") or each in ("quotes", "articles", "past") else "TEXT" for each in columns]
    return Rows(f"{name_of(connection, what, str(identifier))}: {table}", columns, types, _reading(sql, values))


async def download_table(visit: Visit) -> Any:
    """`/quotes/data/table/TABLE.FORM`: the rows of a table or view that the page's own filters leave.

    Conditions in SQL (`_where`) are not taken: nothing bounds the time that they would take over all rows.
    """
    name = visit.request.url_vars["table"]
    source = relation(name)
    if source is None or source.internal:
        raise NotFound(f"There is no table {name}")
    if name in visit.denied:
        raise Forbidden("You do not have permission to see this table")
    if _SQL & set(visit.given):
        raise Forbidden("A download cannot be filtered by SQL: filter by columns, or write the whole query in SQL")
    unknown = sorted({key.split("__")[0] for key in visit.given if not key.startswith("_")} - set(source.names))
    if unknown:
        raise BadRequest(f"There is no column {unknown[0]} in {name}")
    clauses, values = await where_clauses(visit.request, visit.datasette, visit.database.name, name)
    columns, key = (", ".join(f'"{each}"' for each in names) for names in (source.names, source.names[: source.keys]))
    # One statement, so that the file is the table at one moment; the log of a writer grows meanwhile.
    sql = f"select {columns} from {name} where {' and '.join(clauses) or '1'} order by {key}"
    return _Download(Rows(name, source.names, [each.type for each in source.columns], _reading(sql, values)), visit)


def download_url(datasette: Any, request: Any, name: str, form: str) -> str:
    """The address of all rows that the filters of a table's page leave; `name` is the table's, and says if the file is for spreadsheets."""
    filters = [
        (key, value) for key in request.args for value in request.args.getlist(key) if key not in _SHOWN and not key.startswith("_facet")
    ]
    query = urlencode(filters)
    return str(datasette.urls.path(f"{request.path.rsplit('/', 1)[0]}/data/table/{name}.{form}{f'?{query}' if query else ''}"))


def _reading(sql: str, values: Mapping[str, Any]) -> Callable[[sqlite3.Connection], Iterator[list[tuple[Any, ...]]]]:
    def chunks(connection: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        found = connection.execute(sql, values)
        while some := found.fetchmany(CHUNK):
            yield some

    return chunks


class _Download:
    """An answer that sends the rows while they are read, and stops where nobody takes them any more."""

    status = 200

    def __init__(self, wanted: Rows, visit: Visit) -> None:
        form, safe = visit.request.url_vars["form"], visit.request.url_vars["safe"] or ""
        if form == "parquet" and not can_parquet():
            raise refusal("This server cannot write Parquet (it takes: pip install 'quotes[parquet]'). Download CSV or JSON.", status=501)
        if safe and form != "csv":
            raise NotFound("Only CSV comes in a form for spreadsheets")
        plain = unicodedata.normalize("NFKD", wanted.title).encode("ascii", "ignore").decode().lower()
        name = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "rows"
        self.headers = {"content-type": TYPES[form], "content-disposition": f'attachment; filename="{name}{safe}.{form}"'}
        self._wanted, self._visit, self._form, self._safe = wanted, visit, form, bool(safe)

    async def asgi_send(self, send: Any) -> None:
        """Answer a request; raises the refusal that is shown where the rows cannot be read."""
        wanted, request, begun = self._wanted, self._visit.request, False
        gone = asyncio.ensure_future(_left(request.receive))
        try:
            # A connection of its own, which no page has to wait for.
            with closing(open_read_only(self._visit.path)) as connection, self._visit.guarding(connection):
                connection.create_function("escape_fts", 1, escape_fts)
                parts = written(self._form, wanted.columns, wanted.types, wanted.chunks(connection), safe=self._safe)
                # What is wrong with the question is answered before anything is sent; the first part may be a heading alone.
                some = await asyncio.get_running_loop().run_in_executor(_READING, lambda: list(islice(parts, 3)))
                headers = [(name.encode(), words.encode()) for name, words in self.headers.items()]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
                begun = True
                while some and not gone.done() and request.method != "HEAD":
                    await send({"type": "http.response.body", "body": b"".join(some), "more_body": True})
                    some = await asyncio.get_running_loop().run_in_executor(_READING, lambda: list(islice(parts, 1)))
                await send({"type": "http.response.body", "body": b""})
        except sqlite3.Error as error:
            # Once something was sent, the answer is left unfinished, so that nobody takes a part for the whole.
            if not begun:
                raise refusal(f"These rows cannot be read: {error}", status=400) from error
        finally:
            gone.cancel()


async def _left(receive: Any) -> None:
    """Wait until whoever asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _feed(visit: Visit, selection: Selection) -> Any:
    """The newest quotes that fit as an Atom feed (RFC 4287), so that a feed reader shows when somebody speaks again.

    An entry is dated by its article, or where that has no date, by the day that Unix counts from, since a feed allows no entry without one.
    """

    def found(connection: sqlite3.Connection) -> tuple[str, list[dict[str, Any]]]:
        return title_of(connection, selection), hits_of(connection, replace(selection, order="newest"), limit=ENTRIES)

    title, hits = await visit.ask(found)
    entries = [{**each, "updated": rfc3339(each["published"])} for each in hits]
    written = TEMPLATES.get_template("quotes.atom").render(
        title=title,
        origin=visit.url(),
        query=f"?{selection.address()}" if selection.address() else "",
        entries=entries,
        updated=max((each["updated"] for each in entries), default=rfc3339(None)),
    )
    return Response(printable(written), content_type="application/atom+xml; charset=utf-8")


def rfc3339(published: str | None) -> str:
    """A date as exact as printed, as RFC 3339 wants it."""
    day, _, time = (published or "1970").partition("T")
    try:
        moment = datetime.fromisoformat(f"{day}{'-01-01'[len(day) - 4 :]}T{time or '00:00'}")
    except ValueError:
        moment = datetime(1970, 1, 1)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(timespec="seconds").replace("+00:00", "Z")

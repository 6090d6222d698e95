"""Answering with all rows of a set, in whatever form, while they are read: no more of them in memory than a chunk."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import unicodedata
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any, TypeVar

from datasette.utils.asgi import NotFound

from quotes.publish.database import Visit, visit_of
from quotes.publish.datasette_internals import escape_fts, open_read_only, refusal
from quotes.publish.exports import export_rows
from quotes.publish.exports.export_rows import Rows
from quotes.publish.exports.feed import feed
from quotes.publish.exports.table_export import table_rows
from quotes.publish.pages.compare_page import sides
from quotes.publish.results import Selection
from quotes.store.retrieval.writing import TYPES, can_parquet, written

_Part = TypeVar("_Part")

#: As many downloads are read at the same time; the next ones wait.
_READING = ThreadPoolExecutor(max_workers=4, thread_name_prefix="quotes-downloads")


async def download_quotes(request: Any, datasette: Any, receive: Any, send: Any) -> Any:
    """`/quotes/data/NAME.FORM`: the rows of that name for the arguments of the address."""
    visit = await visit_of(request, datasette)
    name, form, selection = request.url_vars["rows"], request.url_vars["form"], Selection.of(visit.given)
    if (name, form) == ("quotes", "atom"):
        return await feed(visit, selection)

    def found(connection: sqlite3.Connection) -> Rows | None:
        if name == "quotes":
            return export_rows.quotes_of(connection, selection)
        if name == "timeline":
            both = sides(connection, visit.given)
            return export_rows.timeline_of(connection, both if len(both) > 1 else {"quotes": selection})
        return export_rows.of_page(connection, name, visit.given)

    wanted = await visit.ask(found)
    if wanted is None or form == "atom":
        raise NotFound(f"There is no download {name}.{form}")
    return await _send(wanted, visit, receive, send)


async def download_table(request: Any, datasette: Any, receive: Any, send: Any) -> Any:
    """`/quotes/data/table/TABLE.FORM`: the rows of a table or view that the page's own filters leave."""
    visit = await visit_of(request, datasette)
    return await _send(await table_rows(visit, request.url_vars["table"]), visit, receive, send)


async def _send(wanted: Rows, visit: Visit, receive: Any, send: Any) -> None:
    """Send the rows, and stop reading where nobody takes them any more."""
    form, safe = visit.request.url_vars["form"], visit.request.url_vars["safe"]
    if form == "parquet" and not can_parquet():
        raise refusal("This server cannot write Parquet (it takes: pip install 'quotes[parquet]'). Download CSV or JSON.", status=501)
    if safe and form != "csv":
        raise NotFound("Only CSV comes in a form for spreadsheets")
    # A connection of its own, which no page has to wait for.
    connection = open_read_only(visit.path)
    connection.create_function("escape_fts", 1, escape_fts)
    chunks = iter(wanted.chunks(connection))
    gone = asyncio.ensure_future(_left(receive))
    begun = False
    try:
        with visit.guarding(connection):
            # What is wrong with the question is answered before anything is sent.
            first = await _next(chunks)
            parts = written(form, wanted.columns, wanted.types, chain([first] if first else [], chunks), safe=bool(safe))
            part = await _next(parts)
            name = f"{_file_name(wanted.title) or wanted.name}{safe or ''}.{form}"
            headers = {"content-type": TYPES[form], "content-disposition": f'attachment; filename="{name}"'}
            lines = [(key.encode(), words.encode()) for key, words in headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": lines})
            begun = True
            while part is not None and not gone.done() and visit.request.method != "HEAD":
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await _next(parts)
            await send({"type": "http.response.body", "body": b""})
    except sqlite3.Error as error:
        # Once something was sent, the answer is left unfinished, so that nobody takes a part for the whole.
        if begun:
            return
        raise refusal(f"These rows cannot be read: {error}", status=400) from error
    finally:
        gone.cancel()
        await asyncio.get_running_loop().run_in_executor(_READING, _close, chunks, connection)


async def _next(parts: Iterator[_Part]) -> _Part | None:
    return await asyncio.get_running_loop().run_in_executor(_READING, next, parts, None)


def _close(chunks: Iterator[Any], connection: sqlite3.Connection) -> None:
    if isinstance(chunks, Generator):
        chunks.close()
    connection.close()


async def _left(receive: Any) -> None:
    """Wait until whoever asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _file_name(title: str) -> str:
    """A title in letters that every file system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")

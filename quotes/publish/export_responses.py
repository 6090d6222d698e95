"""Answering with all rows of a set, in whatever form, while they are read: no more of them in memory than a chunk."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import unicodedata
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from datasette.utils import escape_fts
from datasette.utils.asgi import NotFound, Response

from quotes.publish import comparing, export_rows
from quotes.publish.export_rows import Rows
from quotes.publish.feed import ENTRIES, atom
from quotes.publish.page_filters import Selection
from quotes.publish.pictures import timeline
from quotes.publish.queries import arguments, ask, permitted, refusal, rows
from quotes.publish.results import shown
from quotes.publish.site_settings import public_url
from quotes.publish.table_export import table_rows
from quotes.store.retrieval.writing import TYPES, can_parquet, writer_for

#: How many can take rows away at the same time; the next ones wait.
_TAKERS = 4

# A file of its own has no style sheet beside it.
_FOR_PAPER = (
    "text{font:12px sans-serif;fill:#333}.quotes-hue-1{fill:#1f5f8b}.quotes-hue-2{fill:#b4540a}"
    "path.quotes-hue-1{fill:none;stroke:#1f5f8b}path.quotes-hue-2{fill:none;stroke:#b4540a}"
)

_Part = TypeVar("_Part")

_reading = ThreadPoolExecutor(max_workers=_TAKERS, thread_name_prefix="quotes-rows")


async def take_quotes(request: Any, datasette: Any, receive: Any, send: Any) -> Any:
    """`/quotes/data/NAME.FORM`: the rows of that name for the arguments of the address."""
    database = await permitted(request, datasette)
    name, safe, form = request.url_vars["rows"], bool(request.url_vars["safe"]), request.url_vars["form"]
    given = arguments(request)
    selection = Selection.of(given)
    if form == "atom":
        return await _feed(request, datasette, database, selection) if name == "quotes" else _no_such(name, form)

    def found(connection: sqlite3.Connection) -> Rows | None:
        if name == "quotes":
            return export_rows.quotes_of(connection, selection)
        if name == "timeline":
            both = comparing.sides(connection, given)
            return export_rows.timeline_of(connection, both if len(both) > 1 else {"quotes": selection})
        return export_rows.of_one(connection, name, given) or export_rows.counts_of(connection, name)

    wanted = await ask(datasette, database, found)
    if wanted is None:
        return _no_such(name, form)
    if form == "svg":
        return await _picture(datasette, database, wanted)
    return await _send(wanted, form, safe, request, database, receive, send)


async def take_table(request: Any, datasette: Any, receive: Any, send: Any) -> Any:
    """`/quotes/data/table/TABLE.FORM`: the rows of a table or view that the page's own filters leave."""
    database = await permitted(request, datasette)
    wanted = await table_rows(request, datasette, database, request.url_vars["table"])
    return await _send(wanted, request.url_vars["form"], bool(request.url_vars["safe"]), request, database, receive, send)


def _no_such(name: str, form: str) -> Any:
    raise NotFound(f"There is no download {name}.{form}")


async def _send(wanted: Rows, form: str, safe: bool, request: Any, database: Any, receive: Any, send: Any) -> None:
    """Send the rows, and stop reading where nobody takes them any more."""
    if form == "parquet" and not can_parquet():
        raise refusal("This server cannot write Parquet (it takes: pip install 'quotes[parquet]'). Download CSV or JSON.", status=501)
    if safe and form != "csv":
        raise NotFound("Only CSV comes in a form for spreadsheets")
    connection = _connect(database)
    chunks = iter(wanted.chunks(connection))
    written: Iterator[bytes] = iter(())
    gone = asyncio.ensure_future(_left(receive))
    begun = False
    try:
        with database.guarding(connection):
            # What is wrong with the question is told before anything is sent.
            first = await _next(chunks)
            written = writer_for(form, safe=safe)(wanted, chain([first] if first else [], chunks))
            part = await _next(written)
            await send({"type": "http.response.start", "status": 200, "headers": _headers(wanted, form, safe)})
            begun = True
            while part is not None and not gone.done() and request.method != "HEAD":
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await _next(written)
            await send({"type": "http.response.body", "body": b""})
    except sqlite3.Error as error:
        # Once something was sent, the answer is left unfinished, so that nobody takes a part for the whole.
        if begun:
            return
        raise refusal(f"These rows cannot be read: {error}", status=400) from error
    finally:
        gone.cancel()
        await asyncio.get_running_loop().run_in_executor(_reading, _close, chunks, connection)


async def _next(written: Iterator[_Part]) -> _Part | None:
    return await asyncio.get_running_loop().run_in_executor(_reading, next, written, None)


def _close(chunks: Iterator[Any], connection: sqlite3.Connection) -> None:
    if isinstance(chunks, Generator):
        chunks.close()
    connection.close()


async def _left(receive: Any) -> None:
    """Wait until whoever asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _connect(database: Any) -> sqlite3.Connection:
    """A connection of its own, read-only, which no page has to wait for."""
    connection = sqlite3.connect(f"{Path(database.path).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=30)
    connection.execute("pragma query_only = on")
    connection.create_function("escape_fts", 1, escape_fts)
    return connection


def _headers(wanted: Rows, form: str, safe: bool) -> list[tuple[bytes, bytes]]:
    name = f"{_file_name(wanted.title) or wanted.name}{'-for-spreadsheets' if safe else ''}.{form}"
    note = "a leading apostrophe keeps formulas from running" if safe else "cells are as stored, formulas included"
    return [
        (b"content-type", TYPES[form].encode()),
        (b"content-disposition", f'attachment; filename="{name}"'.encode()),
        *([(b"x-quotes-formulas", note.encode())] if form == "csv" else []),
    ]


def _file_name(title: str) -> str:
    """A title in letters that every file system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


async def _picture(datasette: Any, database: Any, wanted: Rows) -> Any:
    """A timeline as a file of its own, in colours for paper."""
    if wanted.name != "timeline":
        return _no_such(wanted.name, "svg")
    (table,) = await ask(datasette, database, lambda connection: list(wanted.chunks(connection)))
    series = {"rows": [{"period": row[0], "counts": list(row[1:])} for row in table], "names": list(wanted.columns[1:])}
    drawn = timeline(series, wanted.title)
    style = f"<style>{_FOR_PAPER}</style>"
    body = str(drawn).replace(">", f">{style}", 1) if drawn else '<svg xmlns="http://www.w3.org/2000/svg"/>'
    return Response(
        body, content_type="image/svg+xml; charset=utf-8", headers={"content-disposition": 'attachment; filename="timeline.svg"'}
    )


async def _feed(request: Any, datasette: Any, database: Any, selection: Selection) -> Any:
    """The newest quotes that fit, as Atom."""

    def found(connection: sqlite3.Connection) -> tuple[str, list[dict[str, Any]]]:
        newest = replace(selection, order="newest")
        ids = [row["id"] for row in rows(connection, *newest.ids(limit=ENTRIES))]
        return export_rows.quotes_of(connection, selection).title, shown(connection, ids)

    title, entries = await ask(datasette, database, found)
    origin = public_url(datasette, request, datasette.urls.database(database.name))
    query = selection.address()
    address = f"{origin}/data/quotes.atom{f'?{query}' if query else ''}"
    body = atom(title, address, f"{origin}/search{f'?{query}' if query else ''}", entries, origin)
    return Response(body, content_type="application/atom+xml; charset=utf-8")

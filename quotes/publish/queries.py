"""Asking the database for a page: who may, for how long, and what becomes of a question that takes too long or asks for nothing."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotes.store.retrieval.quote_filters import number as number
from quotes.store.schema import VIEWS
from quotes.store.schema.tables import TABLES

_Answer = TypeVar("_Answer")
_Parameters = Sequence[object] | Mapping[str, object]

#: Threads for the queries of our pages, apart from those in which Datasette runs the SQL of visitors: neither waits for the other.
_THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="quotes-pages")
_of_thread = threading.local()

_VIEWS = frozenset(each.name for each in VIEWS)

# The full-text index of a table shows what stands in it.
_INDEX = re.compile("_fts$")


@dataclass(frozen=True)
class Readable:
    """A database of a site, and the tables and views of it that whoever asks may not see (the `allow` blocks of metadata.yml)."""

    database: Any
    denied: frozenset[str]

    @property
    def name(self) -> str:
        """What Datasette calls the database."""
        return str(self.database.name)

    @property
    def path(self) -> Path:
        """Its file."""
        return Path(self.database.path)

    @contextmanager
    def guarding(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let SQLite itself refuse every statement that reads what is denied, whatever page it belongs to; raises Forbidden then.

        As in Datasette, a view that may be seen shows what it reads of tables that may not.
        """
        if not self.denied:
            yield
            return

        def authorize(action: int, table: str | None, _column: str | None, _schema: str | None, source: str | None) -> int:
            if action != sqlite3.SQLITE_READ or not table:
                return sqlite3.SQLITE_OK
            seen = source if source in _VIEWS else _INDEX.sub("", table)
            if seen not in self.denied:
                return sqlite3.SQLITE_OK
            refused.append(seen)
            return sqlite3.SQLITE_DENY

        refused: list[str | None] = []

        connection.set_authorizer(authorize)
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not refused:
                raise
            raise Forbidden("You do not have permission to see this") from error
        finally:
            connection.set_authorizer(None)


def rows(connection: sqlite3.Connection, sql: str, parameters: _Parameters = ()) -> list[dict[str, Any]]:
    """Every row of a query, as a dictionary."""
    cursor = connection.execute(sql, parameters)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def value(connection: sqlite3.Connection, sql: str, parameters: _Parameters = ()) -> Any:
    """The first value of the first row, or None."""
    row = connection.execute(sql, parameters).fetchone()
    return None if row is None else row[0]


def arguments(request: Any) -> dict[str, str]:
    """The arguments of the address, the first of each name."""
    return {name: request.args.get(name) for name in request.args}


async def permitted(request: Any, datasette: Any) -> Readable:
    """The database that the address names, as far as whoever asks may read it; raises Forbidden or NotFound."""
    database = datasette.get_database(route=request.url_vars["database"])
    said = {
        each.name: await datasette.permission_allowed(request.actor, "view-table", (database.name, each.name), default=None)
        for each in (*TABLES, *VIEWS)
    }
    # Where nothing is said of a table, the database decides, as for a page of Datasette's.
    if None in said.values():
        await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
    return Readable(database, frozenset(name for name, answer in said.items() if answer is False))


async def ask(datasette: Any, database: Readable, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
    """What `question` makes of the database, in one turn of one thread, within the time that any query of the site may take.

    Raises Forbidden when it reads a table that whoever asks may not see, and DatasetteError, which is shown as a page, when the
    time is up.
    """

    def within_the_limit() -> _Answer:
        connection = _connection_of_thread(database.database)
        with sqlite_timelimit(connection, datasette.sql_time_limit_ms), database.guarding(connection):
            return question(connection)

    try:
        return await asyncio.get_running_loop().run_in_executor(_THREADS, within_the_limit)
    except sqlite3.OperationalError as error:
        if error.args != ("interrupted",):
            raise
        message = "This search took too long. Add a speaker, an outlet or a date, or use rarer words."
        raise refusal(message, title="Search too large", status=503) from error


def _connection_of_thread(database: Any) -> sqlite3.Connection:
    """The connection of this thread to the database of one site."""
    connections: WeakKeyDictionary[Any, sqlite3.Connection] = _of_thread.__dict__.setdefault("connections", WeakKeyDictionary())
    if database not in connections:
        connections[database] = _connected(database)
    return connections[database]


def _connected(database: Any) -> sqlite3.Connection:
    """A connection without the bounds of visitors' SQL (`prepare_connection`)."""
    connection: sqlite3.Connection = database.connect()
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda value: str(value, "utf-8", "replace")
    return connection


async def page(request: Any, datasette: Any, database: Any, template: str, context: Mapping[str, Any], *, status: int = 200) -> Any:
    """The answer of one of our pages."""
    given = {**context, "database": database.name, "base": str(datasette.urls.database(database.name))}
    return Response.html(await datasette.render_template(template, given, request=request), status=status)


def refusal(message: str, *, status: int, title: str | None = None) -> Exception:
    """An error that Datasette shows as a page, or as JSON where the address asks for it."""
    # Whatever needs Datasette's plugins is imported when it is needed: importing them loads this package, which must be whole by then.
    from datasette.views.base import DatasetteError

    error: Exception = DatasetteError(message, title=title, status=status)
    return error


def missing(what: str, identifier: str) -> NotFound:
    """The error for an id that nothing has."""
    return NotFound(f"There is no {what} {identifier}")

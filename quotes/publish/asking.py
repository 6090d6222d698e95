"""Asking the database for a page: who may, for how long, and what becomes of a question that takes too long or asks for nothing."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotes.publish.others import others_have_a_say
from quotes.publish.rendering import filled
from quotes.store.schema import VIEWS
from quotes.store.selecting import number as number
from quotes.store.tables import TABLES

_Answer = TypeVar("_Answer")
_Parameters = Sequence[object] | Mapping[str, object]

#: Threads for the queries of our pages, apart from those in which Datasette runs the SQL of visitors: neither waits for the other.
_THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="quotes-pages")
_of_thread = threading.local()

_VIEWS = frozenset(each.name for each in VIEWS)

# The full-text index of a table shows what stands in it.
_INDEX = re.compile("_fts$")

#: Seconds for which everybody else waits for a quick question, which is about what it takes to fill a page.
HERE = 0.005

#: Steps of SQLite between two looks at the clock.
STEPS = 1000

_here: WeakKeyDictionary[Any, sqlite3.Connection] = WeakKeyDictionary()


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


#: What whoever has not logged in may read of each database of each site.
_open_to_all: WeakKeyDictionary[Any, dict[str, Readable]] = WeakKeyDictionary()


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
    # What a visitor who has not logged in may do hangs on the settings alone, which stay as they are, unless another plugin has a say;
    # and Datasette takes longer to say so than many a page takes to be made.
    settled = request.actor is None and not others_have_a_say("permission_allowed", "get_metadata")
    known = _open_to_all.setdefault(datasette, {})
    if settled and database.name in known:
        return known[database.name]
    said = {
        each.name: await datasette.permission_allowed(request.actor, "view-table", (database.name, each.name), default=None)
        for each in (*TABLES, *VIEWS)
    }
    # Where nothing is said of a table, the database decides, as for a page of Datasette's.
    if None in said.values():
        await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
    readable = Readable(database, frozenset(name for name, answer in said.items() if answer is False))
    if settled:
        known[database.name] = readable
    return readable


async def ask(datasette: Any, database: Readable, question: Callable[[sqlite3.Connection], _Answer], *, quick: bool = False) -> _Answer:
    """What `question` makes of the database, in one turn of one thread, within the time that any query of the site may take.

    A `quick` question, which looks up a few rows by their keys, is asked here first: to go to a thread and back takes as long as the
    answer. Raises Forbidden when it reads a table that whoever asks may not see, and DatasetteError, which is shown as a page, when the
    time is up.
    """
    if quick:
        # Too long, or a writer is at it: for a thread to wait.
        with suppress(sqlite3.OperationalError):
            connection = _connection_here(database.database)
            with _at_most(connection, HERE), database.guarding(connection):
                return question(connection)

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


def _connection_here(database: Any) -> sqlite3.Connection:
    """The connection for quick questions, which waits for nobody."""
    if database not in _here:
        _here[database] = _connected(database)
        _here[database].execute("PRAGMA busy_timeout = 0")
    return _here[database]


def _connected(database: Any) -> sqlite3.Connection:
    """A connection without the bounds of visitors' SQL (`prepare_connection`)."""
    connection: sqlite3.Connection = database.connect()
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda value: str(value, "utf-8", "replace")
    return connection


@contextmanager
def _at_most(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Interrupt whatever takes longer. Datasette's own way looks at the clock at each step where the time is so short."""
    until = time.perf_counter() + seconds
    connection.set_progress_handler(lambda: time.perf_counter() > until, STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


async def page(request: Any, datasette: Any, database: Any, template: str, context: Mapping[str, Any], *, status: int = 200) -> Any:
    """The answer of one of our pages."""
    # As Datasette gives it, every look at the address takes as long as ten of a string's.
    base = str(datasette.urls.database(database.name))
    html = await filled(datasette, template, {**context, "database": database.name, "base": base}, request)
    return Response.html(html, status=status)


def refusal(message: str, *, status: int, title: str | None = None) -> Exception:
    """An error that Datasette shows as a page, or as JSON where the address asks for it."""
    # Whatever needs Datasette's plugins is imported when it is needed: importing them loads this package, which must be whole by then.
    from datasette.views.base import DatasetteError

    error: Exception = DatasetteError(message, title=title, status=status)
    return error


def missing(what: str, identifier: str) -> NotFound:
    """The error for an id that nothing has."""
    return NotFound(f"There is no {what} {identifier}")

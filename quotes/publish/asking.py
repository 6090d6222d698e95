"""Asking the database for a page: who may, for how long, and what becomes of a question that takes too long or asks for nothing."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Forbidden, NotFound, Response

from quotes.publish.others import others_have_a_say
from quotes.publish.rendering import filled

_Answer = TypeVar("_Answer")
_Parameters = Sequence[object] | Mapping[str, object]

#: The tables that the pages read; whoever may not see one of them sees no page.
_READ = ("articles", "quotes", "speakers", "institutions")

#: The databases of each site that whoever has not logged in may read.
_open_to_all: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()

#: Seconds for which everybody else waits for a quick question, which is about what it takes to fill a page.
HERE = 0.005

#: Steps of SQLite between two looks at the clock.
STEPS = 1000

_here: WeakKeyDictionary[Any, sqlite3.Connection] = WeakKeyDictionary()


def rows(connection: sqlite3.Connection, sql: str, parameters: _Parameters = ()) -> list[dict[str, Any]]:
    """Every row of a query, as a dictionary."""
    cursor = connection.execute(sql, parameters)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def value(connection: sqlite3.Connection, sql: str, parameters: _Parameters = ()) -> Any:
    """The first value of the first row, or None."""
    row = connection.execute(sql, parameters).fetchone()
    return None if row is None else row[0]


def number(words: str) -> int | None:
    """The id that `words` write, or None; more digits than eighteen would be no number of SQLite's."""
    return int(words) if re.fullmatch("[0-9]{1,18}", words) else None


async def permitted(request: Any, datasette: Any) -> Any:
    """The database that the address names, if whoever asks may read it; raises Forbidden or NotFound."""
    database = datasette.get_database(route=request.url_vars["database"])
    # What a visitor who has not logged in may do hangs on the settings alone, which stay as they are, unless another plugin has a say;
    # and Datasette takes longer to say so than many a page takes to be made.
    settled = request.actor is None and not others_have_a_say("permission_allowed", "get_metadata")
    known = _open_to_all.setdefault(datasette, set())
    if settled and database.name in known:
        return database
    said = [await datasette.permission_allowed(request.actor, "view-table", (database.name, table), default=None) for table in _READ]
    if False in said:
        raise Forbidden("view-table")
    # Where nothing is said of a table, the database decides, as for a page of Datasette's.
    if None in said:
        await datasette.ensure_permissions(request.actor, [("view-database", database.name), "view-instance"])
    if settled:
        known.add(database.name)
    return database


async def ask(datasette: Any, database: Any, question: Callable[[sqlite3.Connection], _Answer], *, quick: bool = False) -> _Answer:
    """What `question` makes of the database, in one turn of one thread, within the time that any query of the site may take.

    A `quick` question, which looks up a few rows by their keys, is asked here first: to go to a thread and back takes as long as the
    answer. Raises DatasetteError, which is shown as a page, when the time is up.
    """
    if quick:
        # Too long, or a writer is at it: for a thread to wait.
        with suppress(sqlite3.OperationalError):
            connection = _connection_here(database)
            with _at_most(connection, HERE):
                return question(connection)

    def within_the_limit(connection: sqlite3.Connection) -> _Answer:
        with sqlite_timelimit(connection, datasette.sql_time_limit_ms):
            return question(connection)

    try:
        answer: _Answer = await database.execute_fn(within_the_limit)
    except sqlite3.OperationalError as error:
        if error.args != ("interrupted",):
            raise
        message = "This took too long to find. Narrow it by a speaker, an outlet or a date, or use rarer words."
        raise refusal(message, title="Too much to look through", status=503) from error
    return answer


def _connection_here(database: Any) -> sqlite3.Connection:
    """The connection for quick questions, which waits for nobody."""
    if database not in _here:
        _here[database] = database.connect()
        _here[database].execute("PRAGMA busy_timeout = 0")
    return _here[database]


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

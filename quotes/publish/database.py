"""Asking a database for a page: which databases are ours, who may read what of them and for how long, and how rows come back."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from datasette.utils.asgi import Forbidden, NotFound, Response

from quotes.publish.datasette_internals import at_once, denied_tables, refusal
from quotes.publish.metadata import public_url
from quotes.store.retrieval.quote_filters import number as number
from quotes.store.schema import TABLES, VIEWS
from quotes.store.schema.connection import is_ours

_Answer = TypeVar("_Answer")
_Parameters = Sequence[object] | Mapping[str, object]

#: Seconds for which figures are used although the database has changed since.
FRESH = 60.0
# When each was counted, the state of the file then, and what was found.
_kept: dict[tuple[Path, frozenset[str], Hashable], tuple[float, tuple[int, ...] | None, Any]] = {}
_MOST_KEPT = 1_000

#: How many times its limit a page of ours may take by the clock.
_BUSY = 5

#: The largest value that a query of a visitor's may build, in bytes; the longest article is far below.
LARGEST_VALUE = 2_000_000
#: The longest pattern for LIKE and GLOB.
LONGEST_PATTERN = 300
#: A width or precision in a format of printf that takes long to print, or is stated elsewhere.
_WIDE = re.compile(r"(?:^|[^%])(?:%%)*%[^%a-zA-Z]*(?:\*|\d{4})")
#: What SQLite refuses without a trace.
_TOO_LARGE = " " * (LARGEST_VALUE + 1)

_VIEWS = frozenset(each.name for each in VIEWS)
_VISIBLE = tuple(each.name for each in (*TABLES, *VIEWS) if not getattr(each, "internal", False))

# Asked for each cell of a table.
_ours = lru_cache(maxsize=256)(is_ours)


def our_databases(datasette: Any) -> list[str]:
    """The names of the databases of this Datasette that hold quotes."""
    return [name for name, database in datasette.databases.items() if database.path and _ours(Path(database.path))]


def ours_alone(datasette: Any) -> bool:
    """Whether the site serves one database of quotes and nothing else, so that its front page is ours too."""
    ours = our_databases(datasette)
    return len(ours) == 1 and not [name for name in datasette.databases if name not in ours and not name.startswith("_")]


@dataclass(frozen=True)
class Visit:
    """A request to one of our databases, and the tables and views in it that whoever asks may not see (`allow` in metadata.yml)."""

    request: Any
    datasette: Any
    database: Any
    denied: frozenset[str]

    @cached_property
    def given(self) -> dict[str, str]:
        """The arguments of the address, the first of each name."""
        return {name: self.request.args.get(name) for name in self.request.args}

    @property
    def path(self) -> Path:
        """The file of the database."""
        return Path(self.database.path)

    @property
    def base(self) -> str:
        """The address of the database, below which all our pages stand."""
        return str(self.datasette.urls.database(self.database.name))

    def url(self, path: str = "") -> str:
        """The whole address of a page below the database's."""
        return public_url(self.datasette, self.request, f"{self.base}{path}")

    def missing(self, what: str) -> NotFound:
        """The error for an id in the address that nothing has."""
        return NotFound(f"There is no {what} {self.request.url_vars['id']}")

    async def ask(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """What `question` makes of the database, in one turn of one thread, within the time that any query of the site may take.

        Raises Forbidden when it reads a table that whoever asks may not see, and the refusal that is shown when the time is up.
        """

        def guarded(connection: sqlite3.Connection) -> _Answer:
            before = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000_000)
            try:
                with _limited(connection, self.datasette.sql_time_limit_ms / 1000), self.guarding(connection):
                    return question(connection)
            finally:
                connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)

        try:
            answer: _Answer = await self.database.execute_fn(guarded)
            return answer
        except sqlite3.OperationalError as error:
            if error.args != ("interrupted",):
                raise
            message = "This search took too long. Add a speaker, an outlet or a date, or use rarer words."
            raise refusal(message, title="Search too large", status=503) from error

    def kept(self, what: Hashable, counted: Callable[[], _Answer]) -> _Answer:
        """What is counted over many rows, at most FRESH seconds old where the database has changed. Whoever may not see some tables gets
        nothing that was counted for others."""
        key, now, state = (self.path, self.denied, what), time.monotonic(), state_of(self.path)
        at, known, found = _kept.get(key, (0.0, None, None))
        if known is None or (known != state and now - at >= FRESH):
            found = counted()
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            _kept[key] = (now, state, found)
        answer: _Answer = found
        return answer

    @contextmanager
    def guarding(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let SQLite itself refuse every statement that reads what is denied, whatever page it belongs to; raises Forbidden then.

        As in Datasette, a view that may be seen shows what it reads of tables that may not.
        """
        if not self.denied:
            yield
            return
        refused: list[str] = []

        def authorize(action: int, table: str | None, _column: str | None, _schema: str | None, source: str | None) -> int:
            # A full-text index shows what stands in its table.
            seen = source if source in _VIEWS else (table or "").removesuffix("_fts")
            if action != sqlite3.SQLITE_READ or seen not in self.denied:
                return sqlite3.SQLITE_OK
            refused.append(seen)
            return sqlite3.SQLITE_DENY

        connection.set_authorizer(authorize)
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not refused:
                raise
            raise Forbidden("You do not have permission to see this") from error
        finally:
            connection.set_authorizer(None)

    async def page(self, template: str, context: Mapping[str, Any]) -> Any:
        """The answer of one of our pages."""
        given = {**context, "database": self.database.name, "base": self.base}
        page = at_once(self.datasette, template)
        return Response.html(await self.datasette.render_template(page, given, request=self.request))


async def visit_of(request: Any, datasette: Any) -> Visit:
    """The visit to the database that the address names; raises Forbidden or NotFound."""
    # The front page names none; it is ours only where there is one.
    route = request.url_vars.get("database") or datasette.databases[our_databases(datasette)[0]].route
    database = datasette.get_database(route=route)
    return Visit(request, datasette, database, await denied_tables(datasette, request.actor, database.name, _VISIBLE))


def view(template: str) -> Callable[[Callable[[sqlite3.Connection, Visit], Mapping[str, Any]]], Callable[..., Any]]:
    """A page out of a function that finds in the database what the template shows; `{…}` in its name is a part of the address."""

    def made(found: Callable[[sqlite3.Connection, Visit], Mapping[str, Any]]) -> Callable[..., Any]:
        async def answer(visit: Visit) -> Any:
            context = await visit.ask(lambda connection: found(connection, visit))
            return await visit.page(template.format(**visit.request.url_vars), context)

        return answer

    return made


@contextmanager
def _limited(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """End what takes longer: by the processor, since others may keep that busy, or `_BUSY` times as long by the clock."""
    work, clock = time.thread_time() + seconds, time.monotonic() + _BUSY * seconds
    connection.set_progress_handler(lambda: time.thread_time() >= work or time.monotonic() >= clock, 1000)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def rows(connection: sqlite3.Connection, sql: str, parameters: _Parameters = ()) -> list[dict[str, Any]]:
    """Every row of a query, as a dictionary."""
    cursor = connection.execute(sql, parameters)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def value(connection: sqlite3.Connection, sql: str, parameters: _Parameters = ()) -> Any:
    """The first value of the first row, or None."""
    row = connection.execute(sql, parameters).fetchone()
    return None if row is None else row[0]


def state_of(path: Path) -> tuple[int, ...]:
    """What changes whenever the database is written: when its file and its log were, in nanoseconds, each with its size."""
    state: tuple[int, ...] = ()
    for each in (path, Path(f"{path}-wal")):
        with suppress(OSError):
            stat = each.stat()
            state += (stat.st_mtime_ns, stat.st_size)
    return state


def bound_visitors(connection: sqlite3.Connection) -> None:
    """Bounds for whatever a visitor asks in SQL: no second file, no value that fills the memory, no function that runs for minutes."""
    connection.execute("PRAGMA cache_size = -32768")  # a page looks up some hundred rows, all over the file
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    # The time limit is looked at between two calls. SQLite's own take the product of both lengths, or go as far as a stated width.
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN)
    elsewhere = sqlite3.connect(":memory:", check_same_thread=False)
    elsewhere.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    functions: dict[str, tuple[int, Callable[..., Any]]] = {
        "instr": (2, lambda text, part: text.find(part) + 1),
        "replace": (3, _replace),
        "trim": (2, lambda text, signs: _ltrim(_rtrim(text, signs), signs)),
        "ltrim": (2, _ltrim),
        "rtrim": (2, _rtrim),
    }
    for name, (arguments, function) in functions.items():
        connection.create_function(name, arguments, partial(_of_texts, function), deterministic=True)
    for name in ("printf", "format"):
        connection.create_function(name, -1, partial(_printf, elsewhere), deterministic=True)


def _of_texts(function: Callable[..., Any], *values: Any) -> Any:
    """What a function makes of the values as texts; null where one is null."""
    return None if None in values else function(*map(_text, values))


def _text(value: Any) -> str:
    """A value as text, one character for each byte of a blob."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _replace(text: str, old: str, new: str) -> str:
    if not old:
        return text
    if len(text) + text.count(old) * (len(new) - len(old)) > LARGEST_VALUE:
        return _TOO_LARGE
    return text.replace(old, new)


def _ltrim(text: str, signs: str) -> str:
    members = set(signs)
    return text[next((place for place, sign in enumerate(text) if sign not in members), len(text)) :]


def _rtrim(text: str, signs: str) -> str:
    return _ltrim(text[::-1], signs)[::-1]


def _printf(elsewhere: sqlite3.Connection, *values: Any) -> Any:
    """SQLite's own, asked of another connection; too large a value where it may print a thousand characters or more for one argument."""
    if values and _WIDE.search(_text(values[0])):
        return _TOO_LARGE
    return elsewhere.execute(f"select printf({', '.join('?' * len(values))})", values).fetchone()[0]

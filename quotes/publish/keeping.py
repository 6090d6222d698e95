"""Pages that were made are kept, and given again while nothing in the database changes.

What a page shows hangs on its address and the database alone, for whoever has not logged in. SQLite says of a connection whether any
other has written since (`PRAGMA data_version`), so that a page is given once more only if it would be the same, which takes a small part
of what it takes to make it. Whoever sends a cookie or a password gets a page of their own, and so does everybody where a plugin of others
has a say in pages. A page may tell the date of today, so none is kept for more than `FRESH` seconds.
"""

from __future__ import annotations

import sqlite3
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quotes.publish.home import FRESH
from quotes.publish.visiting import Page, address_of, is_anybody

#: Bytes of pages that are kept, of the largest one, and what a page takes besides its body and its address.
ROOM, LARGEST, BESIDES = 32_000_000, 2_000_000, 2_000


class _Page(NamedTuple):
    """An answer: what it was made of (the version of the database), when, its messages, and the bytes that it takes."""

    version: int
    made: float
    start: dict[str, Any]
    body: bytes
    size: int


class Keeping:
    """The application, which answers from what is kept where it can.

    `databases` gives Datasette's database by the first part of its paths. Of `pages`, those are kept that anybody is shown alike; the front
    page is that of the only database.
    """

    def __init__(self, app: Any, databases: Mapping[str, Any], pages: Sequence[Page], base_url: str = "/") -> None:
        self._app = app
        self._databases = dict(databases)
        self._patterns = [pattern for pattern, _ in pages]
        self._base_url = base_url
        self._connections: dict[str, sqlite3.Connection] = {}
        self._pages: OrderedDict[tuple[Any, ...], _Page] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as an ASGI application does."""
        database = self._database(scope)
        version = None if database is None else self._version(database)
        if version is None:
            await self._app(scope, receive, send)
            return
        hosts = tuple(value for name, value in scope["headers"] if name in (b"host", b"accept"))
        key = scope["path"], scope.get("query_string", b""), scope.get("scheme"), hosts
        page = self._pages.get(key)
        if page is not None and page.version == version and time.monotonic() - page.made < FRESH:
            self._pages.move_to_end(key)
            await send(page.start)
            await send({"type": "http.response.body", "body": page.body})
            return
        made = time.monotonic()
        start, body = await self._answer(scope, receive, send)
        # Where somebody wrote meanwhile, nobody knows what of it the page shows.
        if start is not None and body is not None and self._version(database) == version:
            size = len(body) + len(scope["path"]) + len(scope.get("query_string", b"")) + BESIDES
            self._keep(key, _Page(version, made, start, body, size))

    def _database(self, scope: Any) -> Any:
        """The database of a page that may be kept; None where it may not."""
        if not is_anybody(scope):
            return None
        address = address_of(scope, self._base_url)
        found = next((found for pattern in self._patterns if (found := pattern.match(address))), None)
        if found is None:
            return None
        name = found.groupdict().get("database")
        return next(iter(self._databases.values())) if name is None else self._databases.get(name)

    def _version(self, database: Any) -> int | None:
        """What changes when another connection writes; None where somebody is at it just now."""
        try:
            connection = self._connections.get(database.name)
            if connection is None:
                connection = self._connections[database.name] = database.connect()
                connection.execute("PRAGMA busy_timeout = 0")
            return int(connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None

    async def _answer(self, scope: Any, receive: Any, send: Any) -> tuple[dict[str, Any] | None, bytes | None]:
        """Let the application answer; gives back its messages where the answer is one that may be kept."""
        start: dict[str, Any] | None = None
        body: bytes | None = None

        async def send_and_look(message: Any) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                secret = any(name.lower() == b"set-cookie" for name, _ in message["headers"])
                start = None if secret or message["status"] != 200 else message
            elif body is not None or message.get("more_body") or len(message.get("body", b"")) > LARGEST:
                start = None
            else:
                body = message.get("body", b"")
            await send(message)

        await self._app(scope, receive, send_and_look)
        return start, body

    def _keep(self, key: tuple[Any, ...], page: _Page) -> None:
        """Keep a page, in place of those that were not asked for longest."""
        before = self._pages.pop(key, None)
        self._bytes += page.size - (before.size if before else 0)
        self._pages[key] = page
        while self._bytes > ROOM:
            _, oldest = self._pages.popitem(last=False)
            self._bytes -= oldest.size

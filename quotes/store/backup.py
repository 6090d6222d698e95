"""A copy of a database that others read and write meanwhile."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from quotes.errors import StoreError
from quotes.store.retrieval.writing import whole_file
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors, is_ours

#: Pages copied between two looks at whether somebody else wants to write.
PAGES = 2_000


def back_up(store: Store, destination: Path, *, replace: bool = False, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy the database, as it is at one moment, into one file that is whole or not there at all.

    Uses SQLite's online backup. `progress` is called with how many pages are left, of how many. A file that exists is replaced
    only if `replace` is set and it is a database of ours. Raises StoreError.
    """
    if destination.exists() and not (replace and is_ours(destination)):
        why = "it is no database of quotes" if replace else "it exists already"
        raise StoreError(f"{destination}: {why}: name another file" + ("" if replace else ", or say --replace"))
    with whole_file(destination) as unfinished, clear_errors(destination), contextlib.closing(sqlite3.connect(unfinished)) as copy:
        store.db.conn.backup(copy, pages=PAGES, progress=lambda _status, left, of: progress and progress(left, of))
        copy.execute("PRAGMA journal_mode = delete")
        ((answer,),) = copy.execute("PRAGMA quick_check(1)").fetchall()
        if answer != "ok":
            raise StoreError(f"{store.path}: the database is damaged ({answer}): run `quotes verify`; the copy was not kept")

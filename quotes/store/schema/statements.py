"""Rows written whole, and lists of values in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlite_utils import Database

from quotes.errors import ClashError, StoreError
from quotes.store.schema.declaration import Table

Row = Sequence[Any]

#: After a column: one of the values of a list, which is given as JSON (`listed`), so that it may be of any length.
IN = "in (select value from json_each(?))"

# SQLite takes at least 999 parameters in one statement, whatever it was built with.
_MANY = 900


def insert(db: Database, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, many to a statement. Raises StoreError where one cannot be written."""
    # With triggers, every statement makes the full-text index write what it holds to the file, so that a statement for each row
    # (sqlite-utils or executemany) costs five times as much.
    at_once = _MANY // len(table.names)
    values = f"({','.join('?' * len(table.names))})"
    try:
        for first in range(0, len(rows), at_once):
            some = rows[first : first + at_once]
            db.conn.execute(f"insert into {table.name} values {','.join([values] * len(some))}", list(chain.from_iterable(some)))
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorname == "SQLITE_CONSTRAINT_PRIMARYKEY":
            raise ClashError(f"something in {table.name} has the id of something else by chance ({error}): please report this") from error
        raise StoreError(f"a row of {table.name} cannot be written ({error}): please report this") from error


def upsert(db: Database, table: Table, *rows: Row) -> None:
    """Write rows in place of those with their keys, if any; one that stays the same is not written."""
    for row in rows:
        db.execute(_upsert(table.name, table.names, table.keys), row)


@cache
def _upsert(table: str, names: tuple[str, ...], keys: int) -> str:
    columns, new, old = (", ".join(f'{of}"{name}"' for name in names[keys:]) for of in ("", "excluded.", f"{table}."))
    return (
        f"insert into {table} values ({', '.join('?' * len(names))}) on conflict ({', '.join(names[:keys])})"
        f" do update set ({columns}) = ({new}) where ({old}) is not ({new})"
    )


def storable(text: str) -> str:
    """Text of which each half of a character, as a file name that is not Unicode has them, is shown as its escape."""
    return text.encode("utf-8", "backslashreplace").decode()


def listed(values: Iterable[int | str]) -> str:
    """The values for `IN`."""
    return json.dumps(sorted(values))


def ids(db: Database, sql: str, *values: Any) -> set[int]:
    """The first column of what a query finds, without what is empty."""
    return {row[0] for row in db.execute(sql, values).fetchall() if row[0] is not None}

"""Out of the database: tables as CSV, Parquet and JSON Lines, in chunks, so that memory does not grow; and a copy of all of it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

from quotes.errors import QueryError, StoreError
from quotes.store.retrieval.quote_filters import Selection
from quotes.store.retrieval.searching import rows_of_quotes
from quotes.store.retrieval.writing import whole_file, written
from quotes.store.schema import TABLES, VIEWS, Relation, relation
from quotes.store.schema.connection import clear_errors, is_ours

if TYPE_CHECKING:
    from quotes.store.rows.article_store import Store

Format = Literal["csv", "parquet", "jsonl"]

#: Rows held in memory at a time.
CHUNK = 5_000

#: Pages copied between two looks at whether somebody else wants to write.
PAGES = 2_000

#: What has a row for each quote, by `id`, and so is narrowed as a search is.
OF_QUOTES = ("quotes_browse", "quotes")


def export(
    connection: sqlite3.Connection,
    destination: str | Path | IO[bytes],
    format: Format,
    *,
    table: str = "quotes_browse",
    selection: Selection | None = None,
    excel_safe: bool = False,
) -> int:
    """Write every row of a table or view once, in a fixed order, and return how many there were.

    Of quotes (OF_QUOTES), those that `selection` lets through, by default the default view. `destination` is a path, which is replaced
    only once all is written, or an open binary file. What is null is empty in CSV, and a whole number stays one. `excel_safe` (CSV only)
    puts an apostrophe before any text that a spreadsheet would run as a formula, and the mark by which Excel knows UTF-8. In JSON Lines,
    columns of JSON become lists. Raises StoreError for an unknown table or format, a file that cannot be written, or Parquet without
    pyarrow, and QueryError where another table is to be narrowed.
    """
    source = relation(table)
    if source is None:
        names = ", ".join(each.name for each in (*VIEWS, *TABLES))
        raise StoreError(f"{table}: there is no such table to export: choose one of {names}")
    if excel_safe and format != "csv":
        raise StoreError(f"{format}: only CSV can be made safe for a spreadsheet: leave one of the two options out")
    if format not in get_args(Format):
        raise StoreError(f"{format}: quotes cannot write this format: choose one of {', '.join(get_args(Format))}")
    if table not in OF_QUOTES and selection is not None and not selection.empty:
        raise QueryError(f"{table}: it is written whole: only {' and '.join(OF_QUOTES)} can be narrowed")
    with contextlib.ExitStack() as opened:
        if isinstance(destination, (str, Path)):
            destination = opened.enter_context(opened.enter_context(whole_file(Path(destination))).open("wb"))
        columns = exported(source)
        types = [column.type for column in source.columns if column.name in columns]
        lists = [column.name for column in source.columns if column.json]
        count = 0

        def counted(chunks: Iterator[list[Any]]) -> Iterator[list[Any]]:
            nonlocal count
            for chunk in chunks:
                count += len(chunk)
                yield chunk

        connection.execute("begin")  # all of it as it is now, whatever is written meanwhile
        try:
            chunks = counted(_chunks(connection, source, columns, selection or Selection()))
            destination.writelines(written(format, columns, types, chunks, safe=excel_safe, lists=lists))
        finally:
            connection.rollback()
    return count


def exported(source: Relation) -> tuple[str, ...]:
    """The columns that an export holds: all but those of bytes, which mean something to this program only."""
    return tuple(column.name for column in source.columns if column.type != "BLOB")


def _chunks(connection: sqlite3.Connection, source: Relation, names: Sequence[str], selection: Selection) -> Iterator[list[Any]]:
    if source.name in OF_QUOTES:
        for ids in selection.every(connection, CHUNK):
            yield rows_of_quotes(connection, names, ids, source.name)
        return
    order = "sort_key desc" if "sort_key" in source.names else ", ".join(f'"{name}"' for name in source.names[: source.keys])
    columns = ", ".join(f'"{name}"' for name in names)
    cursor = connection.execute(f"select {columns} from {source.name} order by {order}")
    while rows := cursor.fetchmany(CHUNK):
        yield rows


def back_up(store: Store, destination: Path, *, replace: bool = False) -> None:
    """Copy the database, as it is at one moment, into one file that is whole or not there at all.

    Uses SQLite's online backup. A file that exists is replaced only if `replace` is set and it is a database of ours. Raises StoreError.
    """
    if destination.exists() and not (replace and is_ours(destination)):
        why = "it is no database of quotes" if replace else "it exists already"
        raise StoreError(f"{destination}: {why}: name another file" + ("" if replace else ", or say --replace"))
    with whole_file(destination) as unfinished, clear_errors(destination), contextlib.closing(sqlite3.connect(unfinished)) as copy:
        store.db.conn.backup(copy, pages=PAGES)
        copy.execute("PRAGMA journal_mode = delete")
        ((answer,),) = copy.execute("PRAGMA quick_check(1)").fetchall()
        if answer != "ok":
            raise StoreError(f"{store.path}: the database is damaged ({answer}): run `quotes verify`; the copy was not kept")

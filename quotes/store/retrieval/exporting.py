"""Out of the database: tables as CSV, JSON Lines and Parquet, some rows at a time, so that memory does not grow; and a copy of all of it.

A file is written whole, or is not there at all.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import sqlite3
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, get_args

from quotes.errors import QueryError, StoreError
from quotes.store.retrieval.quote_filters import Selection
from quotes.store.retrieval.searching import rows_of_quotes
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

Chunk = list[tuple[Any, ...]]

#: What a spreadsheet takes for the start of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")

# White space and signs that are not seen, behind which a formula may hide.
_UNSEEN = " \u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00\x0b\x0c"

#: Bytes held in memory for a group of rows of a Parquet file that is sent as it is made, and of one that is stored.
_SENT, _STORED = 8 << 20, 64 << 20

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


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


def spreadsheet_safe(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula, with an apostrophe before it; anything else as it is."""
    if isinstance(cell, str) and cell and (cell.startswith(_FORMULA) or cell.lstrip(_UNSEEN).startswith(_FORMULA)):
        return f"'{cell}"
    return cell


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """The path at which to write a file that takes the place of `path` when the block ends, and is not there at all where the block fails.

    Raises StoreError where it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.partial")
    try:
        unfinished.unlink(missing_ok=True)
        try:
            yield unfinished
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: it cannot be written ({error.strerror}): name another file, or make space") from error


def written(
    form: str, columns: Sequence[str], types: Sequence[str], chunks: Iterable[Chunk], *, safe: bool = False, lists: Collection[str] = ()
) -> Iterator[bytes]:
    """Rows as csv, json, jsonl or parquet, some at a time. `types` are those of the columns (INTEGER, REAL, TEXT).

    `safe` is for CSV, `lists` for JSON: see `write_csv` and `write_json`. Raises StoreError for Parquet where pyarrow is not installed.
    """
    if form == "parquet":
        return write_parquet(columns, types, chunks)
    return write_csv(columns, chunks, safe=safe) if form == "csv" else write_json(columns, chunks, lines=form == "jsonl", lists=lists)


def write_csv(columns: Sequence[str], chunks: Iterable[Chunk], *, safe: bool) -> Iterator[bytes]:
    """CSV with line ends of CR and LF, what is null empty. `safe` is for spreadsheets: no formula runs, and Excel sees that it is UTF-8."""
    if safe:
        yield "\ufeff".encode()
    for chunk in chain([[tuple(columns)]], chunks):
        yield csv_lines(chunk, safe=safe).encode("utf-8", "backslashreplace")


def csv_lines(chunk: Iterable[tuple[Any, ...]], *, safe: bool = False) -> str:
    """Rows as CSV; what is null is empty."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(map(spreadsheet_safe, row) if safe else row for row in chunk)
    return out.getvalue()


def write_json(columns: Sequence[str], chunks: Iterable[Chunk], *, lines: bool, lists: Collection[str] = ()) -> Iterator[bytes]:
    """A JSON array of objects, or one object a line; what the columns `lists` hold is JSON already."""
    before, between, after = ("", "", "") if lines else ("[", ",\n", "]\n")
    for chunk in chunks:
        written = []
        for row in chunk:
            plain = dict(zip(columns, row, strict=True))
            plain |= {name: json.loads(plain[name]) for name in lists if plain[name] is not None}
            written.append(json.dumps(plain, ensure_ascii=False) + ("\n" if lines else ""))
        if written:
            yield f"{before}{between.join(written)}".encode("utf-8", "backslashreplace")
            before = between
    yield f"{'' if before == between else before}{after}".encode()


def write_parquet(columns: Sequence[str], types: Sequence[str], chunks: Iterable[Chunk], *, group: int = _SENT) -> Iterator[bytes]:
    """A Parquet file, group by group, each of about so many bytes in memory. Raises StoreError where pyarrow is not installed."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise StoreError("parquet: pyarrow is not installed: run `pip install 'quotes[parquet]'`") from error

    kinds = {"INTEGER": pa.int64(), "TEXT": pa.string(), "REAL": pa.float64()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in zip(columns, types, strict=True)])
    with tempfile.TemporaryFile() as file:  # the writer asks where it is, so that nothing can be cut off before it ends
        sent = 0
        with pq.ParquetWriter(file, schema, compression="zstd") as writer:
            held: list[Any] = []
            for chunk in chain(chunks, [None]):
                if chunk:
                    arrays = [pa.array(values, kind) for values, kind in zip(zip(*chunk, strict=True), schema.types, strict=True)]
                    held.append(pa.record_batch(arrays, schema=schema))
                if held and (chunk is None or sum(each.nbytes for each in held) >= group):
                    writer.write_table(pa.Table.from_batches(held))
                    held.clear()
                    sent += len(part := _from(file, sent))
                    yield part
        yield _from(file, sent)


def parquet_files(connection: sqlite3.Connection, table: Relation, rows: int) -> Iterator[Iterator[bytes]]:
    """A table as Parquet files of so many rows, the newest first where they have a date, and one file at least.

    Each is to be read to its end.
    """
    names = exported(table)
    types = [column.type for column in table.columns if column.name in names]
    # Sorted as a whole ("+"): rows lie by their ids, so that an index would be followed to another page for each.
    order = "+sort_key desc" if "sort_key" in names else ", ".join(names[: table.keys])
    columns = ", ".join(f'"{name}"' for name in names)
    cursor = connection.execute(f"select {columns} from {table.name} order by {order}")
    chunks = iter(lambda: cursor.fetchmany(CHUNK), [])
    first: Chunk | None = next(chunks, [])
    while first is not None:
        yield write_parquet(names, types, chain([first], islice(chunks, rows // CHUNK - 1)), group=_STORED)
        first = next(chunks, None)


def _from(file: IO[bytes], place: int) -> bytes:
    file.seek(place)
    return file.read()


def can_parquet() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None

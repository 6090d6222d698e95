"""Tables out of the database: CSV, Parquet and JSON Lines, in chunks, so that memory does not grow with the rows."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

from quotes.errors import StoreError
from quotes.store.connection import clear_errors
from quotes.store.database import Store
from quotes.store.schema import TABLES, VIEWS, Table, View, relation

if TYPE_CHECKING:
    import pandas as pd

Format = Literal["csv", "parquet", "jsonl"]

#: Rows held in memory at a time.
CHUNK = 5_000

# What a spreadsheet takes for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(
    store: Store,
    destination: str | Path | IO[bytes],
    format: Format,
    *,
    table: str = "quotes_browse",
    excel_safe: bool = False,
) -> int:
    """Write every row of a table or view once, in a fixed order, and return how many there were.

    `destination` is a path, which is replaced only once all is written, or an open binary file. What is null is empty in CSV, and
    no id becomes a fraction. `excel_safe` (CSV only) puts an apostrophe before any text that a spreadsheet would run as a formula,
    and the mark by which Excel knows UTF-8. In JSON Lines, columns of JSON become lists. Raises StoreError for an unknown table or
    format, a file that cannot be written, or Parquet without pyarrow.
    """
    source = relation(table)
    if source is None:
        names = ", ".join(each.name for each in (*VIEWS, *TABLES))
        raise StoreError(f"{table}: there is no such table to export: choose one of {names}")
    if excel_safe and format != "csv":
        raise StoreError(f"{format}: only CSV can be made safe for a spreadsheet: leave one of the two options out")
    writers: dict[str, Callable[[Store, Table | View, IO[bytes]], int]] = {
        "csv": partial(_write_csv, excel_safe=excel_safe),
        "parquet": _write_parquet,
        "jsonl": _write_jsonl,
    }
    if format not in writers:
        raise StoreError(f"{format}: quotes cannot write this format: choose one of {', '.join(writers)}")
    if not isinstance(destination, (str, Path)):
        return writers[format](store, source, destination)
    path = Path(destination)
    unfinished = path.with_name(f"{path.name}.partial")
    try:
        try:
            with unfinished.open("wb") as file:
                count = writers[format](store, source, file)
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: it cannot be written ({error.strerror}): name another file, or make space") from error
    return count


def frames(store: Store, source: Table | View) -> Iterator[pd.DataFrame]:
    """The rows of `source` in chunks, as frames of plain Python values: an id is an int, what is null is None.

    Left to itself pandas would turn a column of integers with a null in it into floats, and lose the end of every id.
    """
    import pandas as pd

    order = "sort_key desc" if "sort_key" in source.names else ", ".join(f'"{name}"' for name in _keys(source))
    names = exported(source)
    columns = ", ".join(f'"{name}"' for name in names)
    with clear_errors(store.path):
        cursor = store.db.execute(f"select {columns} from {source.name} order by {order}")
        while rows := cursor.fetchmany(CHUNK):
            yield pd.DataFrame(rows, columns=list(names), dtype=object)


def exported(source: Table | View) -> tuple[str, ...]:
    """The columns that an export holds: all but those of bytes, which mean something to this program only."""
    return tuple(column.name for column in source.columns if column.type != "BLOB")


def _keys(source: Table | View) -> tuple[str, ...]:
    return source.names[: source.keys] if isinstance(source, Table) else source.names[:1]


def _write_csv(store: Store, source: Table | View, file: IO[bytes], *, excel_safe: bool) -> int:
    if excel_safe:
        file.write("\ufeff".encode())
    file.write(",".join(exported(source)).encode() + b"\r\n")
    count = 0
    for frame in frames(store, source):
        if excel_safe:
            frame = frame.map(_defused)
        # With this line end the csv module also quotes a cell that holds a lone carriage return.
        file.write(frame.to_csv(index=False, header=False, lineterminator="\r\n").encode())
        count += len(frame)
    return count


def _defused(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write_jsonl(store: Store, source: Table | View, file: IO[bytes]) -> int:
    lists = {column.name for column in source.columns if column.json}
    count = 0
    for frame in frames(store, source):
        for row in frame.itertuples(index=False, name=None):
            record = {
                name: json.loads(value) if name in lists and value is not None else value
                for name, value in zip(exported(source), row, strict=True)
            }
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        count += len(frame)
    return count


def _write_parquet(store: Store, source: Table | View, file: IO[bytes]) -> int:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise StoreError("parquet: pyarrow is not installed: run `pip install 'quotes[parquet]'`") from error
    types = {"INTEGER": pa.int64(), "TEXT": pa.string(), "REAL": pa.float64()}
    schema = pa.schema([(column.name, types[column.type]) for column in source.columns if column.type != "BLOB"])
    count = 0
    with pq.ParquetWriter(file, schema) as writer:
        for frame in frames(store, source):
            writer.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))
            count += len(frame)
    return count

"""Rows as CSV, JSON, JSON Lines and Parquet, some at a time, so that memory does not grow with them; files that are written whole."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from quotes.errors import StoreError

Chunk = list[tuple[Any, ...]]

#: What a spreadsheet takes for the start of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")

# White space and signs that are not seen, behind which a formula may hide.
_UNSEEN = " \u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00\x0b\x0c"

#: Rows in a group of a Parquet file.
_GROUP = 10_000

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


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


def write_parquet(columns: Sequence[str], types: Sequence[str], chunks: Iterable[Chunk]) -> Iterator[bytes]:
    """A Parquet file, group by group. Raises StoreError where pyarrow is not installed."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise StoreError("parquet: pyarrow is not installed: run `pip install 'quotes[parquet]'`") from error

    kinds = {"INTEGER": pa.int64(), "TEXT": pa.string(), "REAL": pa.float64()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in zip(columns, types, strict=True)])
    every = chain.from_iterable(chunks)
    with tempfile.TemporaryFile() as file:  # the writer asks where it is, so that nothing can be cut off before it ends
        sent = 0
        with pq.ParquetWriter(file, schema) as writer:
            while group := list(islice(every, _GROUP)):
                arrays = [pa.array(values, kind) for values, kind in zip(zip(*group, strict=True), schema.types, strict=True)]
                writer.write_table(pa.table(arrays, schema=schema))
                sent += len(part := _from(file, sent))
                yield part
        yield _from(file, sent)


def _from(file: IO[bytes], place: int) -> bytes:
    file.seek(place)
    return file.read()


def can_parquet() -> bool:
    """Whether pyarrow is installed."""
    return find_spec("pyarrow") is not None

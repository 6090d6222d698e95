"""Rows as CSV, JSON, JSON Lines and Parquet, some at a time, so that memory does not grow with them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Protocol

from quotes.errors import StoreError

Chunk = list[tuple[Any, ...]]


class Rows(Protocol):
    """What is known of rows before they are read: the names of their columns, and the types (INTEGER, REAL, TEXT)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names."""

    @property
    def types(self) -> tuple[str, ...]:
        """The types."""


#: What a spreadsheet takes for the start of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")

# White space and signs that are not seen, behind which a formula may hide.
_UNSEEN = " \u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00\x0b\x0c"

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


def write_csv(rows: Rows, chunks: Iterable[Chunk], *, safe: bool) -> Iterator[bytes]:
    """CSV with line ends of CR and LF, what is null empty. `safe` is for spreadsheets: no formula runs, and Excel sees that it is UTF-8."""
    if safe:
        yield "\ufeff".encode()
    yield csv_lines([rows.columns], safe=safe).encode()
    for chunk in chunks:
        yield csv_lines(chunk, safe=safe).encode("utf-8", "backslashreplace")


def csv_lines(chunk: Iterable[tuple[Any, ...]], *, safe: bool = False) -> str:
    """Rows as CSV; what is null is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows(tuple(map(spreadsheet_safe, row)) for row in chunk) if safe else writer.writerows(chunk)
    return out.getvalue()


def write_json(rows: Rows, chunks: Iterable[Chunk], *, lines: bool, lists: Collection[str] = ()) -> Iterator[bytes]:
    """A JSON array of objects, or one object a line; what the columns `lists` hold is JSON already."""
    nested = [name in lists for name in rows.columns]
    if not lines:
        yield b"["
    first = True
    for chunk in chunks:
        plain = (map(_plain, row, nested) if lists else row for row in chunk)
        written = [json.dumps(dict(zip(rows.columns, row, strict=True)), ensure_ascii=False) for row in plain]
        if written:
            joined = "".join(f"{each}\n" for each in written) if lines else ("" if first else ",\n") + ",\n".join(written)
            first = False
            yield joined.encode("utf-8", "backslashreplace")
    if not lines:
        yield b"]\n"


def _plain(cell: Any, nested: bool) -> Any:
    return json.loads(cell) if nested and cell is not None else cell


def write_parquet(rows: Rows, chunks: Iterable[Chunk]) -> Iterator[bytes]:
    """A Parquet file, written group by group. Raises StoreError where pyarrow is not installed."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        raise StoreError("parquet: pyarrow is not installed: run `pip install 'quotes[parquet]'`") from error

    kinds = {"INTEGER": pa.int64(), "TEXT": pa.string(), "REAL": pa.float64()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in zip(rows.columns, rows.types, strict=True)])
    sink = _Sink()
    with pq.ParquetWriter(sink, schema) as writer:
        for chunk in _gathered(chunks, 10_000):
            columns = [pa.array(values, kind) for values, kind in zip(zip(*chunk, strict=True), schema.types, strict=True)]
            writer.write_table(pa.table(columns, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _gathered(chunks: Iterable[Chunk], least: int) -> Iterator[Chunk]:
    """The same rows in larger chunks: a group of a Parquet file is better not small."""
    waiting: Chunk = []
    for chunk in chunks:
        waiting += chunk
        if len(waiting) >= least:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


class _Sink:
    """What pyarrow writes to: a file without a way back, emptied as it fills."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing waits here for anything."""

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def can_parquet() -> bool:
    """Whether pyarrow is installed."""
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def writer_for(form: str, *, safe: bool, lists: Collection[str] = ()) -> Callable[[Rows, Iterable[Chunk]], Iterator[bytes]]:
    """What writes rows in the form of this name: csv, json, jsonl or parquet."""
    writers: dict[str, Callable[[Rows, Iterable[Chunk]], Iterator[bytes]]] = {
        "csv": lambda rows, chunks: write_csv(rows, chunks, safe=safe),
        "json": lambda rows, chunks: write_json(rows, chunks, lines=False, lists=lists),
        "jsonl": lambda rows, chunks: write_json(rows, chunks, lines=True, lists=lists),
        "parquet": write_parquet,
    }
    return writers[form]

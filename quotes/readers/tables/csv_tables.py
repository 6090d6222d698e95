"""CSV and TSV tables: one article a row, a row at a time, every value as the text that it is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import Encoding, encoding_of
from quotes.readers.inputs.input import HEAD, Input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.tables.columns import articles_of_table
from quotes.readers.tables.delimited import detect_dialect, rows_of
from quotes.records import Article


def read_table(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a CSV (commas or semicolons) or TSV file with a header; a row that cannot be read is yielded as an ArticleError.

    Rows are numbered from 1 below the header. Raises ArticleError when no column holds the text, OSError when the file cannot be read.
    """
    shown = source.shown
    encoding = _encoding(source, settings)
    codec = "utf-8-sig" if encoding.codec == "utf-8" else encoding.codec
    head = source.head()
    dialect = detect_dialect(head.decode(codec, "replace"), complete=len(head) < HEAD, tabs=source.suffix == ".tsv")
    with source.opener() as file:
        rows = rows_of(io.TextIOWrapper(file, codec, encoding.errors, newline=""), dialect, shown)
        names = next(rows, None)
        if not isinstance(names, list):
            raise names or ArticleError(f"{shown}: has no header, name the columns in the first line")
        yield from articles_of_table(_records(rows, names, shown), shown, settings, names=names, notices=encoding.notices)


def _records(rows: Iterator[list[str] | ArticleError], names: list[str], shown: str) -> Iterator[Mapping[str, Any] | ArticleError]:
    """Rows by the names of their columns, the first of several of one name, without blank cells."""
    columns = {name: at for at, name in reversed(list(enumerate(names)))}
    for number, cells in enumerate(rows, 1):
        if isinstance(cells, ArticleError):
            yield cells
        elif any(cells[len(names) :]):
            what = "has more values than the header has columns, put quotation marks round its text"
            yield ArticleError(f"{shown}#{number}: {what}")
        else:
            yield {name: cells[at] for name, at in columns.items() if at < len(cells) and cells[at].strip()}


def _encoding(source: Input, settings: Reading) -> Encoding:
    """By the whole file, or by its beginning where it can be read only once."""
    if not source.once:
        return encoding_of(source.opener, source.shown, encoding=settings.encoding)
    begins = source.head()
    cut = begins.rfind(b"\n") + 1
    return encoding_of(lambda: io.BytesIO(begins[:cut] or begins), source.shown, encoding=settings.encoding)._replace(errors="replace")

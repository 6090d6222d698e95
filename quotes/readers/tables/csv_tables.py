"""CSV and TSV tables: one article a row, a row at a time, every value as the text that it is."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import Encoding, encoding_of
from quotes.readers.inputs.input import HEAD, Input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.dates import day_first_in
from quotes.readers.tables.columns import article_from_record, columns_read, dates_of, find_columns
from quotes.readers.tables.delimited import form_of, rows_of
from quotes.records import Article

#: By so many rows is told which column holds what.
SAMPLE = 50


def read_table(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a CSV (commas or semicolons) or TSV file with a header; a row that cannot be read is yielded as an ArticleError.

    Rows are numbered from 1 below the header. Raises ArticleError when no column holds the text, OSError when the file cannot be read.
    """
    shown = source.shown
    encoding = _encoding(source, settings)
    codec = "utf-8-sig" if encoding.codec == "utf-8" else encoding.codec
    head = source.head()
    form = form_of(head.decode(codec, "replace"), complete=len(head) < HEAD, tabs=source.suffix == ".tsv")
    with source.opener() as file:
        rows = rows_of(io.TextIOWrapper(file, codec, encoding.errors, newline=""), form, shown)
        names = next(rows, None)
        if not isinstance(names, list):
            raise names or ArticleError(f"{shown}: has no header, name the columns in the first line")
        first = list(islice(rows, SAMPLE))
        if not first:
            raise ArticleError(f"{shown}: has a header and no rows, put an article in it or remove it")
        place = {name: at for at, name in reversed(list(enumerate(names)))}
        sample = [{name: cells[at] for name, at in place.items() if at < len(cells)} for cells in first if isinstance(cells, list)]
        found = find_columns(names, settings.columns, shown, sample)
        told, day_first = columns_read(found, names), day_first_in(dates_of(sample, found))
        for number, cells in enumerate(chain(_emptied(first), rows), 1):
            try:
                if isinstance(cells, ArticleError):
                    raise cells
                if any(cells[len(names) :]):
                    raise ArticleError(f"{shown}#{number}: has more values than the header has columns, put quotation marks round its text")
                record = {name: cells[at] for name in found.values() if (at := place[name]) < len(cells) and cells[at].strip()}
                article = article_from_record(
                    record,
                    found,
                    shown=shown,
                    number=number,
                    columns=settings.columns,
                    day_first=day_first,
                    notices=(*encoding.notices, *told),
                )
            except ArticleError as error:
                yield error
            else:
                told = ()
                yield article


def _emptied(rows: list[list[str] | ArticleError]) -> Iterable[list[str] | ArticleError]:
    """The rows in their order, none held any longer once it is read."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _encoding(source: Input, settings: Reading) -> Encoding:
    """By the whole file, or by its beginning where it can be read only once."""
    if not source.once:
        return encoding_of(source.opener, source.shown, encoding=settings.encoding)
    begins = source.head()
    cut = begins.rfind(b"\n") + 1
    return encoding_of(lambda: io.BytesIO(begins[:cut] or begins), source.shown, encoding=settings.encoding)._replace(errors="replace")

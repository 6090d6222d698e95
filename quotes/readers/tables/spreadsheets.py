"""Excel and Parquet files: one article a row, a few rows in memory at a time, every value as the text that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any, cast

from quotes.errors import ArticleError
from quotes.readers.inputs.input import Input, damage
from quotes.readers.inputs.reader_errors import NoTextColumn
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.dates import day_first_in
from quotes.readers.tables.columns import article_from_record, columns_read, dates_of, find_columns
from quotes.records import Article

ROWS_AT_A_TIME = 50


def read_excel(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of an Excel workbook: of every sheet that is not hidden and whose first row names a column that holds texts.

    Raises NoTextColumn when no sheet has one. Rows are numbered from 1 below the header, behind the sheet's name where it is not the only.
    """
    import openpyxl

    with source.seekable() as stream, damage(source.shown, "Excel file"):
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        try:
            refused: NoTextColumn | None = None
            anything = False
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            hidden = [f"the hidden sheet “{sheet.title}” was left out" for sheet in book.worksheets if sheet not in sheets]
            for sheet in sheets:
                shown = source.shown if len(book.worksheets) == 1 else f"{source.shown}#{sheet.title}"
                # Files of other makers state no size, and openpyxl then believes that there is one cell.
                sheet.reset_dimensions()
                try:
                    for article in _rows(_records(sheet.iter_rows(values_only=True)), shown, settings):
                        anything = True
                        yield replace(article, notices=(*hidden, *article.notices)) if isinstance(article, Article) else article
                except NoTextColumn as error:
                    refused = error
            if not anything:
                raise refused or ArticleError(f"{source.shown}: has a header and no rows, put an article in it or remove it")
        finally:
            book.close()


def _records(rows: Iterator[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Rows by the names of their columns, which the first row that is not empty gives; blank rows give nothing to read."""
    header: list[str] = []
    for row in rows:
        if not header:
            if any(cell is not None for cell in row):
                header = [str(cell).strip() if cell is not None else "" for cell in row]
            continue
        yield {name: value for name, cell in zip(header, row, strict=False) if name and (value := _text(cell)) is not None}


def read_parquet(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a Parquet file. Raises ArticleError when pyarrow is missing, no column holds the text, or the file is damaged."""
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise ArticleError(f"{source.shown}: is Parquet, which needs pyarrow: pip install 'quotes[parquet]'") from error
    with source.seekable() as stream, damage(source.shown, "Parquet file"):
        # Without buffering, a column of a row group is held as a whole, which may be the whole file.
        file = pyarrow.parquet.ParquetFile(stream, buffer_size=1 << 16, pre_buffer=False)
        records = (
            {name: text for name, value in record.items() if (text := _text(value)) is not None}
            for batch in file.iter_batches(batch_size=ROWS_AT_A_TIME)
            for record in cast("list[dict[str, Any]]", batch.to_pylist())
        )
        yield from _rows(records, source.shown, settings, names=file.schema_arrow.names)


def _rows(
    records: Iterator[Mapping[str, Any]], shown: str, settings: Reading, *, names: Sequence[str] | None = None
) -> Iterator[Article | ArticleError]:
    first = list(islice(records, ROWS_AT_A_TIME))
    there = list(dict.fromkeys(name for record in first for name in record)) if names is None else list(names)
    if not first:
        if names is not None:
            raise ArticleError(f"{shown}: has no rows, put an article in it or remove it")
        return
    found = find_columns(there, settings.columns, shown, first)
    told, day_first = columns_read(found, there), day_first_in(dates_of(first, found))
    number = 0
    while first:
        for record in first:
            number += 1
            if not record:
                continue
            try:
                article = article_from_record(
                    record, found, shown=shown, number=number, columns=settings.columns, day_first=day_first, notices=told
                )
            except ArticleError as error:
                yield error
            else:
                told = ()
                yield article
        first = list(islice(records, ROWS_AT_A_TIME))


def _text(value: Any) -> Any:
    """A cell as text: 7.0 as 7, times in ISO 8601, missing values as None; lists and objects as they are."""
    if value is None or isinstance(value, list | dict):
        return value
    if isinstance(value, float):
        if value != value:
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value).replace("_x000D_", "")  # how Excel writes a carriage return

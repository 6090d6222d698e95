"""Excel and Parquet files: one article a row, a few rows in memory at a time, every value as the text that it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.inputs.input import Input, damage
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.readers.tables.columns import SAMPLE, articles_of_table
from quotes.records import Article


def read_excel(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of an Excel workbook: of every sheet that is not hidden and whose first row names a column that holds texts.

    Raises NoArticles when no sheet has one, ArticleError when none has rows. Rows are numbered from 1 below the header, behind the
    sheet's name where it is not the only.
    """
    import openpyxl

    with source.seekable() as stream, damage(source.shown, "Excel file"):
        with closing(openpyxl.load_workbook(stream, read_only=True, data_only=True)) as book:
            refused: ArticleError | None = None
            anything = False
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            notices = tuple(f"the hidden sheet “{sheet.title}” was left out" for sheet in book.worksheets if sheet not in sheets)
            for sheet in sheets:
                shown = source.shown if len(book.worksheets) == 1 else f"{source.shown}#{sheet.title}"
                # Files of other makers state no size, and openpyxl then believes that there is one cell.
                sheet.reset_dimensions()
                rows = sheet.iter_rows(values_only=True)
                header = next((row for row in rows if any(cell is not None for cell in row)), ())
                names = [str(cell).strip() if cell is not None else "" for cell in header]
                try:
                    for article in articles_of_table(_records(rows, names), shown, settings, names=names, notices=notices):
                        anything = True
                        yield article
                except ArticleError as error:
                    refused = error
        if not anything and refused is not None:
            raise refused


def _records(rows: Iterable[Iterable[Any]], names: Sequence[str]) -> Iterator[dict[str, Any] | None]:
    """Rows by the names of their columns, without missing values and what has no name; None for blank rows."""
    for row in rows:
        yield {name: text for name, cell in zip(names, row, strict=False) if name and (text := _text(cell)) is not None} or None


def read_parquet(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a Parquet file. Raises ArticleError when pyarrow is missing, no column holds the text, or the file is damaged."""
    try:
        import pyarrow.parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise ArticleError(f"{source.shown}: is Parquet, which needs pyarrow: pip install 'quotes[parquet]'") from error
    with source.seekable() as stream, damage(source.shown, "Parquet file"):
        # Without buffering, a column of a row group is held as a whole, which may be the whole file.
        file = pyarrow.parquet.ParquetFile(stream, buffer_size=1 << 16, pre_buffer=False)
        names = file.schema_arrow.names

        def records_at(place: Place | None) -> Iterator[dict[str, Any] | None]:
            batches = file.iter_batches(batch_size=SAMPLE, row_groups=range(place.raw if place else 0, file.num_row_groups))
            return _records((row.values() for batch in batches for row in batch.to_pylist()), names)

        yield from articles_of_table(records_at(None), source.shown, settings, names=names, records_at=records_at)


def places_in_parquet(source: Input, _: Reading) -> Iterator[Place]:
    """For each row of a Parquet file, where its row group begins: `raw` is the group's number, and rows take the place of bytes."""
    import pyarrow.parquet

    with source.seekable() as stream:
        metadata = pyarrow.parquet.ParquetFile(stream).metadata
        begins = 0
        for group in range(metadata.num_row_groups):
            rows = metadata.row_group(group).num_rows
            yield from (Place(begins, row, 0, group, begins) for row in range(begins + 1, begins + rows + 1))
            begins += rows


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

"""CSV and TSV tables: one article a row, read by pandas in chunks, every value as the text that it is."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator

from quotes.errors import ArticleError
from quotes.readers.columns import article_from_record, columns_read, find_columns
from quotes.readers.decoding import Encoding, encoding_of
from quotes.readers.inputs import Input
from quotes.readers.settings import Reading
from quotes.records import Article

ROWS_AT_A_TIME = 200
_SKIPPED = re.compile(r"Skipping line (\d+): expected \d+ fields, saw \d+")


def read_table(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a CSV (commas or semicolons) or TSV file with a header; a row that cannot be read is yielded as an ArticleError.

    Rows are numbered from 1 below the header. Raises ArticleError when no column holds the text, OSError when the file cannot be read.
    """
    shown = source.shown
    encoding = _encoding(source, settings)
    codec = "utf-8-sig" if encoding.codec == "utf-8" else encoding.codec
    found: dict[str, str] = {}
    number = 0
    skipped: set[int] = set()
    told: tuple[str, ...] = ()
    for names, rows, newly_skipped in _chunks(source, codec, encoding.errors):
        if names and not found:
            found = find_columns(names, settings.columns, shown, [dict(zip(names, cells, strict=False)) for cells in rows[:50]])
            told = (*encoding.notices, *columns_read(found, names))
        skipped |= newly_skipped
        for cells in rows:
            number += 1
            while number in skipped:
                yield _ragged(shown, number)
                number += 1
            try:
                if any(cells[len(names) :]):
                    raise _ragged(shown, number)
                record = {name: cell for name, cell in zip(names, cells, strict=False) if cell.strip()}
                article = article_from_record(record, found, numbered=f"{shown}#{number}", notices=told)
            except ArticleError as error:
                yield error
            else:
                told = encoding.notices
                yield article
    yield from (_ragged(shown, last) for last in sorted(skipped) if last > number)
    if number == 0 and not skipped:
        raise ArticleError(f"{shown}: has a header and no rows, put an article in it or remove it")


def _encoding(source: Input, settings: Reading) -> Encoding:
    """By the whole file, or by its beginning where it can be read only once."""
    if not source.once:
        return encoding_of(source.opener, source.shown, encoding=settings.encoding)
    begins = source.head()
    cut = begins.rfind(b"\n") + 1
    return encoding_of(lambda: io.BytesIO(begins[:cut] or begins), source.shown, encoding=settings.encoding)._replace(errors="replace")


def _ragged(shown: str, number: int) -> ArticleError:
    return ArticleError(f"{shown}#{number}: has more values than the header has columns, put quotation marks round its text")


def _chunks(source: Input, codec: str, errors: str) -> Iterator[tuple[list[str], list[list[str]], set[int]]]:
    """Pieces of the table: the header, the cells of each row, and the numbers of the rows that pandas left out of the piece."""
    import pandas as pd

    shown = source.shown
    try:
        with (
            source.opener() as file,
            pd.read_csv(
                file,
                sep=_delimiter(source, codec),
                # pandas takes "None" and "NA" for missing and 007 for 7 unless told that all is text.
                dtype=str,
                keep_default_na=False,
                on_bad_lines="warn",
                encoding=codec,
                encoding_errors=errors,
                chunksize=ROWS_AT_A_TIME,
            ) as reader,
        ):
            while True:
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always", pd.errors.ParserWarning)
                    piece = next(reader, None)
                skipped = {int(line) - 1 for each in caught for line in _SKIPPED.findall(str(each.message))}
                if piece is None:
                    yield [], [], skipped
                    return
                names = [str(name) for name in piece.columns]
                if not isinstance(piece.index, pd.RangeIndex):
                    # More values in the first row than names: pandas took the first columns for row labels.
                    piece = piece.reset_index()
                yield names, piece.fillna("").to_numpy().tolist(), skipped
    except pd.errors.EmptyDataError as error:
        raise ArticleError(f"{shown}: has no header, name the columns in the first line") from error
    except (UnicodeDecodeError, pd.errors.ParserError) as error:
        what = " ".join(str(error).split()).removeprefix("Error tokenizing data. C error: ")
        raise ArticleError(f"{shown}: is not a table that can be read to its end ({what[:120]}), mend its quotation marks") from error


def _delimiter(source: Input, codec: str) -> str:
    header = source.head().decode(codec, "replace").split("\n", 1)[0]
    if source.suffix == ".tsv" or ("\t" in header and "," not in header and ";" not in header):
        return "\t"
    return ";" if header.count(";") > header.count(",") else ","

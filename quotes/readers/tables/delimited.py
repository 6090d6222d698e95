"""CSV and TSV: one article a row, a row at a time, every value as the text that it is, in the ways in which programs write such tables."""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple, TextIO

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import Encoding, encoding_of
from quotes.readers.inputs.input import HEAD, Input
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.readers.tables.columns import articles_of_table
from quotes.records import Article

#: A row of more characters than this holds no article; memory does not hold it.
LONGEST_ROW = 8 << 20
#: A row that begins within a broken one goes on for so many characters at most.
_LONGEST_AFTER_A_FAULT = 1 << 16
#: So many characters are read twice at most, for marks that are never closed.
_MOST_AGAIN = 1 << 25
#: How many bytes a line has, by the codec and by what is done about damage; "" for any.
_SIZES: dict[tuple[str, str], Callable[[str], int]] = {
    ("utf-8", "strict"): lambda line: len(line.encode()),
    ("cp1252", ""): len,
    ("mac_roman", ""): len,
}
_ESCAPED_MARK = re.compile(r'(?<!\\)((?:\\\\)*)\\"')


def read_table(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a CSV (commas or semicolons) or TSV file with a header; a row that cannot be read is yielded as an ArticleError.

    Rows are numbered from 1 below the header. Raises ArticleError when no column holds the text, OSError when the file cannot be read.
    """
    shown = source.shown
    encoding, dialect = _written(source, settings)

    def rows_at(place: Place) -> Iterator[Mapping[str, Any] | ArticleError]:
        with _text(source.open_at(place), encoding) as file:
            rows = rows_of(Lines(file), dialect, shown, number=place.record, width=len(names), words=place.told)
            yield from _records(rows, names, shown, place.record + 1)

    with _text(source.opener(), encoding) as file:
        rows = rows_of(Lines(file), dialect, shown)
        header = next(rows, ArticleError(f"{shown}: has no header, name the columns in the first line"))
        if isinstance(header, ArticleError):
            raise header
        names = header
        records = _records(rows, names, shown)
        yield from articles_of_table(records, shown, settings, names=names, notices=encoding.notices, records_at=rows_at)


def places_in_table(source: Input, settings: Reading) -> Iterator[Place | None]:
    """Where the next row begins, after each row of `read_table`; None where that is not known."""
    encoding, dialect = _written(source, settings)
    byte = 3 if source.head().startswith(codecs.BOM_UTF8) else 0
    with _text(source.opener(), encoding) as file:
        lines = Lines(file, _SIZES.get((encoding.codec, encoding.errors)) or _SIZES.get((encoding.codec, "")))
        words = 0
        for record, cells in enumerate(rows_of(lines, dialect, source.shown)):
            words = max(words, len(cells[0].split())) if isinstance(cells, list) else words
            if record:
                known = lines.measured and isinstance(cells, list)
                yield replace(source.place(record, byte + lines.bytes, words), codec=encoding.codec) if known else None


def _text(stream: BinaryIO, encoding: Encoding) -> TextIO:
    return io.TextIOWrapper(stream, "utf-8-sig" if encoding.codec == "utf-8" else encoding.codec, encoding.errors, newline="")


def _written(source: Input, settings: Reading) -> tuple[Encoding, Dialect]:
    """How a table is written."""
    shown, head = source.shown, source.head()
    if settings.place and settings.place.codec:
        codec = settings.place.codec
        encoding = Encoding(codec, "strict" if codec == "utf-8" else "replace")
    elif source.once:  # its beginning tells
        begins = head[: head.rfind(b"\n") + 1] or head
        encoding = encoding_of(lambda: io.BytesIO(begins), shown, encoding=settings.encoding)._replace(errors="replace")
    else:
        encoding = encoding_of(source.opener, shown, encoding=settings.encoding)
    codec = "utf-8-sig" if encoding.codec == "utf-8" else encoding.codec
    return encoding, detect_dialect(head.decode(codec, "replace"), complete=len(head) < HEAD, tabs=source.suffix == ".tsv")


def _records(
    rows: Iterator[list[str] | ArticleError], names: list[str], shown: str, first: int = 1
) -> Iterator[Mapping[str, Any] | ArticleError]:
    """Rows by the names of their columns, the first of several of one name, without blank cells; `first` numbers the first row."""
    columns = {name: at for at, name in reversed(list(enumerate(names)))}
    for number, cells in enumerate(rows, first):
        if isinstance(cells, ArticleError):
            yield cells
        elif any(cells[len(names) :]):
            what = "has more values than the header has columns, put quotation marks round its text"
            yield ArticleError(f"{shown}#{number}: {what}")
        else:
            yield {name: cells[at] for name, at in columns.items() if at < len(cells) and cells[at].strip()}


class Dialect(NamedTuple):
    """How a table is written: what stands between its cells, and what quotation marks mean.

    Cells may stand in marks, and end at a mark that is not doubled and stands before the delimiter or the end of the line; whatever other
    marks are in them are of the text. `prose` tells that a comma with a space behind it is one of the text; `escaped` that marks of the
    text have a backslash before them; `raw` that all marks belong to the text.
    """

    delimiter: str
    prose: bool = False
    escaped: bool = False
    raw: bool = False

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The cells of each row. Raises _UnfinishedRowError where a mark is never closed."""
        closing = re.compile(rf'"+(?=[\r\n]*$|{re.escape(self.delimiter)}{"(?! )" if self.prose else ""})')
        lines = (_ESCAPED_MARK.sub(r'\1""', line) for line in lines) if self.escaped else lines
        for line in lines:
            cells: list[str] = []
            at = 0
            while True:
                if self.raw or not line.startswith('"', at):
                    end = line.find(self.delimiter, at)
                    cells.append(line[at:end] if end >= 0 else line[at:].rstrip("\r\n"))
                    at = end if end >= 0 else len(line)
                else:
                    pieces, begin = [], at + 1
                    while (end := _first_odd(closing, line, begin)) < 0:
                        pieces.append(line[begin:])
                        begin, line = 0, next(lines, "")
                        if not line:
                            raise _UnfinishedRowError("has a quotation mark that is never closed, mend it")
                    cells.append("".join((*pieces, line[begin : end - 1])).replace('""', '"'))
                    at = end
                if not line.startswith(self.delimiter, at):
                    break
                at += 1
            yield cells


class _UnfinishedRowError(Exception):
    """A row has no end; its text says why."""


def _first_odd(marks: re.Pattern[str], line: str, begin: int) -> int:
    """Where the first run of an odd number of marks ends that may close a cell; -1 where there is none."""
    return next((found.end() for found in marks.finditer(line, begin) if (found.end() - found.start()) % 2), -1)


def detect_dialect(head: str, *, complete: bool, tabs: bool = False) -> Dialect:
    """The dialect of a table by its beginning, the one in which fewest rows are out of order; `tabs` where its name says so."""
    header = head.split("\n", 1)[0]
    if tabs or ("\t" in header and "," not in header and ";" not in header):
        delimiter = "\t"
    else:
        delimiter = ";" if header.count(";") > header.count(",") else ","
    sample = head if complete else head[: head.rfind("\n") + 1]
    raw = Dialect(delimiter, raw=True)
    if delimiter == "\t" and _marks_are_text(sample):
        return raw
    escaped = [Dialect(delimiter, escaped=True)] if '\\"' in sample else []
    return min([*escaped, Dialect(delimiter), Dialect(delimiter, prose=True), raw], key=lambda dialect: _faults(sample, dialect, complete))


def _faults(sample: str, dialect: Dialect, complete: bool) -> int:
    """How many rows of the sample are no rows in this dialect, or have more or fewer cells than the header."""
    faults = width = 0
    try:
        for cells in dialect.rows(iter(io.StringIO(sample, newline=""))):
            if any(cells):
                width = width or len(cells)
                faults += len(cells) < width or any(cells[width:])
    except _UnfinishedRowError:
        faults += complete
    return faults


def _marks_are_text(sample: str) -> bool:
    """Whether a table set apart by tabs has cells in marks that no program would have put there.

    Programs put marks round all texts of a column, or round those that hold a mark, or (Excel) a comma; marks round one cell and not round
    the next of its column are what somebody said.
    """
    in_marks: set[tuple[int, bool]] = set()
    bare: set[tuple[int, bool]] = set()
    for line in sample.splitlines()[1:]:
        for column, cell in enumerate(line.split("\t")):
            if re.fullmatch(r'"[^"]+"', cell):
                in_marks.add((column, "," in cell))
            elif re.fullmatch(r'"(?:[^"]|"")*[^"]"[^"].*"', cell):  # one within is not doubled
                return True
            elif '"' in cell[:1] or '""' in cell:
                return False
            elif cell and not re.fullmatch(r"[\d.,-]+", cell):
                bare.add((column, "," in cell))
    return not in_marks.isdisjoint(bare)


class Lines:
    """The lines of a table; those of a row can be read again, and `again` counts the characters for which that was done.

    `bytes` are those of the lines that were read, by `size_of`.
    """

    def __init__(self, file: TextIO, size_of: Callable[[str], int] | None = None) -> None:
        self._file = file
        self._size_of = size_of
        self.bytes = 0
        self._waiting: deque[str] = deque()
        self._row: list[str] = []
        self._size = self._most = self.again = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._next()
        if not line:
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size >= self._most:
            most = f"more than {LONGEST_ROW >> 20} million characters or a quotation mark that is never closed"
            raise _UnfinishedRowError(f"has {most}, split or mend it")
        return line

    def _next(self) -> str:
        line = self._file.readline(LONGEST_ROW)
        self.bytes += self._size_of(line) if self._size_of else 0
        return line

    @property
    def measured(self) -> bool:
        """Whether `bytes` are those up to the next line."""
        return self._size_of is not None and not self._waiting

    def begin_row(self, most: int) -> None:
        """The next line begins a row of fewer than so many characters."""
        self._row, self._size, self._most = [], 0, most

    def back_to_second_line(self) -> None:
        """Let the lines of the row behind its first be read again; what is too long for memory is passed over up to its line's end."""
        if self._row and len(self._row[-1]) >= LONGEST_ROW:
            line = self._row.pop()
            while line and line[-1] not in "\r\n":
                line = self._next()
        self._waiting.extendleft(reversed(self._row[1:]))
        self.again += self._size


def rows_of(
    lines: Lines, dialect: Dialect, shown: str, *, number: int = -1, width: int = 0, words: int = 0
) -> Iterator[list[str] | ArticleError]:
    """The header and the rows of a table, blank ones aside.

    A row without end is an ArticleError, and rows begin again at the next line that has as many cells as the header and no more words in
    its first cell than those before. `shown` names the table in messages. The rows from another on are told its `number`, counted below
    the header, how many cells the header has, and how many words the first cells before have at most.
    """
    rows = dialect.rows(lines)
    broken = False
    while True:
        lines.begin_row(min(LONGEST_ROW, _LONGEST_AFTER_A_FAULT) if broken else LONGEST_ROW)
        try:
            cells = next(rows, None)
        except _UnfinishedRowError as error:
            if not broken:
                number += 1
                yield ArticleError(f"{shown}#{number}: {error}" if width else f"{shown}: its header {error}")
            lines.back_to_second_line()
            if lines.again > _MOST_AGAIN:
                yield ArticleError(f"{shown}: has too many marks that are never closed, nothing behind row {number} was read")
                return
            broken, rows = True, dialect.rows(lines)
            continue
        if cells is None:
            return
        if not any(cells) or (broken and width > 1 and (len(cells) != width or len(cells[0].split()) > words)):
            continue
        broken = False
        number += 1
        width, words = width or len(cells), max(words, len(cells[0].split()))
        yield cells

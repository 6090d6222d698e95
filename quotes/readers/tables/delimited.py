"""Rows of cells set apart by commas, semicolons or tabs, in the ways in which programs write them, in bounded memory."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import Literal, NamedTuple, TextIO

from quotes.errors import ArticleError

#: A row of more characters than this holds no article; memory does not hold it.
LONGEST_ROW = 8 << 20
#: A row that begins within a broken one goes on for so many characters at most.
_LONGEST_AFTER_A_FAULT = 1 << 16
#: So many characters are read twice at most, for marks that are out of place.
_MOST_AGAIN = 1 << 25
_ESCAPED_MARK = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
#: What csv says of a mark that is never closed, and what is said here of a row without bound.
_UNFINISHED, _TOO_LONG = "unexpected end of data", "too long"

Marks = Literal["doubled", "escaped", "loose", "raw"]


class Dialect(NamedTuple):
    """How a table is written: what stands between its cells, and what quotation marks mean.

    `doubled`: a cell may stand in marks, and those in its text are doubled; `escaped`: they have a backslash before them; `loose`: they
    stand as they are, and the cell ends at a mark that nothing but its end follows; `raw`: all marks belong to the text.
    """

    delimiter: str
    marks: Marks = "doubled"

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The cells of each row. Raises csv.Error where a mark stands out of place."""
        csv.field_size_limit(LONGEST_ROW)
        if self.marks == "loose":
            return _loose_rows(lines, self.delimiter)
        if self.marks == "raw":
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        if self.marks == "escaped":
            lines = (_ESCAPED_MARK.sub(r'\1""', line) for line in lines)
        return csv.reader(lines, delimiter=self.delimiter, strict=True)


def detect_dialect(head: str, *, complete: bool, tabs: bool = False) -> Dialect:
    """The dialect of a table by its beginning, the one in which fewest rows are out of order; `tabs` where its name says so."""
    header = head.split("\n", 1)[0]
    if tabs or ("\t" in header and "," not in header and ";" not in header):
        delimiter = "\t"
    else:
        delimiter = ";" if header.count(";") > header.count(",") else ","
    sample = head if complete else head[: head.rfind("\n") + 1]
    raw = Dialect(delimiter, "raw")
    if delimiter == "\t" and _marks_are_text(sample):
        return raw
    escaped = [Dialect(delimiter, "escaped")] if '\\"' in sample else []
    others = [raw, Dialect(delimiter, "loose")] if delimiter == "\t" else [Dialect(delimiter, "loose"), raw]
    return min([Dialect(delimiter), *escaped, *others], key=lambda dialect: _faults(sample, dialect, complete))


def _faults(sample: str, dialect: Dialect, complete: bool) -> int:
    """How many rows of the sample are no rows in this dialect, or have more or fewer cells than the header."""
    lines = iter(io.StringIO(sample, newline=""))
    rows = dialect.rows(lines)
    faults = width = 0
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            faults += complete or str(error) != _UNFINISHED
            rows = dialect.rows(lines)
            continue
        if cells is None:
            return faults
        if any(cells):
            width = width or len(cells)
            faults += len(cells) < width or any(cells[width:])


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
            elif '"' in cell[:1] or '""' in cell:
                return False
            elif cell and not re.fullmatch(r"[\d.,-]+", cell):
                bare.add((column, "," in cell))
    return any(each in bare for each in in_marks)


def _loose_rows(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    # Prose has a space behind its commas, tables have none.
    closing = re.compile(rf'(?<!")(?:"")*"(?=[\r\n]*$|{re.escape(delimiter)}(?! ))')
    for line in lines:
        cells: list[str] = []
        at = 0
        while True:
            if line.startswith('"', at):
                pieces = []
                begin = at + 1
                while (found := closing.search(line, begin)) is None:
                    pieces.append(line[begin:])
                    begin, line = 0, next(lines, "")
                    if not line:
                        raise csv.Error(_UNFINISHED)
                pieces.append(line[begin : found.end() - 1])
                cells.append("".join(pieces).replace('""', '"'))
                at = found.end()
            else:
                end = line.find(delimiter, at)
                cells.append(line[at:end] if end >= 0 else line[at:].rstrip("\r\n"))
                at = end if end >= 0 else len(line)
            if not line.startswith(delimiter, at):
                break
            at += len(delimiter)
        yield cells


class _Lines:
    """The lines of a table; those of a row can be read again, and `again` counts the characters for which that was done."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = self._most = 0
        self.again = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._file.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self._row.append(line)
        self._size += len(line)
        if self._size >= self._most:
            raise csv.Error(_TOO_LONG)
        return line

    def begin_row(self, most: int) -> None:
        """The next line begins a row of fewer than so many characters; a longer one is a csv.Error."""
        self._row, self._size, self._most = [], 0, most

    def back_to_second_line(self) -> None:
        """Let the lines of the row behind its first be read again; what is too long for memory is passed over up to its line's end."""
        if self._row and len(self._row[-1]) >= LONGEST_ROW:
            line = self._row.pop()
            while line and line[-1] not in "\r\n":
                line = self._file.readline(LONGEST_ROW)
        self._again.extendleft(reversed(self._row[1:]))
        self.again += self._size


def rows_of(file: TextIO, dialect: Dialect, shown: str) -> Iterator[list[str] | ArticleError]:
    """The header and the rows of a table, blank ones aside.

    A row whose marks are out of place or that is too long is an ArticleError, and rows begin again at the next line that has as many
    cells as the header and no more words in its first cell than those before. `shown` names the table in messages.
    """
    lines = _Lines(file)
    rows = dialect.rows(lines)
    number = -1  # rows are counted below the header
    width = words = passed = 0
    fault: str | None = None
    while True:
        lines.begin_row(LONGEST_ROW if fault is None else min(LONGEST_ROW, _LONGEST_AFTER_A_FAULT))
        try:
            cells = next(rows, None)
        except csv.Error as error:
            if fault is None:
                number += 1
                fault = f"{shown}#{number}: {_what(error)}" if width else f"{shown}: its header {_what(error)}"
            else:
                passed += 1
            lines.back_to_second_line()
            if lines.again > _MOST_AGAIN:
                yield ArticleError(f"{fault}; nothing behind it was read")
                return
            rows = dialect.rows(lines)
            continue
        if cells is not None and not any(cells):
            continue
        if fault is not None:
            if cells and not _begins_again(cells, width, words):
                passed += 1
                continue
            yield ArticleError(fault + (f" (lines passed over behind it: {passed})" if passed else ""))
            fault, passed = None, 0
        if cells is None:
            return
        number += 1
        width, words = width or len(cells), max(words, len(cells[0].split()))
        yield cells


def _begins_again(cells: list[str], width: int, words: int) -> bool:
    return width <= 1 or (len(cells) == width and len(cells[0].split()) <= words)


def _what(error: csv.Error) -> str:
    if str(error) == _TOO_LONG:
        return f"has more than {LONGEST_ROW >> 20} million characters or a quotation mark that is never closed, split or mend it"
    if str(error) == _UNFINISHED:
        return "has a quotation mark that is never closed, mend it"
    return "has quotation marks out of place, double those within its text"

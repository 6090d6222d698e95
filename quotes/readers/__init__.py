"""READ: files of any kind that people have their news in → `Article`, the text untouched, zones and fields beside it."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from quotes.errors import ArticleError
from quotes.readers.columns import Columns, NoTextColumn
from quotes.readers.decoding import decode, refuse_other_kinds
from quotes.readers.plain_text import Layout, article_from_text, layout
from quotes.records import Article

__all__ = ["Columns", "Layout", "count", "layout", "read"]

STANDARD_INPUT = "-"
_USUAL_COLUMNS = Columns()

_Reader = Callable[[Path, str, Columns], Iterator[Article | ArticleError]]


def read(
    paths: Iterable[str | Path], *, columns: Columns = _USUAL_COLUMNS, stdin: BinaryIO | None = None
) -> Iterator[Article | ArticleError]:
    """The articles of `paths` in their order, one at a time; what cannot be read is yielded as an error and the rest goes on.

    A path is a file, a folder (its files and folders in order of name, hidden ones and those of unknown kinds passed over), or `-`
    (one plain-text article from `stdin`). `.txt` and files without a suffix are plain text, `.html` and `.htm` saved pages, `.jsonl`,
    `.ndjson` and `.json` records, `.csv` and `.tsv` tables, whose fields `columns` names. Memory holds one article at a time, or one
    piece of a table. Each error's message is one line, `PATH: what was wrong, and the mend`.
    """
    for path in paths:
        shown = str(path)
        if shown == STANDARD_INPUT:
            yield from _guarded(_read_stdin(stdin), shown)
        elif os.path.isdir(shown):
            yield from _guarded(_read_folder(shown, columns), shown)
        else:
            yield from _guarded(_read_file(shown, columns), shown)


def count(paths: Iterable[str | Path]) -> int | None:
    """About how many articles `read` will yield, for a progress bar: files, and lines of files that hold many; None if not countable.

    Tables whose cells run over several lines count too high. Never raises: what cannot be read counts as one.
    """
    total = 0
    for path in paths:
        shown = str(path)
        if shown != STANDARD_INPUT and os.path.isdir(shown):
            total += sum(_records_in(name) for name in _files_in(shown) if _suffix(name) in _READERS)
        elif shown != STANDARD_INPUT and os.path.exists(shown) and not os.path.isfile(shown):
            return None  # a pipe can be read only once
        else:
            total += _records_in(shown)
    return total


def _guarded(articles: Iterator[Article | ArticleError], shown: str) -> Iterator[Article | ArticleError]:
    """Turn what stops a reader into one more ArticleError, and every path and message into text that can be printed and stored."""
    try:
        for article in articles:
            yield _printable(article)
    except ArticleError as error:
        yield _printable(error)
    except OSError as error:
        yield _printable(ArticleError(f"{shown}: {_os_complaint(error)}"))


def _printable(article: Article | ArticleError) -> Article | ArticleError:
    """A file's name may hold line breaks and bytes that are no text."""
    if isinstance(article, Article):
        if article.path.isprintable():
            return article
        return replace(article, path=article.path.encode("utf-8", "replace").decode("utf-8"))
    message = str(article)
    if message.isprintable():
        return article
    return type(article)(" ".join(message.split()).encode("utf-8", "replace").decode("utf-8"))


def _os_complaint(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder, check the path"
    if isinstance(error, PermissionError):
        return "may not be read, change its permissions"
    return f"cannot be read ({error.strerror or type(error).__name__}), check the file"


def _read_stdin(stdin: BinaryIO | None) -> Iterator[Article | ArticleError]:
    yield _plain_text((stdin or sys.stdin.buffer).read(), STANDARD_INPUT)


def _read_folder(folder: str, columns: Columns) -> Iterator[Article | ArticleError]:
    anything = False
    for name in _files_in(folder):
        if _suffix(name) not in _READERS:
            continue
        for article in _guarded(_read_file(name, columns), name):
            if isinstance(article, NoTextColumn) and _suffix(name) == ".json" and columns.text is None:
                break  # settings or annotations that lie beside the articles
            anything = True
            yield article
    if not anything:
        kinds = ", ".join(sorted(suffix for suffix in _READERS if suffix))
        raise ArticleError(f"{folder}: holds no articles, give a folder with files of a known kind ({kinds})")


def _files_in(folder: str) -> Iterator[str]:
    """Every file under a folder that is not hidden, in order of name, the folder's path as it was given."""

    def refuse(error: OSError) -> None:
        if error.filename == folder:
            raise error

    for parent, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield os.path.join(parent, name)


def _read_file(shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    path = Path(shown)
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        raise ArticleError(f"{shown}: is neither a file nor a folder, give the path of an article")
    reader = _READERS.get(_suffix(shown)) or _sniffed(path, shown)
    yield from reader(path, shown, columns)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _sniffed(path: Path, shown: str) -> _Reader:
    """The reader for a file whose suffix says nothing; raises ArticleError when its first bytes are not those of text."""
    with path.open("rb") as file:
        head = file.read(4096)
    refuse_other_kinds(head, shown)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _read_html
    if start.startswith(b"{"):
        return _read_json_lines if b"\n" in start.strip() and start.split(b"\n")[0].rstrip().endswith(b"}") else _read_json
    try:
        decode(head.rstrip(b"\x80\xc3\xe2"), shown)
    except ArticleError as error:
        raise ArticleError(f"{shown}: is of no known kind, rename it .txt, .html, .jsonl or .csv after what it holds") from error
    return _read_plain_text


def _plain_text(data: bytes, shown: str) -> Article:
    text, notices = decode(data, shown)
    if text[:200].lstrip("\ufeff \r\n\t").lower().startswith(("<!doctype html", "<html")):
        notices = (*notices, "looks like HTML and was read as plain text, rename it .html to read the article in it")
    return article_from_text(text, path=shown, notices=notices)


def _read_plain_text(path: Path, shown: str, _: Columns) -> Iterator[Article | ArticleError]:
    yield _plain_text(path.read_bytes(), shown)


def _read_html(path: Path, shown: str, _: Columns) -> Iterator[Article | ArticleError]:
    from quotes.readers.html import read_html

    yield read_html(path.read_bytes(), shown)


def _read_json_lines(path: Path, shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    from quotes.readers.json_lines import read_json_lines

    yield from read_json_lines(path, shown, columns)


def _read_json(path: Path, shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    from quotes.readers.json_lines import read_json

    yield from read_json(path.read_bytes(), shown, columns)


def _read_table(path: Path, shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    from quotes.readers.tables import read_table

    yield from read_table(path, shown, columns)


_READERS: dict[str, _Reader] = {
    "": _read_plain_text,
    ".txt": _read_plain_text,
    ".text": _read_plain_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
    ".json": _read_json,
    ".csv": _read_table,
    ".tsv": _read_table,
}


def _records_in(name: str) -> int:
    suffix = _suffix(name)
    if suffix not in (".jsonl", ".ndjson", ".csv", ".tsv"):
        return 1
    try:
        with open(name, "rb") as file:
            newlines, last = 0, b"\n"
            while piece := file.read(1 << 20):
                newlines += piece.count(b"\n")
                last = piece[-1:]
    except OSError:
        return 1
    lines = newlines + (last != b"\n")
    return max(1, lines - 1 if suffix in (".csv", ".tsv") else lines)

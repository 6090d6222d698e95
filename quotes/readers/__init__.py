"""READ: news in any form that people have it in → `Article`, the text untouched, zones and fields beside it."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from quotes.errors import ArticleError
from quotes.readers.columns import Columns
from quotes.readers.dispatch import articles_of, guarded, known_suffixes, passes_over
from quotes.readers.input_kinds import SUFFIXES
from quotes.readers.inputs import of_file, of_pipe, of_stream
from quotes.readers.language import language_of
from quotes.readers.plain_text import Layout, layout
from quotes.readers.reader_settings import Reading
from quotes.records import Article

__all__ = ["Columns", "Layout", "Reading", "count", "finished", "is_address", "layout", "missing", "read"]

STANDARD_INPUT = "-"
_USUAL = Reading()
_USUAL_COLUMNS = Columns()

_Articles = Iterator[Article | ArticleError]


def read(
    paths: Iterable[str | Path],
    *,
    columns: Columns = _USUAL_COLUMNS,
    stdin: BinaryIO | None = None,
    settings: Reading = _USUAL,
    done: Callable[[str], None] | None = None,
) -> _Articles:
    """The articles of `paths` in their order, one at a time; what cannot be read is yielded as an error and the rest goes on.

    A path is a file, a folder (its files and folders in order of name, hidden ones and those of unknown kinds passed over), a pattern such
    as `news/*.html`, an address (`https://…`, where `settings` has a fetcher), or `-` (`stdin`). What a file holds is told by its first
    bytes, and by its suffix only where they do not tell; `.txt` is always plain text. Fields of records and columns of tables are those
    that `columns` names. Memory holds one article at a time, or one piece of a table. Each error's message is one line, `PATH: what was
    wrong, and the mend`, and its `source` is the file or address that it came from. `done` is told each such source that was read to its
    end. What `settings` states of every article wins over what the article states itself.
    """
    settings = settings if columns == _USUAL_COLUMNS else replace(settings, columns=columns)
    stated = settings.stated
    for article in _read_each(paths, stdin, settings, done):
        yield article if isinstance(article, ArticleError) or not stated else replace(article, **stated)


def _read_each(paths: Iterable[str | Path], stdin: BinaryIO | None, settings: Reading, done: Callable[[str], None] | None) -> _Articles:
    for path in paths:
        shown = str(path)
        if shown == STANDARD_INPUT:
            yield from finished(guarded(_read_stream(stdin, settings), shown), shown, done)
        elif is_address(shown):
            yield from finished(guarded(_fetched(shown, settings), shown), shown, done)
        elif os.path.isdir(shown):
            yield from finished(guarded(_read_folder(shown, settings, done), shown), shown)
        elif _is_pattern(shown):
            yield from finished(guarded(_read_pattern(shown, settings, done), shown), shown)
        else:
            yield from finished(guarded(_read_file(shown, settings), shown), shown, done)


def is_address(path: str) -> bool:
    """Whether a path is the address of a page or a feed on the web."""
    return re.match(r"https?://", path, re.IGNORECASE) is not None


def missing(paths: Iterable[str | Path]) -> list[str]:
    """Those of the paths that lead to no file or folder."""
    shown = (str(path) for path in paths)
    return [each for each in shown if not (each == STANDARD_INPUT or is_address(each) or glob.has_magic(each) or os.path.lexists(each))]


def count(paths: Iterable[str | Path]) -> int | None:
    """About how many articles `read` will yield, for a progress bar: files, and lines of files that hold many; None if not countable.

    Tables whose cells run over several lines count too high. Never raises: what cannot be read counts as one.
    """
    total = 0
    for path in paths:
        shown = str(path)
        if shown == STANDARD_INPUT or is_address(shown):
            total += 1
        elif os.path.isdir(shown):
            total += sum(_records_in(name) for name in _files_in(shown, []) if _suffix(name) in SUFFIXES or not _suffix(name))
        elif _is_pattern(shown):
            total += sum(_records_in(name) for name in glob.iglob(shown, recursive=True) if os.path.isfile(name))
        elif os.path.exists(shown) and not os.path.isfile(shown):
            return None  # a pipe can be read only once
        elif _suffix(shown) in _UNCOUNTED:
            return None
        else:
            total += _records_in(shown)
    return total


def finished(articles: _Articles, source: str, done: Callable[[str], None] | None = None) -> _Articles:
    """Articles with their language, errors with their source, every path and message as text that can be printed and stored.

    `done` is told the source when the articles are at their end.
    """
    for article in articles:
        if isinstance(article, ArticleError):
            yield _printable_error(article, source)
            continue
        found = language_of(article.text, article.language)
        path = article.path if article.path.isprintable() else article.path.encode("utf-8", "replace").decode("utf-8")
        if (found, path) != (article.language, article.path):
            article = replace(article, language=found, path=path)
        yield article
    if done is not None:
        done(source)


def _printable_error(error: ArticleError, source: str) -> ArticleError:
    """A file's name may hold line breaks and bytes that are no text."""
    message = str(error)
    if not message.isprintable():
        plain = " ".join(message.split()).encode("utf-8", "replace").decode("utf-8")
        plain = "".join(sign if sign.isprintable() else "?" for sign in plain)
        error, before = type(error)(plain), error
        error.source = before.source
    error.source = error.source or source
    return error


def _fetched(address: str, settings: Reading) -> _Articles:
    if settings.fetcher is None:
        raise ArticleError(f"{address}: is an address, and nothing is fetched here, save the page and give the file")
    yield from articles_of(settings.fetcher.fetch(address).as_input(), settings)


def _read_stream(stdin: BinaryIO | None, settings: Reading) -> _Articles:
    stream = stdin or (None if sys.stdin is None else sys.stdin.buffer)
    if stream is None:
        raise ArticleError(f"{STANDARD_INPUT}: standard input is closed, give a file or pipe an article in")
    yield from articles_of(of_stream(stream, STANDARD_INPUT), settings)


def _read_folder(folder: str, settings: Reading, done: Callable[[str], None] | None) -> _Articles:
    anything = False
    unreadable: list[OSError] = []
    for name in _files_in(folder, unreadable):
        if _suffix(name) not in SUFFIXES and _suffix(name):
            continue
        for article in _among_others(name, settings, done):
            anything = True
            yield article
    for error in unreadable:
        anything = True
        yield ArticleError(f"{error.filename}: may not be read ({error.strerror}), change its permissions")
    if not anything:
        raise ArticleError(f"{folder}: holds no articles, give a folder with files of a known kind ({known_suffixes()})")


def _read_pattern(pattern: str, settings: Reading, done: Callable[[str], None] | None) -> _Articles:
    names = sorted(glob.iglob(pattern, recursive=True))
    if not names:
        raise ArticleError(f"{pattern}: fits no file, check the pattern")
    for name in names:
        if os.path.isdir(name):
            if "**" not in pattern:  # with it, the files within are named by the pattern themselves
                yield from guarded(_read_folder(name, settings, done), name)
        else:
            yield from finished(guarded(_read_file(name, settings, named=False), name), name, done)


def _among_others(name: str, settings: Reading, done: Callable[[str], None] | None) -> _Articles:
    for article in finished(guarded(_read_file(name, settings, named=False), name), name, done):
        if passes_over(article, _suffix(name), settings):
            return
        yield article


def _files_in(folder: str, unreadable: list[OSError]) -> Iterator[str]:
    """Every file under a folder that is not hidden, in order of name, the folder's path as it was given."""

    def refuse(error: OSError) -> None:
        if error.filename == folder:
            raise error
        unreadable.append(error)

    seen = {os.path.realpath(folder)}  # links to folders are followed, but not in circles
    for parent, folders, files in os.walk(folder, onerror=refuse, followlinks=True):
        inner = {name: os.path.realpath(os.path.join(parent, name)) for name in sorted(folders) if not name.startswith(".")}
        folders[:] = [name for name, place in inner.items() if not (os.path.islink(os.path.join(parent, name)) and place in seen)]
        seen.update(inner.values())
        for name in sorted(files):
            if not name.startswith("."):
                yield os.path.join(parent, name)


def _is_pattern(path: str) -> bool:
    return glob.has_magic(path) and not os.path.lexists(path)


def _read_file(shown: str, settings: Reading, *, named: bool = True) -> _Articles:
    """The articles of a file. Pipes and devices are read only where they were `named`: one that lies in a folder may never end."""
    path = Path(shown)
    if path.is_symlink() and not path.exists():
        raise ArticleError(f"{shown}: is a link that leads nowhere, mend or remove it")
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or (named and (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)))):
        raise ArticleError(f"{shown}: is neither a file nor a folder, give the path of an article")
    yield from articles_of(of_pipe(path, shown) if stat.S_ISFIFO(mode) else of_file(path, shown), settings)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


#: Files that hold nobody knows how many articles until they are read.
_UNCOUNTED = frozenset(
    (".gz", ".zst", ".bz2", ".xz", ".tgz", ".zip", ".tar", ".warc", ".parquet", ".xlsx", ".xlsm", ".rss", ".atom", ".xml")
)


def _records_in(name: str) -> int:
    suffix = _suffix(name)
    if suffix not in (".jsonl", ".ndjson", ".csv", ".tsv") or not os.path.isfile(name):
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

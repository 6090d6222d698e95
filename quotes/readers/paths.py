"""The paths that a user gives (files, folders, patterns, addresses, standard input) → their articles."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from quotes.errors import ArticleError
from quotes.readers.dispatch import Articles, articles_of, guarded
from quotes.readers.input_kinds import KNOWN_SUFFIXES, is_known, kind_by_name
from quotes.readers.inputs.input import Input, file_input, stream_input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.language import language_of

STANDARD_INPUT = "-"
_DEFAULT = Reading()

Done = Callable[[str], None] | None


def read(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, settings: Reading = _DEFAULT, done: Done = None) -> Articles:
    """The articles of `paths` in their order, one at a time; what cannot be read is yielded as an error and the rest goes on.

    A path is a file, a folder (its files and folders in order of name, hidden ones and those of unknown kinds passed over), a pattern such
    as `news/*.html`, an address (`https://…`, where `settings` has a fetcher), or `-` (`stdin`). What a file holds is recognised by its
    first bytes, and by its suffix only where they do not show it. Each error's message is one line, `PATH: what was wrong, and the mend`,
    and its `source` is the file or address that it came from. `done` is called with each such source that was read to its end. What
    `settings` states of every article wins over what the article states itself.
    """
    stated = settings.stated
    for path in map(str, paths):
        if os.path.isdir(path):
            found = _read_folder(path, settings, done)
        elif is_pattern(path):
            found = _read_pattern(path, settings, done)
        else:
            found = finished(guarded(_read_one(path, stdin, settings), path), path, done)
        for article in found:
            yield article if isinstance(article, ArticleError) or not stated else replace(article, **stated)


def _read_one(path: str, stdin: BinaryIO | None, settings: Reading) -> Articles:
    if path == STANDARD_INPUT:
        stream = stdin or (None if sys.stdin is None else sys.stdin.buffer)
        if stream is None:
            raise ArticleError(f"{path}: standard input is closed, give a file or pipe an article in")
        source = stream_input(stream, path)
    elif is_address(path):
        if settings.fetcher is None:
            raise ArticleError(f"{path}: is an address, and nothing is fetched here, save the page and give the file")
        source = settings.fetcher.fetch(path).as_input()
    else:
        source = file_at(path)
    yield from articles_of(source, settings)


def _read_folder(folder: str, settings: Reading, done: Done) -> Articles:
    anything = False
    unreadable: list[OSError] = []
    for name in files_in(folder, unreadable):
        for article in _read_one_of_many(name, settings, done, named=False):
            anything = True
            yield article
    errors = [f"{error.filename}: may not be read ({error.strerror}), change its permissions" for error in unreadable]
    if not anything and not unreadable:
        errors = [f"{folder}: holds no articles, give a folder with files of a known kind ({KNOWN_SUFFIXES})"]
    yield from finished(map(ArticleError, errors), folder)


def _read_pattern(pattern: str, settings: Reading, done: Done) -> Articles:
    names = sorted(glob.iglob(pattern, recursive=True))
    if not names:
        yield from finished(iter([ArticleError(f"{pattern}: fits no file, check the pattern")]), pattern)
    for name in names:
        if not os.path.isdir(name):
            yield from _read_one_of_many(name, settings, done, named=True)
        elif "**" not in pattern:  # with it, the files within are named by the pattern themselves
            yield from _read_folder(name, settings, done)


def _read_one_of_many(name: str, settings: Reading, done: Done, *, named: bool) -> Articles:
    def articles() -> Articles:
        yield from articles_of(replace(file_at(name, pipes=False), named=named), settings)

    return finished(guarded(articles(), name), name, done)


def is_address(path: str) -> bool:
    """Whether a path is the address of a page or a feed on the web."""
    return re.match(r"https?://", path, re.IGNORECASE) is not None


def is_pattern(path: str) -> bool:
    """Whether a path is a pattern of names, and not a file."""
    return glob.has_magic(path) and not is_address(path) and not os.path.lexists(path)


def missing(paths: Iterable[str | Path]) -> list[str]:
    """Those of the paths that lead to no file or folder."""
    shown = (str(path) for path in paths)
    return [each for each in shown if not (each == STANDARD_INPUT or is_address(each) or glob.has_magic(each) or os.path.lexists(each))]


def finished(articles: Articles, source: str, done: Done = None) -> Articles:
    """Articles with their language, errors with their source, every path and message as text that can be printed and stored.

    `done` is called with the source when the articles are at their end.
    """
    for article in articles:
        if isinstance(article, ArticleError):
            article.args, article.source = (_printable(str(article)),), article.source or source
            yield article
        else:
            path = article.path if article.path.isprintable() else article.path.encode("utf-8", "replace").decode("utf-8")
            yield replace(article, language=language_of(article.text, article.language), path=path)
    if done is not None:
        done(source)


def _printable(message: str) -> str:
    """A message on one line: a file's name may hold line breaks and bytes that are no text."""
    if message.isprintable():
        return message
    plain = " ".join(message.split()).encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "?" for sign in plain)


def files_in(folder: str, unreadable: list[OSError]) -> Iterator[str]:
    """The files of a known kind under a folder that are not hidden, in order of name, the folder's path as it was given.

    What the system refuses to list is added to `unreadable`.
    """
    seen = {os.path.realpath(folder)}  # links to folders are followed, but not in circles
    for parent, folders, files in os.walk(folder, onerror=unreadable.append, followlinks=True):
        inner = {name: os.path.realpath(os.path.join(parent, name)) for name in sorted(folders) if not name.startswith(".")}
        folders[:] = [name for name, place in inner.items() if not (os.path.islink(os.path.join(parent, name)) and place in seen)]
        seen.update(inner.values())
        yield from (os.path.join(parent, name) for name in sorted(files) if name[0] != "." and is_known(name))


def file_at(shown: str, *, pipes: bool = True) -> Input:
    """The input that a file is. `pipes` (and devices) are read only where a user named them: one that lies in a folder may never end."""
    path = Path(shown)
    if path.is_symlink() and not path.exists():
        raise ArticleError(f"{shown}: is a link that leads nowhere, mend or remove it")
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or (pipes and (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)))):
        raise ArticleError(f"{shown}: is neither a file nor a folder, give the path of an article")
    return file_input(path, shown)


def count(paths: Iterable[str | Path]) -> int | None:
    """About how many articles `read` will yield, for a progress bar: files, and lines of files that hold one a line; None where a path is
    a pipe, an archive or the like.

    Tables whose cells run over several lines count too high, archives and the like in folders too low. Never raises: what cannot be read
    counts as one.
    """
    total = 0
    for shown in map(str, paths):
        if os.path.isdir(shown):
            total += sum(map(_records_in, files_in(shown, [])))
        elif is_pattern(shown):
            total += sum(_records_in(name) for name in glob.iglob(shown, recursive=True) if os.path.isfile(name))
        elif os.path.exists(shown) and (not os.path.isfile(shown) or kind_by_name(shown) in _MANY):
            return None
        else:
            total += _records_in(shown)
    return total


#: What holds nobody knows how many articles until it is read.
_MANY = frozenset(("feed", "xlsx", "parquet", "warc", "zip", "tar", "compressed"))


def _records_in(name: str) -> int:
    kind = kind_by_name(name)
    lines = 1
    if kind in ("jsonl", "csv", "tsv") and os.path.isfile(name):
        with suppress(OSError), open(name, "rb") as file:
            lines = sum(piece.count(b"\n") for piece in iter(partial(file.read, 1 << 20), b"")) - (kind != "jsonl")
    return max(1, lines)

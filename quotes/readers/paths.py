"""The paths that a user gives (files, folders, patterns, addresses, standard input) → their articles."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from quotes.errors import ArticleError
from quotes.readers.dispatch import Articles, articles_of, guarded
from quotes.readers.input_kinds import CONTAINERS, KNOWN_SUFFIXES, is_known, kind_by_name
from quotes.readers.inputs.input import Input, stream_input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.layout.language import language_of
from quotes.readers.storage import files_that_fit, files_under, is_stored, is_stored_folder, stored_input

STANDARD_INPUT = "-"
_DEFAULT = Reading()

Done = Callable[[str], None] | None


def read(paths: Iterable[str | Path], *, stdin: BinaryIO | None = None, settings: Reading = _DEFAULT, done: Done = None) -> Articles:
    """The articles of `paths` in their order, one at a time; what cannot be read is yielded as an error and the rest goes on.

    A path is a file, a folder (its files and folders in order of name, hidden ones and those of unknown kinds passed over), a pattern such
    as `news/*.html`, each of these in storage that fsspec knows (`s3://…`), an address on the web (where `settings` has a fetcher), or `-`
    (`stdin`). Each error's message is one line, `PATH: what was wrong, and the mend`, and its `source` is the file or address that it came
    from. `done` is called with each such source that was read to its end.
    """
    for path in map(str, paths):
        anything = False
        for file in files_of(path):
            found = finished(iter([file]), path) if isinstance(file, ArticleError) else read_file(file, settings, done, stdin)
            for article in found:
                anything = True
                yield article
        if not anything and os.path.isdir(path):
            yield from finished(iter([_without_articles(path)]), path)


@dataclass(frozen=True, slots=True)
class File:
    """What is read by itself: a file, an address, standard input. `named` by the user or by a pattern, and not one that lies in a folder; a
    `pipe` is read only where it is named by itself."""

    name: str
    named: bool = True
    pipe: bool = False


def files_of(path: str) -> Iterator[File | ArticleError]:
    """The files of a path in the order in which they are read: itself, those of a folder or of a pattern; what cannot be found or listed
    is an ArticleError."""
    stored = is_stored(path)
    try:
        if path == STANDARD_INPUT or is_address(path) or not glob.has_magic(path) or (not stored and os.path.lexists(path)):
            yield from _files_in(path) if _is_folder(path) else [File(path, pipe=True)]
            return
        names = files_that_fit(path) if stored else sorted(glob.iglob(path, recursive=True))
        if not names:
            yield ArticleError(f"{path}: fits no file, check the pattern")
        for name in names:
            if not _is_folder(name):
                yield File(name)
            elif "**" not in path:  # with it, the files within are named by the pattern themselves
                yield from _files_in(name)
    except ArticleError as error:
        yield error


def _is_folder(path: str) -> bool:
    return is_stored_folder(path) if is_stored(path) else os.path.isdir(path)


def read_file(file: File, settings: Reading, done: Done = None, stdin: BinaryIO | None = None) -> Articles:
    """The articles of a file; `done` is called with its name when they are at their end."""

    def articles() -> Articles:
        yield from articles_of(replace(input_of(file, settings, stdin), named=file.named), settings)

    return finished(guarded(articles(), file.name), file.name, done, settings.stated)


def is_address(path: str) -> bool:
    """Whether a path is the address of a page or a feed on the web."""
    return re.match(r"https?://", path, re.IGNORECASE) is not None


def missing(paths: Iterable[str | Path]) -> list[str]:
    """Those of the paths that lead to no file or folder."""
    shown = (str(path) for path in paths)
    files = (each for each in shown if not (each == STANDARD_INPUT or is_address(each) or is_stored(each) or glob.has_magic(each)))
    return [each for each in files if not os.path.lexists(each)]


def finished(articles: Articles, source: str, done: Done = None, stated: Mapping[str, Any] | None = None) -> Articles:
    """Articles with their language and with what a user has `stated` of every article, errors with their source, every path and message as
    text that can be printed and stored.

    `done` is called with the source when the articles are at their end.
    """
    for article in articles:
        if isinstance(article, ArticleError):
            article.args, article.source = (_printable(str(article)),), article.source or source
            yield article
        else:
            path = article.path if article.path.isprintable() else article.path.encode("utf-8", "replace").decode("utf-8")
            yield replace(article, language=language_of(article.text, article.language), path=path, **(stated or {}))
    if done is not None:
        done(source)


def _printable(message: str) -> str:
    """A message on one line: a file's name may hold line breaks and bytes that are no text."""
    if message.isprintable():
        return message
    plain = " ".join(message.split()).encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "?" for sign in plain)


def _files_in(folder: str) -> Iterator[File | ArticleError]:
    """The files of a known kind under a folder that are not hidden, in order of name, the folder's path as it was given; at the end what
    the system refuses to list."""
    unreadable: list[OSError] = []
    anything = False
    for name in files_under(folder) if is_stored(folder) else _local_files(folder, unreadable.append):
        if is_known(os.path.basename(name)):
            anything = True
            yield File(name, named=False)
    for error in unreadable:
        yield ArticleError(f"{error.filename}: may not be read ({error.strerror}), change its permissions")
    if not anything and not unreadable:
        yield _without_articles(folder)


def _local_files(folder: str, refused: Callable[[OSError], None]) -> Iterator[str]:
    seen = {os.path.realpath(folder)}  # links to folders are followed, but not in circles
    for parent, folders, files in os.walk(folder, onerror=refused, followlinks=True):
        inner = {name: os.path.realpath(os.path.join(parent, name)) for name in sorted(folders) if not name.startswith(".")}
        folders[:] = [name for name, place in inner.items() if not (os.path.islink(os.path.join(parent, name)) and place in seen)]
        seen.update(inner.values())
        yield from (os.path.join(parent, name) for name in sorted(files) if not name.startswith("."))


def _without_articles(folder: str) -> ArticleError:
    return ArticleError(f"{folder}: holds no articles, give a folder with files of a known kind ({KNOWN_SUFFIXES})")


def input_of(file: File, settings: Reading = _DEFAULT, stdin: BinaryIO | None = None) -> Input:
    """The input that a file is. Pipes and devices are read only where a user named them: one that lies in a folder may never end."""
    name = file.name
    if name == STANDARD_INPUT:
        stream = stdin or (None if sys.stdin is None else sys.stdin.buffer)
        if stream is None:
            raise ArticleError(f"{name}: standard input is closed, give a file or pipe an article in")
        return stream_input(stream, name)
    if is_address(name):
        if settings.fetcher is None:
            raise ArticleError(f"{name}: is an address, and nothing is fetched here, save the page and give the file")
        return cast(Input, settings.fetcher.fetch(name))
    if is_stored(name):
        return stored_input(name)
    path = Path(name)
    if path.is_symlink() and not path.exists():
        raise ArticleError(f"{name}: is a link that leads nowhere, mend or remove it")
    found = path.stat()
    if stat.S_ISREG(found.st_mode):
        return Input(shown=name, name=path.name, opener=lambda: path.open("rb"), size=found.st_size)
    if file.pipe and (stat.S_ISFIFO(found.st_mode) or stat.S_ISCHR(found.st_mode)):
        return stream_input(path.open("rb"), name, path.name)
    raise ArticleError(f"{name}: is neither a file nor a folder, give the path of an article")


def count(paths: Iterable[str | Path]) -> int | None:
    """About how many articles `read` will yield, for a progress bar: files, and lines of files that hold one a line; None where a path is
    a pipe, an archive or the like, or in a storage.

    Tables whose cells run over several lines count too high, archives and the like in folders too low. Never raises: what cannot be read
    counts as one.
    """
    total = 0
    unknown = CONTAINERS | {"xlsx", "parquet"}
    for path in map(str, paths):
        if is_stored(path):
            return None
        if os.path.exists(path) and not os.path.isdir(path) and (not os.path.isfile(path) or kind_by_name(path) in unknown):
            return None
        total += sum(_records_in(file.name) for file in files_of(path) if isinstance(file, File))
    return total


def _records_in(name: str) -> int:
    kind = kind_by_name(name)
    lines = 1
    if kind in ("jsonl", "csv", "tsv") and os.path.isfile(name):
        with suppress(OSError), open(name, "rb") as file:
            lines = sum(piece.count(b"\n") for piece in iter(partial(file.read, 1 << 20), b"")) - (kind != "jsonl")
    return max(1, lines)

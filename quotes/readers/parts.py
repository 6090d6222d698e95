"""Inputs in parts of about even size, each to be read by another process: some files, or some records of a large one."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.readers.dispatch import Articles, articles_of, guarded, reader_of
from quotes.readers.input_kinds import KNOWN_SUFFIXES, kind_of
from quotes.readers.inputs.input import Input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.paths import file_at, files_in, finished, is_address, is_pattern

#: Articles in a part, files of fewer bytes taken for one article each.
ARTICLES = 100
#: Files of more bytes than this are divided where they hold several records, into so many parts at most: each is found by going through
#: the records before it.
LARGE, MOST_PARTS = 4 << 20, 500


@dataclass(frozen=True, slots=True)
class Part:
    """Files, or the records `first` to `stop` (from 0, exclusive; None: to the end) of one; `named` where a user named them one by one."""

    files: tuple[str, ...]
    named: bool = True
    first: int = 0
    stop: int | None = None


def parts_of(paths: Iterable[str], settings: Reading) -> Iterator[Part | ArticleError]:
    """The parts of files, folders and patterns, in the order in which `read` reads them; what cannot be found is an ArticleError."""
    for path in paths:
        if path == "-" or is_address(path):
            yield ArticleError(f"{path}: only files can be divided among processes, save it in a file")
        elif os.path.isdir(path):
            yield from _together(_files_under(path), settings, named=False)
        elif is_pattern(path):
            names = sorted(glob.iglob(path, recursive=True))
            if not names:
                yield ArticleError(f"{path}: fits no file, check the pattern")
            yield from _together((name for name in names if not os.path.isdir(name)), settings, named=True)
            if "**" not in path:
                for folder in filter(os.path.isdir, names):
                    yield from _together(_files_under(folder), settings, named=False)
        elif not os.path.lexists(path):
            yield ArticleError(f"{path}: {NO_SUCH_FILE}")
        else:
            yield from _together([path], settings, named=True)


def read_part(part: Part, settings: Reading, done: Callable[[str], None] | None = None) -> Articles:
    """The articles of a part, as `read` has them; `done` is called with each file that was read to its end."""
    settings = replace(settings, part=(part.first, part.stop))
    for name in part.files:
        for article in finished(guarded(_articles(name, part, settings), name), name, done if part.stop is None else None):
            yield article if isinstance(article, ArticleError) or not settings.stated else replace(article, **settings.stated)


def _articles(name: str, part: Part, settings: Reading) -> Articles:
    yield from articles_of(replace(file_at(name, pipes=False), named=part.named), settings)


def _files_under(folder: str) -> Iterator[str | ArticleError]:
    unreadable: list[OSError] = []
    anything = False
    for name in files_in(folder, unreadable):
        anything = True
        yield name
    for error in unreadable:
        yield ArticleError(f"{error.filename}: may not be read ({error.strerror}), change its permissions")
    if not anything and not unreadable:
        yield ArticleError(f"{folder}: holds no articles, give a folder with files of a known kind ({KNOWN_SUFFIXES})")


def _together(files: Iterable[str | ArticleError], settings: Reading, *, named: bool) -> Iterator[Part | ArticleError]:
    some: list[str] = []
    for file in files:
        if isinstance(file, ArticleError):
            yield file
        elif not os.path.isfile(file) or os.path.getsize(file) <= LARGE:
            some.append(file)
            if len(some) == ARTICLES:
                yield Part(tuple(some), named)
                some = []
        else:
            if some:
                yield Part(tuple(some), named)
                some = []
            yield from _divided(file, settings, named=named)
    if some:
        yield Part(tuple(some), named)


def _divided(file: str, settings: Reading, *, named: bool) -> Iterator[Part]:
    try:
        records = _records_in(replace(file_at(file), named=named), settings)
    except Exception:  # whatever is wrong with it, whoever reads it says so
        records = 0
    size = max(ARTICLES, -(-records // MOST_PARTS))
    starts = range(0, max(records, 1), size)
    for first in starts:
        # Blank rows are no articles, so the last part has no end.
        yield Part((file,), named, first, first + size if first != starts[-1] else None)


def _records_in(source: Input, settings: Reading) -> int:
    """How many articles and inputs the reader of an input yields; those of the inputs themselves are not counted."""
    kind = settings.kind or kind_of(source)
    found = reader_of(kind)(source, settings)
    if kind == "compressed":
        return sum(_records_in(each, replace(settings, kind=None)) for each in found if isinstance(each, Input))
    return sum(1 for _ in found)


def halves_of(part: Part) -> tuple[Part, ...]:
    """A part in two; empty where it cannot be divided."""
    if len(part.files) > 1:
        middle = len(part.files) // 2
        return replace(part, files=part.files[:middle]), replace(part, files=part.files[middle:])
    if part.stop is None or part.stop - part.first < 2:
        return ()
    middle = (part.first + part.stop) // 2
    return replace(part, stop=middle), replace(part, first=middle)

"""Inputs in parts of about even size, each to be read by another process: some files, or some records of a large one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.readers.dispatch import Articles, reader_of
from quotes.readers.input_kinds import kind_of
from quotes.readers.inputs.input import Input, file_input
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.paths import File, files_of, is_address, missing, read_file

#: Articles in a part, files of fewer bytes taken for one article each.
ARTICLES = 100
#: Files of more bytes than this are divided where they hold several records, into so many parts at most: each is found by going through
#: the records before it.
LARGE, MOST_PARTS = 4 << 20, 500


@dataclass(frozen=True, slots=True)
class Part:
    """Files, or the records `first` to `stop` (from 0, exclusive; None: to the end) of one; `named` as in `File`."""

    files: tuple[str, ...]
    named: bool = True
    first: int = 0
    stop: int | None = None


def parts_of(paths: Iterable[str], settings: Reading) -> Iterator[Part | ArticleError]:
    """The parts of files, folders and patterns, in the order in which `read` reads them; what cannot be found is an ArticleError."""
    for path in paths:
        if path == "-" or is_address(path):
            yield ArticleError(f"{path}: only files can be divided among processes, save it in a file")
        elif missing([path]):
            yield ArticleError(f"{path}: {NO_SUCH_FILE}")
        else:
            yield from _parts(path, settings)


def _parts(path: str, settings: Reading) -> Iterator[Part | ArticleError]:
    together: list[File] = []
    for file in files_of(path):
        if isinstance(file, ArticleError):
            yield file
            continue
        large = os.path.isfile(file.name) and os.path.getsize(file.name) > LARGE
        if together and (large or len(together) == ARTICLES or file.named != together[0].named):
            yield Part(tuple(each.name for each in together), together[0].named)
            together = []
        if large:
            yield from _divided(file, settings)
        else:
            together.append(file)
    if together:
        yield Part(tuple(each.name for each in together), together[0].named)


def _divided(file: File, settings: Reading) -> Iterator[Part]:
    try:
        records = _records_in(file_input(Path(file.name), file.name), settings)
    except Exception:  # whatever is wrong with it, whoever reads it says so
        records = 0
    size = max(ARTICLES, -(-records // MOST_PARTS))
    starts = range(0, max(records, 1), size)
    for first in starts:
        # Blank rows are no articles, so the last part has no end.
        yield Part((file.name,), file.named, first, first + size if first != starts[-1] else None)


def _records_in(source: Input, settings: Reading) -> int:
    """How many articles and inputs the reader of an input yields; those of the inputs themselves are not counted."""
    kind = settings.kind or kind_of(source)
    found = reader_of(kind)(source, settings)
    if kind == "compressed":
        return sum(_records_in(each, replace(settings, kind=None)) for each in found if isinstance(each, Input))
    return sum(1 for _ in found)


def read_part(part: Part, settings: Reading, done: Callable[[str], None] | None = None) -> Articles:
    """The articles of a part, as `read` has them; `done` is called with each file that was read to its end."""
    settings = replace(settings, part=(part.first, part.stop))
    for name in part.files:
        for article in read_file(File(name, part.named), settings, done if part.stop is None else None):
            yield article if isinstance(article, ArticleError) or not settings.stated else replace(article, **settings.stated)


def halves_of(part: Part) -> tuple[Part, ...]:
    """A part in two; empty where it cannot be divided."""
    if len(part.files) > 1:
        middle = len(part.files) // 2
        return replace(part, files=part.files[:middle]), replace(part, files=part.files[middle:])
    if part.stop is None or part.stop - part.first < 2:
        return ()
    middle = (part.first + part.stop) // 2
    return replace(part, stop=middle), replace(part, first=middle)

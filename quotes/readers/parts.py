"""Inputs in parts of about even size, each to be read by another process: some files, or some records of a large one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain

from quotes.errors import NO_SUCH_FILE, ArticleError
from quotes.readers import storage
from quotes.readers.dispatch import Articles, places_in
from quotes.readers.input_kinds import CONTAINERS, TABLES, kind_by_name
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.readers.paths import STANDARD_INPUT, File, files_of, input_of, is_address, missing, read_file
from quotes.readers.storage import is_stored

#: Articles in a part; of a file that may hold many, so many bytes are taken for one.
ARTICLES, BYTES = 100, 4 << 10
#: Files of more bytes than this are divided where they hold several records.
LARGE = 1 << 20
#: A part that is found by going through what is before it may hold this many times less than that, so that all of it is not gone through
#: for a few articles: 1 MB unpacks in the time in which a word is parsed.
AGAIN = 250


@dataclass(frozen=True, slots=True)
class Part:
    """Files, or the records `first` to `stop` (from 0, exclusive; None: to the end) of one; reading may begin at `place`. `named` is as in
    `File`."""

    files: tuple[str, ...]
    named: bool = True
    first: int = 0
    stop: int | None = None
    place: Place | None = None

    @property
    def is_uncounted(self) -> bool:
        """Whether it is one file to its end, however many records that are."""
        return len(self.files) == 1 and self.stop is None


def parts_of(paths: Iterable[str], settings: Reading) -> Iterator[Part | ArticleError]:
    """The parts of files, folders and patterns, in the order in which `read` reads them; what cannot be found is an ArticleError."""
    together: list[File] = []
    articles = 0
    for file in chain.from_iterable(map(_files_to_divide, paths)):
        if isinstance(file, ArticleError):
            yield file
            continue
        size, _ = size_and_stamp(file.name)
        if together and (size > LARGE or articles >= ARTICLES or file.named != together[0].named):
            yield Part(tuple(each.name for each in together), together[0].named)
            together, articles = [], 0
        if size > LARGE:
            yield from _divided(file, settings)
        else:
            together.append(file)
            articles += max(1, size // BYTES) if kind_by_name(file.name) in CONTAINERS | TABLES else 1
    if together:
        yield Part(tuple(each.name for each in together), together[0].named)


def _files_to_divide(path: str) -> Iterable[File | ArticleError]:
    if path == STANDARD_INPUT or is_address(path):
        return [ArticleError(f"{path}: only files can be divided among processes, save it in a file")]
    return [ArticleError(f"{path}: {NO_SUCH_FILE}")] if missing([path]) else files_of(path)


def size_and_stamp(file: str) -> tuple[int, str]:
    """How many bytes a file has, and what changes when it is written anew; nothing where it cannot be found."""
    try:
        if is_stored(file):
            return storage.size_and_stamp(file)
        stat = os.stat(file)
    except (OSError, ArticleError):
        return 0, ""
    return stat.st_size if os.path.isfile(file) else 0, str(stat.st_mtime_ns)


def places_of(file: str, settings: Reading) -> Iterator[Place | None]:
    """After each record of a file, where reading may begin for those behind it, as `places_in`. Raises ArticleError and OSError."""
    return places_in(input_of(File(file)), settings)


def _divided(file: File, settings: Reading) -> Iterator[Part]:
    part, following = Part((file.name,), file.named), None
    with suppress(Exception):  # whatever is wrong with it, whoever reads it says so
        for record, place in enumerate(places_of(file.name, settings), 1):
            if following is not None:  # there is something in it
                yield replace(part, stop=following.first)
                part, following = following, None
            new, again = record - part.first, record
            if place is not None:
                new, again = place.byte - (part.place.byte if part.place else 0), place.byte - place.skipped
            if record - part.first >= ARTICLES and new * AGAIN >= again:
                following = replace(part, first=record, place=place)
    yield part


def read_part(part: Part, settings: Reading, done: Callable[[str], None] | None = None) -> Articles:
    """The articles of a part, as `read` has them; `done` is called with each file that was read to its end."""
    settings = replace(settings, part=(part.first, part.stop), place=part.place)
    for name in part.files:
        yield from read_file(File(name, part.named), settings, done if part.stop is None else None)


def halves_of(part: Part) -> tuple[Part, ...]:
    """A part in two; empty where it cannot be divided."""
    if len(part.files) > 1:
        middle = len(part.files) // 2
        return replace(part, files=part.files[:middle]), replace(part, files=part.files[middle:])
    if part.stop is None or part.stop - part.first < 2:
        return ()
    middle = (part.first + part.stop) // 2
    return replace(part, stop=middle), replace(part, first=middle)

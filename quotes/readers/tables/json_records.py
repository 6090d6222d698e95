"""JSON Lines (one object a line) and JSON files that hold one article or a list of them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import BinaryIO, TextIO

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode, stated
from quotes.readers.inputs.input import Input, NoArticles
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.readers.tables.columns import article_from_record, articles_of_table, columns_read, find_columns
from quotes.records import Article

#: A JSON file of more bytes than this is read as a stream.
LARGE = 16 << 20
#: A line of JSON Lines, or an object in a list, holds one article, and no more than this.
LONGEST_RECORD = 16 << 20
#: From the beginning of a JSON file up to the first object in its first list of objects.
_TO_LIST = re.compile(r'(?:[^"\[]++|"(?:[^"\\]|\\.)*+"|\[(?!\s*\{))*+\[\s*(?=\{)', re.DOTALL)
_TO_NEXT = re.compile(r"[\s,]*(?=\{)")


def read_json_lines(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a JSON Lines file, a few records in memory at a time; a record that cannot be read is yielded as an ArticleError."""
    codec = _codec(source, settings)

    def records_at(place: Place | None) -> Iterator[object]:
        with source.open_at(place) if place else source.opener() as file:
            lines = (line for line, _ in _lines(file))
            yield from _records(lines, source.shown, codec, place.told + 1 if place else 1)

    yield from articles_of_table(records_at(None), source.shown, settings, records_at=records_at)


def places_in_json_lines(source: Input, _: Reading) -> Iterator[Place]:
    """Where the next line begins, after each record of a JSON Lines file."""
    record = byte = 0
    with source.opener() as file:
        for number, (line, size) in enumerate(_lines(file), 1):
            byte += size
            if line is None or line.strip():
                record += 1
                yield source.place(record, byte, number)


def _codec(source: Input, settings: Reading) -> str:
    if source.head().startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError(f"{source.shown}: is UTF-16, and JSON is read as UTF-8, save it as UTF-8")
    found = stated(settings.encoding, source.shown)
    return found.codec if found else "utf-8-sig"


def _lines(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """The lines of a file with their sizes; None for one that is longer than any article, which memory does not hold."""
    while line := file.readline(LONGEST_RECORD):
        whole, size = line if len(line) < LONGEST_RECORD else None, len(line)
        while len(line) == LONGEST_RECORD and not line.endswith(b"\n"):
            line = file.readline(LONGEST_RECORD)
            size += len(line)
        yield whole, size


def read_json(source: Input, settings: Reading) -> Iterator[Article | ArticleError | Input]:
    """The articles of a JSON file: an object with a text, a list of such objects, or an object that holds one such list.

    A JSON Feed is read as a feed. Of a large file the first list of objects is read as a stream, a few records in memory at a time.
    """
    shown, columns = source.shown, settings.columns
    if b"://jsonfeed.org/version/" in source.head()[:2048]:
        yield replace(source, kind="feed")
        return
    if (source.size or 0) > LARGE:
        codec = _codec(source, settings)
        with io.TextIOWrapper(source.opener(), codec, "surrogateescape") as file:
            yield from articles_of_table(objects_in(file, shown), shown, settings)
        return
    text, notices = decode(source.whole(), shown, encoding=settings.encoding)
    text = text.removeprefix("\ufeff")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if str(error).startswith("Extra data") and "\n" in text.strip():  # JSON Lines by another name
            yield from articles_of_table(_records(text.encode().splitlines(), shown), shown, settings, notices=notices)
            return
        raise ArticleError(f"{shown}: is not JSON ({error}), mend it there") from error
    if isinstance(value, Mapping):
        try:
            found = find_columns(value, columns, shown, [value])
            yield article_from_record(value, found, columns, shown=shown, notices=(*notices, *columns_read(found, value)))
            return
        except NoArticles:  # `{"status": "ok", "articles": [...]}`: the one list of objects in an object that is no article itself
            lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], Mapping)]
            if len(lists) != 1:
                raise
            value = lists[0]
    if not isinstance(value, list):
        raise ArticleError(f"{shown}: holds neither an object nor a list of objects, give one object for each article")
    if not value:
        raise ArticleError(f"{shown}: holds an empty list, put an article in it or remove it")
    yield from articles_of_table(iter(value), shown, settings, notices=notices)


def objects_in(file: TextIO, shown: str) -> Iterator[object]:
    """The objects of the first list of objects in a JSON file, with little more than one in memory.

    One that breaks off, is no JSON or is larger than any article is an ArticleError, and nothing behind it is read.
    """
    text = more = file.read(LONGEST_RECORD)
    begin = _TO_LIST.match(text)
    at = begin.end() if begin else len(text)
    for number in count(1):
        if more and len(text) - at < LONGEST_RECORD:
            more = file.read(LONGEST_RECORD)
            text, at = text[at:] + more, 0
        begin = _TO_NEXT.match(text, at)
        if begin is None:
            return
        try:
            value, at = json.JSONDecoder().raw_decode(text, begin.end())
        except (ValueError, RecursionError) as error:
            why = f"breaks off, has more than {LONGEST_RECORD >> 20} million characters or is not JSON ({_fault(error)})"
            yield ArticleError(f"{shown}: record {number} {why}, mend it; nothing behind it was read")
            return
        yield value


def _records(lines: Iterable[bytes | None], shown: str, codec: str = "utf-8", first: int = 1) -> Iterator[object]:
    """The value of each line, or the ArticleError that tells why it has none; `first` is the number of the first line."""
    for number, line in enumerate(lines, first):
        try:
            if line is None:
                what = f"has more than {LONGEST_RECORD >> 20} MB, too much for one article, split it"
                yield ArticleError(f"{shown}: line {number} {what}")
            elif line.strip():
                yield json.loads(line.decode(codec))
        except UnicodeDecodeError:
            what = f"is not {codec.removesuffix('-sig').upper()}, save it as UTF-8 or name its --encoding"
            yield ArticleError(f"{shown}: line {number} {what}")
        except (ValueError, RecursionError) as error:
            yield ArticleError(f"{shown}: line {number} is not JSON ({_fault(error)}), mend or remove it")


def _fault(error: Exception) -> str:
    """What json says of a text, without where: it counts lines and characters of a part of the file."""
    return str(error).partition(": line")[0]

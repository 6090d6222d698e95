"""JSON Lines (one object a line) and JSON files that hold one article or a list of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import decode, stated
from quotes.readers.inputs.input import Input
from quotes.readers.inputs.reader_errors import NoTextColumn
from quotes.readers.inputs.reader_settings import Reading
from quotes.readers.tables.columns import article_from_record, articles_of_table, columns_read, find_columns
from quotes.records import Article

#: A JSON file of more bytes than this is read as a stream.
LARGE = 16 << 20
#: A line of JSON Lines, or an object in a list, holds one article, and has at most so many bytes.
LONGEST_RECORD = 16 << 20
_OUTSIDE = re.compile(rb'["{}\[\]]')
_IN_STRING = re.compile(rb'["\\]')


def read_json_lines(source: Input, settings: Reading) -> Iterator[Article | ArticleError]:
    """The articles of a JSON Lines file, a few records in memory at a time; a record that cannot be read is yielded as an ArticleError.

    Raises OSError when the file cannot be read.
    """
    codec = _codec(source, settings)
    with source.opener() as file:
        yield from articles_of_table(_records(_lines(file, source.shown), source.shown, codec), source.shown, settings)


def _codec(source: Input, settings: Reading) -> str:
    if source.head().startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError(f"{source.shown}: is UTF-16, and JSON is read as UTF-8, save it as UTF-8")
    found = stated(settings.encoding, source.shown)
    return found.codec if found else "utf-8-sig"


def _lines(file: BinaryIO, shown: str) -> Iterator[bytes | ArticleError]:
    """The lines of a file; one that is longer than any article comes as an error, and memory does not hold it."""
    number = 0
    while line := file.readline(LONGEST_RECORD):
        number += 1
        if len(line) < LONGEST_RECORD:
            yield line
            continue
        yield _too_large(shown, f"line {number}")
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_RECORD)


def _too_large(shown: str, which: str) -> ArticleError:
    return ArticleError(f"{shown}: {which} has more than {LONGEST_RECORD >> 20} MB, too much for one article, split it")


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
        with source.opener() as file:
            yield from articles_of_table(_records(objects_in(file, shown), shown, codec, "record"), shown, settings)
        return
    text, notices = decode(source.whole(), shown, encoding=settings.encoding)
    text = text.removeprefix("\ufeff")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if str(error).startswith("Extra data") and "\n" in text.strip():  # JSON Lines by another name
            yield from articles_of_table(_records(text.encode().splitlines(), shown), shown, settings, notices=notices)
            return
        raise ArticleError(f"{shown}: is not JSON ({_one_line(error)}), mend it there") from error
    if isinstance(value, Mapping):
        try:
            found = find_columns(value, columns, shown, [value])
        except NoTextColumn:
            value = _only_list(value)
            if value is None:
                raise
        else:
            yield article_from_record(value, found, columns, shown=shown, notices=(*notices, *columns_read(found, value)))
            return
    if not isinstance(value, list):
        raise ArticleError(f"{shown}: holds neither an object nor a list of objects, give one object for each article")
    if not value:
        raise ArticleError(f"{shown}: holds an empty list, put an article in it or remove it")
    yield from articles_of_table(iter(value), shown, settings, notices=notices)


def objects_in(file: BinaryIO, shown: str) -> Iterator[bytes | ArticleError]:
    """The objects of the first list of objects in a JSON file, as they are written, in memory for one of them.

    One that is larger than any article, or that breaks off, is an ArticleError. What is no JSON within an object is for who reads it.
    """
    number = depth = skip = 0
    at_depth: int | None = None  # how deep the list lies
    within, in_string, too_large = False, False, False
    written = bytearray()
    while chunk := file.read(1 << 16):
        at, begin, skip = skip, 0, 0
        while at < len(chunk) and (found := (_IN_STRING if in_string else _OUTSIDE).search(chunk, at)):
            sign, at = found.group(), found.end()
            if sign == b"\\":
                at += 1
            elif sign == b'"':
                in_string = not in_string
            elif sign in b"[{":
                depth += 1
                if at_depth is None and sign == b"[":
                    at_depth = depth
                elif depth - 1 == at_depth and sign == b"{":
                    number, within, begin = number + 1, True, found.start()
            else:
                depth -= 1
                if within and depth == at_depth:
                    within = False
                    yield _too_large(shown, f"record {number}") if too_large else bytes(written + chunk[begin:at])
                    written.clear()
                    too_large = False
                elif at_depth is not None and depth < at_depth:
                    if number:
                        return
                    at_depth = None  # a list of something else
        skip = max(0, at - len(chunk))
        if within:
            too_large = too_large or len(written) + len(chunk) > LONGEST_RECORD
            written = bytearray() if too_large else written + chunk[begin:]
    if within:
        yield ArticleError(f"{shown}: breaks off within record {number}, take it from its source again")


def _only_list(value: Mapping[str, Any]) -> list[Any] | None:
    """`{"status": "ok", "articles": [...]}`: the one list of objects in an object that is no article itself."""
    lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], Mapping)]
    return lists[0] if len(lists) == 1 else None


def _records(lines: Iterable[bytes | ArticleError], shown: str, codec: str = "utf-8", called: str = "line") -> Iterator[object]:
    """The value of each line, or the ArticleError that tells why it has none; `called` is what messages call a line."""
    for number, line in enumerate(lines, 1):
        what = f"{shown}: {called} {number}"
        if isinstance(line, ArticleError):
            yield line
        elif line.strip():
            try:
                yield json.loads(line.decode(codec))
            except UnicodeDecodeError:
                yield ArticleError(f"{what} is not {codec.removesuffix('-sig').upper()}, save it as UTF-8 or name its --encoding")
            except (ValueError, RecursionError) as error:
                yield ArticleError(f"{what} is not JSON ({_one_line(error).partition(': line')[0]}), mend or remove it")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:80]

"""JSON Lines (one object a line) and JSON files that hold one article or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.columns import Columns, NoTextColumn, article_from_record, find_columns
from quotes.readers.decoding import decode, refuse_other_kinds
from quotes.records import Article

#: A file whose first records all lack a text column is given up, so that one wrong name does not print a million lines.
GIVE_UP_AFTER = 20


def read_json_lines(path: Path, shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    """The articles of a JSON Lines file, one record in memory at a time; a record that cannot be read is yielded as an ArticleError.

    Raises OSError when the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(1024)
        refuse_other_kinds(head, shown)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ArticleError(f"{shown}: is UTF-16, and JSON Lines are UTF-8, save it as UTF-8")
        file.seek(0)
        yield from _articles(_records(file, shown), shown, columns)


def read_json(data: bytes, shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    """The articles of a JSON file: an object with a text, a list of such objects, or an object that holds one such list."""
    text, notices = decode(data, shown)
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        if error.msg.startswith("Extra data") and "\n" in text.strip():
            yield from _articles(_records(data.splitlines(), shown), shown, columns)  # JSON Lines by another name
            return
        raise ArticleError(f"{shown}: is not JSON ({error.msg} in line {error.lineno}), mend it there") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{shown}: is not JSON that can be read ({_one_line(error)}), mend it") from error
    if isinstance(value, Mapping):
        try:
            found = find_columns(value, columns, shown)
        except NoTextColumn:
            value = _only_list(value)
            if value is None:
                raise
        else:
            yield article_from_record(value, found, numbered=shown, notices=notices)
            return
    if not isinstance(value, list):
        raise ArticleError(f"{shown}: holds neither an object nor a list of objects, give one object for each article")
    if not value:
        raise ArticleError(f"{shown}: holds an empty list, put an article in it or remove it")
    yield from _articles(enumerate(value, 1), shown, columns)


def _only_list(value: Mapping[str, Any]) -> list[Any] | None:
    """`{"status": "ok", "articles": [...]}`: the one list of objects in an object that is no article itself."""
    lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], Mapping)]
    return lists[0] if len(lists) == 1 else None


def _records(lines: Iterable[bytes], shown: str) -> Iterator[tuple[int, Any]]:
    """Each line's number as a record, and its value or the ArticleError that tells why it has none."""
    number = 0
    for line_number, raw in enumerate(lines, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if line_number == 1 else raw
        if not line.strip():
            continue
        number += 1
        try:
            yield number, json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            yield number, ArticleError(f"{shown}: line {line_number} is not UTF-8, save it as UTF-8")
        except json.JSONDecodeError as error:
            yield number, ArticleError(f"{shown}: line {line_number} is not JSON ({error.msg}), mend or remove it")
        except (ValueError, RecursionError) as error:
            yield number, ArticleError(f"{shown}: line {line_number} is not JSON that can be read ({_one_line(error)}), mend or remove it")


def _articles(records: Iterable[tuple[int, Any]], shown: str, columns: Columns) -> Iterator[Article | ArticleError]:
    any_record = any_article = False
    for number, record in records:
        any_record = True
        if isinstance(record, ArticleError):
            yield record
            continue
        try:
            if not isinstance(record, Mapping):
                raise ArticleError(f"{shown}#{number}: is no JSON object, give one object for each article")
            article = article_from_record(record, find_columns(record, columns, f"{shown}#{number}"), numbered=f"{shown}#{number}")
        except NoTextColumn as error:
            if not any_article and number == 1:
                # The first record speaks for the file, which may hold no articles at all.
                error = NoTextColumn(str(error).replace(f"{shown}#1:", f"{shown}: record 1", 1))
            yield error
            if not any_article and number >= GIVE_UP_AFTER:
                yield ArticleError(f"{shown}: was given up, its first {GIVE_UP_AFTER} records hold no text, name the field that does")
                return
        except ArticleError as error:
            yield error
        else:
            any_article = True
            yield article
    if not any_record:
        raise ArticleError(f"{shown}: is empty, put an article in it or remove it")


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:80]

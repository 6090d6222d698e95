"""Which column or field of a record holds what, and how its values become the fields of an article.

Names tell first; where none tells which column holds the text, the values do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from quotes.errors import ArticleError
from quotes.readers.inputs.encodings import refuse_blank
from quotes.readers.inputs.input import NoArticles
from quotes.readers.inputs.reader_settings import Place, Reading
from quotes.readers.layout.bylines import names_in
from quotes.readers.layout.dates import day_first_in, find_time, stated_time
from quotes.readers.layout.language import language_code
from quotes.readers.layout.plain_text import article_from_text
from quotes.readers.tables.cell_text import read_cell
from quotes.records import LONGEST_TEXT, Article

#: Looked for in this order, case and the marks - _ and space aside.
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "articleBody", "full_text", "article_text", "body_text", "story", "maintext"),
    "title": ("title", "headline", "head"),
    "byline": ("byline", "author", "authors", "creator", "writer"),
    "published": ("published", "date", "date_published", "published_at", "publication_date", "publish_date", "pub_date", "datetime"),
    "outlet": ("outlet", "publisher", "publication", "site_name", "source", "newspaper", "source_name"),
    "url": ("url", "link", "canonical_url", "source_url", "href", "uri"),
    "section": ("section", "article_section", "category", "desk"),
    "id": ("id", "article_id", "_id", "guid", "uuid"),
    "language": ("language", "lang", "in_language"),
    "modified": ("modified", "updated", "date_modified", "modified_at", "updated_at", "last_updated"),
}

#: So many rows show which column holds what.
SAMPLE = 50
#: An id of so many characters is taken to be no other record's.
_DISTINCTIVE = 8
#: What is longer is no headline, name, date or address.
_LONGEST_FIELD = 4096
#: Markup may be several times as long as the longest text.
_LONGEST_CELL = 4 * LONGEST_TEXT
#: Of so many columns the values are looked at where no name tells.
_MOST_COLUMNS = 1000
#: A column of texts holds on average this many words, and one of dates or addresses hardly anything else.
_WORDS_OF_A_TEXT = 40
_NEARLY_ALL = 0.8
#: Of so many columns messages give the names.
_MOST_LISTED = 12


def find_columns(names: Iterable[str], columns: Mapping[str, str], path: str, sample: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """Map each part of an article (`text`, `title` …) to the name that holds it, out of `names`.

    `sample` are some records, whose values show what columns hold whose names do not. Raises NoArticles when nothing holds the text,
    ArticleError when a column that the user named is not there.
    """
    there = list(names)
    by_key = {_key(name): name for name in reversed(there)}
    found: dict[str, str] = {}
    for part, usual in USUAL_NAMES.items():
        name = columns.get(part)
        if name is not None and name not in there:
            raise ArticleError(f"{path}: has no column “{name}”, name one of {_listed(there)}")
        name = name or next((by_key[_key(each)] for each in usual if _key(each) in by_key), None)
        if name is not None:
            found[part] = name
    if "text" not in found:
        found = _guessed(there, sample, set(found.values())) | found
    if "text" not in found:
        looked_for = ", ".join(USUAL_NAMES["text"])
        raise NoArticles(f"{path}: has no column for the text (looked for {looked_for}), name the one of {_listed(there)} that holds it")
    return found


def has_text_column(names: Iterable[str]) -> bool:
    """Whether one of the names is a usual one for the column of texts."""
    return not {_key(name) for name in USUAL_NAMES["text"]}.isdisjoint(map(_key, names))


def _guessed(names: Sequence[str], sample: Sequence[Mapping[str, Any]], taken: Set[str]) -> dict[str, str]:
    """The column that holds the text, and those of the date and the address, by the look of their values; empty where none holds texts."""
    values = {
        name: [text for record in sample if isinstance(text := record.get(name), str) and text.strip()]
        for name in names[:_MOST_COLUMNS]
        if name not in taken
    }
    lengths = {name: sum(len(text.split()) for text in texts) / len(texts) for name, texts in values.items() if texts}
    longest = max(lengths, key=lambda name: lengths[name], default="")
    if lengths.get(longest, 0) < _WORDS_OF_A_TEXT:
        return {}
    found = {"text": longest}
    looks: dict[str, Callable[[str], object]] = {
        "published": lambda text: len(text) <= 40 and find_time(text),
        "url": lambda text: re.match(r"https?://\S+$", text.strip()),
    }
    for part, fits in looks.items():
        fitting = (name for name in lengths if sum(map(bool, map(fits, values[name]))) >= _NEARLY_ALL * len(values[name]))
        if name := next(fitting, None):
            found[part] = name
    return found


def columns_read(found: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    """What to tell of the columns, in one line; nothing where each part stands in the column of its own name and nothing is left out."""
    if all(_key(part) == _key(name) for part, name in found.items()):
        return ()
    read = " ".join(f"{part}={name}" for part, name in found.items())
    others = [name for name in names if name not in found.values()]
    left = f"; left out: {_listed(others)}" if others else ""
    return (f"columns read: {read}{left}; --column PART=NAME names others",)


def articles_of_table(
    records: Iterator[object],
    shown: str,
    settings: Reading,
    *,
    names: Sequence[str] | None = None,
    notices: tuple[str, ...] = (),
    records_at: Callable[[Place], Iterator[object]] | None = None,
) -> Iterator[Article | ArticleError]:
    """The articles of the rows of a table or of JSON records, numbered from 1; None stands for a blank row, an error for one not read.

    `names` are those of the columns of a table; without them each record may name its own. `records_at` gives the records from the place
    of `settings` on; the first of all still show which column holds what. Raises NoArticles when none holds the text, ArticleError without
    rows.
    """
    first = list(islice(records, SAMPLE))
    if not first:
        raise ArticleError(f"{shown}: holds no rows, put an article in it or remove it")
    sample = [record for record in first if isinstance(record, Mapping)]
    there = list(dict.fromkeys(name for record in sample for name in record)) if names is None else list(names)
    found = find_columns(there, settings.columns, shown, sample) if sample or names else {}
    dates = [record.get(found[part]) for part in ("published", "modified") if part in found for record in sample]
    day_first = day_first_in(each for each in dates if isinstance(each, str))
    notices = (*notices, *columns_read(found, there))
    begun, records = 0, chain(first, records)
    if settings.place and records_at:
        begun, records = settings.place.record, records_at(settings.place)
    for number, record in islice(enumerate(records, begun + 1), *settings.part_from(begun)):
        try:
            if isinstance(record, ArticleError):
                raise record
            if record is None:
                continue
            if not isinstance(record, Mapping):
                raise ArticleError(f"{shown}#{number}: is no JSON object, give one object for each article")
            known = names is not None or (found and record.keys() >= set(found.values()))
            own = found if known else find_columns(record, settings.columns, f"{shown}#{number}", [record])
            yield article_from_record(record, own, settings.columns, shown=shown, number=number, day_first=day_first, notices=notices)
        except ArticleError as error:
            yield error


def article_from_record(
    record: Mapping[str, Any],
    found: Mapping[str, str],
    columns: Mapping[str, str],
    *,
    shown: str,
    number: int | None = None,
    day_first: bool | None = None,
    notices: tuple[str, ...] = (),
) -> Article:
    """The article of one record: what the record states wins over what its text prints.

    `found` comes from `find_columns`, and `columns` are those that the user named; `shown` is the file and `number` says which of its
    records this is, None where it is the only one; `day_first` tells how its dates are written, where that is known. Raises ArticleError
    when the record has no text.
    """
    numbered = shown if number is None else f"{shown}#{number}"
    cell = record.get(found["text"])
    if not isinstance(cell, str):
        kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number", type(None): "missing"}
        what = f"is {kinds.get(type(cell), 'something else')}" + (", not text" if cell is not None else "")
        raise ArticleError(f"{numbered}: “{found['text']}” {what}, fill it or remove the record")
    if len(cell) > _LONGEST_CELL:
        raise ArticleError(f"{numbered}: “{found['text']}” has {len(cell):,} characters, too many for one article, split it")
    text, zones, mended = read_cell(cell)
    refuse_blank(text, numbered)
    stated: dict[str, Any] = {part: _printable(record.get(name)) for part, name in found.items() if part not in ("text", "byline")}
    path = record_path(stated.pop("id", None), shown, number, named="id" in columns)
    published, outlet = stated.get("published"), stated.get("outlet")
    for part in ("published", "modified"):
        stated[part], refused = stated_time(stated[part], day_first=day_first) if stated.get(part) else (None, None)
        if refused and part == "published":
            notices = (*notices, f"the date “{str(published)[:40]}” {refused} and was left out")
    stated["language"] = language_code(stated.get("language"))
    names = record.get(found.get("byline", ""))
    byline = tuple(dict.fromkeys(filter(None, map(_printable, names)))) if isinstance(names, list) else names_in(_printable(names))
    article = article_from_text(text, path=path, zones=zones, byline=byline, notices=(*notices, *mended), **stated)
    if outlet and article.outlet is None:
        article = replace(article, notices=(*article.notices, f"“{outlet[:40]}” is no outlet’s name and was left out"))
    return article


def record_path(identifier: str | None, shown: str, number: int | None, *, named: bool = False) -> str:
    """What names a record: its own id where no other file's record can have it, or where a user named its column, unless it is a bare
    number; else its file and that id (`FILE#ID`), or its number."""
    if identifier and (named or len(identifier) >= _DISTINCTIVE) and not identifier.isdigit():
        return identifier
    return shown if number is None else f"{shown}#{identifier or number}"


def _key(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _listed(names: list[str]) -> str:
    shown = ", ".join(name[:40].replace("\n", " ") for name in names[:_MOST_LISTED])
    return (shown + " …" if len(names) > _MOST_LISTED else shown) or "the columns (there are none)"


def _printable(value: object) -> str | None:
    """A field's value as one clean line; an object gives its name, a list its first value, anything else nothing."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    text = str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
    if len(text) > _LONGEST_FIELD:
        return None
    # Half a surrogate pair can be neither printed nor stored.
    return " ".join(read_cell(text.encode("utf-8", "replace").decode("utf-8").replace("\0", ""))[0].split()) or None

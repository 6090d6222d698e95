"""What a cell of a table shows where the bare value would not do: a link, mostly; and which columns a table's page shows."""

from __future__ import annotations

import json
import re
from calendar import month_name
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

#: Of our own, since Datasette's environment answers in coroutines, of which a page of a table would need hundreds.
TEMPLATES: Any = Environment(autoescape=True, auto_reload=False, loader=FileSystemLoader(Path(__file__).parent / "templates"))

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?)?)?")

# Columns of dates, of lists, of 0 and 1, and of shares, whatever table they stand in.
_DATES = re.compile("(first|last)(_quoted|_seen|_published)?|published|modified|(undone_)?at|met|checked|again|updated")
_LISTS = frozenset(("byline", "boilerplate"))
_FLAGS = frozenset(("past", "unsure", "in_default_view", "speaker_outlet", "corrected"))
_SHARES = frozenset(("confidence", "name_confidence", "title_confidence", "institution_confidence"))

# What Datasette puts into an empty cell.
_NOTHING = Markup("&nbsp;")

#: Where a row has a page of its own, to which its name leads.
_OWN_NAMES = {"speakers_browse": "speaker", "institutions_browse": "institution", "topics": "topic"}

#: Names of columns that say little to a reader, and what stands in their place.
_LABELS = {"id": "ID", "url": "URL", "sort_key": "Date and place", "past": "Former", "speaker_outlet": "News outlet", "confidence": "Sure"}


@lru_cache(4096)
def day(published: str | None) -> str:
    """A date as exact as it is known, as one writes it: 3 March 2026, March 2026, 2026; empty where there is none."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published or "")
    if found is None:
        return published or ""
    year, month, nth = found.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{int(nth)} {month_name[int(month)]} {year}" if nth else f"{month_name[int(month)]} {year}"


def moment(published: str | None) -> str:
    """A date with its time, where that is known: 3 March 2026, 18:20."""
    time = re.search(r"T(\d\d:\d\d)", published or "")
    return f"{day(published)}, {time.group(1)}" if time else day(published)


def is_former(title: str | None, past: Any) -> bool:
    """Whether somebody is to be called former: what they were is over, and the title does not say so itself."""
    return bool(past) and not (title or "").casefold().startswith(("former", "ex-", "one-time", "onetime", "erstwhile"))


def quote_place(article: int, quote: int, in_default_view: Any) -> str:
    """Where a quote is marked in its article, below the database's address: outside the default view only where all are asked for."""
    return f"article/{article}{'' if in_default_view else '?all=1'}#q{quote}"


def cell(row: Any, value: Any, column: str, table: str | None, base: str) -> Markup | None:
    """The content of one cell, or None to leave it to Datasette; `table` is None in a query, `base` the database's address."""
    names = set(row.keys())

    def of(name: str) -> Any:
        """The value of another column; Datasette puts a label beside it where it follows a reference."""
        found = row[name] if name in names else None
        return found["value"] if isinstance(found, dict) else found

    if (readable := _readable(value, column)) is not None:
        return readable
    if column == "title" and value and is_former(value, of("past")):
        return _macro("former", value)
    address, shown = "", value["label"] if isinstance(value, dict) else value
    owner = column.removesuffix("_id")
    if table in ("articles", "articles_browse") and column in ("title", "headline"):
        address, shown = f"article/{of('id')}", value or "(no headline)"
    elif column in ("headline", "article_id") and of("article_id") is not None and (column == "headline" or table):
        is_quote = of("id") and table in (None, "quotes", "quotes_browse")
        address = quote_place(of("article_id"), of("id"), of("in_default_view")) if is_quote else f"article/{of('article_id')}"
        shown = shown or (value and of("article_id")) or "(no headline)"
    elif column in ("speaker_id", "institution_id", "topic_id") and table and not table.endswith("_browse") and value is not None:
        address, shown = f"{owner}/{of(column)}", shown or of(column)
    elif column in ("speaker", "institution") and value and of(f"{column}_id") is not None:
        address = f"{column}/{of(f'{column}_id')}"
    elif column == "id" and table in (None, "quotes_browse") and {"article_id", "text"} <= names:
        address, shown = f"quotes/{value}", "record"
    elif table in _OWN_NAMES and column in ("name", "phrase"):
        address = f"{_OWN_NAMES[table]}/{of('id')}"
    return _macro("link", f"{base}/{address}", shown) if address else None


def _macro(name: str, *values: Any) -> Markup:
    """What a macro of `_cells.html` makes of the values."""
    return Markup(getattr(TEMPLATES.get_template("_cells.html").module, name)(*values).strip())


def _readable(value: Any, column: str) -> Markup | None:
    """A date, a list, a share or a yes as one writes it; None where the value is none of these."""
    if column == "published" and not value:
        return _macro("undated")
    if _DATES.fullmatch(column) and isinstance(value, str) and _ISO.fullmatch(value):
        return _macro("date", value, moment(value), re.sub(r"([A-Z][a-z]{2})[a-z]+", r"\1", day(value)))
    if column in _FLAGS and value in (0, 1):
        return Markup("yes" if value else "no")
    if column in _SHARES and isinstance(value, float):
        return Markup("{:.0f}&nbsp;%").format(value * 100)
    if column in _LISTS:
        with suppress(TypeError, ValueError):
            return escape(", ".join(map(str, json.loads(value or "[]")))) or _NOTHING
    return None


def label(column: str) -> str:
    """The name of a column as a heading: First quoted."""
    return _LABELS.get(column) or column.removesuffix("_id").replace("_", " ").capitalize()


def arranged(
    columns: Sequence[Mapping[str, Any]], rows: Sequence[Any], settings: Mapping[str, Any], arguments: Any
) -> tuple[list[Mapping[str, Any]], list[list[Mapping[str, Any]]]]:
    """The columns of a table's page with the cells of each row: those that `shown` names in metadata.yml, in its order.

    A column that is empty in all of these rows is left out. All are shown where the address asks for all (`_columns=all`) or for some by
    name (`_col`), or where metadata.yml names none.
    """
    shown = settings.get("shown")
    if not shown or "_col" in arguments or arguments.get("_columns") == "all":
        return list(columns), [list(row) for row in rows]
    by_name = {each["name"]: each for each in columns}
    cells = [{cell["column"]: cell for cell in row} for row in rows]
    names = [name for name in shown if name in by_name and any(row[name]["value"] != _NOTHING for row in cells)]
    return [by_name[name] for name in names], [[row[name] for name in names] for row in cells]


def description(words: str) -> str:
    """What Datasette says of filters and order, in plain words: newest first."""
    for stated, plain in (("sorted by sort_key descending", "newest first"), ("sorted by sort_key", "oldest first")):
        words = words.replace(stated, plain)
    return re.sub(r"sorted by (\w+) descending", r"sorted by \1, highest first", words)

"""What a cell of a table shows where the bare value would not do: a link, mostly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

_ARTICLE_PREVIEW = 240

# Tables whose rows refer to a speaker, an institution or a topic, which have pages of their own.
_REFERRING = ("quotes", "affiliations", "aliases", "appearances", "institution_aliases", "utterances", "quote_topics", "article_topics")

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?)?)?")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


# Columns of dates, of lists, of spans, of 0 and 1, and of shares, whatever table they stand in.
_DATES = frozenset(
    [
        "published",
        "modified",
        "first_quoted",
        "last_quoted",
        "first_seen",
        "last_seen",
        "first_published",
        "last_published",
        "first",
        "last",
        "at",
        "met",
        "checked",
        "again",
        "updated",
        "undone_at",
    ]
)
_LISTS = frozenset(("byline", "boilerplate"))
_SPANS = frozenset(("spans", "cue_spans", "mention_spans", "role_spans", "zones"))
_FLAGS = frozenset(("past", "unsure", "in_default_view", "speaker_outlet", "corrected"))
_SHARES = frozenset(("confidence", "name_confidence", "title_confidence", "institution_confidence"))

# What Datasette puts into an empty cell.
_NOTHING = Markup("&nbsp;")

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
    return f"{int(nth)} {_MONTHS[int(month) - 1]} {year}" if nth else f"{_MONTHS[int(month) - 1]} {year}"


def moment(published: str | None) -> str:
    """A date with its time, where that is known: 3 March 2026, 18:20."""
    time = re.search(r"T(\d\d:\d\d)", published or "")
    return f"{day(published)}, {time.group(1)}" if time else day(published)


def says_past(title: str) -> bool:
    """Whether a title says by itself that it is over."""
    return title.casefold().startswith(("former", "ex-", "one-time", "onetime", "erstwhile"))


def cell(row: Any, value: Any, column: str, table: str | None, base: str) -> Markup | None:
    """The content of one cell, or None to leave it to Datasette; `table` is None in a query, `base` the database's address."""
    names = set(row.keys())
    readable = _readable(value, column)
    if readable is not None:
        return readable
    if column == "title" and value and "past" in names and row["past"] and not says_past(value):
        return Markup('<span class="quotes-former">former</span> {}').format(value)
    if table in (None, "quotes_browse", "affiliations_browse", "utterances_browse"):
        return _browse_cell(row, names, value, column, base)
    if table in ("articles", "articles_browse"):
        if column in ("title", "headline"):
            return _link(f"{base}/article/{_plain(row, 'id')}", value or "(no headline)")
        if column == "text" and isinstance(value, str) and len(value) > _ARTICLE_PREVIEW:
            start = escape(f"{value[:_ARTICLE_PREVIEW]}…")
            return Markup("{} {}").format(start, _link(f"{base}/article/{_plain(row, 'id')}", "read on"))
    if table in ("quotes", "affiliations", "speakers") and column == "article_id" and value is not None:
        anchor = f"#q{_plain(row, 'id')}" if table == "quotes" else ""
        label = value["label"] if isinstance(value, dict) else value
        return _link(f"{base}/article/{_plain(row, 'article_id')}{anchor}", label or _plain(row, "article_id"))
    if table in _REFERRING and column in ("speaker_id", "institution_id", "topic_id") and value is not None:
        label = value["label"] if isinstance(value, dict) else value
        return _link(f"{base}/{column.removesuffix('_id')}/{_plain(row, column)}", label or _plain(row, column))
    if table in ("speakers_browse", "institutions_browse") and column in ("name", "quotes"):
        return _link(f"{base}/{table.split('s_')[0]}/{_plain(row, 'id')}", value)
    if table == "topics" and column == "phrase":
        return _link(f"{base}/topic/{_plain(row, 'id')}", value)
    return None


def _browse_cell(row: Any, names: set[str], value: Any, column: str, base: str) -> Markup | None:
    if column == "headline" and "article_id" in names and row["article_id"] is not None:
        anchor = f"#q{row['id']}" if "id" in names else ""
        return _link(f"{base}/article/{row['article_id']}{anchor}", value or "(no headline)")
    if column in ("speaker", "institution") and value and f"{column}_id" in names and row[f"{column}_id"] is not None:
        return _link(f"{base}/{column}/{row[f'{column}_id']}", value)
    if column == "id" and {"article_id", "text"} <= names:
        return Markup('<a href="{}/quotes/{}" title="{}">record</a>').format(base, value, value)
    return None


def _readable(value: Any, column: str) -> Markup | None:
    """A date, a list, a share or a yes as one writes it; None where the value is none of these."""
    if column == "published" and not value:
        return Markup('<span class="quotes-undated">undated</span>')
    if column in _DATES and isinstance(value, str) and (found := _ISO.fullmatch(value)):
        short = re.sub(r"([A-Z][a-z]{2})[a-z]+", r"\1", day(found[0]))
        return Markup('<time datetime="{}" title="{}">{}</time>').format(value, moment(value), short)
    if column in _FLAGS and value in (0, 1):
        return Markup("yes" if value else "no")
    if column in _SHARES and isinstance(value, float):
        return Markup("{:.0f}&nbsp;%").format(value * 100)
    if column in _LISTS or column in _SPANS:
        try:
            items = json.loads(value or "[]")
        except (TypeError, ValueError):
            return None
        if isinstance(items, list):
            return escape(", ".join(_span(each) if column in _SPANS else str(each) for each in items)) or _NOTHING
    return None


def _span(each: Any) -> str:
    """A span as `12–40`, a zone as `headline 0–34`."""
    *kind, start, end = each if isinstance(each, list) and len(each) > 1 else (each, "", "")
    return " ".join([*map(str, kind), f"{start}–{end}"])


def label(column: str) -> str:
    """The name of a column as a heading: First quoted."""
    return _LABELS.get(column) or column.removesuffix("_id").replace("_", " ").capitalize()


def arranged(
    columns: Sequence[Mapping[str, Any]], rows: Sequence[Any], settings: Mapping[str, Any], arguments: Any
) -> tuple[list[Mapping[str, Any]], list[list[Mapping[str, Any]]]]:
    """The columns of a table's page with the cells of each row: those that `shown` names in metadata.yml, in its order.

    A column that is empty in all of these rows is left out. All are shown where the address asks for all (`_columns=all`) or for some by
    name (`_col`), or where nothing is said.
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
    for said, plain in (("sorted by sort_key descending", "newest first"), ("sorted by sort_key", "oldest first")):
        words = words.replace(said, plain)
    return re.sub(r"sorted by (\w+) descending", r"sorted by \1, highest first", words)


def _plain(row: Any, column: str) -> Any:
    """The value of a column; Datasette puts a label beside it where it follows a reference."""
    value = row[column]
    return value["value"] if isinstance(value, dict) else value


def _link(address: str, words: object) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)

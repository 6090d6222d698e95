"""What a cell of a table shows where the bare value would not do: a link, mostly."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

_ARTICLE_PREVIEW = 240

# Tables whose rows refer to a speaker, an institution or a topic, which have pages of their own.
_REFERRING = ("quotes", "affiliations", "aliases", "appearances", "institution_aliases", "utterances", "quote_topics", "article_topics")

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


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
        return _link(f"{base}/quotes/{value}", value)
    return None


def _plain(row: Any, column: str) -> Any:
    """The value of a column; Datasette puts a label beside it where it follows a reference."""
    value = row[column]
    return value["value"] if isinstance(value, dict) else value


def _link(address: str, words: object) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, words)

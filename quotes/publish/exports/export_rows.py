"""What can be downloaded: under each name a set of rows, all of them, some at a time, for the same arguments that the page has."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.publish.charts import over_time
from quotes.publish.database import number
from quotes.publish.pages import profiles
from quotes.publish.pages.speaker_page import AFFILIATIONS, BESIDE, OUTLETS
from quotes.publish.pages.topic_page import TOPIC_OUTLETS
from quotes.publish.results import Selection, asks_for_all, name_of
from quotes.store.retrieval.searching import rows_of_quotes
from quotes.store.schema import relation

#: Rows held in memory at a time.
CHUNK = 1_000

Chunks = Callable[[sqlite3.Connection], Iterator[list[tuple[Any, ...]]]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A set of rows: its columns with their types, and how to get at them. `title` says what they are, `name` is for a file."""

    name: str
    title: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    chunks: Chunks


_MOST_QUOTED = """
select id as speaker_id, name as speaker, kind, quotes, articles, outlets, first_quoted, last_quoted from speakers
where kind = 'person' and quotes > 0 order by quotes desc limit 1000
"""
#: The tables within pages: what the page is of, which is nothing for the front page, and their query.
_TABLES = {
    "most-quoted": ("", _MOST_QUOTED),
    "roles": ("speaker", AFFILIATIONS),
    "beside": ("speaker", BESIDE),
    "speaker-outlets": ("speaker", OUTLETS),
    "speaker-topics": ("speaker", profiles.TOPICS),
    "institution-topics": ("institution", profiles.TOPICS),
    "institution-speakers": ("institution", profiles.SPEAKERS),
    "institution-roles": ("institution", profiles.ROLES),
    "topic-speakers": ("topic", profiles.SPEAKERS),
    "topic-roles": ("topic", profiles.ROLES),
    "topic-outlets": ("topic", TOPIC_OUTLETS),
}
_INTEGERS = ("quotes", "articles", "outlets", "past")


def quotes_of(connection: sqlite3.Connection, selection: Selection) -> Rows:
    """Every quote that fits, as `quotes_browse` has it, the newest first."""
    browse = relation("quotes_browse")
    assert browse is not None

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        return (rows_of_quotes(reading, browse.names, ids) for ids in selection.every(reading, CHUNK))

    filters = ("speaker", "title", "institution", "topic", "outlet", "role")
    words = [name_of(connection, field, getattr(selection, field)) for field in filters]
    title = ", ".join(each for each in (selection.words, *words) if each)
    return Rows("quotes", f"Quotes: {title}" if title else "Quotes", browse.names, tuple(each.type for each in browse.columns), chunks)


def of_page(connection: sqlite3.Connection, name: str, arguments: Mapping[str, str]) -> Rows | None:
    """A table of the front page, or of a speaker's, an institution's or a topic's, whole; None where there is none of that name, or no id
    is given."""
    what, sql = _TABLES.get(name, ("", ""))
    identifier = number(arguments.get(what, ""))
    if not sql or (what and identifier is None):
        return None
    values = {"id": identifier, "all": asks_for_all(arguments)}
    sql = sql.format(of=profiles.OF.get(what))
    title = f"{name_of(connection, what, str(identifier))}: {name.split('-')[-1]}" if what else "Most quoted"
    columns = tuple(each[0] for each in connection.execute(f"select * from ({sql}) limit 0", values).description)
    types = tuple("INTEGER" if each.endswith("_id") or each in _INTEGERS else "TEXT" for each in columns)

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        found = reading.execute(sql, values)
        while some := found.fetchmany(CHUNK):
            yield [tuple(row) for row in some]

    return Rows(name, title, columns, types, chunks)


def timeline_of(connection: sqlite3.Connection, selections: Mapping[str, Selection]) -> Rows:
    """The numbers behind a chart of quotes over time: one row for each period, one column for each series."""
    counted = over_time({name: profiles.months(connection, each) for name, each in selections.items()})
    columns = (counted["unit"], *counted["names"])
    types = ("TEXT", *["INTEGER"] * len(selections))
    return Rows("timeline", f"Quotes over time: {', '.join(selections)}", columns, types, lambda _: iter([counted["rows"]]))

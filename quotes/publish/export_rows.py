"""What can be taken away: under each name a set of rows, all of them, some at a time, for the same arguments that the page has."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.publish import profile_pages
from quotes.publish.page_filters import Selection, asks_for_all
from quotes.publish.periods import over_time
from quotes.publish.queries import number, rows
from quotes.publish.results import name_of
from quotes.store.retrieval.exporting import rows_of_quotes
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


_BROWSE = relation("quotes_browse")
assert _BROWSE is not None


def quotes_of(connection: sqlite3.Connection, selection: Selection) -> Rows:
    """Every quote that fits, as `quotes_browse` has it, the newest first."""
    assert _BROWSE is not None
    names = _BROWSE.names

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        return (rows_of_quotes(reading, names, ids) for ids in selection.every(reading, CHUNK))

    limits = ("speaker", "title", "institution", "topic", "outlet", "role")
    words = [name_of(connection, field, getattr(selection, field)) for field in limits]
    title = ", ".join(each for each in (selection.words, *words) if each)
    return Rows("quotes", f"Quotes: {title}" if title else "Quotes", _BROWSE.names, tuple(each.type for each in _BROWSE.columns), chunks)


# The name, its columns with their types, and its query for one id.
_OF_ONE: dict[str, tuple[str, str, str]] = {
    "roles": (
        "speaker",
        "title TEXT, institution TEXT, institution_id INTEGER, past INTEGER, first_seen TEXT, last_seen TEXT, articles INTEGER,"
        " first_article_id INTEGER, last_article_id INTEGER",
        profile_pages.ROLES,
    ),
    "speaker-topics": (
        "speaker",
        "topic_id INTEGER, topic TEXT, year TEXT, quotes INTEGER",
        profile_pages.TOPICS_OF.format(column="speaker_id"),
    ),
    "institution-topics": (
        "institution",
        "topic_id INTEGER, topic TEXT, year TEXT, quotes INTEGER",
        profile_pages.TOPICS_OF.format(column="institution_id"),
    ),
    "beside": ("speaker", "speaker_id INTEGER, speaker TEXT, kind TEXT, articles INTEGER", profile_pages.BESIDE),
    "speaker-outlets": ("speaker", "outlet TEXT, articles INTEGER, quotes INTEGER", profile_pages.OUTLETS_OF),
    "institution-speakers": (
        "institution",
        "speaker_id INTEGER, speaker TEXT, kind TEXT, quotes INTEGER, first_quoted TEXT, last_quoted TEXT, title TEXT",
        profile_pages.SPEAKERS_FOR,
    ),
    "institution-roles": ("institution", "role TEXT, quotes INTEGER", profile_pages.ROLE_COUNTS.format(column="institution_id")),
    "topic-speakers": (
        "topic",
        "speaker_id INTEGER, speaker TEXT, kind TEXT, quotes INTEGER, first_quoted TEXT, last_quoted TEXT, title TEXT",
        profile_pages.SPEAKERS_ON,
    ),
    "topic-roles": ("topic", "role TEXT, quotes INTEGER", profile_pages.TOPIC_ROLES),
    "topic-outlets": ("topic", "outlet TEXT, articles INTEGER", profile_pages.TOPIC_OUTLETS),
}


def of_one(connection: sqlite3.Connection, name: str, arguments: Mapping[str, str]) -> Rows | None:
    """A table of a speaker's, an institution's or a topic's page, whole; None where there is none of that name, or no id is given."""
    if name not in _OF_ONE:
        return None
    field, declared, sql = _OF_ONE[name]
    identifier = number(arguments.get(field) or "")
    if identifier is None:
        return None
    values = {"id": identifier, "all": asks_for_all(arguments)}
    columns, types = zip(*(each.split() for each in declared.split(",")), strict=True)

    def chunks(reading: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        found = reading.execute(f"select {', '.join(columns)} from ({sql})", values)
        while some := found.fetchmany(CHUNK):
            yield [tuple(row) for row in some]

    return Rows(name, f"{name_of(connection, field, str(identifier))}: {name.split('-')[-1]}", tuple(columns), tuple(types), chunks)


def timeline_of(connection: sqlite3.Connection, selections: Mapping[str, Selection]) -> Rows:
    """The numbers behind a picture of quotes over time: one row for each period, one column for each series."""
    counted = over_time({name: profile_pages.months_in(connection, each) for name, each in selections.items()})
    table = [(row["period"], *row["counts"]) for row in counted["rows"]]
    columns = (counted["unit"], *counted["names"])
    return Rows(
        "timeline", f"Quotes over time: {', '.join(selections)}", columns, ("TEXT", *["INTEGER"] * len(selections)), lambda _: iter([table])
    )


def counts_of(connection: sqlite3.Connection, name: str) -> Rows | None:
    """The tables of the front page and of the pictures of the whole collection."""
    sql = {
        "most-quoted": "select id as speaker_id, name as speaker, kind, quotes, articles, outlets, first_quoted, last_quoted from speakers"
        " where kind = 'person' and quotes > 0 order by quotes desc limit 1000",
        "topics": "select id as topic_id, phrase as topic, quotes, articles from topics where quotes > 0"
        " order by quotes desc, id limit 10000",
    }.get(name)
    if sql is None:
        return None
    found = rows(connection, sql)
    columns = tuple(found[0]) if found else ("id",)
    types = tuple("INTEGER" if each in ("speaker_id", "topic_id", "quotes", "articles", "outlets") else "TEXT" for each in columns)
    return Rows(name, name.replace("-", " ").capitalize(), columns, types, lambda _: iter([[tuple(row.values()) for row in found]]))

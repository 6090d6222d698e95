"""How one article comes into the database: its rows, what they are linked to, and what that changes elsewhere, inside one transaction."""

from __future__ import annotations

import enum
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.records import Article
from quotes.store.extractions import Extraction, extraction_of
from quotes.store.overrides.correction_records import in_force
from quotes.store.overrides.decisions import Decisions
from quotes.store.overrides.overrides import override
from quotes.store.rows.appearance_rows import stored_appearances
from quotes.store.rows.article_rows import ArticleRows, Row, article_rows
from quotes.store.rows.institution_rows import count_in_institutions, enter_bodies, refresh_institutions
from quotes.store.rows.speaker_linking import enter_appearances, relink_body_speakers, speakers_of_bodies
from quotes.store.rows.speaker_rows import count_in, refresh_speakers
from quotes.store.rows.topic_rows import counted, difference, enter_topics, forget_topics, refresh_topics
from quotes.store.rows.utterance_rows import forget, link_quotes, rewrite_of_speakers
from quotes.store.schema.declaration import Table
from quotes.store.schema.tables import AFFILIATIONS, ARTICLES, QUOTES

# SQLite takes at least 999 parameters in one statement, whatever it was built with.
_MANY = 900

PATH = ARTICLES.names.index("path")


class Saved(enum.Enum):
    """What `Store.save` did with an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


def save_article(db: Database, found: Extraction) -> Saved:
    """Write an article and what was found in it; to be called within a transaction."""
    article, run = found.article, found.run
    stored = db.execute("select * from articles where id = ?", [article.id]).fetchone()
    if stored is not None:
        _refuse_clash(stored, article)
    db.execute("insert or ignore into runs values (?, ?, ?, ?, ?, ?, ?)", [run.id, *run.parts()])
    write_article(db, found)
    db.execute("insert or replace into extractions values (?, ?, ?, ?)", [article.id, run.id, found.at, found.records])
    if stored is not None:
        db.execute("delete from runs where id not in (select run_id from extractions)")
    return Saved.ADDED if stored is None else Saved.REPLACED


def write_article(db: Database, found: Extraction) -> None:
    """Write the rows of an article, as it was read and people corrected it, in place of those that are stored, and link them and whatever
    they touch."""
    decisions = Decisions.of(db)
    article_id = found.article.id
    corrected = override(found.article, found.quotes, in_force(db, article_id))
    rows = article_rows(corrected, found.run)
    topics_before = counted(db, article_id)
    gone = stored_appearances(db, "article_id = ?", [article_id])
    old_quotes = [row[0] for row in db.execute("select id from quotes where article_id = ?", [article_id]).fetchall()]
    names_gone = _institution_names_of(db, article_id)
    institutions = _institutions_of(db, article_id)
    loose, utterances = forget(db, old_quotes)
    forget_topics(db, article_id)
    for table in ("affiliations", "quotes", "appearances"):
        db.execute(f"delete from {table} where article_id = ?", [article_id])
    _write_article_row(db, rows.article)
    institutions |= enter_bodies(db, article_id, rows.institutions, names_gone, decisions)
    relinked = relink_body_speakers(db, institutions)
    entered = enter_appearances(db, rows.appearances, gone, decisions)
    relinked |= entered.relinked
    _insert_linked(db, rows)
    enter_topics(db, article_id, rows.topics, rows.quote_topics)
    refresh_topics(db, difference(topics_before, counted(db, article_id)))
    speakers = entered.touched | relinked
    if decisions.rename_bodies:
        speakers |= speakers_of_bodies(db, institutions)
    count_in(db, [row for row in entered.settled if row.speaker_id not in speakers], corrected.article.outlet, decisions)
    refresh_speakers(db, speakers, decisions)
    institutions |= institutions_of_speakers(db, relinked)
    count_in_institutions(db, article_id, _institutions_of(db, article_id) - institutions)
    refresh_institutions(db, institutions, decisions)
    link_quotes(db, [int(str(row["id"])) for row in rows.quotes], loose, utterances)
    rewrite_of_speakers(db, relinked)


def remove_article(db: Database, article_id: int) -> None:
    """Remove a stored article with all that was found in it and what that was linked to; to be called within a transaction."""
    found = extraction_of(db, article_id)
    if found is not None:
        write_article(db, found._replace(quotes=(), article=replace(found.article, topics=())))
    db.execute("delete from extractions where article_id = ?", [article_id])
    db.execute("delete from runs where id not in (select run_id from extractions)")
    db.execute("delete from articles where id = ?", [article_id])


def _institution_names_of(db: Database, article_id: int) -> set[int]:
    """The ids of the names of institutions that a stored article prints."""
    found = db.execute(
        "select institution_alias_id from affiliations where article_id = ?1"
        " union select institution_alias_id from quotes where article_id = ?1"
        " union select cast(substr(block, 6) as integer) from appearances where article_id = ?1 and block like 'body %'",
        [article_id],
    ).fetchall()
    return {row[0] for row in found if row[0] is not None}


def _institutions_of(db: Database, article_id: int) -> set[int]:
    found = db.execute(
        "select institution_id from affiliations where article_id = ?1 union select institution_id from quotes where article_id = ?1",
        [article_id],
    ).fetchall()
    return {row[0] for row in found if row[0] is not None}


def institutions_of_speakers(db: Database, speakers: Collection[int]) -> set[int]:
    """The institutions that speakers were seen with, whose counts of speakers hang on who is one."""
    found: set[int] = set()
    for speaker in speakers:
        rows = db.execute("select distinct institution_id from affiliations where speaker_id = ?", [speaker]).fetchall()
        found |= {row[0] for row in rows if row[0] is not None}
    return found


def _insert_linked(db: Database, rows: ArticleRows) -> None:
    """Insert quotes and affiliations with what linking decided about their speakers and institutions."""
    found = db.execute("select id, speaker_id from appearances where article_id = ?", [rows.article[0]]).fetchall()
    speakers: dict[Any, int] = {None: None, **dict(found)}  # type: ignore[dict-item]
    bodies: dict[Any, int | None] = {None: None}
    for alias_id in rows.institutions:
        bodies[alias_id] = db.execute("select institution_id from institution_aliases where id = ?", [alias_id]).fetchone()[0]
    for table, plain in ((QUOTES, rows.quotes), (AFFILIATIONS, rows.affiliations)):
        insert(db, table, [_linked(table, row, speakers, bodies) for row in plain])


def _linked(table: Table, row: Mapping[str, Any], speakers: Mapping[Any, int | None], bodies: Mapping[Any, int | None]) -> Row:
    told = {**row, "speaker_id": speakers[row["appearance_id"]], "institution_id": bodies[row["institution_alias_id"]]}
    return tuple(told.get(name) for name in table.names)


def insert(db: Database, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, many to a statement. Raises StoreError where one cannot be written."""
    # With triggers, every statement makes the full-text index write what it holds to the file, so that a statement for each row
    # (sqlite-utils or executemany) costs five times as much.
    at_once = _MANY // len(table.names)
    values = f"({','.join('?' * len(table.names))})"
    try:
        for first in range(0, len(rows), at_once):
            some = rows[first : first + at_once]
            db.conn.execute(f"insert into {table.name} values {','.join([values] * len(some))}", list(chain.from_iterable(some)))
    except sqlite3.IntegrityError as error:
        raise StoreError(f"a row of {table.name} cannot be written ({error}): please report this") from error


def _write_article_row(db: Database, row: Row) -> None:
    if db.execute("select 1 from articles where id = ?", [row[0]]).fetchone() is None:
        insert(db, ARTICLES, [row])
        return
    assignments = ", ".join(f'"{name}" = ?' for name in ARTICLES.names[PATH + 1 :])
    db.execute(f"update articles set {assignments} where id = ?", [*row[PATH + 1 :], row[0]])


def _refuse_clash(stored: Row, new: Article) -> None:
    for name, value in (("text", new.text), ("url", new.url)):
        if (stored[ARTICLES.names.index(name)] or "") != (value or ""):
            raise StoreError(f"{new.path}: another article has the same id {stored[0]} by chance: please report this")

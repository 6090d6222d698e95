"""Reading every stored row back: do its spans still give its words, and do its words still give its id?"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from heapq import merge
from itertools import groupby, repeat
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.nlp.parsing.cleaning import clean_text
from quotes.records import JOINER, content_id, quoted
from quotes.store.bulk.bulk_load import rebuilt
from quotes.store.bulk.staging import CACHE
from quotes.store.overrides.extractions import Extraction, extraction_of
from quotes.store.overrides.overrides import quote_ids
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors
from quotes.store.schema.declaration import Table
from quotes.store.schema.tables import INTAKE, TABLES

#: Characters of a value that are printed.
_SHOWN = 300


class Mismatch(NamedTuple):
    """One thing that is not as it should be: `stored` in the row, `found` when it was worked out again."""

    table: str
    id: int
    column: str
    stored: object
    found: object
    path: str = ""

    def __str__(self) -> str:
        stored, found = (shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…" for shown in map(repr, (self.stored, self.found)))
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.table} {self.id}: {self.column}: stored {stored}, found {found}"


def verify(store: Store) -> Iterator[Mismatch]:
    """Read everything back and yield what is not as it should be; nothing where all is well.

    First the file and its search indexes, and whether every text is one. Then every article and version, and every span of what was found
    in it. Then all rows: they are made anew from what was found in the articles and from the corrections, and compared with those that are
    stored; that finds any row that was changed, added or removed by hand. What depends on something damaged is not looked at. Raises
    StoreError when the database cannot be read.
    """
    db = store.db
    with clear_errors(store.path):
        db.execute(f"PRAGMA cache_size = {CACHE}")  # references lead to pages all over the file
        messages = [message for (message,) in db.execute("PRAGMA integrity_check").fetchall() if message != "ok"]
        damaged = [Mismatch("file", 0, "integrity", " ".join(str(each).split()), "ok") for each in messages] + _undecodable(db)
        yield from damaged
        if damaged:
            return
        yield from _verify_indexes(store)
        articles = [each for row in db.execute("select id, path, text, url, zones from articles") for each in _verify_article(*row)]
        yield from articles
        yield from _verify_versions(db)
        for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchall():
            yield Mismatch(table, rowid, parent, "a reference", None)
        if not articles:  # what was found in another text cannot be compared
            yield from _verify_rows(db)


def _undecodable(db: Database) -> list[Mismatch]:
    """Texts that are none in UTF-8."""
    found = []
    before, db.conn.text_factory = db.conn.text_factory, bytes
    try:
        for table in TABLES:
            names = [each.name for each in table.columns if each.type == "TEXT"]
            columns = ", ".join(f'"{name}"' for name in (table.names[0], *names))
            for key, *values in db.execute(f"select {columns} from {table.name}"):
                broken = (
                    name for name, value in zip(names, values, strict=True) if value and value.decode(errors="ignore").encode() != value
                )
                found += [Mismatch(table.name, key, name, "text", "bytes that are no text in UTF-8") for name in broken]
    finally:
        db.conn.text_factory = before
    return found


def _verify_indexes(store: Store) -> Iterator[Mismatch]:
    """Do the search indexes hold the words of their tables? FTS5 tells it who may write only, so that a file that is read is copied."""
    if store.writable:
        yield from _index_mismatches(store.db.conn)
        return
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder, closing(sqlite3.connect(Path(folder) / "copy.db")) as copy:
        store.db.conn.backup(copy)
        yield from _index_mismatches(copy)


def _index_mismatches(connection: sqlite3.Connection) -> Iterator[Mismatch]:
    for index, table in ((f"{each.name}_fts", each.name) for each in TABLES if each.search is not None):
        connection.execute("savepoint looking")
        try:
            connection.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield Mismatch(index, 0, "index", "damaged", f"not the words of {table} ({error})")
        finally:
            connection.execute("rollback to looking")
            connection.execute("release looking")


def _verify_article(article_id: int, path: str, text: str, url: str | None, zones: str) -> Iterator[Mismatch]:
    """The id of an article comes from its text and address, and its zones are in its text."""
    if (found := content_id("article", text, url or "")) != article_id:
        yield Mismatch("articles", article_id, "id", article_id, found, path)
    for kind, start, end in json.loads(zones):
        if not 0 <= start <= end <= len(text):
            yield Mismatch("articles", article_id, "zones", [kind, start, end], len(text), path)


def _verify_versions(db: Database) -> Iterator[Mismatch]:
    """The id of a version comes from its text and address, and its quotes stand in its text."""
    sql = (
        "select v.id, v.path, v.url, v.quotes, coalesce(v.text, articles.text) as text from article_versions v"
        " join articles on articles.id = v.article_id order by v.id"
    )
    for identifier, path, url, quotes, text in db.execute(sql):
        if (found := content_id("article", text, url or "")) != identifier:
            yield Mismatch("article_versions", identifier, "id", identifier, found, path)
        for quote in json.loads(quotes or "[]"):
            if (words := _words(text, quote["spans"], JOINER)) != quote["text"]:
                yield Mismatch("article_versions", identifier, "quotes", quote["text"], words, path)


def _words(text: str, spans: Sequence[Sequence[int]], joiner: str) -> str | None:
    """The words at `spans`; None where a span is no stretch of the text, which slicing would hide."""
    if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
        return None
    return quoted(text, [(start, end) for start, end in spans], joiner)


def _verify_found(found: Extraction) -> Iterator[Mismatch]:
    """Whatever was found in an article stands where its spans say."""
    text, path = found.article.text, found.article.path
    for identifier, quote in zip(quote_ids(found.article.id, found.quotes), found.quotes, strict=True):
        passages = {"cue": quote.cue, "mention": quote.mention, "role_evidence": quote.speaker and quote.speaker.role_evidence}
        stated: list[tuple[str, str | None, str | None]] = [("text", quote.text, _words(text, quote.spans, JOINER))]
        stated += [(column, each.text, _words(text, each.spans, " ")) for column, each in passages.items() if each]
        for each in quote.speaker.affiliations if quote.speaker else ():
            parts = (("title", each.title, each.title_span), ("institution", each.institution, each.institution_span))
            # However the text breaks its lines.
            stated += [(part, _letters(words), _letters(_words(text, [span], ""))) for part, words, span in parts if span]
        for column, words, read in stated:
            if words != read:
                yield Mismatch("quotes", identifier, column, words, read, path)


def _letters(words: str | None) -> str | None:
    return words and "".join(filter(str.isalnum, clean_text(words).text))


def _verify_rows(db: Database) -> Iterator[Mismatch]:
    """Make the rows of all tables anew and yield where those that are stored differ."""
    for identifier, path in db.execute("select id, path from articles where id not in (select article_id from extractions)").fetchall():
        yield Mismatch("extractions", identifier, "article_id", None, identifier, path)
    try:
        for (article_id,) in db.execute("select article_id from extractions order by 1").fetchall():
            if (found := extraction_of(db, article_id)) is not None:
                yield from _verify_found(found)
        with rebuilt(db) as again:
            for table in TABLES:
                if table not in INTAKE:  # what was read and when is no work of the extractor's
                    yield from _differences(db, again, table)
    except (ValueError, StoreError) as error:
        yield Mismatch("extractions", 0, "records", "damaged", str(error))


def _differences(db: Database, again: Database, table: Table) -> Iterator[Mismatch]:
    paths = dict(db.execute("select id, path from articles").fetchall())
    sql = f"select * from {table.name} order by {', '.join(table.names[: table.keys])}"

    def key(each: tuple[str, Any]) -> tuple[Any, ...]:
        return tuple(each[1][: table.keys])

    both = (zip(repeat(name), of.execute(sql)) for name, of in (("stored", db), ("made", again)))
    for _, same in groupby(merge(*both, key=key), key=key):
        rows = dict(same)
        row = dict(zip(table.names, rows.get("stored") or rows["made"], strict=True))
        identifier, path = row[table.names[0]], paths.get(row.get("article_id"), "")
        if len(rows) == 1:
            last = row[table.names[table.keys - 1]]
            stored, made = (last, None) if "stored" in rows else (None, last)
            yield Mismatch(table.name, identifier, table.names[0], stored, made, path)
            continue
        for name, value, value_again in zip(table.names, rows["stored"], rows["made"], strict=True):
            if value != value_again:
                yield Mismatch(table.name, identifier, name, value, value_again, path)

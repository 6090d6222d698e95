"""Reading every stored row back: do its spans still give its words, and do its words still give its id?"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.nlp.parsing.cleaning import clean_text
from quotes.records import JOINER, content_id, quoted
from quotes.store.overrides.extractions import extraction_of
from quotes.store.rows.article_store import Store
from quotes.store.rows.saving import save_article
from quotes.store.schema.connection import clear_errors
from quotes.store.schema.declaration import Table
from quotes.store.schema.opening import bring_up_to_date
from quotes.store.schema.statements import insert
from quotes.store.schema.tables import CORRECTIONS, INTAKE, TABLES

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
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.table} {self.id}: {self.column}: stored {_short(self.stored)}, found {_short(self.found)}"


def _short(value: object) -> str:
    """A value on one line that a terminal shows."""
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def verify(store: Store) -> Iterator[Mismatch]:
    """Read everything back and yield what is not as it should be; nothing where all is well.

    First the file and its search indexes, and whether every text is one. Then every span of every quote and name, article by article.
    Then all rows: they are made anew from what was found in the articles and from the corrections, and compared with those that are
    stored; that finds any row that was changed, added or removed by hand. What depends on something damaged is not looked at. Raises
    StoreError when the database cannot be read.
    """
    with clear_errors(store.path):
        if damaged := [*_verify_file(store.db), *_verify_bytes(store.db)]:
            yield from damaged
            return
        yield from _verify_indexes(store)
        known: set[tuple[str, int, str]] = set()
        for row in store.db.query("select id, path, text, url, zones from articles order by id"):
            for each in _verify_article(store.db, row):
                known.add((each.table, each.id, each.column))
                yield each
        yield from _verify_versions(store.db)
        for table, rowid, parent, _ in store.db.execute("PRAGMA foreign_key_check").fetchall():
            yield Mismatch(table, rowid, parent, "a reference", None)
        if any(table == "articles" for table, _, _ in known):
            return  # what was found in another text cannot be compared
        for each in compare(store.db):
            if (each.table, each.id, each.column) not in known:
                yield each


def _verify_file(db: Database) -> list[Mismatch]:
    """Are the pages of the file whole, and do its indexes hold what the tables do?"""
    messages = [" ".join(str(message).split()) for (message,) in db.execute("PRAGMA integrity_check").fetchall()]
    return [Mismatch("file", 0, "integrity", message, "ok") for message in messages if message != "ok"]


def _verify_bytes(db: Database) -> list[Mismatch]:
    """Is every text one, in UTF-8?"""
    found = []
    before, db.conn.text_factory = db.conn.text_factory, bytes
    try:
        for table in TABLES:
            names = [each.name for each in table.columns if each.type == "TEXT"]
            columns = ", ".join(f'"{name}"' for name in (table.names[0], *names))
            for key, *values in db.execute(f"select {columns} from {table.name}"):
                for name, value in zip(names, values, strict=True):
                    try:
                        value is None or value.decode()
                    except UnicodeDecodeError:
                        found.append(Mismatch(table.name, key, name, "text", "bytes that are no text in UTF-8"))
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


def compare(db: Database) -> Iterator[Mismatch]:
    """Make the rows of all tables anew and yield where those that are stored differ."""
    for identifier, path in db.execute("select id, path from articles where id not in (select article_id from extractions)").fetchall():
        yield Mismatch("extractions", identifier, "article_id", None, identifier, path)
    try:
        with rebuilt(db) as again:
            for table in TABLES:
                if table not in INTAKE:  # what was read and when is no work of the extractor's
                    yield from _differences(db, again, table)
    except (ValueError, StoreError) as error:
        yield Mismatch("extractions", 0, "records", "damaged", str(error))


@contextmanager
def rebuilt(db: Database) -> Iterator[Database]:
    """A second database, made anew from the articles, what was found in them and the corrections of `db`; it is gone afterwards.

    It has no search indexes. Memory does not grow with it.
    """
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder, closing(Database(Path(folder) / "again.db")) as again:
        bring_up_to_date(again)
        again.execute("PRAGMA synchronous = off")
        again.execute("PRAGMA journal_mode = off")
        for table in TABLES:
            if table.search is not None:
                again.table(table.name).disable_fts()
        insert(again, CORRECTIONS, db.execute("select * from corrections order by id").fetchall())
        for (article_id,) in db.execute("select article_id from extractions order by 1"):
            found = extraction_of(db, article_id)
            if found is not None:
                save_article(again, found)
        yield again


def _differences(db: Database, again: Database, table: Table) -> Iterator[Mismatch]:
    def rows(of: Database, stored: bool) -> Iterator[tuple[bool, tuple[Any, ...]]]:
        return ((stored, row) for row in of.execute(f"select * from {table.name} order by {', '.join(table.names[: table.keys])}"))

    def key_of(each: tuple[bool, tuple[Any, ...]]) -> tuple[Any, ...]:
        return each[1][: table.keys]

    for key, same in groupby(merge(rows(db, True), rows(again, False), key=key_of), key=key_of):
        found = dict(same)
        if len(found) == 1:
            yield Mismatch(table.name, key[0], table.names[0], key[-1] if True in found else None, key[-1] if False in found else None)
            continue
        for name, value, value_again in zip(table.names, found[True], found[False], strict=True):
            if value != value_again:
                yield Mismatch(table.name, key[0], name, value, value_again)


def _verify_article(db: Database, article: dict[str, Any]) -> Iterator[Mismatch]:
    text, path = article["text"], article["path"]
    found = content_id("article", text, article["url"] or "")
    if found != article["id"]:
        yield Mismatch("articles", article["id"], "id", article["id"], found, path)
    for kind, start, end in json.loads(article["zones"]):
        if not 0 <= start <= end <= len(text):
            yield Mismatch("articles", article["id"], "zones", [kind, start, end], len(text), path)
    for quote in db.query("select * from quotes where article_id = ? order by id", [article["id"]]):
        for column, found_value in _read_quote(quote, text):
            if quote[column] != found_value:
                yield Mismatch("quotes", quote["id"], column, quote[column], found_value, path)
    for affiliation in db.query("select * from affiliations where article_id = ? order by id", [article["id"]]):
        yield from _verify_affiliation(affiliation, text, path)


def _read_quote(quote: dict[str, Any], text: str) -> Iterator[tuple[str, object]]:
    """What the columns of a quote should hold, going by its spans."""
    spans = json.loads(quote["spans"])
    yield "text", _words(text, spans, JOINER)
    yield "start", spans[0][0] if spans else None
    yield "end", spans[-1][1] if spans else None
    for column, spans_column in (("cue", "cue_spans"), ("mention", "mention_spans"), ("role_evidence", "role_spans")):
        places = quote[spans_column]
        yield column, None if places is None else _words(text, json.loads(places), " ")


def _words(text: str, spans: Sequence[Sequence[int]], joiner: str) -> str | None:
    """The words at `spans`; None where a span is no stretch of the text, which slicing would hide."""
    if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
        return None
    return quoted(text, [(start, end) for start, end in spans], joiner)


def _letters(words: str) -> str:
    """What is printed of words, however the text breaks its lines."""
    return "".join(character for character in clean_text(words).text if character.isalnum())


def _verify_affiliation(row: dict[str, Any], text: str, path: str) -> Iterator[Mismatch]:
    for column in ("title", "institution"):
        start, end = row[f"{column}_start"], row[f"{column}_end"]
        if start is not None:
            found = _words(text, [(start, end)], "")
            if found is None or row[column] is None or _letters(found) != _letters(row[column]):
                yield Mismatch("affiliations", row["id"], column, row[column], found, path)


def _verify_versions(db: Database) -> Iterator[Mismatch]:
    """The id of a version comes from its text and address, and its quotes stand in its text."""
    sql = (
        "select v.id, v.path, v.url, v.quotes, coalesce(v.text, articles.text) as text from article_versions v"
        " join articles on articles.id = v.article_id order by v.id"
    )
    for row in db.query(sql):
        found = content_id("article", row["text"], row["url"] or "")
        if found != row["id"]:
            yield Mismatch("article_versions", row["id"], "id", row["id"], found, row["path"])
        for quote in json.loads(row["quotes"] or "[]"):
            words = _words(row["text"], quote["spans"], JOINER)
            if words != quote["text"]:
                yield Mismatch("article_versions", row["id"], "quotes", quote["text"], words, row["path"])

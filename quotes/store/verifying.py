"""Reading every stored row back: do its spans still give its words, and do its words still give its id?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from quotes.linking import institution_id, speaker_id
from quotes.records import JOINER, content_id, quoted
from quotes.store.connection import clear_errors
from quotes.store.database import Store
from quotes.store.rows import affiliation_id, quote_id


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
        return f"{where}{self.table} {self.id}: {self.column}: stored {self.stored!r}, found {self.found!r}"


def verify(store: Store) -> Iterator[Mismatch]:
    """Work every span and every id out again, article by article, and yield what differs; nothing where all is well.

    Raises StoreError when the database cannot be read.
    """
    with clear_errors(store.path):
        for row in store.db.query("select id, path, text, url, zones from articles order by id"):
            yield from _verify_article(store, row)
        yield from _verify_names(store)
        yield from _verify_versions(store)
        for table, rowid, parent, _ in store.db.execute("PRAGMA foreign_key_check").fetchall():
            yield Mismatch(table, rowid, parent, "a reference", None)


def _verify_article(store: Store, article: dict[str, Any]) -> Iterator[Mismatch]:
    text, path = article["text"], article["path"]
    found = content_id("article", text, article["url"] or "")
    if found != article["id"]:
        yield Mismatch("articles", article["id"], "id", article["id"], found, path)
    for kind, start, end in json.loads(article["zones"]):
        if not 0 <= start <= end <= len(text):
            yield Mismatch("articles", article["id"], "zones", [kind, start, end], len(text), path)
    quotes = list(store.db.query("select * from quotes where article_id = ? order by id", [article["id"]]))
    for quote in quotes:
        for column, found_value in _read_quote(quote, text):
            if quote[column] != found_value:
                yield Mismatch("quotes", quote["id"], column, quote[column], found_value, path)
    yield from _verify_quote_ids(quotes, path)
    for affiliation in store.db.query("select * from affiliations where article_id = ? order by id", [article["id"]]):
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


def _verify_quote_ids(quotes: Sequence[dict[str, Any]], path: str) -> Iterator[Mismatch]:
    twins = Counter(quote["spans"] for quote in quotes)
    for quote in quotes:
        possible = [quote_id(quote["article_id"], quote["spans"], nth) for nth in range(twins[quote["spans"]])]
        if quote["id"] not in possible:
            yield Mismatch("quotes", quote["id"], "id", quote["id"], possible[0], path)


def _verify_affiliation(row: dict[str, Any], text: str, path: str) -> Iterator[Mismatch]:
    for column in ("title", "institution"):
        start, end = row[f"{column}_start"], row[f"{column}_end"]
        if start is not None:
            found = _words(text, [(start, end)], "")
            # The name of an institution may be broken over two lines in the text.
            if found is None or row[column] is None or found.split() != row[column].split():
                yield Mismatch("affiliations", row["id"], column, row[column], found, path)
    places = [row[name] for name in ("title_start", "title_end", "institution_start", "institution_end")]
    identifier = affiliation_id(row["article_id"], row["speaker_id"], row["title"], row["institution"], *places)
    if identifier != row["id"]:
        yield Mismatch("affiliations", row["id"], "id", row["id"], identifier, path)
    if row["institution"] is not None and institution_id(row["institution"]) != row["institution_id"]:
        yield Mismatch("affiliations", row["id"], "institution_id", row["institution_id"], institution_id(row["institution"]), path)


def _verify_versions(store: Store) -> Iterator[Mismatch]:
    """The id of a version comes from its text and address, and its quotes stand in its text."""
    sql = (
        "select v.id, v.path, v.url, v.quotes, coalesce(v.text, articles.text) as text from article_versions v"
        " join articles on articles.id = v.article_id order by v.id"
    )
    for row in store.db.query(sql):
        found = content_id("article", row["text"], row["url"] or "")
        if found != row["id"]:
            yield Mismatch("article_versions", row["id"], "id", row["id"], found, row["path"])
        for quote in json.loads(row["quotes"] or "[]"):
            words = _words(row["text"], quote["spans"], JOINER)
            if words != quote["text"]:
                yield Mismatch("article_versions", row["id"], "quotes", quote["text"], words, row["path"])


def _verify_names(store: Store) -> Iterator[Mismatch]:
    for identifier, name, kind, article_id in store.db.execute("select id, name, kind, article_id from speakers order by id").fetchall():
        found = speaker_id(name, kind, article_id)
        if found != identifier:
            yield Mismatch("speakers", identifier, "id", identifier, found)
    for identifier, name in store.db.execute("select id, name from institutions order by id").fetchall():
        found = institution_id(name)
        if found != identifier:
            yield Mismatch("institutions", identifier, "id", identifier, found)

"""The same article read again: one row in `articles`, its versions beside it; near copies in other outlets linked, not merged.

Two inputs are the same article when they have the same address (tracking parameters, AMP and the like aside), or the same text and at least
one of them has no address. The version that was last changed stands in `articles`; where nothing tells when, the one met last.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from quotes.readers.fetch.addresses import address_key
from quotes.records import Article, Quote, content_id
from quotes.store.intake.near_copies import forget_copies, link_copies
from quotes.store.overrides.extractions import Run, article_from_row, extraction_of, packed
from quotes.store.rows.article_store import Store
from quotes.store.rows.saving import Saved, remove_article, save_article
from quotes.store.schema.connection import clear_errors
from quotes.store.schema.statements import ids, storable, upsert
from quotes.store.schema.tables import ARTICLE_VERSIONS


class Meeting(enum.Enum):
    """What an article is to those that are stored."""

    NEW = "new"  # never met
    CURRENT = "current"  # stored, as it is
    BEFORE = "before"  # a version of a stored article that was met before, or its copy without an address
    OLDER = "older"  # a version of a stored article that is new to us, and older than the stored one
    NEWER = "newer"  # a stored article whose text has changed, or whose address has become known


@dataclass(frozen=True, slots=True)
class Met:
    """How an article was met, and the id of the stored article that it is; None where it is new."""

    how: Meeting
    article_id: int | None = None


def text_key(text: str) -> int:
    """The same for the same text."""
    return content_id("text", text)


def meet(store: Store, article: Article) -> Met:
    """What the article is to those that are stored. Raises StoreError when the database cannot be read."""
    with clear_errors(store.path):
        db = store.db
        known = db.execute("select article_id from article_versions where id = ?", [article.id]).fetchone()
        if known is not None:
            return Met(Meeting.CURRENT if known[0] == article.id else Meeting.BEFORE, known[0])
        if db.execute("select 1 from articles where id = ?", [article.id]).fetchone():
            return Met(Meeting.CURRENT, article.id)
        address = address_key(article.url)
        twins = db.execute(
            "select article_id, address from article_versions where text_key = ? order by id", [text_key(article.text)]
        ).fetchall()
        for article_id, other in twins:
            if address is not None and other is None and not _has_address(db, article_id):
                return Met(Meeting.NEWER, article_id)
            if address is None or other == address:
                return Met(Meeting.BEFORE, article_id)
        if address is None:
            return Met(Meeting.NEW)
        row = db.execute(
            "select article_id from article_versions where address = ? order by article_id = id desc, id limit 1", [address]
        ).fetchone()
        if row is None:
            return Met(Meeting.NEW)
        return Met(Meeting.OLDER if _is_older(article, db, row[0]) else Meeting.NEWER, row[0])


def _has_address(db: Any, article_id: int) -> bool:
    return db.execute("select 1 from article_versions where article_id = ? and address is not null", [article_id]).fetchone() is not None


def _is_older(article: Article, db: Any, current: int) -> bool:
    row = db.execute("select published, modified from article_versions where id = ?", [current]).fetchone()
    stored = (row[1] or row[0]) if row else None
    stamp = article.modified or article.published
    return bool(stamp and stored and _moment(stamp) < _moment(stored))


def _moment(stamp: str) -> str:
    """ISO 8601 in a form that sorts: in UTC where a zone is given."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%S")


def keep_older(store: Store, article: Article, article_id: int) -> bool:
    """Keep the article as an older version, or another copy, of a stored one; whether that was new. Raises StoreError."""
    with clear_errors(store.path):
        if store.db.execute("select 1 from article_versions where id = ?", [article.id]).fetchone():
            return False
        with store.transaction():
            same_text = store.db.execute("select 1 from articles where id = ? and text = ?", [article_id, article.text]).fetchone()
            _enter(store, article, article_id, text=None if same_text else article.text)
        return True


def save_met(store: Store, article: Article, quotes: Sequence[Quote], *, extractor: str | Run, met: Met) -> tuple[Saved, int]:
    """Store an article that is new, or current, or newer than the stored one: all of it in one transaction, or nothing.

    Where it is newer, the stored version is kept in `article_versions` with its text and its quotes. Returns what was done, and the number
    of near copies in other outlets that the article was linked to. Raises StoreError.
    """
    linked = 0

    def along() -> None:
        nonlocal linked
        if met.how is Meeting.NEWER and met.article_id is not None and met.article_id != article.id:
            _supersede(store, met.article_id, article)
        if not store.db.execute("select 1 from article_versions where id = ?", [article.id]).fetchone():
            _enter(store, article, article.id, text=None)
            linked = link_copies(store.db, article)

    saved = store.save(article, quotes, extractor=extractor, along=along)
    return (Saved.REPLACED if met.how is Meeting.NEWER and saved is Saved.ADDED else saved), linked


def restate(store: Store, article_id: int, fields: Mapping[str, Any]) -> bool:
    """Put fields that a user states of a stored article in place of those that were read; whether that changed it. Raises StoreError."""
    with clear_errors(store.path):
        found = extraction_of(store.db, article_id)
        stated = None if found is None else replace(found.article, **fields)
        if found is None or stated is None or stated == found.article:
            return False
        with store.transaction():
            save_article(store.db, found._replace(article=stated, records=packed(stated, found.quotes), at=_now()))
    return True


def _supersede(store: Store, old: int, article: Article) -> None:
    """Put what is stored for `old` among the versions of the article, and remove its rows."""
    db = store.db
    before = _stored(db, old)
    if not db.execute("select 1 from article_versions where id = ?", [old]).fetchone():
        _enter(store, before, old, text=None)
    if before.text != article.text:
        db.execute("update article_versions set text = ?, quotes = ? where id = ?", [before.text, _quotes_json(db, old), old])
    db.execute("update article_versions set article_id = ? where article_id = ?", [article.id, old])
    forget_copies(db, old)
    # What people corrected of the old version stays, and overrides the new one wherever it still fits.
    db.execute("update corrections set article_id = ? where article_id = ?", [article.id, old])
    remove_article(db, old)


def _enter(store: Store, article: Article, article_id: int, *, text: str | None) -> None:
    stated = (storable(article.path), article.url, article.title, article.published, article.modified, article.language)
    row = (article.id, article_id, address_key(article.url), text_key(article.text), *stated, text, None, _now())
    upsert(store.db, ARTICLE_VERSIONS, row)


def _quotes_json(db: Any, article_id: int) -> str:
    """The quotes of a version, as they were in the tables."""
    rows = db.query(
        "select id, quotes.kind, quotes.act, quotes.text, spans, quotes.cue, quotes.mention, speaker, quotes.title, institution,"
        " quotes.confidence from quotes join quotes_browse using (id) where quotes.article_id = ? order by quotes.start, id",
        [article_id],
    )
    return json.dumps([{**row, "spans": json.loads(row["spans"])} for row in rows], ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def catch_up(store: Store) -> int:
    """Enter the articles that were stored without being met (by an older version, by `Store.save` itself); how many. Raises StoreError."""
    with clear_errors(store.path):
        missing = sorted(ids(store.db, "select id from articles where id not in (select id from article_versions)"))
        for first in range(0, len(missing), 500):
            with store.transaction():
                for article_id in missing[first : first + 500]:
                    article = _stored(store.db, article_id)
                    _enter(store, article, article_id, text=None)
                    link_copies(store.db, article)
    return len(missing)


def _stored(db: Any, article_id: int) -> Article:
    return article_from_row(next(db.query("select * from articles where id = ?", [article_id])))

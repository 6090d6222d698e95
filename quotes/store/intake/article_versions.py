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

from sqlite_utils import Database

from quotes.readers.fetch.addresses import address_key
from quotes.records import Article, Quote, content_id
from quotes.store.intake.near_copies import forget_copies, link_copies
from quotes.store.overrides.extractions import Run, article_from_row, extraction_of, packed
from quotes.store.rows.article_store import Store
from quotes.store.rows.saving import Saved, remove_article, save_article
from quotes.store.schema.connection import clear_errors
from quotes.store.schema.statements import Row, storable, upsert
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


def meet(store: Store, article: Article) -> Met:
    """What the article is to those that are stored. Raises StoreError when the database cannot be read."""
    sql = "select article_id from article_versions where id = ?1 union all select id from articles where id = ?1"
    for (article_id,) in store.rows(sql, article.id):
        return Met(Meeting.CURRENT if article_id == article.id else Meeting.BEFORE, article_id)
    address = address_key(article.url)
    twins = (
        "select article_id, address, exists (select 1 from article_versions where article_id = twin.article_id and address is not null)"
        " from article_versions as twin where text_key = ? order by id"
    )
    for article_id, other, addressed in store.rows(twins, content_id("text", article.text)):
        if address is not None and not addressed:
            return Met(Meeting.NEWER, article_id)
        if address in (None, other):
            return Met(Meeting.BEFORE, article_id)
    versions = (
        "select v.article_id, coalesce(now.modified, now.published) from article_versions as v"
        " left join article_versions as now on now.id = v.article_id where v.address = ? order by v.article_id = v.id desc, v.id limit 1"
    )
    for article_id, stored in store.rows(versions, address):
        stamp = article.modified or article.published
        return Met(Meeting.OLDER if stamp and stored and _moment(stamp) < _moment(stored) else Meeting.NEWER, article_id)
    return Met(Meeting.NEW)


def _moment(stamp: str) -> str:
    """ISO 8601 in a form that sorts: in UTC where a zone is given."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return stamp
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%S")


def keep_older(store: Store, article: Article, article_id: int) -> bool:
    """Keep the article as an older version, or another copy, of a stored one; whether that was new. Raises StoreError."""
    if _is_entered(store, article.id):
        return False
    with store.transaction():
        same_text = store.rows("select 1 from articles where id = ? and text = ?", article_id, article.text)
        _enter(store.db, article, article_id, text=None if same_text else article.text)
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
        if not _is_entered(store, article.id):
            _enter(store.db, article, article.id)
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
    if not _is_entered(store, old):
        _enter(db, before, old)
    if before.text != article.text:
        db.execute("update article_versions set text = ?, quotes = ? where id = ?", [before.text, _quotes_json(db, old), old])
    forget_copies(db, old)
    # What people corrected of the old version stays, and overrides the new one wherever it still fits.
    for table in ("article_versions", "corrections"):
        db.execute(f"update {table} set article_id = ? where article_id = ?", [article.id, old])
    remove_article(db, old)


def _is_entered(store: Store, version: int) -> bool:
    return bool(store.rows("select 1 from article_versions where id = ?", version))


def _enter(db: Database, article: Article, article_id: int, *, text: str | None = None) -> None:
    upsert(db, ARTICLE_VERSIONS, version_row(article, article_id, text))


def version_row(article: Article, article_id: int, text: str | None = None) -> Row:
    """The row of a version of the article with `article_id`, with its text where that is another."""
    stated = (storable(article.path), article.url, article.title, article.published, article.modified, article.language)
    return (article.id, article_id, address_key(article.url), content_id("text", article.text), *stated, text, None, _now())


def _quotes_json(db: Database, article_id: int) -> str:
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
    missing = store.rows("select id from articles where id not in (select id from article_versions) order by id")
    for first in range(0, len(missing), 500):
        with store.transaction():
            for (article_id,) in missing[first : first + 500]:
                article = _stored(store.db, article_id)
                _enter(store.db, article, article_id)
                link_copies(store.db, article)
    return len(missing)


def _stored(db: Database, article_id: int) -> Article:
    return article_from_row(next(db.query("select * from articles where id = ?", [article_id])))

"""The speaker, institution, quote or article that a person means by an id or a name, and how a correction names it to find it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import comparable
from quotes.linking.identities import institution_id
from quotes.linking.name_comparison import person_key, person_name
from quotes.store.overrides.decisions import Named
from quotes.store.overrides.overrides import CorrectedArticle, CorrectedQuote, corrected_article
from quotes.store.retrieval.searching import speakers_named
from quotes.store.rows.appearance_rows import AppearanceRow, stored_appearances
from quotes.store.schema.statements import IN, ids, listed

_MOST = 5


class Somebody(NamedTuple):
    """A speaker, or an institution (`appearances` are then empty), as the database has it."""

    id: int
    name: str
    kind: str
    appearances: tuple[AppearanceRow, ...]
    institution_id: int | None

    @property
    def articles(self) -> set[int]:
        """The ids of the articles in which this speaker is quoted."""
        return {row.article_id for row in self.appearances}

    @property
    def nameless(self) -> bool:
        """Whether the speaker has no name by which other articles could know them: a description, a group."""
        return self.institution_id is None and self.kind != "person"


def somebody(db: Database, who: int | str) -> Somebody:
    """The speaker or institution with this id or whole name.

    Raises StoreError where there is none, or several may be meant: a family name alone is refused where several people bear it.
    """
    words = " ".join(str(who).split())
    if not words:
        raise StoreError("no speaker is named: give a name, or a number from the table speakers")
    if words.isdecimal():
        found = _by_id(db, int(words[:18]))
        if found is None:
            raise StoreError(f"{words}: no speaker and no institution has this number: look it up in the table speakers or institutions")
        return found
    keys = listed({person_key(words), comparable(words)})
    called = ids(db, f"select speaker_id from appearances where key {IN} union select id from speakers where name = ?", keys, words)
    like = speakers_named(db, words)
    if len(called) > 1:
        raise StoreError(f"{words}: several speakers are called so: give the number of one: {_listed(db, sorted(called))}")
    speaker = _by_id(db, *called) if called else None
    if speaker is not None:
        others = [each for each in like if each != speaker.id]
        if others and speaker.kind == "person" and not person_name(words).full:
            several = _listed(db, [speaker.id, *others])
            raise StoreError(f"{words}: may be short for several speakers: give the number of one: {several}")
        return speaker
    bodies = (
        ids(db, "select institution_id from institution_aliases where id = ?", institution_id(words))
        or ids(db, "select id from institutions where name = ? limit 1", words)
    )  # fmt: skip
    body = _by_id(db, *bodies) if bodies else None
    if body is None and like:
        raise StoreError(f"{words}: is only a part of names: give the number or the whole name of one: {_listed(db, like)}")
    if body is None:
        raise StoreError(f"{words}: nobody of this name is stored: `quotes search --speaker NAME` finds names, `quotes explain` numbers")
    return body


def _listed(db: Database, speakers: Sequence[int]) -> str:
    shown = []
    for speaker in speakers[:_MOST]:
        sql = "select name, kind, all_quotes, article_id from speakers where id = ?"
        name, kind, quotes, article = db.execute(sql, [speaker]).fetchone()
        where = "" if article is None else f", in article {article} only"
        shown.append(f"{speaker} ({name}, {kind}, {quotes} quote{'' if quotes == 1 else 's'}{where})")
    return "; ".join(shown) + (f"; and {len(speakers) - _MOST} more" if len(speakers) > _MOST else "")


def _by_id(db: Database, identifier: int) -> Somebody | None:
    row = db.execute("select name, kind, institution_id from speakers where id = ?", [identifier]).fetchone()
    if row is not None:
        return Somebody(identifier, row[0], row[1], tuple(stored_appearances(db, "speaker_id = ?", identifier)), row[2])
    row = db.execute("select name from institutions where id = ?", [identifier]).fetchone()
    return None if row is None else Somebody(identifier, row[0], "organisation", (), identifier)


def named(db: Database, one: Somebody) -> Named:
    """How a correction speaks of somebody: with an article where the name alone would not do."""
    if one.institution_id is not None:
        name, acronym = db.execute("select name, acronym from institution_aliases where id = ?", [one.institution_id]).fetchone()
        return Named("organisation", comparable(name), name, acronym=acronym)
    rows = sorted(one.appearances, key=lambda row: (row.first_key, row.key))
    full = [row for row in rows if one.kind == "person" and person_name(row.name).full]
    if not full:
        return Named(one.kind, rows[0].key, rows[0].name, rows[0].article_id)
    counts = Counter(row.key for row in full)
    first = max(full, key=lambda row: counts[row.key])
    namesakes = ids(db, "select 1 from appearances where kind = 'person' and key = ? and speaker_id <> ? limit 1", first.key, one.id)
    return Named(one.kind, first.key, first.name, first.article_id if namesakes else None)


class Found(NamedTuple):
    """A stored quote and its article, with all corrections applied."""

    id: int
    one: CorrectedQuote
    article: CorrectedArticle

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.article.article.text


def find_quote(db: Database, quote_id: int) -> Found | None:
    """The quote with this id, None where there is none."""
    row = db.execute("select article_id from quotes where id = ?", [quote_id if 0 <= quote_id < 2**63 else -1]).fetchone()
    article = None if row is None else corrected_article(db, row[0])
    one = None if article is None else article.by_id().get(quote_id)
    return None if article is None or one is None else Found(quote_id, one, article)


def quote_found(db: Database, quote_id: int) -> Found:
    """The quote with this id. Raises StoreError where there is none."""
    found = find_quote(db, quote_id)
    if found is None:
        raise StoreError(f"{quote_id}: no quote has this number: `quotes search --json` prints the numbers, as does the site")
    return found


def article_ids(db: Database, articles: Sequence[int | str]) -> list[int]:
    """The ids of articles, given by id, by path, or by the folder, archive or table that they are in (`news`, `news.csv`).

    Raises StoreError for one that is not stored, or a path that several have.
    """
    found: set[int] = set()
    for each in map(str, articles):
        some = ids(db, "select id from articles where path = ?", each)
        if not some and each.isdecimal():
            some = ids(db, "select id from articles where id = ?", int(each[:18]))
        if len(some) > 1:
            raise StoreError(f"{each}: several articles have this path: look their numbers up in the table articles")
        within = f"{each.rstrip('/')}/", f"{each.rstrip('/')}#"
        some = some or ids(
            db, "select id from articles where ?1 = substr(path, 1, length(?1)) or ?2 = substr(path, 1, length(?2))", *within
        )
        if not some:
            raise StoreError(f"{each}: no article has this number or path: look its number up in the table articles")
        found |= some
    return sorted(found)

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
    called, like = _speakers_called(db, words), speakers_named(db, words)
    if len(called) > 1:
        raise StoreError(f"{words}: several speakers are called so: give the number of one: {_listed(db, called)}")
    speaker = _by_id(db, called[0]) if called else None
    if speaker is not None:
        others = [each for each in like if each != speaker.id]
        if others and speaker.kind == "person" and not person_name(words).full:
            several = _listed(db, [speaker.id, *others])
            raise StoreError(f"{words}: may be short for several speakers: give the number of one: {several}")
        return speaker
    row = db.execute("select institution_id from institution_aliases where id = ?", [institution_id(words)]).fetchone()
    row = row or db.execute("select id from institutions where name = ?", [words]).fetchone()
    body = None if row is None else _by_id(db, row[0])
    if body is None and like:
        raise StoreError(f"{words}: is only a part of names: give the number or the whole name of one: {_listed(db, like)}")
    if body is None:
        raise StoreError(f"{words}: nobody of this name is stored: `quotes search --speaker NAME` finds names, `quotes explain` numbers")
    return body


def _speakers_called(db: Database, words: str) -> list[int]:
    keys = sorted({person_key(words), comparable(words)})
    marks = ",".join("?" * len(keys))
    rows = db.execute(
        f"select distinct speaker_id from appearances where key in ({marks}) union select id from speakers where name = ? order by 1",
        [*keys, words],
    ).fetchall()
    return [row[0] for row in rows]


def _listed(db: Database, speakers: Sequence[int]) -> str:
    rest = f"; and {len(speakers) - _MOST} more" if len(speakers) > _MOST else ""
    return "; ".join(_shown(db, each) for each in speakers[:_MOST]) + rest


def _shown(db: Database, speaker: int) -> str:
    name, kind, quotes, article = db.execute("select name, kind, all_quotes, article_id from speakers where id = ?", [speaker]).fetchone()
    where = "" if article is None else f", in article {article} only"
    return f"{speaker} ({name}, {kind}, {quotes} quote{'' if quotes == 1 else 's'}{where})"


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
    rows = sorted(one.appearances, key=lambda row: (row.published or "~", row.article_id, row.key))
    full = [row for row in rows if person_name(row.name).full] if one.kind == "person" else []
    if not full:
        return Named(one.kind, rows[0].key, rows[0].name, rows[0].article_id)
    counts = Counter(row.key for row in full)
    first = max(full, key=lambda row: counts[row.key])
    others = db.execute(
        "select 1 from appearances where kind = 'person' and key = ? and speaker_id <> ? limit 1", [first.key, one.id]
    ).fetchone()
    return Named(one.kind, first.key, first.name, None if others is None else first.article_id)


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
    """The ids of articles, given by id, by path, or by the folder or file that they are in.

    Raises StoreError for one that is not stored, or a path that several have.
    """
    found: list[int] = []
    for each in articles:
        rows = db.execute("select id from articles where path = ?", [str(each)]).fetchall()
        if not rows and str(each).isdecimal():
            rows = db.execute("select id from articles where id = ?", [int(str(each)[:18])]).fetchall()
        if len(rows) > 1:
            raise StoreError(f"{each}: several articles have this path: look their numbers up in the table articles")
        rows = rows or _articles_in(db, str(each))
        if not rows:
            raise StoreError(f"{each}: no article has this number or path: look its number up in the table articles")
        found.extend(row[0] for row in rows)
    return sorted(set(found))


def _articles_in(db: Database, place: str) -> list[tuple[int]]:
    """The articles whose paths are within a folder, an archive or a table: `news`, `news.csv`."""
    starts = [f"{place.rstrip('/')}{sign}" for sign in "/#"]
    condition = " or ".join("substr(path, 1, length(?)) = ?" for _ in starts)
    return db.execute(f"select id from articles where {condition}", [each for start in starts for each in (start, start)]).fetchall()

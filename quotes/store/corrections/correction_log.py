"""Corrections made, undone, listed, exported and imported, each in one transaction with the rows that it changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking.identities import institution_id
from quotes.store.corrections.correction_shapes import from_json
from quotes.store.corrections.relinking import relink
from quotes.store.overrides.correction_records import IN_ARTICLE, MARKS, Action, Correction, corrections_where, insert, now
from quotes.store.overrides.decisions import NAMING, Decisions, Named
from quotes.store.overrides.extractions import extraction_of
from quotes.store.overrides.overrides import corrected_article
from quotes.store.rows.article_store import Store
from quotes.store.rows.saving import write_article
from quotes.store.schema.connection import clear_errors

State = Literal["in force", "dormant", "undone"]


class Listed(NamedTuple):
    """A correction and how it stands; `because` says why it finds nothing to change, where it is dormant."""

    correction: Correction
    state: State
    because: str | None = None


class Imported(NamedTuple):
    """What an import did: how many corrections are new, how many known ones it undid, how many were known as they are."""

    new: int
    undone: int
    known: int


class Change(NamedTuple):
    """A correction that nobody has made yet: what it is about and what it makes of it."""

    action: Action
    target: Mapping[str, Any]
    change: Mapping[str, Any]
    article_id: int | None = None


class Draft(Store):
    """A database open to read, in which a correction is checked and returned, to be imported later, and not stored."""


def add(store: Store, change: Change | Callable[[Database], Change], by: str, why: str | None) -> Correction:
    """Store a correction, and write every row that it changes; returns it with its id.

    A function is called within the transaction, so that it can look things up. In a Draft nothing is stored. Raises StoreError, with the
    database as it was.
    """

    def made(db: Database) -> Correction:
        stated = change if isinstance(change, Change) else change(db)
        return Correction(**stated._asdict(), by=_by(by), at=now(), why=(why or "").strip() or None)

    if isinstance(store, Draft):
        with clear_errors(store.path):
            return made(store.db)
    with _changing(store):
        correction = made(store.db)
        with _rewriting(store.db, [correction]):
            return insert(store.db, correction)


def undo(store: Store, correction_id: int, *, by: str) -> Correction:
    """Undo a correction: every row is then as if it had never been made. Raises StoreError where there is none in force."""
    with _changing(store):
        found = corrections_where(store.db, "id = ?", [correction_id if 0 <= correction_id < 2**63 else -1])
        if not found:
            raise StoreError(f"correction {correction_id}: there is none: `quotes corrections` lists those that there are")
        if found[0].undone_at is not None:
            raise StoreError(f"correction {correction_id}: it was undone already, on {found[0].undone_at[:10]}")
        undone = replace(found[0], undone_at=now(), undone_by=_by(by))
        with _rewriting(store.db, [undone]):
            _mark_undone(store.db, undone)
        return undone


def listed(store: Store, *, undone: bool = False, marks: bool = False) -> Iterator[Listed]:
    """Corrections in the order in which they apply, with how each stands: those in force, or with `undone` all.

    What a review found right or left open is listed with `marks` only. Raises StoreError when the database cannot be read.
    """
    with clear_errors(store.path):
        every = corrections_where(store.db)
        dormant = _dormant(store.db, [each for each in every if each.undone_at is None])
    for each in every:
        if (undone or each.undone_at is None) and (marks or each.action not in MARKS):
            why = dormant.get(each.id)
            yield Listed(each, "undone" if each.undone_at is not None else "in force" if why is None else "dormant", why)


def export(store: Store) -> Iterator[dict[str, Any]]:
    """Every correction as plain values, those that were undone and the marks of reviews among them: one line of JSON each."""
    with clear_errors(store.path):
        every = corrections_where(store.db)
    for each in every:
        yield each.as_json()


def imported(store: Store, records: Iterable[object], *, where: str = "import") -> Imported:
    """Take over what `export` gave, all of it or nothing; what is there already stays as it is, and what was undone there is undone here.

    A correction about an article that is not stored waits until it is. `where` names the input in messages. Raises StoreError.
    """
    incoming = [from_json(record, f"{where}:{number}") for number, record in enumerate(records, start=1)]
    with _changing(store):
        db = store.db
        known = {each.same: each for each in corrections_where(db)}
        new: dict[tuple[str, ...], Correction] = {}
        undone: dict[tuple[str, ...], Correction] = {}
        for each in incoming:
            there = new.get(each.same) or known.get(each.same)
            if there is None or (each.same in new and there.undone_at is None):
                new[each.same] = each
            elif each.same not in new and each.undone_at is not None and there.undone_at is None:
                undone[each.same] = replace(there, undone_at=each.undone_at, undone_by=each.undone_by)
        with _rewriting(db, [*(each for each in new.values() if each.undone_at is None), *undone.values()]):
            for each in undone.values():
                _mark_undone(db, each)
            for each in new.values():
                insert(db, each)
        return Imported(len(new), len(undone), len(incoming) - len(new) - len(undone))


def quote_of(store: Store, correction: Correction) -> int | None:
    """The id that the quote of a correction has now; None where it is not found, or the correction is about none. Raises StoreError."""
    if correction.article_id is None or not correction.of_quote:
        return None
    with clear_errors(store.path):
        article = corrected_article(store.db, correction.article_id)
    if article is None:
        return None
    one = article.target_of(correction)
    return next((identifier for identifier, each in article.by_id().items() if each is one), None)


@contextlib.contextmanager
def _changing(store: Store) -> Iterator[None]:
    """A transaction whose every failure is a StoreError."""
    if not store.writable:
        raise StoreError(f"{store.path}: it is open to read only: open it for writing")
    try:
        with clear_errors(store.path), store.transaction():
            yield
    except UnicodeEncodeError as error:
        sign = f"U+{ord(error.object[error.start]):04X}"
        raise StoreError(f"{store.path}: the words hold half a character ({sign}), which no database can store: mend them") from error


@contextlib.contextmanager
def _rewriting(db: Database, touched: Sequence[Correction]) -> Iterator[None]:
    """Write anew, once the block has written corrections, the rows that those of them are about that it made or undid."""
    before = Decisions.of(db)
    yield
    naming = [each for each in touched if each.action in NAMING]
    if naming:
        relink(db, before, Decisions.of(db), naming)
    about = {each.article_id for each in touched if each.action in IN_ARTICLE and each.action != "skip" and each.article_id is not None}
    for article_id in sorted(about):
        found = extraction_of(db, article_id)
        if found is not None:
            write_article(db, found)


def _mark_undone(db: Database, undone: Correction) -> None:
    db.execute("update corrections set undone_at = ?, undone_by = ? where id = ?", [undone.undone_at, undone.undone_by, undone.id])


def _dormant(db: Database, corrections: Sequence[Correction]) -> dict[int, str]:
    """By the id of each correction that finds nothing to change, why."""
    dormant: dict[int, str] = {}
    for article_id, about in groupby(sorted(corrections, key=lambda each: each.article_id or 0), key=lambda each: each.article_id):
        if article_id is None:
            dormant |= {each.id: why for each in about if (why := _nobody_called(db, each)) is not None}
        elif (article := corrected_article(db, article_id)) is not None:
            dormant |= article.dormant
        else:
            dormant |= {each.id: "the article is not stored" for each in about}
    return dormant


def _nobody_called(db: Database, correction: Correction) -> str | None:
    """Why a correction about names finds nothing: nobody has one of them."""
    one = Named.of(correction.target)
    if correction.action == "split":
        members = [one._replace(key=key, article_id=each) for key in correction.change["keys"] for each in correction.change["articles"]]
        return None if any(_has_name(db, each) for each in members) else "nobody of that name is quoted in those articles now"
    for each in (one,) if correction.action == "rename" else (one, Named.of(correction.change)):
        if not _has_name(db, each):
            return f"nobody is called {each.name} now" + ("" if each.article_id is None else f" in article {each.article_id}")
    return None


def _has_name(db: Database, one: Named) -> bool:
    """Whether anybody in the database has the name, in the article that is meant where one is."""
    if one.is_institution:
        return db.execute("select 1 from institution_aliases where id = ?", [institution_id(one.name)]).fetchone() is not None
    condition = "kind = ?1 and key = ?2 and (?3 is null or article_id = ?3)"
    return db.execute(f"select 1 from appearances where {condition} limit 1", [one.kind, one.key, one.article_id]).fetchone() is not None


def _by(by: str) -> str:
    if not by.strip():
        raise StoreError("a correction needs a name: say who makes it (--by)")
    return by.strip()

"""Corrections made, undone, listed, exported and imported, each in one transaction with the rows that it changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, product
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking.identities import institution_id
from quotes.store.overrides.correction_records import IN_ARTICLE, MARKS, Action, Correction, corrections_where, from_json, insert, now
from quotes.store.overrides.decisions import NAMING, Decisions, Named, Node
from quotes.store.overrides.extractions import extraction_of
from quotes.store.overrides.overrides import corrected_article
from quotes.store.rows.appearance_rows import AppearanceRow, evidence_from, institution_alias, stored_appearances
from quotes.store.rows.article_rows import appearance_block
from quotes.store.rows.article_store import Store
from quotes.store.rows.institution_rows import reblock_institutions, refresh_institutions, relink_institutions
from quotes.store.rows.saving import institutions_of_speakers, write_article
from quotes.store.rows.speaker_linking import alone, appoint, relink_block, relink_speaking_institutions, speakers_of_institutions
from quotes.store.rows.speaker_rows import refresh_speakers
from quotes.store.rows.utterance_rows import rewrite_of_speakers
from quotes.store.schema.connection import clear_errors, whole_characters
from quotes.store.schema.statements import IN, ids, upsert
from quotes.store.schema.statements import listed as as_list
from quotes.store.schema.tables import APPEARANCES

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


def add(store: Store, change: Callable[[], Change], by: str, why: str | None) -> Correction:
    """Store a correction, and write every row that it changes; returns it with its id.

    `change` is called within the transaction, so that it can look things up. In a Draft nothing is stored. Raises StoreError, with the
    database as it was.
    """

    def made() -> Correction:
        return Correction(**change()._asdict(), by=_by(by), at=now(), why=(why or "").strip() or None)

    if isinstance(store, Draft):
        with clear_errors(store.path):
            return made()
    with _changing(store):
        correction = made()
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
        yield from [each.as_json() for each in corrections_where(store.db)]


def imported(store: Store, records: Iterable[object], *, where: str = "import") -> Imported:
    """Take over what `export` gave, all of it or nothing; what is there already stays as it is, and what was undone there is undone here.

    A correction about an article that is not stored waits until it is. `where` names the input in messages. Raises StoreError.
    """
    incoming = [from_json(record, f"{where}:{number}") for number, record in enumerate(records, start=1)]
    with _changing(store):
        known = {each.same: each for each in corrections_where(store.db)}
        new: dict[tuple[str, ...], Correction] = {}
        undone: dict[tuple[str, ...], Correction] = {}
        for each in incoming:
            if (there := known.get(each.same)) is None:
                if each.same not in new or new[each.same].undone_at is None:
                    new[each.same] = each
            elif each.undone_at is not None and there.undone_at is None:
                undone[each.same] = replace(there, undone_at=each.undone_at, undone_by=each.undone_by)
        with _rewriting(store.db, [*(each for each in new.values() if each.undone_at is None), *undone.values()]):
            for each in undone.values():
                _mark_undone(store.db, each)
            for each in new.values():
                insert(store.db, each)
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
    with whole_characters(store.path), store.transaction():
        yield


@contextlib.contextmanager
def _rewriting(db: Database, touched: Sequence[Correction]) -> Iterator[None]:
    """Write anew, once the block has written corrections, the rows that those of them are about that it made or undid."""
    before = Decisions.of(db)
    yield
    if naming := [each for each in touched if each.action in NAMING]:
        _relink(db, before, Decisions.of(db), naming)
    about = {each.article_id for each in touched if each.action in IN_ARTICLE and each.action != "skip" and each.article_id is not None}
    for article_id in sorted(about):
        if (found := extraction_of(db, article_id)) is not None:
            write_article(db, found)


def _relink(db: Database, before: Decisions, after: Decisions, corrections: Sequence[Correction]) -> None:
    """Link again the speakers and institutions that these corrections name, and no others; `before` and `after` are the decisions in force
    without and with the change."""
    nodes = {node for each in corrections for one in _named(each) for node in one.nodes}
    nodes = before.concerned(nodes) | after.concerned(nodes)
    institutions: set[int] = set()
    names = {int(node[1]) for node in nodes if node[0] == "alias"}
    blocks = as_list(str(node[1]) for node in nodes if node[0] == "institution")
    names |= ids(db, f"select id from institution_aliases where block {IN}", blocks)
    for block in sorted(reblock_institutions(db, names, after)):
        institutions |= relink_institutions(db, block, after)
    institutions |= ids(db, f"select institution_id from institution_aliases where id {IN}", as_list(names))
    relinked = relink_speaking_institutions(db, institutions)
    rows = _appearances(db, nodes)
    for block in sorted(_reblock(db, rows, after, relinked)):
        relinked |= relink_block(db, block, after)
    now_theirs = ids(db, f"select speaker_id from appearances where id {IN}", as_list(each.id for each in rows))
    refresh_speakers(db, relinked | now_theirs | speakers_of_institutions(db, institutions), after)
    refresh_institutions(db, institutions | institutions_of_speakers(db, relinked), after)
    rewrite_of_speakers(db, relinked)


def _named(correction: Correction) -> list[Named]:
    """Everybody that a correction names; whom a split parts once for each name and article."""
    one = Named.of(correction.target)
    if correction.action == "split":
        parted = product(correction.change["keys"], correction.change["articles"])
        return [one, *(one._replace(key=key, name=key, article=article) for key, article in parted)]
    return [one] if correction.action == "rename" else [one, Named.of(correction.change)]


def _appearances(db: Database, nodes: Collection[Node]) -> list[AppearanceRow]:
    """The appearances that are concerned."""
    found: dict[int, AppearanceRow] = {}
    for node in nodes:
        if len(node) == 3:
            found.update((row.id, row) for row in stored_appearances(db, "kind = ? and key = ? and article_id is ?", *node))
        elif node[0] == "person":
            found.update((row.id, row) for row in stored_appearances(db, "block = ? and kind = 'person'", node[1]))
    return [found[each] for each in sorted(found)]


def _reblock(db: Database, rows: Sequence[AppearanceRow], decisions: Decisions, relinked: set[int]) -> set[str]:
    """Put appearances into the blocks that they belong to now; returns all blocks concerned, but for those of institutions."""
    blocks: set[str | None] = set()
    for row in rows:
        natural = appearance_block(row.name, row.kind, row.key, evidence_from(row.evidence))
        block = decisions.block(row.kind, row.key, row.article_id, natural)
        upsert(db, APPEARANCES, row._replace(block=block))
        if block is None:
            relinked |= appoint(db, row, *alone(row.kind, row.key, row.article_id))
        blocks |= {row.block, block}
    return {each for each in blocks if each is not None and institution_alias(each) is None}


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
    everybody = _named(correction)
    if correction.action == "split":
        return None if any(_has_name(db, each) for each in everybody[1:]) else "nobody of that name is quoted in those articles now"
    missing = (each for each in everybody if not _has_name(db, each))
    where = (f"{each.name} now" + ("" if each.article is None else f" in article {each.article}") for each in missing)
    return next((f"nobody is called {each}" for each in where), None)


def _has_name(db: Database, one: Named) -> bool:
    """Whether anybody in the database has the name, in the article that is meant where one is."""
    if one.is_institution:
        return bool(ids(db, "select 1 from institution_aliases where id = ?", institution_id(one.name)))
    condition = "kind = ?1 and key = ?2 and (?3 is null or article_id = ?3)"
    return bool(ids(db, f"select 1 from appearances where {condition} limit 1", one.kind, one.key, one.article))


def _by(by: str) -> str:
    if not by.strip():
        raise StoreError("a correction needs a name: say who makes it (--by)")
    return by.strip()

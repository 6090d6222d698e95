"""Corrections, what people put right: made, undone, listed, exported, imported, each in one transaction with the rows that it touches."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking.identities import institution_id
from quotes.store.article_store import Store
from quotes.store.connection import clear_errors
from quotes.store.correction_records import (
    IN_ARTICLE,
    MARKS,
    Correction,
    corrections_where,
    from_json,
    insert,
    now,
)
from quotes.store.decisions import NAMING, Decisions, Named
from quotes.store.extractions import keep_fields, unpacked
from quotes.store.overrides import Layer, lay
from quotes.store.relinking import relink
from quotes.store.saving import rewrite_article
from quotes.store.stored_articles import article_from_row

State = Literal["in force", "dormant", "undone"]


class Listed(NamedTuple):
    """A correction and how it stands; `because` says why it finds nothing to put right, where it is dormant."""

    correction: Correction
    state: State
    because: str | None = None


class Imported(NamedTuple):
    """What an import did: how many corrections are new, how many known ones it undid, how many were known as they are."""

    new: int
    undone: int
    known: int


class Draft(Store):
    """A database open to read, in which a correction is checked and given back, to be imported later, and not stored."""


def add(store: Store, make: Callable[[Database], Correction]) -> Correction:
    """Store the correction that `make` gives and carry it to every row that it touches; gives it back with its id.

    `make` looks things up within the transaction. In a Draft nothing is stored. Raises StoreError, with the database as it was.
    """
    if isinstance(store, Draft):
        with clear_errors(store.path):
            return make(store.db)
    with _changing(store):
        correction = make(store.db)
        return _change(store.db, [correction], lambda: [insert(store.db, correction)])[0]


def undo(store: Store, correction_id: int, *, by: str) -> Correction:
    """Take a correction back: every row is then as if it had never been made. Raises StoreError where there is none in force."""
    with _changing(store):
        found = corrections_where(store.db, "id = ?", (_number(correction_id),))
        if not found:
            raise StoreError(f"correction {correction_id}: there is none: `quotes corrections` lists those that there are")
        if found[0].undone_at is not None:
            raise StoreError(f"correction {correction_id}: it was undone already, on {found[0].undone_at[:10]}")
        undone = found[0].undone(now(), by_whom(by))
        _change(store.db, [undone], lambda: [_mark_undone(store.db, undone)])
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
                undone[each.same] = there.undone(each.undone_at, each.undone_by)
        touched = [*(each for each in new.values() if each.undone_at is None), *undone.values()]

        def write() -> list[Correction]:
            for each in undone.values():
                _mark_undone(db, each)
            return [insert(db, each) for each in new.values()]

        _change(db, touched, write)
        return Imported(len(new), len(undone), len(incoming) - len(new) - len(undone))


def quote_of(store: Store, correction: Correction) -> int | None:
    """The id that the quote of a correction has now; None where it is not found, or the correction is about none. Raises StoreError."""
    with clear_errors(store.path):
        layer = None if correction.article_id is None or not correction.of_quote else layer_of(store.db, correction.article_id)
    if layer is None or correction.article_id is None:
        return None
    one = layer.target_of(correction)
    return next((identifier for identifier, each in layer.ids(correction.article_id).items() if each is one), None)


def layer_of(db: Database, article_id: int) -> Layer | None:
    """The quotes of a stored article under the corrections in force; None where the article is not stored."""
    row = next(db.query("select * from articles where id = ?", [article_id]), None)
    found = db.execute("select records from extractions where article_id = ?", [article_id]).fetchone()
    if row is None or found is None:
        return None
    unpacked_records = unpacked(found[0])
    corrections = corrections_where(db, "article_id = ? and undone_at is null", (article_id,))
    return lay(article_from_row(row, unpacked_records.topics), unpacked_records.quotes, corrections)


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


def _change(db: Database, touched: Sequence[Correction], write: Callable[[], list[Correction]]) -> list[Correction]:
    """Write corrections, and anew the rows that those `touched` are about; gives back what was written."""
    before = Decisions.of(db)
    written = write()
    naming = [each for each in touched if each.action in NAMING]
    if naming:
        relink(db, before, Decisions.of(db), naming)
    about = {each.article_id for each in touched if each.action in IN_ARTICLE and each.action != "skip"} - {None}
    for article_id in sorted(each for each in about if each is not None):
        row = next(db.query("select * from articles where id = ?", [article_id]), None)
        if row is not None:
            if any(each.action == "article" and each.article_id == article_id for each in touched):
                keep_fields(db, article_id)
            rewrite_article(db, article_from_row(row))
    return written


def _mark_undone(db: Database, undone: Correction) -> Correction:
    db.execute("update corrections set undone_at = ?, undone_by = ? where id = ?", [undone.undone_at, undone.undone_by, undone.id])
    return undone


def _dormant(db: Database, corrections: Sequence[Correction]) -> dict[int, str]:
    """By the id of each correction that finds nothing to put right, why."""
    dormant: dict[int, str] = {}
    by_article: dict[int, list[Correction]] = defaultdict(list)
    for each in corrections:
        if each.action in IN_ARTICLE and each.article_id is not None:
            by_article[each.article_id].append(each)
        elif (why := _unborne(db, each)) is not None:
            dormant[each.id] = why
    for article_id, about in by_article.items():
        layer = layer_of(db, article_id)
        if layer is None:
            dormant.update(dict.fromkeys((each.id for each in about), "the article is not stored"))
        else:
            dormant.update(layer.dormant)
    return dormant


def _unborne(db: Database, correction: Correction) -> str | None:
    """Why a correction about names finds nothing: nobody bears one of them."""
    if correction.action == "split":
        articles, keys = correction.change["articles"], correction.change["keys"]
        members = [Named.of(correction.target)._replace(key=key, article_id=article) for key in keys for article in articles]
        return None if any(borne(db, each) for each in members) else "nobody of that name is quoted in those articles now"
    missing = [Named.of(correction.target)] + ([] if correction.action == "rename" else [Named.of(correction.change)])
    return next((f"nobody is called {each.name} now{_where(each)}" for each in missing if not borne(db, each)), None)


def borne(db: Database, one: Named) -> bool:
    """Whether anybody in the database bears the name, in the article that is meant where one is."""
    if one.body:
        return db.execute("select 1 from institution_aliases where id = ?", [institution_id(one.name)]).fetchone() is not None
    condition = "kind = ? and key = ? and (? is null or article_id = ?) limit 1"
    return (
        db.execute(f"select 1 from appearances where {condition}", [one.kind, one.key, one.article_id, one.article_id]).fetchone()
        is not None
    )


def _where(one: Named) -> str:
    return "" if one.article_id is None else f" in article {one.article_id}"


def _number(value: int) -> int:
    return value if 0 <= value < 2**63 else -1


def by_whom(by: str) -> str:
    """Who makes a correction. Raises StoreError where nobody is named."""
    if not by.strip():
        raise StoreError("a correction needs a name: say who makes it (--by)")
    return by.strip()

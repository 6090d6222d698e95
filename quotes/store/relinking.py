"""Linking again what a decision about names concerns, once it is made or undone; the rest of the database stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlite_utils import Database

from quotes.store.appearances import AppearanceRow, stored_appearances
from quotes.store.bodies import reblock_bodies, refresh_institutions, relink_bodies
from quotes.store.correction_records import Correction
from quotes.store.decisions import Decisions, Named, Node
from quotes.store.people import (
    alone,
    appoint,
    relink_block,
    relink_body_speakers,
    speakers_of_bodies,
)
from quotes.store.rows import appearance_block
from quotes.store.saving import institutions_of_speakers
from quotes.store.sayings import rewrite_of_speakers
from quotes.store.speakers import refresh_speakers


def relink(db: Database, before: Decisions, after: Decisions, corrections: Sequence[Correction]) -> None:
    """Carry corrections that were made or undone (`merge`, `apart`, `split`, `rename`) to every row; to be called within a transaction.

    `before` and `after` are the decisions in force without and with the change.
    """
    nodes = {node for each in corrections for node in _nodes(each)}
    nodes |= {node for decisions in (before, after) for each in set(nodes) for node in decisions.joined_with(each)}
    keys = {(kind, str(key)) for kind, key, _ in nodes if kind != "body"}
    institutions: set[int] = set()
    bodies = {int(str(key)) for kind, key, _ in nodes if kind == "body"}
    for block in sorted(reblock_bodies(db, bodies, after)):
        institutions |= relink_bodies(db, block, after)
    institutions |= _institutions(db, bodies)
    relinked = relink_body_speakers(db, institutions)
    rows = [row for kind, key in sorted(keys) for row in stored_appearances(db, "kind = ? and key = ?", [kind, key])]
    for block in sorted(_reblock(db, rows, after, relinked)):
        relinked |= relink_block(db, block, after)
    rows = [row for kind, key in sorted(keys) for row in stored_appearances(db, "kind = ? and key = ?", [kind, key])]
    speakers = relinked | {row.speaker_id for row in rows} | speakers_of_bodies(db, institutions)
    refresh_speakers(db, speakers, after)
    refresh_institutions(db, institutions | institutions_of_speakers(db, relinked), after)
    rewrite_of_speakers(db, relinked)


def _nodes(correction: Correction) -> Iterable[Node]:
    one = Named.of(correction.target)
    yield one.node
    if correction.action == "split":
        for key in correction.change["keys"]:
            yield one._replace(key=key, name=key).node
    elif correction.action != "rename":
        yield Named.of(correction.change).node


def _reblock(db: Database, rows: Sequence[AppearanceRow], decisions: Decisions, relinked: set[int]) -> set[str]:
    """Put appearances into the blocks that they belong to now; gives back all blocks concerned, but for those of bodies."""
    blocks: set[str] = set()
    for row in rows:
        natural = appearance_block(row.name, row.kind, row.key, row.told)
        block = decisions.block(row.kind, row.key, row.article_id) or natural
        if block != row.block:
            db.execute("update appearances set block = ? where id = ?", [block, row.id])
        if block is None:
            relinked |= appoint(db, row, *alone(row.kind, row.key, row.article_id))
        blocks |= {each for each in (row.block, block) if each is not None and not each.startswith("body ")}
    return blocks


def _institutions(db: Database, alias_ids: Collection[int]) -> set[int]:
    found = (db.execute("select institution_id from institution_aliases where id = ?", [each]).fetchone() for each in sorted(alias_ids))
    return {row[0] for row in found if row is not None}

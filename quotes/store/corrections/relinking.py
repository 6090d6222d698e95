"""Linking again what a decision about names concerns, once it is made or undone; the rest of the database stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlite_utils import Database

from quotes.store.overrides.correction_records import Correction
from quotes.store.overrides.decisions import Decisions, Named, Node
from quotes.store.rows.appearance_rows import AppearanceRow, stored_appearances
from quotes.store.rows.article_rows import appearance_block
from quotes.store.rows.institution_rows import reblock_bodies, refresh_institutions, relink_bodies
from quotes.store.rows.saving import institutions_of_speakers
from quotes.store.rows.speaker_linking import (
    alone,
    appoint,
    relink_block,
    relink_body_speakers,
    speakers_of_bodies,
)
from quotes.store.rows.speaker_rows import refresh_speakers
from quotes.store.rows.utterance_rows import rewrite_of_speakers


def relink(db: Database, before: Decisions, after: Decisions, corrections: Sequence[Correction]) -> None:
    """Carry corrections that were made or undone (`merge`, `apart`, `split`, `rename`) to every row; to be called within a transaction.

    `before` and `after` are the decisions in force without and with the change.
    """
    nodes = {node for each in corrections for one in _named(each) for node in one.nodes}
    nodes = before.concerned(nodes) | after.concerned(nodes)
    institutions: set[int] = set()
    bodies = _aliases(db, nodes)
    for block in sorted(reblock_bodies(db, bodies, after)):
        institutions |= relink_bodies(db, block, after)
    institutions |= _institutions(db, bodies)
    relinked = relink_body_speakers(db, institutions)
    rows = _appearances(db, nodes)
    for block in sorted(_reblock(db, rows, after, relinked)):
        relinked |= relink_block(db, block, after)
    now = {row.speaker_id for each in rows for row in stored_appearances(db, "id = ?", [each.id])}
    speakers = relinked | now | speakers_of_bodies(db, institutions)
    refresh_speakers(db, speakers, after)
    refresh_institutions(db, institutions | institutions_of_speakers(db, relinked), after)
    rewrite_of_speakers(db, relinked)


def _named(correction: Correction) -> Iterator[Named]:
    """Everybody that a correction speaks of."""
    one = Named.of(correction.target)
    yield one
    if correction.action == "split":
        for key in correction.change["keys"]:
            for article_id in correction.change["articles"]:
                yield one._replace(key=key, name=key, article_id=article_id)
    elif correction.action != "rename":
        yield Named.of(correction.change)


def _aliases(db: Database, nodes: Collection[Node]) -> set[int]:
    """The names of bodies that are concerned."""
    found = {int(node[1]) for node in nodes if node[0] == "alias"}
    for block in [node[1] for node in nodes if node[0] == "body"]:
        found |= {row[0] for row in db.execute("select id from institution_aliases where block = ?", [block]).fetchall()}
    return found


def _appearances(db: Database, nodes: Collection[Node]) -> list[AppearanceRow]:
    """The appearances that are concerned."""
    found: dict[int, AppearanceRow] = {}
    for node in nodes:
        if len(node) == 3:
            some = stored_appearances(db, "kind = ? and key = ? and article_id is ?", list(node))
        elif node[0] not in ("alias", "body"):
            some = stored_appearances(db, "block = ? and kind = ?", [node[1], node[0]])
        else:
            continue
        found.update((row.id, row) for row in some)
    return [found[each] for each in sorted(found)]


def _reblock(db: Database, rows: Sequence[AppearanceRow], decisions: Decisions, relinked: set[int]) -> set[str]:
    """Put appearances into the blocks that they belong to now; gives back all blocks concerned, but for those of bodies."""
    blocks: set[str] = set()
    for row in rows:
        natural = appearance_block(row.name, row.kind, row.key, row.told)
        block = decisions.block(row.kind, row.key, row.article_id, natural)
        if block != row.block:
            db.execute("update appearances set block = ? where id = ?", [block, row.id])
        if block is None:
            relinked |= appoint(db, row, *alone(row.kind, row.key, row.article_id))
        blocks |= {each for each in (row.block, block) if each is not None and not each.startswith("body ")}
    return blocks


def _institutions(db: Database, alias_ids: Collection[int]) -> set[int]:
    found = (db.execute("select institution_id from institution_aliases where id = ?", [each]).fetchone() for each in sorted(alias_ids))
    return {row[0] for row in found if row is not None}

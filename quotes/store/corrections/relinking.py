"""Links again the speakers and institutions named by a `merge`, `apart`, `split` or `rename` that was made or undone, and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlite_utils import Database

from quotes.store.overrides.correction_records import Correction
from quotes.store.overrides.decisions import Decisions, Named, Node
from quotes.store.rows.appearance_rows import AppearanceRow, evidence_from, institution_alias, stored_appearances
from quotes.store.rows.article_rows import appearance_block
from quotes.store.rows.institution_rows import reblock_institutions, refresh_institutions, relink_institutions
from quotes.store.rows.saving import institutions_of_speakers
from quotes.store.rows.speaker_linking import alone, appoint, relink_block, relink_speaking_institutions, speakers_of_institutions
from quotes.store.rows.speaker_rows import refresh_speakers
from quotes.store.rows.utterance_rows import rewrite_of_speakers
from quotes.store.schema.statements import IN, ids, listed, upsert
from quotes.store.schema.tables import APPEARANCES


def relink(db: Database, before: Decisions, after: Decisions, corrections: Sequence[Correction]) -> None:
    """Write to every row what these corrections change; to be called within a transaction.

    `before` and `after` are the decisions in force without and with the change.
    """
    nodes = {node for each in corrections for one in _named(each) for node in one.nodes}
    nodes = before.concerned(nodes) | after.concerned(nodes)
    institutions: set[int] = set()
    names = {int(node[1]) for node in nodes if node[0] == "alias"}
    blocks = listed(str(node[1]) for node in nodes if node[0] == "institution")
    names |= ids(db, f"select id from institution_aliases where block {IN}", blocks)
    for block in sorted(reblock_institutions(db, names, after)):
        institutions |= relink_institutions(db, block, after)
    institutions |= ids(db, f"select institution_id from institution_aliases where id {IN}", listed(names))
    relinked = relink_speaking_institutions(db, institutions)
    rows = _appearances(db, nodes)
    for block in sorted(_reblock(db, rows, after, relinked)):
        relinked |= relink_block(db, block, after)
    now = ids(db, f"select speaker_id from appearances where id {IN}", listed(each.id for each in rows))
    refresh_speakers(db, relinked | now | speakers_of_institutions(db, institutions), after)
    refresh_institutions(db, institutions | institutions_of_speakers(db, relinked), after)
    rewrite_of_speakers(db, relinked)


def _named(correction: Correction) -> Iterator[Named]:
    """Everybody that a correction names."""
    one = Named.of(correction.target)
    yield one
    if correction.action == "split":
        for key in correction.change["keys"]:
            for article_id in correction.change["articles"]:
                yield one._replace(key=key, name=key, article_id=article_id)
    elif correction.action != "rename":
        yield Named.of(correction.change)


def _appearances(db: Database, nodes: Collection[Node]) -> list[AppearanceRow]:
    """The appearances that are concerned."""
    found: dict[int, AppearanceRow] = {}
    for node in nodes:
        if len(node) == 3:
            some = stored_appearances(db, "kind = ? and key = ? and article_id is ?", *node)
        elif node[0] == "person":
            some = stored_appearances(db, "block = ? and kind = 'person'", node[1])
        else:
            continue
        found.update((row.id, row) for row in some)
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

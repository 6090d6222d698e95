"""Which appearances are one speaker, written to every row, and what is left open for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.linking import preferred_name, speaker_id
from quotes.linking.candidate_blocking import KnownName, connected_keys
from quotes.linking.evidence import OPEN_TO_COMPANY
from quotes.linking.name_comparison import person_name
from quotes.linking.person_linking import OWN_ARTICLE, SAME_NAME, link_people
from quotes.linking.person_records import NO_OVERRIDES, Appearance, Linked
from quotes.store.overrides.decisions import TOGETHER, Decisions
from quotes.store.rows.appearance_rows import INSTITUTION_BLOCK, AppearanceRow, evidence_from, institution_alias, stored_appearances
from quotes.store.rows.institution_rows import institution_speaker, write_doubts
from quotes.store.rows.speaker_lookup import known
from quotes.store.schema.statements import IN, ids, insert, listed
from quotes.store.schema.tables import APPEARANCES

_NAMELESS = "it belongs to its article"
_SAID_ONE = "a person said that these are one speaker"


class Entered(NamedTuple):
    """What the appearances of an article did: `touched` are speakers to look at again, `relinked` those to or from whom appearances of
    other articles went over, and `settled` appearances that only add to what is known of their speakers."""

    touched: set[int]
    relinked: set[int]
    settled: list[AppearanceRow]


def enter_appearances(db: Database, rows: Sequence[Mapping[str, Any]], gone: Sequence[AppearanceRow], decisions: Decisions) -> Entered:
    """Write the appearances of an article, whose old ones (`gone`) are out of the database, and link again what that touches."""
    touched = {row.speaker_id for row in gone}
    # For each block to be linked again, the rows that make it necessary.
    blocks: dict[str, list[AppearanceRow]] = defaultdict(list)
    for row in gone:
        if row.block is not None and institution_alias(row.block) is None:
            blocks[row.block].append(row)
    settled: list[AppearanceRow] = []
    new: list[AppearanceRow] = []
    beside = {each["key"] for each in rows if each["kind"] == "person" and person_name(each["name"]).full}
    for each in rows:
        block = decisions.block(each["kind"], each["key"], each["article_id"], each["block"])
        row = AppearanceRow(**{**each, "block": block, "speaker_id": 0, "because": ""})
        alias, again = institution_alias(block), False
        if alias is not None:
            speaker, _, because = institution_speaker(db, alias)
        elif block is None or block.startswith(TOGETHER):
            speaker, because = alone(row.kind, row.key, row.article_id)
            again = block is not None
        elif (found := known(db, row, beside, decisions.people(block))) is not None:
            speaker, because = found
        else:
            speaker, because, again = speaker_id(row.key, row.kind, None), SAME_NAME, True
        new.append(row._replace(speaker_id=speaker, because=because))
        insert(db, APPEARANCES, [new[-1]])
        if block is not None and alias is None:
            # Who stands beside whom in one article can say something of both.
            together = [other for other in new if other.block == block]
            if again or len(together) > 1 or block in blocks:
                blocks[block].extend(together)
    relinked = set().union(*(relink_block(db, block, decisions, blocks[block]) for block in sorted(blocks)))
    for row in new:
        if row.block in blocks or row.speaker_id in touched:
            touched |= ids(db, "select speaker_id from appearances where id = ?", row.id)
        else:
            settled.append(row)
    return Entered(touched, relinked, settled)


def alone(kind: str, key: str, article_id: int) -> tuple[int, str]:
    """The speaker that somebody without a full name is in their own article, and why."""
    return speaker_id(key, kind, article_id), OWN_ARTICLE if kind == "person" else _NAMELESS


def relink_block(db: Database, block: str, decisions: Decisions, since: Sequence[AppearanceRow] = ()) -> set[int]:
    """Decide anew which appearances of a block are one speaker, and write it to every row; returns the speakers touched.

    `since` are the appearances that came or went since it was decided last, which spares those that have nothing to do with them.
    """
    keys = _concerned(db, block, decisions, since) if since else None
    if keys is not None:
        rows = stored_appearances(db, f"block = ? and key {IN}", block, listed(keys))
        return _relink_people(db, block, rows, decisions, {row.speaker_id for row in since})
    rows = stored_appearances(db, "block = ?", block)
    return _relink_nameless(db, rows) if block.startswith(TOGETHER) else _relink_people(db, block, rows, decisions)


def _concerned(db: Database, block: str, decisions: Decisions, since: Sequence[AppearanceRow]) -> set[str] | None:
    """The keys of a block that can have to do with these appearances; None where the whole block must be weighed."""
    if block.startswith(TOGETHER) or decisions.people(block) is not NO_OVERRIDES:
        return None
    # Of a family name alone `aliases` keeps no evidence.
    stored = (
        "select key, name, evidence from aliases where block = ?1 and evidence is not null union all"
        " select distinct key, name, evidence from appearances"
        " where block = ?1 and key in (select key from aliases where block = ?1 and evidence is null)"
    )
    known_names: dict[str, KnownName] = {}
    for key, name, evidence in (*db.execute(stored, [block]).fetchall(), *((row.key, row.name, row.evidence) for row in since)):
        stated, parts = evidence_from(evidence), person_name(name)
        names = frozenset(parts._replace(nick=nick) for nick in {"", parts.nick, *stated.nicks})
        one = KnownName(names, stated.institutions, stated.titles)
        known_names[key] = known_names[key].joined(one) if key in known_names else one
    return connected_keys({row.key for row in since}, known_names)


def _relink_nameless(db: Database, rows: Sequence[AppearanceRow]) -> set[int]:
    """Those whom a person said to be one: whoever was quoted first gives the speaker their id."""
    touched: set[int] = set()
    if rows:
        first = min(rows, key=lambda row: (row.published or "~", row.article_id, row.key))
        speaker, because = alone(first.kind, first.key, first.article_id)
        for row in rows:
            touched |= appoint(db, row, speaker, _SAID_ONE if len(rows) > 1 else because)
    return touched


def appoint(db: Database, row: AppearanceRow, speaker: int, because: str) -> set[int]:
    """Write who an appearance is, and why; returns the speakers touched."""
    if (row.speaker_id, row.because) != (speaker, because):
        db.execute("update appearances set speaker_id = ?, because = ? where id = ?", [speaker, because, row.id])
    if row.speaker_id == speaker:
        return set()
    for table in ("quotes", "affiliations"):
        db.execute(f"update {table} set speaker_id = ? where appearance_id = ?", [speaker, row.id])
    return {row.speaker_id, speaker}


def _relink_people(
    db: Database, block: str, rows: Sequence[AppearanceRow], decisions: Decisions, gone: Collection[int] | None = None
) -> set[int]:
    """The people of a block; where `rows` are only some of it, `gone` are the speakers whose appearances went."""
    linked = link_block(db, block, rows, decisions)
    touched: set[int] = set()
    for row in rows:
        touched |= appoint(db, row, *linked.decisions[row.id])
    names: dict[int, str] = {}
    doubtful = {each for doubt in linked.doubts for each in (doubt.one, doubt.other)}
    for row in rows if doubtful else ():
        if (speaker := linked.decisions[row.id].speaker_id) in doubtful:
            names[speaker] = preferred_name(names.get(speaker, row.name), row.name)
    now = {each.speaker_id for each in linked.decisions.values()}
    about = None if gone is None else {*gone, *now, *(row.speaker_id for row in rows)}
    write_doubts(db, "speaker", block, linked.doubts, names, about)
    return touched


def link_block(db: Database, block: str, rows: Sequence[AppearanceRow], decisions: Decisions) -> Linked:
    """The decisions about the appearances of a block.

    Who is quoted beside them is asked only where it can matter: where something was left open, or one name is several people’s.
    """
    decided = decisions.people(block)
    appearances = [Appearance(row.id, row.article_id, row.name, row.key, row.published, *evidence_from(row.evidence)[:3]) for row in rows]
    linked = link_people(appearances, decided)
    speakers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        speakers[row.key].add(linked.decisions[row.id].speaker_id)
    undecided = {each for doubt in linked.doubts if doubt.reason in OPEN_TO_COMPANY for each in (doubt.one, doubt.other)}
    full = {row.key: person_name(row.name).full for row in rows}
    open_keys = {key for key, found in speakers.items() if full[key] and (len(found) > 1 or not found.isdisjoint(undecided))}
    if not open_keys:
        return linked
    beside = _beside(db, {each.article_id for each in appearances if each.key in open_keys})
    return link_people(
        [replace(each, companions=beside[each.article_id] - {each.key}) if each.key in open_keys else each for each in appearances], decided
    )


def _beside(db: Database, articles: Collection[int]) -> dict[int, frozenset[str]]:
    """For each article the keys of the people with a full name whom it quotes."""
    found: dict[int, set[str]] = {each: set() for each in articles}
    people = f"select article_id, key, name from appearances where article_id {IN} and kind = 'person'"
    for article_id, key, name in db.execute(people, [listed(articles)]).fetchall():
        if person_name(name).full:
            found[article_id].add(key)
    return {article: frozenset(keys) for article, keys in found.items()}


def relink_speaking_institutions(db: Database, institutions: Iterable[int]) -> set[int]:
    """Write what was decided about institutions to those that speak themselves; returns the speakers touched."""
    touched: set[int] = set()
    for alias_id in sorted(ids(db, f"select id from institution_aliases where institution_id {IN}", listed(institutions))):
        for row in stored_appearances(db, "block = ?", f"{INSTITUTION_BLOCK}{alias_id}"):
            speaker, _, because = institution_speaker(db, alias_id)
            touched |= appoint(db, row, speaker, because)
    return touched


def speakers_of_institutions(db: Database, institutions: Iterable[int]) -> set[int]:
    """The institutions that speak themselves: their name follows what was decided about the institution."""
    return ids(db, f"select id from speakers where institution_id {IN}", listed(institutions))

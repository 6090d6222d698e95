"""Which appearances are one speaker, written to every row, and what is left open for a person to decide.

Where nothing hangs on it for others, who somebody is is looked up (`known`), in a time that does not grow with the database. That gives
what weighing all appearances of the block would give (a test checks this), or nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.linking import preferred_name, speaker_id
from quotes.linking.candidate_blocking import KnownName, connected_keys
from quotes.linking.evidence import COMPANIONS, OPEN_TO_COMPANY, Person, lone_support
from quotes.linking.name_comparison import alike, person_name, relation
from quotes.linking.person_linking import LONE, ONLY_ONE_WITH, OWN_ARTICLE, SAME_NAME, link_people, lone_with
from quotes.linking.person_records import NO_OVERRIDES, Appearance, Linked, PersonOverrides
from quotes.linking.work_domains import wide
from quotes.store.overrides.decisions import TOGETHER, Decisions
from quotes.store.rows.appearance_rows import (
    INSTITUTION_BLOCK,
    AliasRow,
    AppearanceRow,
    evidence_from,
    institution_alias,
    stored_aliases,
    stored_appearances,
)
from quotes.store.rows.institution_rows import institution_speaker, write_doubts
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
    return set().union(*(appoint(db, row, *together(rows)) for row in rows))


def together(rows: Sequence[AppearanceRow]) -> tuple[int, str]:
    """The speaker whom a person said that these are, and why: whoever was quoted first gives the speaker their id."""
    first = min(rows, key=lambda row: (row.first_key, row.key))
    speaker, because = alone(first.kind, first.key, first.article_id)
    return speaker, _SAID_ONE if len(rows) > 1 else because


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
    names: dict[int, str] = {}
    for row in rows:
        speaker, because = linked.decisions[row.id]
        touched |= appoint(db, row, speaker, because)
        names[speaker] = preferred_name(names.get(speaker, row.name), row.name)
    about = None if gone is None else {*gone, *names, *(row.speaker_id for row in rows)}
    write_doubts(db, "speaker", block, linked.doubts, names, about)
    return touched


def link_block(
    db: Database, block: str, rows: Sequence[AppearanceRow], decisions: Decisions, appearances: str = APPEARANCES.name
) -> Linked:
    """The decisions about the appearances of a block, which stand in the table `appearances` with all others.

    Who is quoted beside them is asked only where it can matter: where something was left open, or one name is several people’s.
    """
    decided = decisions.people(block)
    people = [Appearance(row.id, row.article_id, row.name, row.key, row.published, *evidence_from(row.evidence)[:3]) for row in rows]
    linked = link_people(people, decided)
    speakers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        speakers[row.key].add(linked.decisions[row.id].speaker_id)
    undecided = {each for doubt in linked.doubts if doubt.reason in OPEN_TO_COMPANY for each in (doubt.one, doubt.other)}
    full = {row.key: person_name(row.name).full for row in rows}
    open_keys = {key for key, found in speakers.items() if full[key] and (len(found) > 1 or not found.isdisjoint(undecided))}
    if not open_keys:
        return linked
    beside: dict[int, set[str]] = defaultdict(set)
    articles = {each.article_id for each in people if each.key in open_keys}
    quoted = f"select article_id, key, name from {appearances} where article_id {IN} and kind = 'person'"
    for article_id, key, name in db.execute(quoted, [listed(articles)]).fetchall():
        if person_name(name).full:
            beside[article_id].add(key)
    return link_people(
        [replace(each, companions=frozenset(beside[each.article_id] - {each.key})) if each.key in open_keys else each for each in people],
        decided,
    )


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


def known(db: Database, row: AppearanceRow, beside: Collection[str], decided: PersonOverrides) -> tuple[int, str] | None:
    """Who an appearance is that is not stored yet, and why; None where its block must be weighed.

    `beside` are the keys of the people with a full name whom its article quotes.
    """
    if decided.concern(row.key):
        return None
    names = stored_aliases(db, "block = ?", row.block)
    own = [each for each in names if each.key == row.key]
    if not person_name(row.name).full:
        found = _lone(db, row) or (None if decided is not NO_OVERRIDES else _sided(row, names))
    elif own:
        found = _again(db, row, own, [each for each in names if each.key != row.key])
    else:
        return None if _may_be_one_of(row, names) else (speaker_id(row.key, "person", None), SAME_NAME)
    # Who is quoted first gives a speaker their id.
    if found is None or min((each.first_key for each in names if each.speaker_id == found[0]), default="") > row.first_key:
        return None
    return None if own and _may_settle(db, found[0], set(beside) - {row.key}) else found


def _lone(db: Database, row: AppearanceRow) -> tuple[int, str] | None:
    """A family name alone, just as another article has it."""
    found = db.execute(
        "select speaker_id, because from appearances where block = ? and key = ? and name = ? and evidence = ? limit 1",
        [row.block, row.key, row.name, row.evidence],
    ).fetchone()
    return None if found is None or found[1] == OWN_ARTICLE or found[1].startswith(LONE) else (found[0], found[1])


def _sided(row: AppearanceRow, names: Sequence[AliasRow]) -> tuple[int, str] | None:
    """A family name alone with an institution or a title that just one speaker of that family has, or that is new with what it has."""
    lone = _person(row.key, row.name, row.evidence, row.article_id)
    reasons: dict[int, str] = {}
    for each in sorted(names, key=lambda each: each.key):
        # As if in an article of its own: who is quoted beside others of the family is weighed with them.
        if each.evidence is not None and (reason := lone_support(lone, _person(each.key, each.name, each.evidence, 0))):
            reasons.setdefault(each.speaker_id, f"{each.name}: {ONLY_ONE_WITH} {reason}")
    if not reasons and all(each.key != row.key for each in names):
        return speaker_id(row.key, "person", row.article_id), lone_with(lone)
    return next(iter(reasons.items())) if len(reasons) == 1 else None


def _person(key: str, name: str, evidence: str, article_id: int) -> Person:
    """Somebody as all articles together tell of them."""
    return Person(key, person_name(name), [Appearance(0, article_id, name, key, None, *evidence_from(evidence)[:3])])


def _again(db: Database, row: AppearanceRow, own: Sequence[AliasRow], others: Sequence[AliasRow]) -> tuple[int, str] | None:
    """A full name that one speaker has, where what the article tells is not new, or of no use to others of the block."""
    if len(own) > 1 or own[0].evidence is None or preferred_name(own[0].name, row.name) != own[0].name or own[0].first_key > row.first_key:
        return None
    before, here, nick = evidence_from(own[0].evidence), evidence_from(row.evidence), person_name(row.name).nick
    if nick and nick not in before.nicks:
        return None
    if any(not some <= known for some, known in zip(here, before, strict=True)):
        domains = wide(here.worlds), wide(before.worlds)
        namesake = all(domains) and domains[0].isdisjoint(domains[1]) and here.institutions.isdisjoint(before.institutions)
        if namesake or _may_be_one_of(row, others):
            return None
    found = db.execute(
        "select because from appearances where speaker_id = ? and key = ? and block = ? limit 1", [own[0].speaker_id, row.key, row.block]
    ).fetchone()
    return None if found is None else (own[0].speaker_id, found[0])


def _may_be_one_of(row: AppearanceRow, others: Sequence[AliasRow]) -> bool:
    """Whether a full name can be that of anybody else who is known, or one of them can be theirs."""
    name, evidence = person_name(row.name), evidence_from(row.evidence)
    for each in others:
        other = person_name(each.name)
        if not other.full:
            # A family name alone may be theirs where an institution or a title says so.
            if evidence.identifies:
                return True
            continue
        nicks = {"", *(evidence_from(each.evidence).nicks if each.evidence else ())}
        if alike(name, other) or any(relation(name, other._replace(nick=nick)) for nick in nicks):
            return True
    return False


def _may_settle(db: Database, speaker: int, beside: Collection[str]) -> bool:
    """Whether one article more, which tells nothing new of the speaker, may settle what was left open: by who else is quoted in it."""
    if len(beside) < COMPANIONS:
        return False
    pairs = f"select iif(one_id = ?1, other_id, one_id) from merge_candidates where (one_id = ?1 or other_id = ?1) and reason {IN}"
    company = (
        "select 1 from appearances as theirs join appearances as others on others.article_id = theirs.article_id"
        f" where theirs.speaker_id = ? and others.kind = 'person' and others.key {IN}"
        " group by theirs.article_id having count(distinct others.key) >= ? limit 1"
    )
    open_with = ids(db, pairs, speaker, listed(OPEN_TO_COMPANY))
    return any(ids(db, company, other, listed(beside), COMPANIONS) for other in open_with)

"""The quick way to know who somebody is: where nothing hangs on it for others, in a time that does not grow with the database.

It gives what weighing all appearances of the block would give (a test checks this), or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlite_utils import Database

from quotes.linking import preferred_name, speaker_id
from quotes.linking.evidence import COMPANIONS, OPEN_TO_COMPANY, Person, lone_support
from quotes.linking.name_comparison import alike, person_name, relation
from quotes.linking.person_linking import LONE, ONLY_ONE_WITH, OWN_ARTICLE, SAME_NAME, lone_with
from quotes.linking.person_records import NO_OVERRIDES, Appearance, PersonOverrides
from quotes.linking.work_domains import wide
from quotes.store.rows.appearance_rows import AliasRow, AppearanceRow, Evidence, evidence_from, stored_aliases
from quotes.store.schema.statements import IN, ids, listed


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
    new = any(not some <= known for some, known in zip(here, before, strict=True))
    if new and (_worlds_apart(here, before) or _may_be_one_of(row, others)):
        return None
    found = db.execute(
        "select because from appearances where speaker_id = ? and key = ? and block = ? limit 1", [own[0].speaker_id, row.key, row.block]
    ).fetchone()
    return None if found is None else (own[0].speaker_id, found[0])


def _worlds_apart(one: Evidence, other: Evidence) -> bool:
    """Whether this may be somebody else of the same name."""
    here, there = wide(one.worlds), wide(other.worlds)
    return bool(here and there) and here.isdisjoint(there) and one.institutions.isdisjoint(other.institutions)


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
    found = db.execute(
        "select iif(one_id = ?1, other_id, one_id), reason from merge_candidates where one_id = ?1 or other_id = ?1", [speaker]
    )
    keys = listed(beside)
    for other, reason in found.fetchall() if beside else ():
        if ids(db, f"select 1 from aliases where speaker_id = ? and key {IN} limit 1", other, keys):
            return True  # one article quotes both
        if reason not in OPEN_TO_COMPANY or len(beside) < COMPANIONS:
            continue
        company = (
            "select 1 from appearances as theirs join appearances as others on others.article_id = theirs.article_id"
            f" where theirs.speaker_id = ? and others.kind = 'person' and others.key {IN}"
            " group by theirs.article_id having count(distinct others.key) >= ? limit 1"
        )
        if ids(db, company, other, keys, COMPANIONS):
            return True
    return False

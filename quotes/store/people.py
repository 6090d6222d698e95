"""Speakers in the database: which appearances are one speaker, the names and counts of each, and what is left open."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import preferred_name, speaker_id
from quotes.linking.appearances import Appearance, Linked
from quotes.linking.names import person_name
from quotes.linking.people import link_people
from quotes.records import content_id
from quotes.store.bodies import body_of, write_doubts
from quotes.store.decisions import TOGETHER, Decisions

_BODY = "body "


class AppearanceRow(NamedTuple):
    """A row of `appearances`."""

    id: int
    article_id: int
    speaker_id: int
    name: str
    kind: str
    key: str
    block: str | None
    evidence: str
    published: str | None
    quotes: int
    because: str

    @property
    def told(self) -> dict[str, list[str]]:
        """The evidence, taken apart."""
        return dict(json.loads(self.evidence))


_SELECT = "select id, article_id, speaker_id, name, kind, key, block, evidence, published, quotes, because from appearances"
_INSERT = f"insert into appearances values ({', '.join('?' * len(AppearanceRow._fields))})"
_OWN_ARTICLE = "a lone name: the same only within this article"
_NAMELESS = "it belongs to its article"
_SAID_ONE = "a person said that these are one speaker"


def enter_appearances(
    db: Database, rows: Sequence[Mapping[str, Any]], gone: Sequence[AppearanceRow], decisions: Decisions
) -> tuple[set[int], set[int]]:
    """Write the appearances of an article, whose old ones (`gone`) are out of the database, and link again what that touches.

    Gives back the ids of the speakers touched, and of those to or from whom appearances of other articles went over.
    """
    touched = {row.speaker_id for row in gone}
    blocks = {row.block for row in gone if row.block and not row.block.startswith(_BODY)}
    for each in rows:
        kind, key = each["kind"], each["key"]
        block = decisions.block(kind, key, each["article_id"], each["block"])
        if block is None or block.startswith(TOGETHER):
            speaker, because = alone(kind, key, each["article_id"])
            if block is not None:
                blocks.add(block)
        elif block.startswith(_BODY):
            speaker, _, because = body_of(db, int(block.removeprefix(_BODY)))
        else:
            speaker, because, settled = _known(db, each, block, decisions) or (speaker_id(key, kind, None), "the same name", False)
            if not settled:
                blocks.add(block)
        made = {**each, "block": block, "speaker_id": speaker, "because": because}
        db.execute(_INSERT, [made[name] for name in AppearanceRow._fields])
        touched.add(speaker)
    relinked: set[int] = set()
    for block in sorted(blocks):
        relinked |= relink_block(db, block, decisions)
    for (speaker,) in (
        db.execute("select speaker_id from appearances where article_id = ?", [rows[0]["article_id"]]).fetchall() if rows else ()
    ):
        touched.add(speaker)
    return touched, relinked


def _known(db: Database, each: Mapping[str, Any], block: str, decisions: Decisions) -> tuple[int, str, bool] | None:
    """The decision for an appearance just like one that is stored, where it can change nothing for others; None where all must be weighed.

    The same as weighing the whole block again, which a test holds, in a time that does not grow with it.
    """
    if decisions.people(block).concern(each["key"]):
        return None
    if db.execute("select 1 from merge_candidates where block = ? limit 1", [block]).fetchone():
        return None
    alike = db.execute(
        "select speaker_id, because from appearances where block = ? and key = ? and name = ? and evidence = ? limit 1",
        [block, each["key"], each["name"], each["evidence"]],
    ).fetchone()
    if alike is None or alike[1] == _OWN_ARTICLE:
        return None
    speakers = db.execute("select distinct speaker_id from appearances where block = ? and key = ?", [block, each["key"]]).fetchall()
    when = (each["published"] or "~", each["article_id"])
    # Who appears first gives a speaker their id.
    if (
        len(speakers) != 1
        or when < _first(db, "speaker_id = ?", [alike[0]])
        or when < _first(db, "block = ? and key = ?", [block, each["key"]])
    ):
        return None
    return alike[0], alike[1], True


def _first(db: Database, condition: str, values: Sequence[Any]) -> tuple[str, int]:
    row = db.execute(
        f"select coalesce(published, '~'), article_id from appearances where {condition} order by 1, 2 limit 1", values
    ).fetchone()
    return row[0], row[1]


def alone(kind: str, key: str, article_id: int) -> tuple[int, str]:
    """The speaker that somebody without a full name is in their own article, and why."""
    return speaker_id(key, kind, article_id), _OWN_ARTICLE if kind == "person" else _NAMELESS


def relink_block(db: Database, block: str, decisions: Decisions) -> set[int]:
    """Decide anew which appearances of a block are one speaker, and carry it to every row; gives back the speakers touched."""
    rows = stored_appearances(db, "block = ?", [block])
    return _relink_nameless(db, rows) if block.startswith(TOGETHER) else _relink_people(db, block, rows, decisions)


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
    """Write who an appearance is, and why; gives back the speakers touched."""
    if (row.speaker_id, row.because) != (speaker, because):
        db.execute("update appearances set speaker_id = ?, because = ? where id = ?", [speaker, because, row.id])
    if row.speaker_id == speaker:
        return set()
    for table in ("quotes", "affiliations"):
        db.execute(f"update {table} set speaker_id = ? where appearance_id = ?", [speaker, row.id])
    return {row.speaker_id, speaker}


def _relink_people(db: Database, block: str, rows: Sequence[AppearanceRow], decisions: Decisions) -> set[int]:
    linked = link_block(db, block, rows, decisions)
    touched: set[int] = set()
    names: dict[int, str] = {}
    for row in rows:
        speaker, because = linked.decisions[row.id]
        names[speaker] = preferred_name(names.get(speaker, row.name), row.name)
        touched |= appoint(db, row, speaker, because)
    write_doubts(db, "speaker", block, [(*doubt, names[doubt.one], names[doubt.other]) for doubt in linked.doubts])
    return touched


def link_block(db: Database, block: str, rows: Sequence[AppearanceRow], decisions: Decisions) -> Linked:
    """The decisions about the appearances of a block.

    Who is quoted beside them is asked only where it can matter: where something was left open, or one name is several people’s.
    """
    appearances = [_appearance(row, frozenset()) for row in rows]
    linked = link_people(appearances, decisions.people(block))
    by_key: dict[str, set[int]] = {}
    for each in appearances:
        if person_name(each.name).full:
            by_key.setdefault(each.key, set()).add(linked.decisions[each.id].speaker_id)
    if not linked.doubts and all(len(speakers) == 1 for speakers in by_key.values()):
        return linked
    beside: dict[int, set[str]] = {}
    for article_id, key, name in db.execute(
        "select others.article_id, others.key, others.name from appearances as ours join appearances as others"
        " on others.article_id = ours.article_id where ours.block = ? and others.kind = 'person' and others.block is not null",
        [block],
    ).fetchall():
        if person_name(name).full:
            beside.setdefault(article_id, set()).add(key)
    return link_people([_appearance(row, frozenset(beside.get(row.article_id, ())) - {row.key}) for row in rows], decisions.people(block))


def _appearance(row: AppearanceRow, companions: frozenset[str]) -> Appearance:
    evidence = json.loads(row.evidence)
    worlds, titles, institutions = (frozenset(evidence[part]) for part in ("worlds", "titles", "institutions"))
    return Appearance(row.id, row.article_id, row.name, row.key, row.published, worlds, titles, institutions, companions)


def relink_body_speakers(db: Database, institution_ids: Iterable[int]) -> set[int]:
    """Carry what was decided about bodies to the bodies that speak; gives back the speakers touched."""
    touched: set[int] = set()
    for institution_id in sorted(institution_ids):
        for (alias_id,) in db.execute("select id from institution_aliases where institution_id = ?", [institution_id]).fetchall():
            for row in stored_appearances(db, "block = ?", [f"{_BODY}{alias_id}"]):
                speaker, _, because = body_of(db, alias_id)
                touched |= appoint(db, row, speaker, because)
    return touched


def speakers_of_bodies(db: Database, institution_ids: Collection[int]) -> set[int]:
    """The bodies that speak themselves: what name they show hangs on what was decided about the institution."""
    found: set[int] = set()
    for each in institution_ids:
        found |= {row[0] for row in db.execute("select id from speakers where institution_id = ?", [each]).fetchall()}
    return found


def stored_appearances(db: Database, condition: str, values: Sequence[Any]) -> list[AppearanceRow]:
    """Rows of appearances, in the order of their ids."""
    return [AppearanceRow(*row) for row in db.execute(f"{_SELECT} where {condition} order by id", values).fetchall()]


def refresh_speakers(db: Database, ids: Collection[int], decisions: Decisions) -> None:
    """Put names, aliases and counts of speakers right; remove those that no appearance is left of."""
    for identifier in sorted(ids):
        names = db.execute(
            "select name, kind, key, count(*), sum(quotes), min(published), max(published), min(article_id), min(block), max(block)"
            " from appearances where speaker_id = ? group by name, kind, key order by name",
            [identifier],
        ).fetchall()
        if not names:
            db.execute("delete from aliases where speaker_id = ?", [identifier])
            db.execute("delete from speakers where id = ?", [identifier])
            continue
        if names[0][1] == "person" and len({row[9] for row in names} | {row[8] for row in names}) > 1:
            raise StoreError(f"speakers: {names[0][0]} and {names[-1][0]} have the same id {identifier} by chance: please report this")
        articles, outlets = db.execute(
            "select count(distinct articles.id), count(distinct articles.outlet) from appearances"
            " join articles on articles.id = appearances.article_id where speaker_id = ?",
            [identifier],
        ).fetchone()
        kind, article_id, block = names[0][1], names[0][7], names[0][8]
        own = articles == 1 and any(identifier == speaker_id(row[2], kind, article_id) for row in names)
        aliases = _aliases(names)
        new = (
            _renamed(db, identifier, kind, {row[2] for row in names}, block, decisions) or _main_name(aliases),
            kind,
            article_id if own else None,
            sum(row[4] for row in names),
            articles,
            outlets,
            min((row[5] for row in names if row[5]), default=None),
            max((row[6] for row in names if row[6]), default=None),
            _institution_of(db, block),
        )
        _write_speaker(db, identifier, new)
        _write_aliases(db, identifier, aliases)


def _renamed(db: Database, identifier: int, kind: str, keys: Collection[str], block: str | None, decisions: Decisions) -> str | None:
    """The name that a person gave this speaker, or the body that speaks."""
    if decisions.rename_bodies and block is not None and block.startswith(_BODY):
        institution = _institution_of(db, block)
        found = db.execute("select id from institution_aliases where institution_id = ?", [institution]).fetchall()
        return decisions.renamed_body({row[0] for row in found})
    for member, name in decisions.renamed(kind, keys):
        condition = "speaker_id = ? and key = ? and (? is null or article_id = ?)"
        values = [identifier, member.key, member.article_id, member.article_id]
        if db.execute(f"select 1 from appearances where {condition} limit 1", values).fetchone():
            return name
    return None


def _aliases(names: Sequence[Sequence[Any]]) -> dict[str, tuple[str, int]]:
    """For each key the best spelling, and how many articles have it."""
    by_key: dict[str, list[Sequence[Any]]] = {}
    for row in names:
        by_key.setdefault(row[2], []).append(row)
    return {key: (reduce(preferred_name, (row[0] for row in rows)), sum(row[3] for row in rows)) for key, rows in by_key.items()}


def _main_name(aliases: Mapping[str, tuple[str, int]]) -> str:
    """The name that most articles use, of two the fuller one; a lone family name only where there is nothing else."""
    full = {key: each for key, each in aliases.items() if " " in key} or aliases
    return max(full.values(), key=lambda each: (each[1], len(each[0]), each[0]))[0]


def _institution_of(db: Database, block: str | None) -> int | None:
    if block is None or not block.startswith(_BODY):
        return None
    return body_of(db, int(block.removeprefix(_BODY)))[1]


def _write_speaker(db: Database, identifier: int, new: tuple[Any, ...]) -> None:
    columns = "name, kind, article_id, quotes, articles, outlets, first_quoted, last_quoted, institution_id"
    old = db.execute(f"select {columns} from speakers where id = ?", [identifier]).fetchone()
    if old is None:
        db.execute(f"insert into speakers (id, {columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [identifier, *new])
    elif old != new:
        assignments = ", ".join(f"{column} = ?" for column in columns.split(", "))
        db.execute(f"update speakers set {assignments} where id = ?", [*new, identifier])


def _write_aliases(db: Database, identifier: int, aliases: Mapping[str, tuple[str, int]]) -> None:
    rows = {content_id("alias", identifier, key): (identifier, name, articles) for key, (name, articles) in aliases.items()}
    stored = {row[0]: row[1:] for row in db.execute("select * from aliases where speaker_id = ?", [identifier]).fetchall()}
    for alias_id in stored.keys() - rows.keys():
        db.execute("delete from aliases where id = ?", [alias_id])
    for alias_id, row in rows.items():
        if alias_id not in stored:
            db.execute("insert into aliases values (?, ?, ?, ?)", [alias_id, *row])
        elif stored[alias_id] != row:
            db.execute("update aliases set speaker_id = ?, name = ?, articles = ? where id = ?", [*row, alias_id])

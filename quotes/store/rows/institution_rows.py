"""Institutions in the database: their names, which names are one body’s, and what is counted of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, acronym_of, comparable, preferred_name, speaker_id
from quotes.linking.institutions import InstitutionName, institution_block, institution_key, is_acronym, link_institutions
from quotes.records import content_id
from quotes.store.overrides.decisions import Decisions
from quotes.store.rows.article_rows import ACRONYM_REACH, better_institution


class _Alias(NamedTuple):
    id: int
    institution_id: int
    name: str
    acronym: str | None
    block: str
    because: str


# Of the default view: quotes, and speakers who have one in an article that gives them the institution. Of all: quotes.
_COUNTS = """
select (select count(*) from quotes where institution_id = ?1 and in_default_view),
  (select count(*) from quotes where institution_id = ?1),
  (select count(distinct affiliations.speaker_id) from affiliations join appearances on appearances.id = affiliations.appearance_id
    where affiliations.institution_id = ?1 and appearances.quotes > 0)
"""
_SELECT = "select id, institution_id, name, acronym, block, because from institution_aliases"


def enter_bodies(
    db: Database, article_id: int, names: Mapping[int, InstitutionIdentity], gone: Collection[int], decisions: Decisions
) -> set[int]:
    """Write the names that an article brings, take away those that it alone had (`gone`), and link again what that touches.

    The rows of the article itself must be out of the database. Gives back
    the ids of institutions that have changed or may be empty.
    """
    touched: set[int] = set()
    blocks: set[str] = set()
    for alias_id in sorted(set(gone) - set(names)):
        blocks |= _leave(db, alias_id, touched, decisions)
    entered: dict[str, list[_Alias]] = defaultdict(list)
    for alias_id, identity in sorted(names.items()):
        changed = _enter(db, alias_id, identity, again=alias_id in gone, decisions=decisions)
        alias = _alias(db, alias_id)
        assert alias is not None
        blocks |= changed
        touched |= {alias.institution_id} if changed else set()
        entered[alias.block].append(alias)
    # An acronym and a long name in one article can settle what was open, and open what was settled.
    blocks |= {block for block, aliases in entered.items() if len({each.institution_id for each in aliases}) > 1}
    for block in sorted(blocks):
        touched |= relink_bodies(db, block, decisions, beside=(article_id, names.keys()))
    return touched


def _enter(db: Database, alias_id: int, identity: InstitutionIdentity, *, again: bool, decisions: Decisions) -> set[str]:
    stored = _alias(db, alias_id)
    if stored is not None and comparable(stored.name) != comparable(identity.name):
        raise StoreError(f"institutions: {stored.name} and {identity.name} have the same id {alias_id} by chance: please report this")
    before = None if stored is None else identity._replace(name=stored.name, acronym=stored.acronym)
    if again:  # an article is stored anew: what it said before counts no more
        printed = printed_as(db, alias_id)
        before = printed
    after = better_institution(before, identity)
    block = decisions.institution_block(alias_id, institution_block(after.name, after.acronym))
    if stored is None:
        db.execute(
            "insert into institution_aliases (id, institution_id, name, acronym, block, because) values (?, ?, ?, ?, ?, ?)",
            [alias_id, alias_id, after.name, after.acronym, block, "the same name"],
        )
        _ensure_institution(db, alias_id, after.name)
        return {block}
    if (stored.name, stored.acronym, stored.block) != (after.name, after.acronym, block):
        db.execute(
            "update institution_aliases set name = ?, acronym = ?, block = ? where id = ?", [after.name, after.acronym, block, alias_id]
        )
        return {stored.block, block}
    return {block} if again else set()


def _leave(db: Database, alias_id: int, touched: set[int], decisions: Decisions) -> set[str]:
    stored = _alias(db, alias_id)
    if stored is None:
        return set()
    touched.add(stored.institution_id)
    printed = printed_as(db, alias_id)
    if printed is None:
        db.execute("delete from institution_aliases where id = ?", [alias_id])
        return {stored.block}
    block = decisions.institution_block(alias_id, institution_block(printed.name, printed.acronym))
    db.execute(
        "update institution_aliases set name = ?, acronym = ?, block = ? where id = ?", [printed.name, printed.acronym, block, alias_id]
    )
    return {stored.block, block}


def reblock_bodies(db: Database, alias_ids: Iterable[int], decisions: Decisions) -> set[str]:
    """Put names of bodies into the blocks that they belong to since a decision was made or undone; gives back all blocks concerned."""
    blocks: set[str] = set()
    for alias_id in sorted(alias_ids):
        stored = _alias(db, alias_id)
        if stored is not None:
            block = decisions.institution_block(alias_id, institution_block(stored.name, stored.acronym))
            db.execute("update institution_aliases set block = ? where id = ? and block <> ?", [block, alias_id, block])
            blocks |= {stored.block, block}
    return blocks


def printed_as(db: Database, alias_id: int) -> InstitutionIdentity | None:
    """The best spelling of a name and its acronym, from all articles that print it; None where none does."""
    best: InstitutionIdentity | None = None
    rows = db.execute(
        "select affiliations.institution, substr(articles.text, affiliations.institution_end + 1, ?) from affiliations"
        " join articles on articles.id = affiliations.article_id where institution_alias_id = ?",
        [ACRONYM_REACH, alias_id],
    ).fetchall()
    for name, following in rows:
        best = better_institution(best, InstitutionIdentity(alias_id, name, acronym_of(name, following or "")))
    for (name,) in db.execute("select distinct name from appearances where block = ?", [f"body {alias_id}"]).fetchall():
        best = better_institution(best, InstitutionIdentity(alias_id, name, None))
    return best


def relink_bodies(db: Database, block: str, decisions: Decisions, *, beside: tuple[int, Collection[int]] = (0, ())) -> set[int]:
    """Decide anew which names of a block are one body’s, and carry it to every row; gives back the institutions touched.

    `beside` is an article whose rows are not in the database yet, with the names that it prints.
    """
    rows = [_Alias(*row) for row in db.execute(f"{_SELECT} where block = ? order by id", [block]).fetchall()]
    mixed = len({is_acronym(row.name) for row in rows}) > 1
    names = [
        InstitutionName(
            row.id,
            row.name,
            institution_key(row.name),
            frozenset([row.acronym] if row.acronym else []),
            _articles(db, row.id, beside) if mixed else frozenset(),
        )
        for row in rows
    ]
    linked = link_institutions(names, decisions.bodies_together(block), decisions.bodies_apart)
    touched: set[int] = set()
    for row in rows:
        decision = linked.decisions[row.id]
        if (row.institution_id, row.because) == (decision.main_id, decision.because):
            continue
        touched |= {row.institution_id, decision.main_id}
        db.execute(
            "update institution_aliases set institution_id = ?, because = ? where id = ?", [decision.main_id, decision.because, row.id]
        )
        if row.institution_id != decision.main_id:
            _ensure_institution(db, decision.main_id, next(each.name for each in rows if each.id == decision.main_id))
            for table in ("quotes", "affiliations"):
                db.execute(f"update {table} set institution_id = ? where institution_alias_id = ?", [decision.main_id, row.id])
            touched |= _parts_of(db, row.id)
    touched |= {row.institution_id for row in rows}
    _write_doubts(db, block, [(linked.decisions[one].main_id, linked.decisions[other].main_id, why) for one, other, why in linked.doubts])
    return touched


def body_of(db: Database, alias_id: int) -> tuple[int, int, str]:
    """For the name of a body: the id of the body as a speaker, its institution, and why."""
    row = db.execute(
        "select main.id, main.name, aliases.because from institution_aliases as aliases"
        " join institution_aliases as main on main.id = aliases.institution_id where aliases.id = ?",
        [alias_id],
    ).fetchone()
    return speaker_id(row[1], "organisation", None), row[0], row[2]


def refresh_institutions(db: Database, ids: Iterable[int], decisions: Decisions) -> None:
    """Put name, acronym, parent and counts of institutions right; remove those that no name is left of."""
    for institution_id in sorted(ids):
        aliases = [_Alias(*row) for row in db.execute(f"{_SELECT} where institution_id = ? order by id", [institution_id]).fetchall()]
        if not aliases:
            db.execute("delete from institutions where id = ?", [institution_id])
            continue
        main = next((each for each in aliases if each.id == institution_id), aliases[0])
        short = {each.name for each in aliases if is_acronym(each.name)} - {main.name}
        acronym = min(filter(None, [*(each.acronym for each in aliases), *short]), default=None)
        shown = decisions.renamed_body({each.id for each in aliases}) or main.name
        new = (shown, acronym, _parent(db, institution_id), *db.execute(_COUNTS, [institution_id]).fetchone())
        columns = "name, acronym, parent_id, quotes, all_quotes, speakers"
        old = db.execute(f"select {columns} from institutions where id = ?", [institution_id]).fetchone()
        if new[0] != old[0]:
            db.execute("update institutions set name = ? where id = ?", [shown, institution_id])
        if new[1:] != old[1:]:
            sql = "update institutions set acronym = ?, parent_id = ?, quotes = ?, all_quotes = ?, speakers = ? where id = ?"
            db.execute(sql, [*new[1:], institution_id])


def count_in_institutions(db: Database, article_id: int, ids: Iterable[int]) -> None:
    """Add a new article to the counts of institutions, of whose names it tells nothing new.

    The same as `refresh_institutions`, which a test holds, in a time that does not grow with the institution.
    """
    for institution_id in sorted(ids):
        quotes = "select coalesce(sum(in_default_view), 0), count(*) from quotes where article_id = ? and +institution_id = ?"
        found = (
            "select affiliations.speaker_id, max(parent_alias_id), max(quotes) from affiliations join appearances"
            " on appearances.id = appearance_id where affiliations.article_id = ? and +institution_id = ? group by 1"
        )
        with_it = db.execute(found, [article_id, institution_id]).fetchall()
        # By the speaker: the affiliations of one are gone through until one with the institution is found.
        before = (
            "select 1 from affiliations cross join appearances on appearances.id = appearance_id and quotes > 0"
            " where affiliations.speaker_id = ? and +institution_id = ? and +affiliations.article_id <> ? limit 1"
        )
        new = sum(db.execute(before, [speaker, institution_id, article_id]).fetchone() is None for speaker, _, shown in with_it if shown)
        db.execute(
            "update institutions set quotes = quotes + ?, all_quotes = all_quotes + ?, speakers = speakers + ? where id = ?",
            [*db.execute(quotes, [article_id, institution_id]).fetchone(), new, institution_id],
        )
        if any(parent is not None for _, parent, _ in with_it):
            db.execute("update institutions set parent_id = ? where id = ?", [_parent(db, institution_id), institution_id])


def _parent(db: Database, institution_id: int) -> int | None:
    row = db.execute(
        "select parents.institution_id from affiliations join institution_aliases as parents on parents.id = affiliations.parent_alias_id"
        " where affiliations.institution_id = ?1 and affiliations.parent_alias_id is not null and parents.institution_id <> ?1"
        " group by 1 order by count(*) desc, 1 limit 1",
        [institution_id],
    ).fetchone()
    return None if row is None else int(row[0])


def _parts_of(db: Database, alias_id: int) -> set[int]:
    """The institutions that an article prints as part of this one."""
    found = db.execute("select distinct institution_id from affiliations where parent_alias_id = ?", [alias_id]).fetchall()
    return {row[0] for row in found}


def _ensure_institution(db: Database, institution_id: int, name: str) -> None:
    db.execute("insert or ignore into institutions (id, name) values (?, ?)", [institution_id, name])


def _alias(db: Database, alias_id: int) -> _Alias | None:
    row = db.execute(f"{_SELECT} where id = ?", [alias_id]).fetchone()
    return None if row is None else _Alias(*row)


def _articles(db: Database, alias_id: int, beside: tuple[int, Collection[int]]) -> frozenset[int]:
    rows = db.execute(
        "select article_id from affiliations where institution_alias_id = ? union select article_id from appearances where block = ?",
        [alias_id, f"body {alias_id}"],
    ).fetchall()
    return frozenset(row[0] for row in rows) | ({beside[0]} if alias_id in beside[1] else frozenset())


def _doubts(block: str) -> str:
    return f"body {block}"


def _write_doubts(db: Database, block: str, doubts: Sequence[tuple[int, int, str]]) -> None:
    def name(institution_id: int) -> str:
        found = db.execute("select name from institution_aliases where id = ?", [institution_id]).fetchone()
        return str(found[0])

    write_doubts(db, "institution", _doubts(block), [(one, other, why, name(one), name(other)) for one, other, why in doubts])


def write_doubts(
    db: Database, subject: str, block: str, doubts: Sequence[tuple[int, int, str, str, str]], about: Collection[int] | None = None
) -> None:
    """Write what is open in a block, in place of what was: ids of the two, the reason, and their names.

    `about` are the ids that were decided anew, where the rest of the block stays as it is.
    """
    from rapidfuzz.fuzz import token_sort_ratio

    rows: dict[int, list[Any]] = {}
    for one, other, why, name, other_name in doubts:
        low, high = sorted((one, other))
        identifier = content_id("candidate", subject, low, high)
        score = round(token_sort_ratio(preferred_name(name, name).casefold(), other_name.casefold()) / 100, 3)
        rows[identifier] = [identifier, subject, low, high, why, score, block]
    stored = {row[0]: list(row) for row in db.execute("select * from merge_candidates where block = ?", [block]).fetchall()}
    if about is not None:
        stored = {identifier: row for identifier, row in stored.items() if row[2] in about or row[3] in about}
    for identifier in sorted(stored.keys() - rows.keys()):
        db.execute("delete from merge_candidates where id = ?", [identifier])
    for identifier, row in sorted(rows.items()):
        if stored.get(identifier) != row:
            db.execute("insert or replace into merge_candidates values (?, ?, ?, ?, ?, ?, ?)", row)

"""Rows of `institutions` and `institution_aliases`: which names are one institution’s, and what is counted of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, acronym_of, comparable, speaker_id
from quotes.linking.institutions import InstitutionName, institution_block, institution_key, is_acronym, link_institutions
from quotes.records import content_id
from quotes.store.overrides.decisions import Decisions
from quotes.store.rows.appearance_rows import INSTITUTION_BLOCK
from quotes.store.rows.article_rows import ACRONYM_REACH, better_institution
from quotes.store.schema.statements import IN, Row, ids, listed, upsert
from quotes.store.schema.tables import INSTITUTION_ALIASES, INSTITUTIONS, MERGE_CANDIDATES


class _Alias(NamedTuple):
    """A row of `institution_aliases`."""

    id: int
    institution_id: int
    name: str
    acronym: str | None
    block: str
    because: str


# Of the default view: quotes, and speakers who have one in an article that gives them the institution. Of all: quotes.
_COUNTS = """
select (select count(*) from quotes where institution_id = ?1 and in_default_view),
  (select count(distinct affiliations.speaker_id) from affiliations join appearances on appearances.id = affiliations.appearance_id
    where affiliations.institution_id = ?1 and appearances.quotes > 0),
  (select count(*) from quotes where institution_id = ?1)
"""
_ENSURE = "insert or ignore into institutions (id, name) values (?, ?)"


def enter_institutions(
    db: Database, article_id: int, names: Mapping[int, InstitutionIdentity], gone: Collection[int], decisions: Decisions
) -> set[int]:
    """Write the names that an article brings, remove those that it alone had (`gone`), and link again what that touches.

    The rows of the article itself must be out of the database. Returns the ids of institutions that have changed or may be empty.
    """
    touched: set[int] = set()
    blocks: set[str] = set()
    entered: dict[str, set[int]] = defaultdict(set)
    for alias_id in sorted(names.keys() | set(gone)):
        again = alias_id in gone
        stored = next(iter(_aliases(db, "id = ?", alias_id)), None)
        alias = _enter(db, alias_id, stored, names.get(alias_id), again=again, decisions=decisions)
        if again or stored != alias:
            changed = [each for each in (stored, alias) if each is not None]
            blocks.update(each.block for each in changed)
            touched.update(each.institution_id for each in changed)
        if alias is not None and alias_id in names:
            entered[alias.block].add(alias.institution_id)
    # An acronym and a long name in one article can settle what was open, and open what was settled.
    blocks |= {block for block, institutions in entered.items() if len(institutions) > 1}
    for block in sorted(blocks):
        touched |= relink_institutions(db, block, decisions, beside=(article_id, names.keys()))
    return touched


def _enter(
    db: Database, alias_id: int, stored: _Alias | None, identity: InstitutionIdentity | None, *, again: bool, decisions: Decisions
) -> _Alias | None:
    """Write one name, which was `stored` so; returns its row as it is now, None where no article prints it any more."""
    if stored is not None and identity is not None and comparable(stored.name) != comparable(identity.name):
        raise StoreError(f"institutions: {stored.name} and {identity.name} have the same id {alias_id} by chance: please report this")
    before = None if stored is None else InstitutionIdentity(alias_id, stored.name, stored.acronym)
    if again:  # an article is stored anew: what it printed before counts no more
        before = printed_as(db, alias_id)
    after = before if identity is None else better_institution(before, identity)
    if after is None:
        db.execute("delete from institution_aliases where id = ?", [alias_id])
        return None
    block = decisions.institution_block(alias_id, institution_block(after.name, after.acronym))
    if stored is None:
        db.execute(_ENSURE, [alias_id, after.name])
        new = _Alias(alias_id, alias_id, after.name, after.acronym, block, "the same name")
    else:
        new = stored._replace(name=after.name, acronym=after.acronym, block=block)
    upsert(db, INSTITUTION_ALIASES, new)
    return new


def reblock_institutions(db: Database, alias_ids: Iterable[int], decisions: Decisions) -> set[str]:
    """Put names into the blocks that they belong to since a decision was made or undone; returns all blocks concerned."""
    blocks: set[str] = set()
    for stored in _aliases(db, f"id {IN}", listed(alias_ids)):
        block = decisions.institution_block(stored.id, institution_block(stored.name, stored.acronym))
        upsert(db, INSTITUTION_ALIASES, stored._replace(block=block))
        blocks |= {stored.block, block}
    return blocks


def printed_as(db: Database, alias_id: int) -> InstitutionIdentity | None:
    """The best spelling of a name and its acronym, from all articles that print it; None where none does."""
    sql = (
        "select institution, coalesce(substr(text, institution_end + 1, ?1), '')"
        " from affiliations join articles on articles.id = article_id where institution_alias_id = ?2"
        " union select name, null from appearances where block = ?3"
    )
    best: InstitutionIdentity | None = None
    for name, following in db.execute(sql, [ACRONYM_REACH, alias_id, f"{INSTITUTION_BLOCK}{alias_id}"]).fetchall():
        best = better_institution(best, InstitutionIdentity(alias_id, name, None if following is None else acronym_of(name, following)))
    return best


def relink_institutions(db: Database, block: str, decisions: Decisions, *, beside: tuple[int, Collection[int]] = (0, ())) -> set[int]:
    """Decide anew which names of a block are one institution’s, and write it to every row; returns the institutions touched.

    `beside` is an article whose rows are not in the database yet, with the names that it prints.
    """
    rows = _aliases(db, "block = ?", block)
    mixed = len({is_acronym(row.name) for row in rows}) > 1
    names = []
    for row in rows:
        articles = _articles(db, row.id, beside) if mixed else frozenset[int]()
        names.append(InstitutionName(row.id, row.name, institution_key(row.name), frozenset(filter(None, [row.acronym])), articles))
    linked = link_institutions(names, decisions.institutions_together(block), decisions.institutions_apart)
    by_id = {row.id: row.name for row in rows}
    touched = {row.institution_id for row in rows}
    for row in rows:
        main, because = linked.decisions[row.id]
        upsert(db, INSTITUTION_ALIASES, row._replace(institution_id=main, because=because))
        if row.institution_id != main:
            db.execute(_ENSURE, [main, by_id[main]])
            for table in ("quotes", "affiliations"):
                db.execute(f"update {table} set institution_id = ? where institution_alias_id = ?", [main, row.id])
            # The institutions that an article prints as part of this one.
            touched |= {main} | ids(db, "select institution_id from affiliations where parent_alias_id = ?", row.id)
    doubts = [(linked.decisions[one].main_id, linked.decisions[other].main_id, why) for one, other, why in linked.doubts]
    write_doubts(db, "institution", f"{INSTITUTION_BLOCK}{block}", doubts, by_id)
    return touched


def institution_speaker(db: Database, alias_id: int) -> tuple[int, int, str]:
    """For the name of an institution: the id of the institution as a speaker, that of the institution, and why."""
    row = db.execute(
        "select main.id, main.name, aliases.because from institution_aliases as aliases"
        " join institution_aliases as main on main.id = aliases.institution_id where aliases.id = ?",
        [alias_id],
    ).fetchone()
    return speaker_id(row[1], "organisation", None), row[0], row[2]


def refresh_institutions(db: Database, institutions: Iterable[int], decisions: Decisions) -> None:
    """Put name, acronym, parent and counts of institutions right; remove those that no name is left of."""
    for institution_id in sorted(institutions):
        aliases = _aliases(db, "institution_id = ?", institution_id)
        if not aliases:
            db.execute("delete from institutions where id = ?", [institution_id])
            continue
        main = next((each for each in aliases if each.id == institution_id), aliases[0])
        short = {each.name for each in aliases if is_acronym(each.name)} - {main.name}
        acronym = min(filter(None, [*(each.acronym for each in aliases), *short]), default=None)
        shown = decisions.renamed_institution({each.id for each in aliases}) or main.name
        counts = db.execute(_COUNTS, [institution_id]).fetchone()
        upsert(db, INSTITUTIONS, (institution_id, shown, acronym, _parent(db, institution_id), *counts))


def count_in_institutions(db: Database, article_id: int, institutions: Iterable[int]) -> None:
    """Add a new article to the counts of institutions, of whose names it states nothing new.

    The same as `refresh_institutions` (a test checks this), in a time that does not grow with the institution.
    """
    quotes = "select coalesce(sum(in_default_view), 0), count(*) from quotes where article_id = ? and +institution_id = ?"
    found = (
        "select affiliations.speaker_id, max(parent_alias_id), max(quotes) from affiliations join appearances"
        " on appearances.id = appearance_id where affiliations.article_id = ? and +institution_id = ? group by 1"
    )
    # By the speaker: the affiliations of one are gone through until one with the institution is found.
    before = (
        "select 1 from affiliations cross join appearances on appearances.id = appearance_id and quotes > 0"
        " where affiliations.speaker_id = ? and +institution_id = ? and +affiliations.article_id <> ? limit 1"
    )
    for institution_id in sorted(institutions):
        with_it = db.execute(found, [article_id, institution_id]).fetchall()
        new = sum(not ids(db, before, speaker, institution_id, article_id) for speaker, _, shown in with_it if shown)
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


def _aliases(db: Database, condition: str, value: int | str) -> list[_Alias]:
    return [_Alias(*row) for row in db.execute(f"select * from institution_aliases where {condition} order by id", [value]).fetchall()]


def _articles(db: Database, alias_id: int, beside: tuple[int, Collection[int]]) -> frozenset[int]:
    sql = "select article_id from affiliations where institution_alias_id = ? union select article_id from appearances where block = ?"
    return frozenset(ids(db, sql, alias_id, f"{INSTITUTION_BLOCK}{alias_id}") | ({beside[0]} if alias_id in beside[1] else set()))


def write_doubts(
    db: Database,
    subject: str,
    block: str,
    doubts: Sequence[tuple[int, int, str]],
    names: Mapping[int, str],
    about: Collection[int] | None = None,
) -> None:
    """Write what is open in a block (`doubt_rows`), in place of what was.

    `about` are the ids that were decided anew, where the rest of the block stays as it is.
    """
    rows = doubt_rows(subject, block, doubts, names)
    for identifier, one, other in db.execute("select id, one_id, other_id from merge_candidates where block = ?", [block]).fetchall():
        if identifier not in rows and (about is None or one in about or other in about):
            db.execute("delete from merge_candidates where id = ?", [identifier])
    upsert(db, MERGE_CANDIDATES, *rows.values())


def doubt_rows(subject: str, block: str, doubts: Sequence[tuple[int, int, str]], names: Mapping[int, str]) -> dict[int, Row]:
    """Rows of `merge_candidates` by their ids; `doubts` are the ids of two, and the reason, and `names` theirs."""
    from rapidfuzz.fuzz import token_sort_ratio

    rows: dict[int, Row] = {}
    for one, other, why in doubts:
        low, high = sorted((one, other))
        identifier = content_id("candidate", subject, low, high)
        score = round(token_sort_ratio(names[one].casefold(), names[other].casefold()) / 100, 3)
        rows[identifier] = (identifier, subject, low, high, why, score, block)
    return rows

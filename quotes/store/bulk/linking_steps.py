"""What is staged, linked: institutions, then speakers, then quotes that print the same words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from itertools import chain, combinations, groupby, islice
from operator import itemgetter

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, comparable, preferred_name, speaker_id
from quotes.linking.institutions import InstitutionName, institution_block, institution_key, is_acronym, link_institutions
from quotes.linking.union_find import Unions
from quotes.linking.utterances import same_utterance, sides
from quotes.store.overrides.decisions import TOGETHER, Decisions
from quotes.store.rows.appearance_rows import INSTITUTION_BLOCK, AppearanceRow
from quotes.store.rows.article_rows import better_institution
from quotes.store.rows.institution_rows import doubt_rows
from quotes.store.rows.speaker_linking import link_block, together
from quotes.store.rows.utterance_rows import Print, utterance_of
from quotes.store.schema.statements import IN, Row, ids, insert, listed, upsert
from quotes.store.schema.tables import APPEARANCES, INSTITUTION_ALIASES, MERGE_CANDIDATES, UTTERANCES

_SAME = "the same name"
_PRINTS = """
select quotes.id, quotes.text, quotes.kind, appearances.name, appearances.kind, appearances.key, null,
  appearances.speaker_id, null, articles.published, articles.id, articles.outlet, quotes.start, quotes."end",
  quotes.in_default_view
from staged.quotes as quotes join articles on articles.id = quotes.article_id
left join appearances on appearances.id = quotes.appearance_id
"""


def link_names_of_institutions(db: Database, decisions: Decisions) -> None:
    """Write `institution_aliases`, and what is open between them."""
    db.execute("create index staged.names_by_id on institution_names (id)")
    rows = db.execute("select distinct id, name, acronym from staged.institution_names order by id")
    columns = ", ".join("?" * len(INSTITUTION_ALIASES.names))
    aliases = (_alias(alias_id, list(same), decisions) for alias_id, same in groupby(rows, key=itemgetter(0)))
    db.conn.executemany(f"insert into institution_aliases values ({columns})", aliases)
    doubts: list[Row] = []
    stored = db.execute("select block, id, name, acronym from institution_aliases order by block, id").fetchall()
    for block, names in groupby(stored, key=itemgetter(0)):
        if len(some := list(names)) > 1:
            doubts += _link_one_block(db, block, some, decisions)
    upsert(db, MERGE_CANDIDATES, *doubts)


def _alias(alias_id: int, printed: list[tuple[int, str, str | None]], decisions: Decisions) -> Row:
    if len({comparable(name) for _, name, _ in printed}) > 1:
        raise StoreError(f"institutions: {printed[0][1]} and {printed[-1][1]} have the same id {alias_id} by chance: please report this")
    best = reduce(better_institution, (InstitutionIdentity(*each) for each in printed))
    block = decisions.institution_block(alias_id, institution_block(best.name, best.acronym))
    return alias_id, alias_id, best.name, best.acronym, block, _SAME


def _link_one_block(db: Database, block: str, stored: list[tuple[str, int, str, str | None]], decisions: Decisions) -> Collection[Row]:
    """Write which names of a block are another's institution; returns rows of what is open."""
    mixed = len({is_acronym(name) for _, _, name, _ in stored}) > 1
    sql = "select article_id from staged.institution_names where id = ?"
    names = [
        InstitutionName(one, name, institution_key(name), frozenset(filter(None, [acronym])), frozenset(ids(db, sql, one) if mixed else ()))
        for _, one, name, acronym in stored
    ]
    linked = link_institutions(names, decisions.institutions_together(block), decisions.institutions_apart)
    changed = ((each.main_id, each.because, one) for one, each in linked.decisions.items())
    db.conn.executemany("update institution_aliases set institution_id = ?, because = ? where id = ?", changed)
    doubts = [(linked.decisions[one].main_id, linked.decisions[other].main_id, why) for one, other, why in linked.doubts]
    return doubt_rows("institution", f"{INSTITUTION_BLOCK}{block}", doubts, {one: name for _, one, name, _ in stored}).values()


def link_appearances(db: Database, decisions: Decisions) -> None:
    """Write `appearances`, with the speakers that they are, and what is open between people."""
    db.execute("create index staged.appearances_by_article on appearances (article_id)")
    db.conn.create_function("institution_as_speaker", 1, lambda name: speaker_id(name, "organisation", None), deterministic=True)
    db.execute(
        "insert into staged.links select appearances.id, institution_as_speaker(main.name), aliases.because"
        " from staged.appearances as appearances"
        f" join institution_aliases as aliases on aliases.id = cast(substr(appearances.block, {len(INSTITUTION_BLOCK) + 1}) as integer)"
        " join institution_aliases as main on main.id = aliases.institution_id"
        f" where appearances.kind = 'organisation' and appearances.block like '{INSTITUTION_BLOCK}%'"
    )
    _move_to_merged_blocks(db, decisions)
    by_block = "select * from staged.appearances where block is not null and block not like ? order by block, id"
    doubts: list[Row] = []
    stored = (AppearanceRow(*row) for row in db.execute(by_block, [f"{INSTITUTION_BLOCK}%"]))
    for block, same in groupby(stored, key=lambda row: str(row.block)):
        rows = list(same)
        if block.startswith(TOGETHER):
            who = together(rows)
            db.conn.executemany("insert into staged.links values (?, ?, ?)", ((row.id, *who) for row in rows))
            continue
        linked = link_block(db, block, rows, decisions, "staged.appearances")
        names: dict[int, str] = {}
        for row in rows:
            speaker = linked.decisions[row.id].speaker_id
            names[speaker] = preferred_name(names.get(speaker, row.name), row.name)
        doubts += doubt_rows("speaker", block, linked.doubts, names).values()
        db.conn.executemany("insert into staged.links values (?, ?, ?)", ((one, *each) for one, each in linked.decisions.items()))
    upsert(db, MERGE_CANDIDATES, *doubts)
    decided = {"speaker_id": "coalesce(links.speaker_id, one.speaker_id)", "because": "coalesce(links.because, one.because)"}
    columns = ", ".join(decided.get(name, f'one."{name}"') for name in APPEARANCES.names)
    db.execute(
        f"insert into appearances select {columns} from staged.appearances as one"
        " left join staged.links as links on links.appearance_id = one.id order by one.id"
    )


def _move_to_merged_blocks(db: Database, decisions: Decisions) -> None:
    """Put appearances of speakers that people merged into the block where they are compared."""
    if not decisions.has_merges:
        return
    rows = db.execute("select id, kind, key, article_id, block from staged.appearances").fetchall()
    moved = ((decisions.block(*row[1:]), row[0]) for row in rows)
    db.conn.executemany("update staged.appearances set block = ? where id = ?", moved)


def link_prints(db: Database, _: Decisions) -> None:
    """Write `fingerprints` and `utterances`, and to what utterances quotes belong."""
    db.execute("insert into fingerprints select fingerprint, quote_id from staged.quote_fingerprints order by 1, 2")
    db.execute("create unique index staged.quotes_by_id on quotes (id)")
    unions: Unions[int] = Unions()
    for groups in _many_at_a_time(_sharing(db)):
        sayings = {each: one.saying for each, one in _prints(db, groups).items()}
        for one, other in (pair for group in groups for pair in combinations(group, 2)):
            if unions.find(one) != unions.find(other) and same_utterance(sayings[one], sayings[other]):
                unions.join(one, other)
    same = (group for group in unions.groups(sorted(unions.nodes), lambda each: each) if len(group) > 1)
    for groups in _many_at_a_time(same):
        prints = _prints(db, groups)
        utterances = [utterance_of([prints[each] for each in group]) for group in groups]
        insert(db, UTTERANCES, [row for row, _ in utterances])
        links = ((each, row[0], how) for row, likenesses in utterances for each, how in likenesses.items())
        db.conn.executemany("insert into staged.prints values (?, ?, ?)", links)


def _many_at_a_time(groups: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    iterator = iter(groups)
    while some := list(islice(iterator, 500)):
        yield some


def _prints(db: Database, groups: Iterable[Iterable[int]]) -> dict[int, Print]:
    rows = db.execute(f"{_PRINTS} where quotes.id {IN}", [listed(set(chain.from_iterable(groups)))])
    return {row[0]: Print(*row) for row in rows.fetchall()}


def _sharing(db: Database) -> Iterator[list[int]]:
    """Quotes that share a fingerprint under which one of them is looked up, as their ids in order."""
    nameless, named = (sides(kind) for kind in ("nameless", "named"))
    same = (
        "select distinct group_concat(quote_id) from fingerprints where fingerprint not between ? and ?"
        " group by fingerprint having count(*) > 1"
    )
    for (group,) in db.execute(same, [named.start, named.stop - 1]):
        yield sorted(map(int, group.split(",")))
    across = (
        "select one.quote_id, other.quote_id from fingerprints as one join fingerprints as other on other.fingerprint = one.fingerprint + ?"
        " where one.fingerprint between ? and ?"
    )
    for pair in db.execute(across, [named.start - nameless.start, nameless.start, nameless.stop - 1]):
        yield sorted(pair)

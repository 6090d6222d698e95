"""Rows of `speakers` and `aliases`: the names and counts of each speaker."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from itertools import groupby
from typing import NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import preferred_name, speaker_id
from quotes.linking.name_comparison import person_name
from quotes.records import content_id
from quotes.store.overrides.decisions import Decisions
from quotes.store.rows.appearance_rows import AliasRow, AppearanceRow, Evidence, evidence_from, institution_alias, stored_aliases
from quotes.store.rows.institution_rows import institution_speaker
from quotes.store.schema.statements import IN, ids, listed, upsert
from quotes.store.schema.tables import ALIASES, SPEAKERS

_NAMES = """
select key, name, kind, block, evidence, count(*), min(coalesce(published, '~') || printf(' %015d', article_id))
from appearances where speaker_id = ? group by name, kind, key, block, evidence order by key, name, evidence
"""
# In how many articles, and in which one where it is one; the columns of `speakers` from `quotes` to `last_quoted`; and `all_quotes`.
_COUNTS = """
select count(distinct articles.id), min(articles.id),
  sum(quotes), count(distinct iif(quotes, articles.id, null)), count(distinct iif(quotes, articles.outlet, null)),
  min(iif(quotes, nullif(appearances.published, ''), null)), max(iif(quotes, nullif(appearances.published, ''), null)),
  sum(all_quotes)
from appearances join articles on articles.id = appearances.article_id where speaker_id = ?
"""
_COUNT_IN = """
update speakers set name = :name, article_id = null, quotes = quotes + :quotes, all_quotes = all_quotes + :all_quotes,
  articles = articles + :shown, outlets = outlets + :new_outlet,
  first_quoted = coalesce(min(first_quoted, :published), first_quoted, :published),
  last_quoted = coalesce(max(last_quoted, :published), last_quoted, :published)
where id = :id
"""


class _Called(NamedTuple):
    """How a speaker is called in some articles that state the same of them."""

    key: str
    name: str
    kind: str
    block: str | None
    evidence: str
    articles: int
    first_key: str


def refresh_speakers(db: Database, speakers: Collection[int], decisions: Decisions) -> None:
    """Put names, aliases and counts of speakers right; remove those that no appearance is left of."""
    for identifier in sorted(speakers):
        called = [_Called(*row) for row in db.execute(_NAMES, [identifier]).fetchall()]
        aliases = [_alias(identifier, list(same)) for _, same in groupby(called, key=lambda each: each.key)]
        db.execute(f"delete from aliases where speaker_id = ? and not id {IN}", [identifier, listed(each.id for each in aliases)])
        if not called:
            db.execute("delete from speakers where id = ?", [identifier])
            continue
        first = called[0]
        if first.kind == "person" and len({each.block for each in called}) > 1:
            raise StoreError(f"speakers: {first.name} and {called[-1].name} have the same id {identifier} by chance: please report this")
        articles, article_id, *counts, all_quotes = db.execute(_COUNTS, [identifier]).fetchone()
        alias = institution_alias(first.block)
        institution = None if alias is None else institution_speaker(db, alias)[1]
        own = articles == 1 and any(identifier == speaker_id(each.key, each.kind, article_id) for each in called)
        name = _renamed(db, identifier, first.kind, {each.key for each in called}, institution, decisions) or _main_name(aliases)
        upsert(db, SPEAKERS, (identifier, name, first.kind, article_id if own else None, *counts, institution, all_quotes))
        upsert(db, ALIASES, *aliases)


def count_in(db: Database, rows: Sequence[AppearanceRow], outlet: str | None, decisions: Decisions) -> None:
    """Add appearances to the counts of their speakers, of whom they state nothing new.

    The same as `refresh_speakers` (a test checks this), in a time that does not grow with the speaker.
    """
    refresh_speakers(db, {row.speaker_id for row in rows if not _counted_in(db, row, outlet, decisions)}, decisions)


def _counted_in(db: Database, row: AppearanceRow, outlet: str | None, decisions: Decisions) -> bool:
    aliases = {each.id: each for each in stored_aliases(db, "speaker_id = ?", row.speaker_id)}
    alias = aliases.get(content_id("alias", row.speaker_id, row.key))
    if alias is None or preferred_name(alias.name, row.name) != alias.name or row.first_key < alias.first_key:
        return False
    if decisions.renamed(row.kind, {each.key for each in aliases.values()}) or decisions.renames_institutions:
        return False
    here = "select count(*) from appearances where article_id = ? and +speaker_id = ?"
    if db.execute(here, [row.article_id, row.speaker_id]).fetchone()[0] > 1:
        return False
    evidence = None if alias.evidence is None else _merged([alias.evidence, row.evidence], {person_name(row.name).nick})
    aliases[alias.id] = alias._replace(articles=alias.articles + 1, evidence=evidence)
    upsert(db, ALIASES, aliases[alias.id])
    shown = row.quotes > 0
    # The speaker's articles are gone through until one of the outlet is found.
    carried = (
        "select 1 from appearances cross join articles on articles.id = appearances.article_id"
        " where speaker_id = ? and article_id <> ? and quotes > 0 and outlet = ? limit 1"
    )
    counts = {
        "id": row.speaker_id,
        "name": _main_name(aliases.values()),
        "quotes": row.quotes,
        "all_quotes": row.all_quotes,
        "shown": shown,
        "new_outlet": shown and outlet is not None and not ids(db, carried, row.speaker_id, row.article_id, outlet),
        "published": (row.published or None) if shown else None,
    }
    db.execute(_COUNT_IN, counts)
    return True


def _renamed(db: Database, identifier: int, kind: str, keys: Collection[str], institution: int | None, decisions: Decisions) -> str | None:
    """The name that a person gave this speaker, or the institution that speaks."""
    if institution is not None and decisions.renames_institutions:
        return decisions.renamed_institution(ids(db, "select id from institution_aliases where institution_id = ?", institution))
    for member, name in decisions.renamed(kind, keys):
        condition = "speaker_id = ?1 and key = ?2 and (?3 is null or article_id = ?3) limit 1"
        if ids(db, f"select 1 from appearances where {condition}", identifier, member.key, member.article_id):
            return name
    return None


def _alias(identifier: int, same: Sequence[_Called]) -> AliasRow:
    """One name of a speaker: the best spelling, how many articles have it, and what they state of the person."""
    first, evidence = same[0], None
    if first.kind == "person" and person_name(first.name).full:
        evidence = _merged({each.evidence for each in same}, {person_name(each.name).nick for each in same})
    return AliasRow(
        content_id("alias", identifier, first.key),
        identifier,
        reduce(preferred_name, (each.name for each in same)),
        sum(each.articles for each in same),
        first.key,
        first.block if first.kind == "person" else None,
        min(each.first_key for each in same),
        evidence,
    )


def _merged(evidence: Collection[str], nicks: Collection[str]) -> str:
    """What articles state of somebody, put together."""
    every = [*map(evidence_from, evidence), Evidence(frozenset(), frozenset(), frozenset(), frozenset(nicks) - {""})]
    return Evidence(*(frozenset[str]().union(*part) for part in zip(*every, strict=True))).as_json(nicks=True)


def _main_name(aliases: Collection[AliasRow]) -> str:
    """The name that most articles use, of two the fuller one; a lone family name only where there is nothing else."""
    full = [each for each in aliases if " " in each.key] or list(aliases)
    return max(full, key=lambda each: (each.articles, len(each.name), each.name)).name

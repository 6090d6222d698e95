"""Speakers in the database: the names and counts of each."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import preferred_name, speaker_id
from quotes.linking.name_comparison import person_name
from quotes.records import content_id
from quotes.store.overrides.decisions import Decisions
from quotes.store.rows.appearance_rows import BODY, AppearanceRow
from quotes.store.rows.institution_rows import body_of

_NAMES = """
select name, kind, key, block, evidence, count(*), sum(quotes), sum(all_quotes), min(iif(quotes, published, null)),
  max(iif(quotes, published, null)), min(article_id),
  min(coalesce(published, '~') || printf(' %015d', article_id))
from appearances where speaker_id = ? group by name, kind, key, block, evidence order by name, evidence
"""
_ARTICLES = """
select count(distinct articles.id), count(distinct iif(quotes, articles.id, null)), count(distinct iif(quotes, articles.outlet, null))
from appearances join articles on articles.id = appearances.article_id where speaker_id = ?
"""
_COLUMNS = "name", "kind", "article_id", "quotes", "articles", "outlets", "first_quoted", "last_quoted", "institution_id", "all_quotes"


class _Called(NamedTuple):
    """How a speaker is called in some articles that tell the same of them."""

    name: str
    kind: str
    key: str
    block: str | None
    evidence: str
    articles: int
    quotes: int
    all_quotes: int
    first: str | None
    last: str | None
    article_id: int
    first_key: str


class _Alias(NamedTuple):
    """A row of `aliases` without its ids."""

    name: str
    articles: int
    key: str
    block: str | None
    first_key: str
    evidence: str | None


def refresh_speakers(db: Database, ids: Collection[int], decisions: Decisions) -> None:
    """Put names, aliases and counts of speakers right; remove those that no appearance is left of."""
    for identifier in sorted(ids):
        called = [_Called(*row) for row in db.execute(_NAMES, [identifier]).fetchall()]
        if not called:
            db.execute("delete from aliases where speaker_id = ?", [identifier])
            db.execute("delete from speakers where id = ?", [identifier])
            continue
        first, last = called[0], called[-1]
        if first.kind == "person" and len({each.block for each in called}) > 1:
            raise StoreError(f"speakers: {first.name} and {last.name} have the same id {identifier} by chance: please report this")
        appears_in, articles, outlets = db.execute(_ARTICLES, [identifier]).fetchone()
        own = appears_in == 1 and any(identifier == speaker_id(each.key, each.kind, first.article_id) for each in called)
        aliases = _aliases(called)
        keys = {each.key for each in called}
        new = (
            _renamed(db, identifier, first.kind, keys, first.block, decisions) or _main_name(aliases),
            first.kind,
            first.article_id if own else None,
            sum(each.quotes for each in called),
            articles,
            outlets,
            min((each.first for each in called if each.first), default=None),
            max((each.last for each in called if each.last), default=None),
            _institution_of(db, first.block),
            sum(each.all_quotes for each in called),
        )
        _write_speaker(db, identifier, new)
        _write_aliases(db, identifier, aliases)


def count_in(db: Database, rows: Sequence[AppearanceRow], outlet: str | None, decisions: Decisions) -> None:
    """Add appearances to the counts of their speakers, of whom they tell nothing new.

    The same as `refresh_speakers`, which a test holds, in a time that does not grow with the speaker.
    """
    refresh_speakers(db, {row.speaker_id for row in rows if not _counted_in(db, row, outlet, decisions)}, decisions)


def _counted_in(db: Database, row: AppearanceRow, outlet: str | None, decisions: Decisions) -> bool:
    speaker = db.execute(f"select {', '.join(_COLUMNS)} from speakers where id = ?", [row.speaker_id]).fetchone()
    aliases = {
        each[0]: _Alias(*each[1:])
        for each in db.execute(
            "select id, name, articles, key, block, first_key, evidence from aliases where speaker_id = ?", [row.speaker_id]
        ).fetchall()
    }
    alias_id = content_id("alias", row.speaker_id, row.key)
    alias = aliases.get(alias_id)
    if speaker is None or alias is None or preferred_name(alias.name, row.name) != alias.name or row.first_key < alias.first_key:
        return False
    if decisions.renamed(row.kind, {each.key for each in aliases.values()}) or decisions.rename_bodies:
        return False
    here = "select count(*) from appearances where article_id = ? and +speaker_id = ?"
    if db.execute(here, [row.article_id, row.speaker_id]).fetchone()[0] > 1:
        return False
    told = alias.evidence if alias.evidence is None else _all_told([alias.evidence, row.evidence], {person_name(row.name).nick})
    aliases[alias_id] = alias._replace(articles=alias.articles + 1)
    db.execute("update aliases set articles = articles + 1 where id = ?", [alias_id])
    if told != alias.evidence:
        db.execute("update aliases set evidence = ? where id = ?", [told, alias_id])
    _, kind, _, quotes, articles, outlets, first, last, institution, all_quotes = speaker
    shown = row.quotes > 0
    dates = [each for each in (first, last, row.published if shown else None) if each]
    new_outlet = shown and outlet is not None and not _carried_by(db, row, outlet)
    own = None
    name = _main_name({each.key: each for each in aliases.values()})
    counts = (quotes + row.quotes, articles + shown, outlets + new_outlet)
    since = (min(dates, default=None), max(dates, default=None))
    _write_speaker(db, row.speaker_id, (name, kind, own, *counts, *since, institution, all_quotes + row.all_quotes), old=speaker)
    return True


def _carried_by(db: Database, row: AppearanceRow, outlet: str) -> bool:
    """Whether an outlet quotes the speaker in another article. The speaker's articles are gone through until one is found."""
    found = db.execute(
        "select 1 from appearances cross join articles on articles.id = appearances.article_id"
        " where speaker_id = ? and article_id <> ? and quotes > 0 and outlet = ? limit 1",
        [row.speaker_id, row.article_id, outlet],
    ).fetchone()
    return found is not None


def _renamed(db: Database, identifier: int, kind: str, keys: Collection[str], block: str | None, decisions: Decisions) -> str | None:
    """The name that a person gave this speaker, or the body that speaks."""
    if decisions.rename_bodies and block is not None and block.startswith(BODY):
        institution = _institution_of(db, block)
        found = db.execute("select id from institution_aliases where institution_id = ?", [institution]).fetchall()
        return decisions.renamed_body({row[0] for row in found})
    for member, name in decisions.renamed(kind, keys):
        condition = "speaker_id = ? and key = ? and (? is null or article_id = ?)"
        values = [identifier, member.key, member.article_id, member.article_id]
        if db.execute(f"select 1 from appearances where {condition} limit 1", values).fetchone():
            return name
    return None


def _aliases(called: Sequence[_Called]) -> dict[str, _Alias]:
    """For each key the best spelling, how many articles have it, and all that they tell."""
    by_key: dict[str, list[_Called]] = {}
    for each in called:
        by_key.setdefault(each.key, []).append(each)
    return {
        key: _Alias(
            reduce(preferred_name, (each.name for each in same)),
            sum(each.articles for each in same),
            key,
            same[0].block if same[0].kind == "person" else None,
            min(each.first_key for each in same),
            _all_told({each.evidence for each in same}, {person_name(each.name).nick for each in same})
            if same[0].kind == "person" and person_name(same[0].name).full
            else None,
        )
        for key, same in by_key.items()
    }


def _all_told(evidence: Collection[str], nicks: Collection[str]) -> str:
    """What articles tell of somebody, put together."""
    told: dict[str, set[str]] = {"worlds": set(), "titles": set(), "institutions": set(), "nicks": set(nicks) - {""}}
    for each in evidence:
        for part, words in json.loads(each).items():
            told[part].update(words)
    return json.dumps({part: sorted(words) for part, words in told.items()}, ensure_ascii=False, separators=(",", ":"))


def _main_name(aliases: Mapping[str, _Alias]) -> str:
    """The name that most articles use, of two the fuller one; a lone family name only where there is nothing else."""
    full = [each for key, each in aliases.items() if " " in key] or list(aliases.values())
    return max(full, key=lambda each: (each.articles, len(each.name), each.name)).name


def _institution_of(db: Database, block: str | None) -> int | None:
    if block is None or not block.startswith(BODY):
        return None
    return body_of(db, int(block.removeprefix(BODY)))[1]


def _write_speaker(db: Database, identifier: int, new: tuple[Any, ...], old: tuple[Any, ...] | None = None) -> None:
    old = old or db.execute(f"select {', '.join(_COLUMNS)} from speakers where id = ?", [identifier]).fetchone()
    if old is None:
        db.execute(f"insert into speakers (id, {', '.join(_COLUMNS)}) values (?{', ?' * len(_COLUMNS)})", [identifier, *new])
        return
    # What stays the same is not written: the index over the names need not be written anew for a count.
    changed = [(column, value) for column, value, before in zip(_COLUMNS, new, old, strict=True) if value != before]
    if changed:
        assignments = ", ".join(f"{column} = ?" for column, _ in changed)
        db.execute(f"update speakers set {assignments} where id = ?", [*(value for _, value in changed), identifier])


def _write_aliases(db: Database, identifier: int, aliases: Mapping[str, _Alias]) -> None:
    rows = {content_id("alias", identifier, key): alias for key, alias in aliases.items()}
    columns = "name, articles, key, block, first_key, evidence"
    found = db.execute(f"select id, {columns} from aliases where speaker_id = ?", [identifier]).fetchall()
    stored = {row[0]: _Alias(*row[1:]) for row in found}
    for alias_id in stored.keys() - rows.keys():
        db.execute("delete from aliases where id = ?", [alias_id])
    for alias_id, row in rows.items():
        before = stored.get(alias_id)
        if before is None:
            db.execute(f"insert into aliases (id, speaker_id, {columns}) values (?, ?, ?, ?, ?, ?, ?, ?)", [alias_id, identifier, *row])
        elif before != row:
            if before.name != row.name:
                db.execute("update aliases set name = ? where id = ?", [row.name, alias_id])
            rest = "articles = ?, key = ?, block = ?, first_key = ?, evidence = ?"
            db.execute(f"update aliases set {rest} where id = ?", [*row[1:], alias_id])

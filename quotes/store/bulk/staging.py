"""The rows of many articles, as they come, in a file beside the database that is made of them.

Rows lie by their ids, which are hashes: written one by one, each would change a page of its own. Staged, they are sorted once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from sqlite_utils import Database

from quotes.records import content_id
from quotes.store.bulk.staged_rows import STAGED, StagedArticle, staged_rows
from quotes.store.intake.article_versions import version_row
from quotes.store.intake.near_copies import sketch_rows
from quotes.store.overrides.correction_records import Correction
from quotes.store.overrides.decisions import Decisions
from quotes.store.overrides.extractions import Extraction
from quotes.store.rows.article_rows import article_row
from quotes.store.schema.connection import connect
from quotes.store.schema.declaration import Table
from quotes.store.schema.statements import IN, Row, ids, listed, upsert
from quotes.store.schema.tables import ARTICLE_SKETCHES, ARTICLE_VERSIONS, ARTICLES, EXTRACTIONS, QUOTES, RUNS, TABLES

#: Pages are kept in memory: 256 MB of the database, 64 MB of what is staged.
CACHE, STAGED_CACHE = -262_144, -65_536
_OF_QUOTE = len(STAGED[QUOTES]) - 2  # fingerprints and topics come last
_OTHERS = {
    ARTICLES.name: f"{', '.join(ARTICLES.names)}, shard",
    **{table.name: ", ".join(table.names) for table in (EXTRACTIONS, ARTICLE_VERSIONS, ARTICLE_SKETCHES)},
    "quote_fingerprints": "fingerprint, quote_id",
    "quote_topics": "quote_id, phrase",
    "article_topics": "article_id, place, phrase",
    "institution_names": "id, name, acronym, article_id",
    "links": "appearance_id integer primary key, speaker_id, because",
    "prints": "quote_id integer primary key, utterance_id, likeness",
    "seen": "key integer primary key",
    "made_of": "shards",
    "shards": "name primary key, articles",
    "left_out": "shard, article_id",
    "steps": "name primary key",
}
_COLUMNS = {
    **{table.name: [f'"{name}"' for name in names[: _OF_QUOTE if table is QUOTES else None]] for table, names in STAGED.items()},
    **{name: columns.split(", ") for name, columns in _OTHERS.items()},
}


def connect_to_build(path: Path, staging: Path, shards: Iterable[str]) -> Database:
    """The database that is being made of shards, with what is staged for it attached as `staged`.

    A process that is killed leaves both as they were after the last shard or step: they are taken up where they were made of the same
    shards, with the same tables, and else made anew.
    """
    whole = hashlib.sha256(repr((_COLUMNS, *shards)).encode()).hexdigest()
    db = _connect(path, staging)
    if (found := [of for (of,) in db.execute("select shards from staged.made_of").fetchall()]) not in ([], [whole]):
        db.close()
        for each in (path, staging):
            each.unlink()
        db, found = _connect(path, staging), []
    if not found:
        with db.atomic():
            db.execute("insert into staged.made_of values (?)", [whole])
    return db


def _connect(path: Path, staging: Path) -> Database:
    db = Database(connect(path, "rwc"), execute_plugins=False)
    db.execute("attach ? as staged", [str(staging)])
    for pragma in (f"cache_size = {CACHE}", f"staged.cache_size = {STAGED_CACHE}", "synchronous = off", "staged.synchronous = off"):
        db.execute(f"PRAGMA {pragma}")
    with db.atomic():
        for table in TABLES:
            db.execute(table.created)
        for name, columns in _COLUMNS.items():
            db.execute(f"create table if not exists staged.{name} ({', '.join(columns)})")
    return db


def stage(db: Database, shard: str, articles: Sequence[StagedArticle], rows: Mapping[Table, Sequence[Row]]) -> int:
    """Stage the articles of a shard, in one transaction; how many.

    Articles that are perhaps another version of one that is there are left out.
    """
    with db.atomic():
        new = _new(db, shard, articles)
        _enter(db, new, datetime.now(UTC).isoformat(timespec="seconds"), shard)
        for table, every in rows.items():
            at = STAGED[table].index("article_id")
            _insert(db, table, every if len(new) == len(articles) else [row for row in every if row[at] in new])
        db.execute("insert into staged.shards values (?, ?)", [shard, len(new)])
    return len(new)


def stage_again(db: Database, found: Extraction, corrections: Sequence[Correction]) -> None:
    """Stage what was found in a stored article, under the corrections, without what is known of its versions and near copies."""
    one = staged_rows(found.article, found.quotes, found.run, corrections)
    _enter(db, {found.article.id: StagedArticle(one.article, found.run, found.records, one.institutions, ())}, found.at)
    for table, names in STAGED.items():
        _insert(db, table, [tuple(row.get(name) for name in names) for row in getattr(one, table.name)])


def _new(db: Database, shard: str, articles: Sequence[StagedArticle]) -> dict[int, StagedArticle]:
    """By their ids, the articles that share neither id nor text nor address with one before, with their versions and sketches written;
    the others are left out."""
    versions = [version_row(each.article, each.article.id) for each in articles]
    keys = [{row[0], row[3], *([content_id("address", row[2])] if row[2] else ())} for row in versions]
    seen = ids(db, f"select key from staged.seen where key {IN}", listed(chain(*keys)))
    new: dict[int, StagedArticle] = {}
    for each, row, its in zip(articles, versions, keys, strict=True):
        if its.isdisjoint(seen):
            seen |= its
            new[row[0]] = each
            _many(db, ARTICLE_VERSIONS.name, [row])
            _many(db, ARTICLE_SKETCHES.name, sketch_rows(row[0], each.bands))
        else:
            db.execute("insert into staged.left_out values (?, ?)", [shard, row[0]])
    db.conn.executemany("insert or ignore into staged.seen values (?)", zip(sorted(seen)))
    return new


def _enter(db: Database, articles: Mapping[int, StagedArticle], at: str, shard: str | None = None) -> None:
    """Write what depends on each article alone."""
    runs = [each.run.id for each in articles.values()]
    for run_id, run in dict(zip(runs, (each.run for each in articles.values()), strict=True)).items():
        upsert(db, RUNS, (run_id, *run.parts()))
    _many(db, ARTICLES.name, ((*article_row(each.article, each.run.extractor), shard) for each in articles.values()))
    _many(db, EXTRACTIONS.name, ((one, run, at, each.records) for run, (one, each) in zip(runs, articles.items(), strict=True)))
    topics = ((one, enumerate(dict.fromkeys(each.article.topics), start=1)) for one, each in articles.items())
    _many(db, "article_topics", ((one, *topic) for one, every in topics for topic in every))
    _many(db, "institution_names", ((*name, one) for one, each in articles.items() for name in each.institutions))


def _insert(db: Database, table: Table, rows: Sequence[Row]) -> None:
    if table is QUOTES:
        _many(db, "quote_fingerprints", ((each, row[0]) for row in rows for each in row[-2]))
        _many(db, "quote_topics", ((row[0], each) for row in rows for each in row[-1]))
        rows = [row[:_OF_QUOTE] for row in rows]
    _many(db, table.name, rows)


def _many(db: Database, table: str, rows: Iterable[Row]) -> None:
    columns = _COLUMNS[table]
    db.conn.executemany(f"insert into staged.{table} values ({', '.join('?' * len(columns))})", rows)


def leave_out_clashes(db: Database, _: Decisions) -> None:
    """Leave out articles of which something has the id of something else, by chance: stored one by one, the second is named and refused."""
    clashing: set[int] = set()
    for table in STAGED:
        twice = f"select id from staged.{table.name} group by id having count(*) > 1"
        clashing |= ids(db, f"select article_id from staged.{table.name} where id in ({twice})")
    if not clashing:
        return
    these = listed(clashing)
    for name in ("quote_fingerprints", "quote_topics"):
        db.execute(f"delete from staged.{name} where quote_id in (select id from staged.quotes where article_id {IN})", [these])
    for name, columns in _COLUMNS.items():
        if "article_id" in ",".join(columns):
            db.execute(f"delete from staged.{name} where article_id {IN}", [these])
    db.execute(f"insert into staged.left_out select shard, id from staged.articles where id {IN}", [these])
    db.execute(f"delete from staged.articles where id {IN}", [these])


def staged_shards(db: Database) -> dict[str, int]:
    """The shards that are staged, with the numbers of their articles."""
    return dict(db.execute("select name, articles from staged.shards").fetchall())

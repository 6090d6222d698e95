"""The rows of many articles, as they come, in a file beside the database that is made of them.

What depends on one article alone (articles, versions, sketches, extractions) goes to the tables of the database at once; what must be
linked or sorted is staged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from quotes.readers.fetch.addresses import address_key
from quotes.records import Article, content_id
from quotes.store.bulk.staged_rows import STAGED, StagedArticle, staged_rows
from quotes.store.intake.article_versions import version_row
from quotes.store.intake.near_copies import link_copies
from quotes.store.overrides.correction_records import Correction
from quotes.store.overrides.extractions import Extraction
from quotes.store.rows.article_rows import article_row
from quotes.store.schema.connection import connect
from quotes.store.schema.declaration import Table
from quotes.store.schema.statements import Row, upsert
from quotes.store.schema.tables import ARTICLE_SKETCHES, ARTICLE_VERSIONS, ARTICLES, EXTRACTIONS, QUOTES, RUNS, TABLES

#: Pages are kept in memory: 256 MB of the database, 64 MB of what is staged.
CACHE, STAGED_CACHE = -262_144, -65_536
_OF_QUOTE = len(STAGED[QUOTES]) - 2  # fingerprints and topics come last
_OTHERS = {
    "quote_fingerprints": "fingerprint, quote_id",
    "quote_topics": "quote_id, phrase",
    "article_topics": "article_id, place, phrase",
    "institution_names": "id, name, acronym, article_id",
    "links": "appearance_id integer primary key, speaker_id, because",
    "prints": "quote_id integer primary key, utterance_id, likeness",
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
    shards, and else made anew.
    """
    whole = hashlib.sha256(" ".join(shards).encode()).hexdigest()
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
        for statement in (*ARTICLE_VERSIONS.created_indexes, *ARTICLE_SKETCHES.created_indexes):
            db.execute(statement)
        for name, columns in _COLUMNS.items():
            db.execute(f"create table if not exists staged.{name} ({', '.join(columns)})")
    return db


def stage(db: Database, shard: str, articles: Sequence[StagedArticle], rows: Mapping[Table, Sequence[Row]]) -> int:
    """Stage the articles of a shard, in one transaction; how many.

    Articles that are perhaps another version of one that is there are left out.
    """
    staged: set[int] = set()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with db.atomic():
        for each in articles:
            identifier = each.article.id
            if _is_new(db, identifier, each.article):
                staged.add(identifier)
                _enter(db, identifier, each, now)
                upsert(db, ARTICLE_VERSIONS, version_row(each.article, identifier))
                link_copies(db, each.article, each.bands)
            else:
                db.execute("insert into staged.left_out values (?, ?)", [shard, identifier])
        for table, every in rows.items():
            at = STAGED[table].index("article_id")
            _insert(db, table, [row for row in every if row[at] in staged])
        db.execute("insert into staged.shards values (?, ?)", [shard, len(staged)])
    return len(staged)


def stage_again(db: Database, found: Extraction, corrections: Sequence[Correction]) -> None:
    """Stage what was found in a stored article, under the corrections, without what is known of its versions and near copies."""
    one = staged_rows(found.article, found.quotes, found.run, corrections)
    _enter(db, found.article.id, StagedArticle(one.article, found.run, found.records, one.institutions, ()), found.at)
    for table, names in STAGED.items():
        _insert(db, table, [tuple(row.get(name) for name in names) for row in getattr(one, table.name)])


def _is_new(db: Database, identifier: int, article: Article) -> bool:
    """Whether no article with this id, text or address is there."""
    sql = "select 1 from article_versions where id = ?1 or text_key = ?2 or address = ?3"
    return not db.execute(sql, [identifier, content_id("text", article.text), address_key(article.url)]).fetchone()


def _enter(db: Database, identifier: int, one: StagedArticle, at: str) -> None:
    """Write what depends on the article alone."""
    article, run = one.article, one.run
    upsert(db, RUNS, (run.id, *run.parts()))
    upsert(db, ARTICLES, article_row(article, run.extractor))
    upsert(db, EXTRACTIONS, (identifier, run.id, at, one.records))
    topics = enumerate(dict.fromkeys(article.topics), start=1)
    _many(db, "article_topics", ((identifier, place, phrase) for place, phrase in topics))
    _many(db, "institution_names", ((*each, identifier) for each in one.institutions))


def _insert(db: Database, table: Table, rows: Sequence[Row]) -> None:
    if table is QUOTES:
        _many(db, "quote_fingerprints", ((each, row[0]) for row in rows for each in row[-2]))
        _many(db, "quote_topics", ((row[0], each) for row in rows for each in row[-1]))
        rows = [row[:_OF_QUOTE] for row in rows]
    _many(db, table.name, rows)


def _many(db: Database, table: str, rows: Iterable[Row]) -> None:
    columns = _COLUMNS[table]
    db.conn.executemany(f"insert into staged.{table} values ({', '.join('?' * len(columns))})", rows)


def staged_shards(db: Database) -> dict[str, int]:
    """The shards that are staged, with the numbers of their articles."""
    return dict(db.execute("select name, articles from staged.shards").fetchall())

"""A database made of many articles at once: they are staged, then linked and written in steps, each of which is done once."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from quotes.records import content_id
from quotes.store.bulk.linking_steps import link_appearances, link_names_of_institutions, link_prints
from quotes.store.bulk.staged_rows import StagedArticle
from quotes.store.bulk.staging import STAGED_CACHE, connect_to_build, leave_out_clashes, stage, stage_again, staged_shards
from quotes.store.intake.near_copies import link_all_copies
from quotes.store.overrides.correction_records import in_force
from quotes.store.overrides.decisions import Decisions
from quotes.store.overrides.extractions import extraction_of
from quotes.store.rows.article_store import Store
from quotes.store.rows.institution_rows import refresh_institutions
from quotes.store.rows.speaker_rows import refresh_speakers
from quotes.store.schema.connection import clear_errors, connect
from quotes.store.schema.counting import DAY, refresh_coverage
from quotes.store.schema.declaration import Table
from quotes.store.schema.opening import bring_up_to_date, make_folder
from quotes.store.schema.statements import Row, ids, insert
from quotes.store.schema.tables import (
    AFFILIATIONS,
    ARTICLE_SKETCHES,
    ARTICLE_VERSIONS,
    ARTICLES,
    CORRECTIONS,
    EXTRACTIONS,
    QUOTES,
    TABLES,
)

#: What a shard holds: its articles, and the rows of them all.
Shard = tuple[Sequence[StagedArticle], Mapping[Table, Sequence[Row]]]


class Loaded(NamedTuple):
    """A new database: what of each shard was `left_out`, as ids of articles, and who is written in another language, as path and
    language; then numbers."""

    left_out: dict[str, set[int]]
    foreign: list[tuple[str, str]]
    articles: int
    undated: int
    links: int
    quotes: int
    shown: int


def bulk_load(
    path: Path, shards: Iterable[str], read: Callable[[str], Shard], progress: Callable[[str, int], None], *, search: bool = True
) -> Loaded:
    """Make a new database at `path` of shards, which `read` reads by their names; it is there once all of it is.

    It is made beside: a run that was cut short is taken up by the next one of the same shards, and begun anew with others. What may be
    another version of an article before it is left out. `progress` is called with what is done next, and for how many articles it was
    done. Without `search` it has no full-text indexes and is for `open_unsearchable` alone. Raises StoreError.
    """
    make_folder(path)
    shards = list(shards)
    building, staging = (path.with_name(f"{path.name}.{what}") for what in ("loading", "staged"))
    with clear_errors(path), closing(connect_to_build(building, staging, shards)) as db:
        done = staged_shards(db)
        for name in shards:
            if name not in done:
                done[name] = stage(db, name, *read(name))
            progress("staging", done[name])
        for step in STEPS if search else STEPS[:-1]:
            progress(step.__name__.removeprefix("_").replace("_", " "), 0)
            with db.atomic():
                if db.execute("insert or ignore into staged.steps values (?)", [step.__name__]).rowcount:
                    step(db, Decisions())
        loaded = _loaded(db)
    building.replace(path)
    staging.unlink()
    return loaded


def open_unsearchable(path: Path) -> Store:
    """A database that was made without search, to store more in it and to read its tables."""
    db = Database(connect(path, "rw"), execute_plugins=False)
    db.execute(f"PRAGMA cache_size = {STAGED_CACHE}")  # as much is held of a table that is sorted
    return Store(db, path, writable=True)


def _loaded(db: Database) -> Loaded:
    left_out: dict[str, set[int]] = defaultdict(set)
    for shard, article in db.execute("select shard, article_id from staged.left_out").fetchall():
        left_out[shard].add(article)
    foreign = db.execute("select path, language from articles where language <> 'en' order by rowid").fetchall()
    articles = "select count(*), count(*) - count(published), (select count(*) from article_links) from articles"
    quotes = "select count(*), coalesce(sum(in_default_view), 0) from quotes"
    return Loaded(dict(left_out), foreign, *db.execute(articles).fetchone(), *db.execute(quotes).fetchone())


def _write_articles(db: Database, _: Decisions) -> None:
    """Write what depends on each article alone, and which articles are near copies."""
    for table in (ARTICLES, EXTRACTIONS, ARTICLE_VERSIONS, ARTICLE_SKETCHES):
        # Of two bands of sketches with one id, by chance, one is enough.
        db.execute(f"insert or ignore into {table.name} select {', '.join(table.names)} from staged.{table.name} order by 1")
    for statement in ARTICLE_SKETCHES.created_indexes:
        db.execute(statement)
    link_all_copies(db)


def _write_quotes(db: Database, _: Decisions) -> None:
    """Write `quotes` and `affiliations` in the order of their ids, each with its links."""
    links = {
        "speaker_id": "appearances.speaker_id",
        "institution_id": "names.institution_id",
        "utterance_id": "prints.utterance_id",
        "likeness": "prints.likeness",
    }
    for table in (QUOTES, AFFILIATIONS):
        prints = " left join staged.prints as prints on prints.quote_id = one.id" if table is QUOTES else ""
        columns = ", ".join(links.get(name, f'one."{name}"') for name in table.names)
        db.execute(
            f"insert into {table.name} select {columns}"
            f" from staged.{table.name} as one left join appearances on appearances.id = one.appearance_id"
            f" left join institution_aliases as names on names.id = one.institution_alias_id{prints} order by one.id"
        )


def _write_topics(db: Database, _: Decisions) -> None:
    """Write the topics, what is about each, and how much."""
    db.conn.create_function("topic_id", 1, lambda phrase: content_id("topic", phrase), deterministic=True)
    db.execute("create table staged.phrases (phrase primary key, id) without rowid")
    every = "select phrase from staged.quote_topics union select phrase from staged.article_topics"
    db.execute(f"insert into staged.phrases select phrase, topic_id(phrase) from ({every})")
    about = "from staged.{} as about join staged.phrases using (phrase)"
    db.execute(
        f"insert into quote_topics select quote_id, phrases.id, {DAY}, in_default_view {about.format('quote_topics')}"
        " join quotes on quotes.id = quote_id order by 1, 2"
    )
    db.execute(f"insert into article_topics select article_id, id, place {about.format('article_topics')} order by 1, 2")
    db.execute(
        "insert into topics select id, phrase, coalesce(shown, 0), coalesce(articles, 0), coalesce(every, 0) from staged.phrases"
        " left join (select topic_id, sum(in_default_view) as shown, count(*) as every from quote_topics group by 1)"
        " as said on said.topic_id = id"
        " left join (select topic_id, count(*) as articles from article_topics group by 1) as about on about.topic_id = id order by id"
    )


def _index(db: Database, _: Decisions) -> None:
    for table in TABLES:
        for statement in table.created_indexes:
            db.execute(statement)


def _count(db: Database, decisions: Decisions) -> None:
    """Write the rows of speakers and institutions, and what there is of each outlet."""
    refresh_speakers(db, ids(db, "select distinct speaker_id from appearances"), decisions)
    refresh_institutions(db, ids(db, "select distinct institution_id from institution_aliases"), decisions)
    refresh_coverage(db)


def _make_searchable(db: Database, _: Decisions) -> None:
    bring_up_to_date(db)


#: In their order; all but the last are what `rebuilt` needs.
STEPS: tuple[Callable[[Database, Decisions], None], ...] = (
    leave_out_clashes,
    _write_articles,
    link_names_of_institutions,
    link_appearances,
    link_prints,
    _write_quotes,
    _write_topics,
    _index,
    _count,
    _make_searchable,
)


@contextmanager
def rebuilt(db: Database) -> Iterator[Database]:
    """A second database, made anew from the articles, what was found in them and the corrections of `db`; it is gone afterwards.

    It has no search indexes, and nothing of versions and near copies. Memory does not grow with it.
    """
    with (
        tempfile.TemporaryDirectory(prefix="quotes-") as folder,
        closing(connect_to_build(Path(folder, "again"), Path(folder, "staged"), ())) as again,
    ):
        insert(again, CORRECTIONS, db.execute("select * from corrections order by id").fetchall())
        decisions = Decisions.of(again)
        with again.atomic():
            for (article_id,) in db.execute("select article_id from extractions order by 1"):
                if (found := extraction_of(db, article_id)) is not None:
                    stage_again(again, found, in_force(db, article_id))
        for step in STEPS[:-1]:
            with again.atomic():
                step(again, decisions)
        yield again

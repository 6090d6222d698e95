"""`quotes extract` prints the quotes of articles, `quotes add` stores them; `quotes shard` extracts on many machines, and `quotes load`
stores what they found; `quotes refresh` extracts anew from stored articles."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.intake import WAIT, Addition, Intake, changing, reading, store_quotes, writing
from quotes.cli.options import database_option, extraction_options, file_options, pipeline_options, reading_options, statement_options
from quotes.cli.terminal import flush_data, progress_bar, put_json, put_line, say
from quotes.configured_extractor import Extractor
from quotes.errors import ArticleError
from quotes.local_processes import run_in_processes
from quotes.readers import Reading
from quotes.readers.layout.dates import iso_time
from quotes.readers.layout.outlets import known_outlet
from quotes.records import Article
from quotes.shards.dask_cluster import Cluster
from quotes.shards.linked_tables import LinkedTables
from quotes.shards.shard_files import Found, Report, Shards
from quotes.shards.shard_run import ShardRun
from quotes.store import Run, Store, outdated, sole_writer, stored_article
from quotes.store.bulk.bulk_load import bulk_load, open_unsearchable
from quotes.store.intake.article_versions import Meeting, meet

if TYPE_CHECKING:
    from quotes.extract import Extracted


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@extraction_options
@reading_options
def extract(paths: Sequence[str], extractor: Extractor, settings: Reading) -> None:
    """Print the quotes of articles; write nothing.

    One JSON object a line for each quote. PATH is a file, a folder, a pattern such as 'news/*.html', each of these in storage that fsspec
    knows (s3://…), an address on the web (https://…), or `-` for standard input. Read are plain text, saved web pages, feeds (RSS, Atom,
    JSON Feed), tables (CSV, TSV, Excel, Parquet, JSON, JSON Lines), web archives (WARC), e-mails, Word and PDF, also in .zip, .tar and .gz,
    .zst, .bz2, .xz; the format is recognised by the first bytes of a file, and by its suffix only where they do not decide.
    """
    intake = Intake(paths, settings)

    def in_english() -> Iterator[Article]:
        for article in intake:
            if article.is_foreign:
                intake.report_language(article.path, article.language)
            else:
                yield article

    articles = in_english()
    # A wrong path is reported at once, not after the seconds that the pipeline takes to load.
    first = next(articles, None)
    for article, found in extractor.extract(chain([first], articles)) if first else ():
        if isinstance(found, ArticleError):
            intake.fail(found)
            continue
        for quote in found:
            put_json(quote.as_json(article.path))
        flush_data()
    intake.report_rest()
    if intake.failures:
        raise SystemExit(1)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@database_option
@extraction_options
@reading_options
@statement_options
@click.option("--again", is_flag=True, help="Extract anew from articles that this extractor has already been through.")
@click.option("--dry-run", is_flag=True, help="Show what would be read, and store nothing.")
def add(
    paths: Sequence[str], db: Path, extractor: Extractor, settings: Reading, stated: dict[str, Any], again: bool, dry_run: bool
) -> None:
    """Store articles and their quotes: the main job.

    PATH is as for `quotes extract`. Articles that this extractor has already been through are left as they are, so that running it
    again changes nothing, and an interrupted run takes up where it stopped. The same article met again, with the same text or at the same
    address with another, is one article with its versions kept; near copies in other outlets are linked. What cannot be read is
    said and kept in the table failures, for `quotes retry`.
    """
    intake = Intake(paths, replace(settings, stated=stated))
    if dry_run:
        _show_intake(intake, db)
    else:
        store_quotes(db, intake, extractor, again=again)
    if intake.failures:
        raise SystemExit(1)


def _show_intake(intake: Intake, db: Path) -> None:
    """Print what `quotes add` would read, one line an article, and what would become of it; nothing is written."""
    fates = {Meeting.NEW: "new", Meeting.CURRENT: "stored already", Meeting.BEFORE: "met before"}
    fates |= {Meeting.OLDER: "an older version", Meeting.NEWER: "a newer version"}
    number = undated = 0
    with reading(db) if db.exists() else nullcontext() as store:
        for article in intake:
            number += 1
            undated += article.published is None
            fate = fates[meet(store, article).how if store is not None else Meeting.NEW]
            fields = (
                f"“{article.title}”" if article.title else "no headline",
                f"by {', '.join(article.byline)}" if article.byline else None,
                article.outlet,
                article.published or "undated",
                article.section,
                article.language,
                f"{len(article.text.split())} words",
                f"{fate}, no quotes looked for" if article.is_foreign else fate,
            )
            put_line(f"{article.path}: {'; '.join(field for field in fields if field)}")
        flush_data()
    intake.report_rest()
    say(f"would read {number} articles; undated: {undated}; failures: {intake.failures}; nothing was stored")


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--out", metavar="DIR", required=True, help="Where the shards go: a folder, or an address that fsspec knows, such as s3://….")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="A Dask scheduler, such as tcp://10.0.0.1:8786, whose workers take the place of --workers.",
)
@extraction_options
@file_options
@statement_options
def shard(paths: Sequence[str], out: str, scheduler: str | None, extractor: Extractor, settings: Reading, stated: dict[str, Any]) -> None:
    """Read and extract with many processes or machines; write shards.

    PATH is a file, a folder or a pattern, here or in storage that fsspec knows (s3://…). Large files (tables, JSON Lines, Parquet, WARC,
    archives) are divided. The shards, Parquet files that pandas, DuckDB and Spark read too, are for `quotes load`. An interrupted run takes
    up where it stopped.
    """
    shards, settings = Shards(out), replace(settings, stated=stated)
    counts, started = Counter(articles=0, quotes=0, failures=0), monotonic()
    with Cluster(scheduler, say) if scheduler else nullcontext() as cluster, progress_bar(unit=" tasks") as bar:
        run_tasks = cluster.run if cluster else partial(run_in_processes, workers=extractor.workers)
        run = ShardRun(paths, shards, extractor, settings)
        if not bar.disable:  # to find all tasks takes time: meanwhile the first are done, and the time left is not known
            Thread(target=lambda: setattr(bar, "total", sum(1 for _ in run.tasks())), daemon=True).start()
        for report in run(run_tasks):
            for _, message in report.failures:
                say(message)
            counts.update(articles=report.articles, quotes=report.quotes, failures=len(report.failures))
            bar.update()
            bar.set_postfix(counts, articles_a_second=round(counts["articles"] / max(monotonic() - started, 1), 1))
    say(f"{'; '.join(f'{what}: {number}' for what, number in counts.items())}; in {out}, for `quotes load`")
    if counts["failures"]:
        raise SystemExit(1)


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True)
@database_option
def load(folders: Sequence[str], db: Path) -> None:
    """Store the articles and quotes of shards.

    DIR is what `quotes shard --out` wrote. The result is the database that `quotes add` makes of the same articles. Articles that the same
    extractor has already been through are left as they are, so that an interrupted run takes up where it stopped.
    """
    intake = _ShardIntake(folders)
    with sole_writer(db, wait=WAIT):
        loaded = Counter() if db.exists() else intake.load(db)
        with changing(db, create=True) as store:
            intake.store_rest(store, loaded)
    if intake.failures:
        raise SystemExit(1)


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True)
@click.option("--out", metavar="DIR", required=True, help="Where the tables go: an empty folder, or an address that fsspec knows.")
def link(folders: Sequence[str], out: str) -> None:
    """Link the quotes of shards, and write the tables as Parquet.

    DIR is what `quotes shard --out` wrote. The result are the tables of the database that `quotes load` makes, for DuckDB, Spark, BigQuery
    and pandas. That database, without search, is made beside the folder on the way (in the current folder where --out is no local one), and
    removed. An interrupted run takes up where it stopped.
    """
    intake = _ShardIntake(folders)
    tables = LinkedTables(out, intake.reports)
    with sole_writer(tables.loading, wait=WAIT):
        if not tables.complete and not tables.loaded.exists():
            loaded = Counter() if tables.loading.exists() else intake.load(tables.loading, search=False)
            with open_unsearchable(tables.loading) as store:
                intake.store_rest(store, loaded)
            tables.loading.replace(tables.loaded)
        if not tables.complete:
            with open_unsearchable(tables.loaded) as store, progress_bar(tables.write(store), unit="file") as bar:
                deque(bar, maxlen=0)
        tables.loaded.unlink(missing_ok=True)
    say(f"{out}: all tables are there")
    if intake.failures:
        raise SystemExit(1)


class _ShardIntake(Intake):
    """The articles of shards, and in place of an extractor what was found in them."""

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__()
        self._reports = [
            (shards, report) for shards in map(Shards, folders) for report in sorted(shards.reports().values(), key=lambda each: each.place)
        ]
        self._found: Found | None = None
        # Of a shard that is loaded, what is still to be stored, as ids of articles.
        self._left: dict[str, set[int]] = {}

    @property
    def reports(self) -> list[Report]:
        """What the tasks that wrote the shards did."""
        return [report for _, report in self._reports]

    def store_rest(self, store: Store, loaded: Counter[str]) -> None:
        """Store what is not `loaded`, article by article, and say what was done in all."""
        Addition(store, self, self, counts=Counter(loaded)).run()

    def load(self, db: Path, *, search: bool = True) -> Counter[str]:
        """Make a new database of all shards, and count what was done; what may be another version of an article is left for `read`."""
        folders = {report.shard: shards for shards, report in self._reports if report.shard}
        with progress_bar(total=self.total(), unit="article") as bar:

            def progress(what: str, articles: int) -> None:
                bar.set_description(what)
                bar.update(articles)

            found = bulk_load(db, folders, lambda shard: folders[shard].staged(shard), progress, search=search)
        for path, language in found.foreign:
            self.report_language(path, language)
        self._left = {shard: found.left_out.get(shard, set()) for shard in folders}
        counts = Counter(added=found.articles, undated=found.undated, all=found.quotes, sure=found.shown)
        return counts + Counter({"near copies linked": found.links, "in other languages": len(found.foreign)})

    @property
    def run(self) -> Run:
        """What found the quotes of the article that was read last."""
        assert self._found is not None
        return self._found.run

    def total(self) -> int:
        return sum(report.articles for _, report in self._reports)

    def read(self) -> Iterator[Article | ArticleError]:
        for shards, report in self._reports:
            for source, message in report.failures:
                error = ArticleError(message)
                error.source = source
                yield error
            if report.shard and self._left.get(report.shard) != set():
                for self._found in shards.read(report.shard):
                    if report.shard not in self._left or self._found.article.id in self._left[report.shard]:
                        yield self._found.article
            for source in report.sources:
                self.on_source(source)

    def extract(self, articles: Iterable[Article]) -> Iterator[Extracted]:
        """Each article with the quotes that were found in it."""
        for article in articles:
            assert self._found is not None
            yield article, self._found.quotes


@click.command()
@database_option
@pipeline_options
@click.option("--all", "every", is_flag=True, help="Extract from every article anew, not only from what another version went through.")
@click.option("--dry-run", is_flag=True, help="Say how many articles another version went through, and change nothing.")
def refresh(db: Path, extractor: Extractor, every: bool, dry_run: bool) -> None:
    """Extract anew what another version, model or option found.

    Works from the stored articles. Quotes that come out the same keep their ids, and what people put right stays right. An interrupted run
    takes up where it was.
    """
    with reading(db) if dry_run else writing(db, create=False) as store:
        articles = _StoredArticles(store, None if every else extractor.run.extractor)
        if dry_run:
            say(f"{articles.total()} of {store.counts()['articles']} articles would be extracted from again; nothing was changed.")
            return
        Addition(store, extractor, articles, again=every).run()
    if articles.failures:
        raise SystemExit(1)


class _StoredArticles(Intake):
    """The articles of a database that `extractor` did not extract from."""

    def __init__(self, store: Store, extractor: str | None) -> None:
        super().__init__()
        self._store = store
        self._ids = outdated(store, extractor)

    def total(self) -> int:
        return len(self._ids)

    def read(self) -> Iterator[Article | ArticleError]:
        for identifier in self._ids:
            # What was stored is all there is to know; topics and quotes are found anew, and what an earlier version stored is put right.
            article = stored_article(self._store, identifier)
            outlet = article.outlet and (known_outlet(article.outlet) or article.outlet)
            yield replace(article, topics=(), outlet=outlet, published=iso_time(article.published))

"""`quotes extract` prints the quotes of articles; `quotes add` stores them."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.command_inputs import Intake, is_foreign
from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import (
    chosen_model,
    database_option,
    load_pipeline,
    pipeline_options,
    reading_options,
    selection_options,
    statement_options,
)
from quotes.cli.streams import flush_data, put_json, put_line, say
from quotes.errors import ArticleError, QuotesError, StoreError
from quotes.records import DEFAULT_ACT, Article, Quote

if TYPE_CHECKING:
    from quotes.extract import Extracted
    from quotes.readers import Reading
    from quotes.store import Run, Store
    from quotes.store.article_versions import Met

    #: The pipeline, and what finds quotes with it.
    Prepared = tuple[Any, Run]

#: Seconds to wait for another program that is adding to the same database.
WAIT = 10.0


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@selection_options
@pipeline_options
@reading_options
def extract(
    paths: Sequence[str],
    acts: Sequence[str],
    min_confidence: float,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    settings: Reading,
) -> None:
    """Print the quotes of articles; write nothing.

    One JSON object a line for each quote. PATH is a file, a folder, a pattern such as 'news/*.html', an address (https://…), or `-` for
    standard input. Read are plain text, saved web pages, feeds (RSS, Atom, JSON Feed), tables (CSV, TSV, Excel, Parquet, JSON, JSON
    Lines), web archives (WARC), e-mails, Word and PDF, also in .zip, .tar and .gz, .zst, .bz2, .xz; what a file holds is told by its first
    bytes, and by its suffix only where they do not tell.
    """
    intake = Intake(paths, settings)
    articles = _in_english(intake)
    # A wrong path is told at once, not after the seconds that the pipeline takes to load.
    first = next(articles, None)
    for article, found in _extracted(chain([first], articles), model, spacy_model, workers) if first is not None else ():
        if isinstance(found, ArticleError):
            intake.fail(found)
            continue
        for quote in wanted(found, acts, min_confidence):
            put_json(quote.as_json(article.path))
        flush_data()
    if intake.failures:
        raise SystemExit(1)


def _extracted(articles: Iterable[Article], model: str | None, spacy_model: str | None, workers: int) -> Iterator[Extracted]:
    nlp = load_pipeline(chosen_model(model), spacy_model)
    from quotes.extract import extract as extract_quotes

    return extract_quotes(articles, nlp, workers=workers)


def _in_english(intake: Intake) -> Iterator[Article]:
    for article in intake:
        if is_foreign(article):
            intake.tell_language(article)
        else:
            yield article


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@database_option
@selection_options
@pipeline_options
@reading_options
@statement_options
@click.option("--again", is_flag=True, help="Extract anew from articles that this extractor has already been through.")
@click.option("--dry-run", is_flag=True, help="Show what would be read, and store nothing.")
def add(
    paths: Sequence[str],
    db: Path,
    acts: Sequence[str],
    min_confidence: float,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    again: bool,
    dry_run: bool,
    settings: Reading,
) -> None:
    """Store articles and their quotes: the main job.

    PATH is as for `quotes extract`. Articles that this extractor has already been through are left as they are, so that running it
    again changes nothing, and an interrupted run takes up where it stopped. The same article met again, with the same text or at the same
    address with another, is one article with its versions kept; near copies in other outlets are linked. What cannot be read is listed at
    the end and kept in the table failures, for `quotes retry`.
    """
    intake = Intake(paths, settings, at_end=True)
    if dry_run:
        show_intake(intake, db)
    else:
        store_quotes(
            db, intake, acts=acts, min_confidence=min_confidence, model=model, spacy_model=spacy_model, workers=workers, again=again
        )
    if intake.failures:
        raise SystemExit(1)


def store_quotes(
    db: Path,
    intake: Intake,
    *,
    acts: Sequence[str] = (),
    min_confidence: float = 0.0,
    model: str | None = None,
    spacy_model: str | None = None,
    workers: int = 1,
    again: bool = False,
) -> None:
    """Extract from every article of the intake and store what is found; tells what happened, in one line, even when interrupted."""

    def prepare() -> Prepared:
        return prepared(model, spacy_model, acts=acts, min_confidence=min_confidence)

    intake.tell_missing()
    with writing(db) as store:
        addition = Addition(store, prepare, acts=acts, min_confidence=min_confidence, again=again)
        try:
            addition.run(intake, workers=workers)
        finally:
            intake.list_failures()
            say(addition.summary(intake.failures))


def prepared(model: str | None, spacy_model: str | None, *, acts: Sequence[str] = (), min_confidence: float = 0.0) -> Prepared:
    """The pipeline, which takes seconds to load, and the run that it makes."""
    from quotes.cli.provenance import run_of

    chosen = chosen_model(model)
    nlp = load_pipeline(chosen, spacy_model)
    return nlp, run_of(nlp, chosen, acts=acts, min_confidence=min_confidence)


def show_intake(intake: Intake, db: Path) -> None:
    """What `quotes add` would read, one line an article, and what would become of it; nothing is written."""
    from contextlib import nullcontext

    from quotes.store import Store
    from quotes.store.article_versions import Meeting, meet

    words_for = {
        Meeting.NEW: "new",
        Meeting.CURRENT: "stored already",
        Meeting.BEFORE: "met before",
        Meeting.OLDER: "an older version",
        Meeting.NEWER: "a newer version",
    }
    number = undated = 0
    with Store.open(db, create=False) if db.exists() else nullcontext() as store:
        for article in intake:
            number += 1
            undated += article.published is None
            fate = words_for[meet(store, article).how] if store is not None else "new"
            if is_foreign(article):
                fate += ", no quotes looked for"
            byline = ", ".join(article.byline) and f"by {', '.join(article.byline)}"
            fields = (
                f"“{article.title}”" if article.title else "no headline", byline, article.outlet, article.published or "undated",
                article.section, article.language, f"{len(article.text.split())} words", fate,
            )  # fmt: skip
            put_line(f"{article.path}: {'; '.join(field for field in fields if field)}")
        flush_data()
    intake.list_failures()
    say(f"would read {number} articles; undated: {undated}; failures: {intake.failures}; nothing was stored")


@contextmanager
def writing(db: Path, *, create: bool = True) -> Iterator[Store]:
    """The database open for writing by this program alone; closing it, which folds its log in, is never cut short.

    With `create` false, it must exist.
    """
    from quotes.store import Store, sole_writer

    if not create and not db.exists():
        raise StoreError(f"{db}: there is no such database: `quotes add` makes it, or name another with --db")
    with sole_writer(db, wait=WAIT):
        with interrupts_held():
            store = Store.open(db, create=True)
        try:
            yield store
        finally:
            with interrupts_held():
                store.close()


def wanted(quotes: Iterable[Quote], acts: Sequence[str], min_confidence: float) -> list[Quote]:
    """The quotes of these acts (none named: all) that are at least so sure."""
    return [quote for quote in quotes if (not acts or quote.act in acts) and quote.confidence >= min_confidence]


class Addition:
    """One run of `quotes add`: stores what is new, counts what happened.

    `prepare` gives the pipeline and its run; it is asked once the first article has been read, so that a wrong path is told at once.
    """

    def __init__(self, store: Store, prepare: Callable[[], Prepared], *, acts: Sequence[str], min_confidence: float, again: bool) -> None:
        self._store = store
        self._prepare = prepare
        self._again = again
        self._acts = acts
        self._min_confidence = min_confidence
        self._tally = dict.fromkeys(("added", "unchanged", "replaced"), 0)
        self._further = dict.fromkeys(("versions kept", "near copies linked", "in other languages"), 0)
        self._quotes = self._sure = self._undated = 0
        self._failed: defaultdict[str, set[str]] = defaultdict(set)

    def run(self, intake: Intake, *, workers: int, tries_again: bool = False) -> None:
        """Extract from each article that the store has not yet got from this extractor, and save it, one transaction an article."""
        from quotes.store.article_versions import catch_up

        mended = self._keep_failures(intake, tries_again=tries_again)
        with interrupts_held():
            catch_up(self._store)
        articles = iter(intake)
        first = next(articles, None)
        if first is not None:
            self._go_through(intake, chain([first], articles), workers)
        mended()

    def _go_through(self, intake: Intake, articles: Iterable[Article], workers: int) -> None:
        nlp, self._run = self._prepare()
        from tqdm import tqdm

        from quotes.extract import extract as extract_quotes

        with tqdm(total=intake.total(), unit="article", disable=None, leave=False, file=sys.stderr) as self._bar:
            for article, found in extract_quotes(self._unseen(intake, articles), nlp, workers=workers):
                if isinstance(found, ArticleError):
                    intake.fail(found)
                else:
                    self._keep(article, wanted(found, self._acts, self._min_confidence), intake)
                self._deal_with(article, intake)

    def _deal_with(self, article: Article, intake: Intake) -> None:
        intake.stored(article)
        self._bar.update()

    def _keep_failures(self, intake: Intake, *, tries_again: bool) -> Callable[[], None]:
        """Let the intake's failures be kept in the database; what is given takes away, when all is stored, those that are mended."""
        from quotes.store.failures import failed_sources, failure_of, record_failure, settle

        def fail(error: ArticleError) -> None:
            failure = failure_of(error.source or "-", str(error), intake.settings)
            self._failed[failure.source].add(failure.path)
            with interrupts_held():
                record_failure(self._store, failure, again=tries_again)

        before = failed_sources(self._store)
        read: set[str] = set()

        def done(source: str) -> None:
            if source in before:
                read.add(source)

        def mended() -> None:
            for source in sorted(read):
                with interrupts_held():
                    settle(self._store, source, self._failed.get(source, set()))

        intake.on_failure, intake.on_source = fail, done
        return mended

    def _unseen(self, intake: Intake, articles: Iterable[Article]) -> Iterator[Article]:
        from quotes.store.article_versions import Meeting, keep_older, meet

        for article in articles:
            met = meet(self._store, article)
            if met.how in (Meeting.BEFORE, Meeting.OLDER) and met.article_id is not None:
                with interrupts_held():
                    self._further["versions kept"] += keep_older(self._store, article, met.article_id)
                self._pass_over(article, intake)
            elif is_foreign(article):
                self._store_foreign(article, met, intake)
            elif met.how is Meeting.CURRENT and not self._again and self._store.has(article.id, self._run.extractor):
                self._restate(article, intake)
            else:
                yield article

    def _pass_over(self, article: Article, intake: Intake) -> None:
        self._tally["unchanged"] += 1
        self._deal_with(article, intake)

    def _restate(self, article: Article, intake: Intake) -> None:
        """Leave a stored article as it is, but for what a user states of it now."""
        from quotes.store.article_versions import restate

        with interrupts_held():
            restated = bool(intake.stated) and restate(self._store, article.id, intake.stated)
        if restated:
            self._tally["replaced"] += 1
            self._deal_with(article, intake)
        else:
            self._pass_over(article, intake)

    def _store_foreign(self, article: Article, met: Met, intake: Intake) -> None:
        """An article in another language is stored and marked, and no quotes are looked for."""
        extractor = f"none, for {article.language}"
        if self._store.has(article.id, extractor):
            self._restate(article, intake)
            return
        intake.tell_language(article)
        self._further["in other languages"] += 1
        self._keep(article, (), intake, extractor=extractor, met=met)
        self._deal_with(article, intake)

    def _keep(
        self, article: Article, quotes: Sequence[Quote], intake: Intake, *, extractor: str | None = None, met: Met | None = None
    ) -> None:
        """Save the article; one on which our own program fails is told and left out, with the database as it was, and the rest goes on."""
        try:
            self._save(article, quotes, extractor=extractor, met=met)
        except QuotesError:
            raise
        except Exception as error:
            what = f"storing it failed ({type(error).__name__}: {error}); please report it with the article"
            intake.fail(ArticleError(f"{article.path}: {what}"))

    def _save(self, article: Article, quotes: Sequence[Quote], *, extractor: str | None = None, met: Met | None = None) -> None:
        from quotes.store.article_versions import Meeting, meet, save_met

        with interrupts_held():
            # Asked again: another version may have been stored while this one was being extracted.
            met = met or meet(self._store, article)
            saved, linked = save_met(self._store, article, quotes, extractor=extractor or self._run, met=met)
        self._tally[saved.value] += 1
        self._further["near copies linked"] += linked
        self._further["versions kept"] += met.how is Meeting.NEWER
        if saved.value != "unchanged":
            self._quotes += len(quotes)
            self._sure += sum(quote.act == DEFAULT_ACT and not quote.unsure for quote in quotes)
            self._undated += article.published is None

    def changed(self) -> bool:
        """Whether anything was stored."""
        return bool(self._tally["added"] or self._tally["replaced"] or self._further["versions kept"])

    def summary(self, failures: int) -> str:
        """What happened, in one line."""
        articles = ", ".join(f"{number} {what}" for what, number in self._tally.items())
        further = "".join(f"; {what}: {number}" for what, number in self._further.items() if number)
        quotes = f"quotes: {self._sure} in the default view, {self._quotes} in all"
        return f"articles: {articles}; undated: {self._undated}; {quotes}{further}; failures: {failures}"

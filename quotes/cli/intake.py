"""The articles that a command is given to read, the database open for it, and the run that stores what is extracted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import KW_ONLY, dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from quotes.cli.interrupts import interrupts_held
from quotes.cli.terminal import progress_bar, say
from quotes.errors import NO_SUCH_FILE, ArticleError, ClashError, QuotesError, StoreError
from quotes.readers import Reading, count, missing, read
from quotes.records import DEFAULT_ACT, Article, Quote
from quotes.store import Run, Store, sole_writer
from quotes.store.intake.article_versions import Meeting, Met, catch_up, keep_older, meet, restate, save_met
from quotes.store.intake.retries import failed_sources, failure_of, record_failure, settle

if TYPE_CHECKING:
    from quotes.extract import Extracted

#: As many failures, and as many remarks on what was read, are printed; the table `failures` holds all failures.
LISTED = 200
#: Seconds to wait for another program that is adding to the same database.
WAIT = 10.0
_DEFAULT = Reading()
#: Articles that are stored in one transaction, and seconds that the first of them waits at most: rows lie by hashes, so that many articles
#: change the same pages.
TOGETHER, LONGEST_WAIT = 200, 30.0


class Intake:
    """The articles of the paths given, one after the other; what cannot be read is printed and counted in `failures`."""

    def __init__(self, paths: Sequence[str] = (), settings: Reading = _DEFAULT) -> None:
        self._paths = paths
        self.settings = settings
        self.failures = 0
        self._lines: Counter[str] = Counter()
        self._missing: set[str] = set()
        #: Called with each failure, and with each source that was read to its end.
        self.on_failure: Callable[[ArticleError], None] = lambda _: None
        self.on_source: Callable[[str], None] = lambda _: None

    def total(self) -> int | None:
        """About how many articles there are, for the progress bar; None where that is not known."""
        return count(self._paths)

    def __iter__(self) -> Iterator[Article]:
        # Paths that lead nowhere are reported at once, and not when their turn comes: the run may take hours.
        self._missing = {f"{path}: {NO_SUCH_FILE}" for path in missing(self._paths)}
        for line in sorted(self._missing):
            say(line)
        for article in self.read():
            if isinstance(article, ArticleError):
                self.fail(article)
                continue
            for notice in article.notices:
                self._list("remarks on what was read", f"{article.path}: {notice}")
            yield article

    def read(self) -> Iterable[Article | ArticleError]:
        """The articles and what could not be read."""
        return read(self._paths, settings=self.settings, done=self.on_source)

    def stored(self, article: Article) -> None:
        """Called with each article once it is stored, or found to be stored already."""

    def end(self) -> None:
        """Called once all is stored."""

    def fail(self, error: ArticleError) -> None:
        """Print why an article could not be read, and go on."""
        self.failures += 1
        if str(error) not in self._missing:
            self._list("failures", str(error))
        self.on_failure(error)

    def report_language(self, path: str, language: str | None) -> None:
        """Say that an article is in another language than English, and so has no quotes that can be found."""
        what = f"is written in another language than English ({language}), so no quotes are looked for"
        self._list("in other languages", f"{path}: {what}")

    def _list(self, kind: str, line: str) -> None:
        self._lines[kind] += 1
        if self._lines[kind] <= LISTED:
            say(line)

    def report_rest(self) -> None:
        """Say how much was not printed."""
        for kind, number in self._lines.items():
            if number > LISTED:
                say(f"… and {number - LISTED} more {kind}")


def settings_as_json(settings: Reading) -> dict[str, Any]:
    """How inputs are read, as far as a user said so, in a form that can be stored."""
    given = {"columns": dict(settings.columns), "kind": settings.kind, "encoding": settings.encoding, **settings.stated}
    return {name: value for name, value in given.items() if value} | ({} if settings.links else {"links": False})


def settings_from_json(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """The arguments of `Reading` out of stored settings."""
    made = dict(stored or {})
    stated = {name: made.pop(name) for name in ("outlet", "published", "byline") if name in made}
    if "byline" in stated:
        stated["byline"] = tuple(stated["byline"])
    return {**made, "stated": stated}


def reading(db: Path) -> Store:
    """The database open to read only; a context manager."""
    return Store.open(db, create=False)


@contextmanager
def changing(db: Path, *, create: bool = False) -> Iterator[Store]:
    """The database open for short changes, which wait for each other and can be made while `quotes add` is at work.

    Unless `create`, it must exist. Closing it, which folds its log in, is never cut short.
    """
    _require(db, create)
    with interrupts_held():
        store = Store.open(db, create=True)
    try:
        yield store
    finally:
        with interrupts_held():
            store.close()


@contextmanager
def writing(db: Path, *, create: bool = True) -> Iterator[Store]:
    """The same, for writing at length by this program alone."""
    _require(db, create)
    with sole_writer(db, wait=WAIT), changing(db, create=True) as store:
        yield store


def _require(db: Path, create: bool) -> None:
    if not create and not db.exists():
        raise StoreError(f"{db}: there is no such database: `quotes add` makes it, or name another with --db")


def store_quotes(db: Path, intake: Intake, extractor: Finds, *, again: bool = False) -> None:
    """Extract from every article of the intake and store what is found; says what happened, in one line, even when interrupted."""
    with writing(db) as store:
        Addition(store, extractor, intake, again=again).run()


class Finds(Protocol):
    """What finds the quotes of articles: an Extractor, or shards in which they were found before."""

    @property
    def run(self) -> Run:
        """The versions that stored quotes name."""

    def extract(self, articles: Iterable[Article]) -> Iterator[Extracted]:
        """Each article with its quotes, or with the error that it failed with."""


@dataclass
class Addition:
    """Stores what is new of an intake, and counts what happened; `retrying` counts a failure as another try."""

    store: Store
    extractor: Finds
    intake: Intake
    _: KW_ONLY
    again: bool = False
    retrying: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    _waiting: list[tuple[Article, Sequence[Quote], Run | str]] = field(default_factory=list, init=False)
    _waiting_since: float = field(default=0.0, init=False)
    _bar: Any = field(default=None, init=False)

    def run(self, summary: Callable[[str], str] = str) -> None:
        """Extract from each article that the store has not yet got from this extractor, and save it, in the store’s transactions.

        What cannot be read is recorded; failures recorded before are removed where their source was read to its end without them. At the
        end, interrupted or not, prints what happened, in whose place `summary` may put another line.
        """
        try:
            self._run()
        finally:
            self.intake.report_rest()
            say(summary(self._summary()))

    def _run(self) -> None:
        failed: defaultdict[str, set[str]] = defaultdict(set)
        before, read = failed_sources(self.store), set[str]()

        def record(error: ArticleError) -> None:
            failure = failure_of(error.source or "-", str(error), settings_as_json(self.intake.settings))
            failed[failure.source].add(failure.path)
            with interrupts_held():
                record_failure(self.store, failure, again=self.retrying)

        self.intake.on_failure, self.intake.on_source = record, read.add
        with interrupts_held():
            catch_up(self.store)
        articles = iter(self.intake)
        # The pipeline, which takes seconds to load, waits for the first article.
        if first := next(articles, None):
            with progress_bar(total=self.intake.total(), unit="article") as self._bar:
                try:
                    for article, found in self.extractor.extract(self._unseen(chain([first], articles))):
                        if isinstance(found, ArticleError):
                            self.intake.fail(found)
                            self._done(article)
                        else:
                            self._save_soon(article, found, self.extractor.run)
                finally:
                    self._save_waiting()
        for source in sorted(read & before):
            with interrupts_held():
                settle(self.store, source, failed[source])
        self.intake.end()

    def _done(self, article: Article, outcome: str | None = None) -> None:
        if outcome:
            self.counts[outcome] += 1
        self.intake.stored(article)
        self._bar.update()

    def _unseen(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles to extract from; the others are dealt with here."""
        for article in articles:
            met, foreign = meet(self.store, article), article.is_foreign
            if met.how in (Meeting.BEFORE, Meeting.OLDER):
                with interrupts_held():
                    self._keep_older(article, met)
                self._done(article)
            elif foreign and not self.store.has(article.id, none := f"none, for {article.language}"):
                self.intake.report_language(article.path, article.language)
                self.counts["in other languages"] += 1
                self._save_soon(article, (), none)
            elif not foreign and (
                self.again or met.how is not Meeting.CURRENT or not self.store.has(article.id, self.extractor.run.extractor)
            ):
                yield article
            else:  # it is stored as it is, but for what a user states of it now
                with interrupts_held():
                    stated = self.intake.settings.stated
                    restated = bool(stated) and restate(self.store, article.id, stated)
                self._done(article, "replaced" if restated else "unchanged")

    def _save_soon(self, article: Article, quotes: Sequence[Quote], extractor: Run | str) -> None:
        """Save the article with those that come next."""
        if not self._waiting:
            self._waiting_since = monotonic()
        self._waiting.append((article, quotes, extractor))
        self._bar.update()
        if len(self._waiting) >= TOGETHER or monotonic() - self._waiting_since > LONGEST_WAIT:
            self._save_waiting()

    def _save_waiting(self) -> None:
        """Save the articles that wait, in one transaction."""
        with interrupts_held():
            waiting, self._waiting = self._waiting, []
            if waiting:
                with self.store.together():
                    for each in waiting:
                        self._save(*each)
            for article, *_ in waiting:
                self.intake.stored(article)

    def _save(self, article: Article, quotes: Sequence[Quote], extractor: Run | str) -> None:
        """Save the article; one with an id that is taken, or on which our own program fails, is reported and left out."""
        try:
            # Asked again: another version may have been stored while this one was being extracted.
            met = meet(self.store, article)
            if met.how in (Meeting.BEFORE, Meeting.OLDER):
                self._keep_older(article, met)
                return
            saved, linked = save_met(self.store, article, quotes, extractor=extractor, met=met)
        except ClashError as error:
            self.intake.fail(ArticleError(f"{article.path}: {error}"))
            return
        except QuotesError:
            raise
        except Exception as error:
            what = f"storing it failed ({type(error).__name__}: {error}); please report it with the article"
            self.intake.fail(ArticleError(f"{article.path}: {what}"))
            return
        self.counts[saved.value] += 1
        self.counts["near copies linked"] += linked
        self.counts["versions kept"] += met.how is Meeting.NEWER
        if saved.value != "unchanged":
            sure = sum(quote.act == DEFAULT_ACT and not quote.unsure for quote in quotes)
            self.counts += Counter(all=len(quotes), sure=sure, undated=int(article.published is None))

    def _keep_older(self, article: Article, met: Met) -> None:
        assert met.article_id is not None
        self.counts["versions kept"] += keep_older(self.store, article, met.article_id)
        self.counts["unchanged"] += 1

    def _summary(self) -> str:
        """What happened, in one line."""
        counts = self.counts
        articles = ", ".join(f"{counts[what]} {what}" for what in ("added", "unchanged", "replaced"))
        kinds = ("versions kept", "near copies linked", "in other languages")
        further = "".join(f"; {what}: {counts[what]}" for what in kinds if counts[what])
        quotes = f"quotes: {counts['sure']} in the default view, {counts['all']} in all"
        return f"articles: {articles}; undated: {counts['undated']}; {quotes}{further}; failures: {self.intake.failures}"

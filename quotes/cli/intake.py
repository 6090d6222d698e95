"""The articles that a command is given to read, the database open for it, and the run that stores what is extracted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import Extractor
from quotes.cli.terminal import progress_bar, say
from quotes.errors import NO_SUCH_FILE, ArticleError, QuotesError, StoreError
from quotes.records import DEFAULT_ACT, Article, Quote

if TYPE_CHECKING:
    from quotes.readers import Reading
    from quotes.store import Run, Store
    from quotes.store.intake.article_versions import Met

#: As many failures and as many notices are printed; the table `failures` holds all failures.
LISTED = 500
#: As many articles in other languages are named; of more, only the number is printed.
NAMED = 20


class Intake:
    """The articles of the paths given. `failures` counts what could not be read; with `at_end`, `list_failures` prints why."""

    def __init__(self, paths: Sequence[str], settings: Reading | None = None, *, at_end: bool = False) -> None:
        self._paths = paths
        self._settings = settings
        self._at_end = at_end
        self._lines: list[str] = []
        self._missing: set[str] = set()
        self.failures = 0
        self.foreign = 0
        #: Called with each failure, and with each source that was read to its end.
        self.on_failure: Callable[[ArticleError], None] = lambda _: None
        self.on_source: Callable[[str], None] = lambda _: None

    @property
    def settings(self) -> Mapping[str, Any]:
        """How the paths are read, as far as a user said so, in a form that can be stored."""
        if (settings := self._settings) is None:
            return {}
        columns = {name: value for name, value in asdict(settings.columns).items() if value is not None}
        given: dict[str, Any] = {"columns": columns or None, "kind": settings.kind, "encoding": settings.encoding}
        given |= {} if settings.links else {"links": False}
        return {name: value for name, value in given.items() if value is not None} | settings.stated

    @property
    def stated(self) -> Mapping[str, Any]:
        """The fields that a user states of every article."""
        return {} if self._settings is None else self._settings.stated

    def total(self) -> int | None:
        """About how many articles there are, for the progress bar; None where that is not known."""
        from quotes.readers import count

        return count(self._paths)

    def report_missing(self) -> None:
        """Print at once which paths lead nowhere, and not again at the end: the run may take hours."""
        from quotes.readers import missing

        self._missing = {f"{path}: {NO_SUCH_FILE}" for path in missing(self._paths)}
        for line in sorted(self._missing):
            say(line)

    def __iter__(self) -> Iterator[Article]:
        notices = 0
        for article in self.read():
            if isinstance(article, ArticleError):
                self.fail(article)
                continue
            for notice in article.notices:
                notices += 1
                if notices <= LISTED:
                    say(f"{article.path}: {notice}")
            yield article
        if notices > LISTED:
            say(f"… and {notices - LISTED} more remarks on what was read")

    def read(self) -> Iterable[Article | ArticleError]:
        """The articles and what could not be read."""
        from quotes.readers import Reading, read

        return read(self._paths, settings=self._settings or Reading(), done=lambda source: self.on_source(source))

    def stored(self, article: Article) -> None:
        """Called with each article once it is stored, or found to be stored already."""

    def end(self) -> None:
        """Called once all is stored."""

    def fail(self, error: ArticleError) -> None:
        """Note why an article could not be read, and go on."""
        self.failures += 1
        if not self._at_end:
            say(str(error))
        elif str(error) not in self._missing and len(self._lines) < LISTED:
            self._lines.append(str(error))
        self.on_failure(error)

    def list_failures(self) -> None:
        """Print, at the end of a run, what could not be read."""
        for line in self._lines:
            say(line)
        left = self.failures - len(self._lines) - len(self._missing)
        if left > 0 and self._at_end:
            say(f"… and {left} more; all stand in the table failures")
        self._lines.clear()

    def report_language(self, article: Article) -> None:
        """Say that an article is in another language than English, and so has no quotes that can be found."""
        self.foreign += 1
        if self.foreign <= NAMED:
            say(f"{article.path}: is written in another language than English ({article.language}), so no quotes are looked for")


def is_foreign(article: Article) -> bool:
    """Whether an article is known to be in another language than English."""
    return article.language is not None and article.language != "en"


def settings_from_json(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    """The arguments of `Reading` out of stored settings."""
    from quotes.readers import Columns

    stated = dict(stored or {})
    if "columns" in stated:
        stated["columns"] = Columns(**stated["columns"])
    if "byline" in stated:
        stated["byline"] = tuple(stated["byline"])
    return stated


#: Seconds to wait for another program that is adding to the same database.
WAIT = 10.0


def reading(db: Path) -> Store:
    """The database open to read only; a context manager."""
    from quotes.store import Store

    return Store.open(db, create=False)


@contextmanager
def changing(db: Path, *, create: bool = False) -> Iterator[Store]:
    """The database open for short changes, which wait for each other and can be made while `quotes add` is at work.

    Unless `create`, it must exist. Closing it, which folds its log in, is never cut short.
    """
    from quotes.store import Store

    if not create:
        _require(db)
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
    from quotes.store import sole_writer

    if not create:
        _require(db)
    with sole_writer(db, wait=WAIT), changing(db, create=True) as store:
        yield store


def _require(db: Path) -> None:
    if not db.exists():
        raise StoreError(f"{db}: there is no such database: `quotes add` makes it, or name another with --db")


def store_quotes(db: Path, intake: Intake, extractor: Extractor, *, again: bool = False) -> None:
    """Extract from every article of the intake and store what is found; says what happened, in one line, even when interrupted."""
    intake.report_missing()
    with writing(db) as store:
        run_addition(Addition(store, extractor, again=again), intake)


def run_addition(addition: Addition, intake: Intake, *, retrying: bool = False, summary: Callable[[str], str] = str) -> None:
    """Run the addition, and print the failures and the summary, in whose place `summary` may put another."""
    try:
        addition.run(intake, retrying=retrying)
    finally:
        intake.list_failures()
        say(summary(addition.summary(intake.failures)))


class Addition:
    """Stores what is new of an intake, and counts what happened. The pipeline is loaded once the first article has been read."""

    def __init__(self, store: Store, extractor: Extractor, *, again: bool = False) -> None:
        self._store = store
        self._extractor = extractor
        self._again = again
        self._articles = Counter(added=0, unchanged=0, replaced=0)
        self._further: Counter[str] = Counter()
        self._quotes: Counter[str] = Counter()

    def run(self, intake: Intake, *, retrying: bool = False) -> None:
        """Extract from each article that the store has not yet got from this extractor, and save it, one transaction an article.

        What cannot be read is recorded; failures recorded before are removed where their source was read to its end without them.
        """
        from quotes.store.intake.article_versions import catch_up
        from quotes.store.intake.failures import failed_sources, failure_of, record_failure, settle

        failed: defaultdict[str, set[str]] = defaultdict(set)
        before, read = failed_sources(self._store), set[str]()

        def record(error: ArticleError) -> None:
            failure = failure_of(error.source or "-", str(error), intake.settings)
            failed[failure.source].add(failure.path)
            with interrupts_held():
                record_failure(self._store, failure, again=retrying)

        intake.on_failure, intake.on_source = record, read.add
        with interrupts_held():
            catch_up(self._store)
        articles = iter(intake)
        first = next(articles, None)
        if first is not None:
            with progress_bar(total=intake.total(), unit="article") as self._bar:
                for article, found in self._extractor.extract(self._unseen(intake, chain([first], articles))):
                    if isinstance(found, ArticleError):
                        intake.fail(found)
                    else:
                        self._save(article, found, intake, self._extractor.run)
                    self._done(article, intake)
        for source in sorted(read & before):
            with interrupts_held():
                settle(self._store, source, failed[source])
        intake.end()

    def _done(self, article: Article, intake: Intake, outcome: str | None = None) -> None:
        if outcome:
            self._articles[outcome] += 1
        intake.stored(article)
        self._bar.update()

    def _unseen(self, intake: Intake, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles to extract from; the others are dealt with here."""
        from quotes.store.intake.article_versions import Meeting, keep_older, meet

        for article in articles:
            met = meet(self._store, article)
            if met.how in (Meeting.BEFORE, Meeting.OLDER) and met.article_id is not None:
                with interrupts_held():
                    self._further["versions kept"] += keep_older(self._store, article, met.article_id)
                self._done(article, intake, "unchanged")
            elif is_foreign(article):
                extractor = f"none, for {article.language}"
                if self._store.has(article.id, extractor):
                    self._restate(article, intake)
                else:
                    intake.report_language(article)
                    self._further["in other languages"] += 1
                    self._save(article, (), intake, extractor, met)
                    self._done(article, intake)
            elif met.how is Meeting.CURRENT and not self._again and self._store.has(article.id, self._extractor.run.extractor):
                self._restate(article, intake)
            else:
                yield article

    def _restate(self, article: Article, intake: Intake) -> None:
        """Leave a stored article as it is, but for what a user states of it now."""
        from quotes.store.intake.article_versions import restate

        with interrupts_held():
            restated = bool(intake.stated) and restate(self._store, article.id, intake.stated)
        self._done(article, intake, "replaced" if restated else "unchanged")

    def _save(self, article: Article, quotes: Sequence[Quote], intake: Intake, extractor: Run | str, met: Met | None = None) -> None:
        """Save the article; one on which our own program fails is reported and left out, with the database as it was."""
        from quotes.store.intake.article_versions import Meeting, meet, save_met

        try:
            with interrupts_held():
                # Asked again: another version may have been stored while this one was being extracted.
                met = met or meet(self._store, article)
                saved, linked = save_met(self._store, article, quotes, extractor=extractor, met=met)
        except QuotesError:
            raise
        except Exception as error:
            what = f"storing it failed ({type(error).__name__}: {error}); please report it with the article"
            intake.fail(ArticleError(f"{article.path}: {what}"))
            return
        self._articles[saved.value] += 1
        self._further["near copies linked"] += linked
        self._further["versions kept"] += met.how is Meeting.NEWER
        if saved.value != "unchanged":
            sure = sum(quote.act == DEFAULT_ACT and not quote.unsure for quote in quotes)
            self._quotes += Counter(all=len(quotes), sure=sure, undated=int(article.published is None))

    def summary(self, failures: int) -> str:
        """What happened, in one line."""
        articles = ", ".join(f"{number} {what}" for what, number in self._articles.items())
        kinds = ("versions kept", "near copies linked", "in other languages")
        further = "".join(f"; {what}: {self._further[what]}" for what in kinds if self._further[what])
        quotes = f"quotes: {self._quotes['sure']} in the default view, {self._quotes['all']} in all"
        return f"articles: {articles}; undated: {self._quotes['undated']}; {quotes}{further}; failures: {failures}"

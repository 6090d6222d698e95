"""`quotes extract` prints the quotes of articles; `quotes add` stores them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from quotes.cli.interrupts import interrupts_held
from quotes.cli.options import chosen_model, column_options, database_option, load_pipeline, pipeline_options, selection_options
from quotes.cli.streams import flush_data, put_json, say
from quotes.errors import ArticleError, StoreError
from quotes.records import Article, Quote

if TYPE_CHECKING:
    from quotes.readers import Columns
    from quotes.store import Run, Store


#: Seconds to wait for another program that is adding to the same database.
WAIT = 10.0


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@selection_options
@pipeline_options
@column_options
def extract(
    paths: Sequence[str],
    acts: Sequence[str],
    min_confidence: float,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    columns: Columns,
) -> None:
    """Print the quotes of articles; write nothing.

    One JSON object a line for each quote. PATH is a file (.txt, .html, .jsonl, .csv) or a folder of them; `-` reads one plain-text
    article from standard input.
    """
    from quotes.extract import extract as extract_quotes

    intake = Intake(paths, columns)
    nlp = load_pipeline(chosen_model(model), spacy_model)
    for article, found in extract_quotes(intake, nlp, workers=workers):
        if isinstance(found, ArticleError):
            intake.fail(found)
            continue
        for quote in wanted(found, acts, min_confidence):
            put_json(quote.as_json(article.path))
        flush_data()
    if intake.failures:
        raise SystemExit(1)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@database_option
@selection_options
@pipeline_options
@column_options
@click.option("--again", is_flag=True, help="Extract anew from articles that this extractor has already been through.")
def add(
    paths: Sequence[str],
    db: Path,
    acts: Sequence[str],
    min_confidence: float,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    again: bool,
    columns: Columns,
) -> None:
    """Store articles and their quotes: the main job.

    PATH is as for `quotes extract`. Articles that this extractor has already been through are left as they are, so that running it
    again changes nothing, and an interrupted run takes up where it stopped.
    """
    intake = Intake(paths, columns)
    store_quotes(db, intake, acts=acts, min_confidence=min_confidence, model=model, spacy_model=spacy_model, workers=workers, again=again)
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
    with writing(db) as store:
        from quotes.cli.provenance import run_of

        chosen = chosen_model(model)
        nlp = load_pipeline(chosen, spacy_model)
        run = run_of(nlp, chosen, acts=acts, min_confidence=min_confidence)
        addition = Addition(store, run, acts=acts, min_confidence=min_confidence, again=again)
        try:
            addition.run(intake, nlp, workers=workers)
        finally:
            say(addition.summary(intake.failures))


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


class Intake:
    """The articles of the paths given, failures and notices told as they come up; what cannot be read is left out and counted."""

    def __init__(self, paths: Sequence[str], columns: Columns | None = None) -> None:
        self._paths = paths
        self._columns = columns
        self.failures = 0

    def total(self) -> int | None:
        """About how many articles there are, for the progress bar; None where nobody can tell."""
        from quotes.readers import count

        return count(self._paths)

    def __iter__(self) -> Iterator[Article]:
        from quotes.readers import Columns, read

        for article in read(self._paths, columns=self._columns or Columns(), stdin=sys.stdin.buffer):
            if isinstance(article, ArticleError):
                self.fail(article)
                continue
            for notice in article.notices:
                say(f"{article.path}: {notice}")
            yield article

    def fail(self, error: ArticleError) -> None:
        """Tell why an article could not be read, and go on."""
        self.failures += 1
        say(str(error))


class Source(Protocol):
    """Where articles come from: how many there are, the articles themselves, and where to tell what went wrong with one."""

    def total(self) -> int | None:
        """About how many articles there are; None where nobody can tell."""

    def __iter__(self) -> Iterator[Article]: ...

    def fail(self, error: ArticleError) -> None:
        """Take note of what went wrong with one."""


def wanted(quotes: Iterable[Quote], acts: Sequence[str], min_confidence: float) -> list[Quote]:
    """The quotes of these acts (none named: all) that are at least so sure."""
    return [quote for quote in quotes if (not acts or quote.act in acts) and quote.confidence >= min_confidence]


class Addition:
    """One run of `quotes add`: stores what is new, counts what happened."""

    def __init__(self, store: Store, run: Run, *, acts: Sequence[str], min_confidence: float, again: bool) -> None:
        self._store = store
        self._again = again
        self._acts = acts
        self._min_confidence = min_confidence
        self._run = run
        self._tally = dict.fromkeys(("added", "unchanged", "replaced"), 0)
        self._quotes = 0

    def run(self, intake: Source, nlp: Any, *, workers: int) -> None:
        """Extract from each article that the store has not yet got from this extractor, and save it, one transaction an article."""
        from tqdm import tqdm

        from quotes.extract import extract as extract_quotes

        with tqdm(total=intake.total(), unit="article", disable=None, leave=False, file=sys.stderr) as self._bar:
            for article, found in extract_quotes(self._unseen(intake), nlp, workers=workers):
                if isinstance(found, ArticleError):
                    intake.fail(found)
                else:
                    self._save(article, wanted(found, self._acts, self._min_confidence))
                self._bar.update()

    def _unseen(self, intake: Source) -> Iterator[Article]:
        for article in intake:
            if not self._again and self._store.has(article.id, self._run.extractor):
                self._tally["unchanged"] += 1
                self._bar.update()
            else:
                yield article

    def _save(self, article: Article, quotes: Sequence[Quote]) -> None:
        with interrupts_held():
            saved = self._store.save(article, quotes, extractor=self._run)
        self._tally[saved.value] += 1
        if saved.value != "unchanged":
            self._quotes += len(quotes)

    def summary(self, failures: int) -> str:
        """What happened, in one line."""
        articles = ", ".join(f"{number} {what}" for what, number in self._tally.items())
        return f"articles: {articles}; quotes: {self._quotes} stored; failures: {failures}"

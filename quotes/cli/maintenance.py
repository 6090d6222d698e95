"""`quotes refresh`, `quotes backup` and `quotes explain`: keeping a database current, safe and understood."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotes.cli.command_inputs import Intake
from quotes.cli.extraction import Addition, prepared, writing
from quotes.cli.options import database_option, pipeline_options
from quotes.cli.search_export import reading
from quotes.cli.streams import flush_data, put_line, say
from quotes.errors import ArticleError
from quotes.records import Article

if TYPE_CHECKING:
    from quotes.store import Explanation, Store


@click.command()
@database_option
@pipeline_options
@click.option("--all", "every", is_flag=True, help="Extract from every article anew, not only from what another version went through.")
@click.option("--dry-run", is_flag=True, help="Say how many articles another version went through, and change nothing.")
def refresh(db: Path, model: str | None, spacy_model: str | None, workers: int, every: bool, dry_run: bool) -> None:
    """Extract anew what another version, model or option found.

    Works from the stored articles. Quotes that come out the same keep their ids, and what people put right stays right. An interrupted run
    takes up where it was.
    """
    with reading(db) if dry_run else writing(db, create=False) as store:
        ready = prepared(model, spacy_model)
        articles = _Stored(store, None if every else ready[1].extractor)
        if dry_run:
            say(f"{articles.total()} of {store.counts()['articles']} articles would be gone through again; nothing was changed.")
            return
        addition = Addition(store, lambda: ready, acts=(), min_confidence=0.0, again=every)
        try:
            addition.run(articles, workers=workers)
        finally:
            say(addition.summary(articles.failures))
    if articles.failures:
        raise SystemExit(1)


class _Stored(Intake):
    """The articles of a database that were not gone through by `extractor`, as an intake."""

    def __init__(self, store: Store, extractor: str | None) -> None:
        from quotes.store import outdated

        super().__init__(())
        self._store = store
        self._ids = outdated(store, extractor)

    def total(self) -> int:
        """How many there are."""
        return len(self._ids)

    def _read(self) -> Iterator[Article | ArticleError]:
        from quotes.readers.outlets import known_outlet
        from quotes.readers.printed_time import possible
        from quotes.store import stored_article

        for identifier in self._ids:
            # What was stored is all there is to know; topics and quotes are found anew, and what an earlier version stored is put right.
            article = stored_article(self._store, identifier)
            outlet = article.outlet and (known_outlet(article.outlet) or article.outlet)
            yield replace(article, topics=(), outlet=outlet, published=possible(article.published))


@click.command()
@click.argument("destination", type=click.Path(dir_okay=False, path_type=Path))
@database_option
@click.option("--replace", "replace_it", is_flag=True, help="Replace DESTINATION if it is an earlier copy.")
def backup(destination: Path, db: Path, replace_it: bool) -> None:
    """Copy the database into one file.

    Others may read and write meanwhile; the copy is the database at one moment. It is checked before it takes its name.
    """
    from tqdm import tqdm

    from quotes.store import back_up as copy

    with reading(db) as store, tqdm(total=100, unit="%", disable=None, leave=False, file=sys.stderr) as bar:

        def progress(left: int, of: int) -> None:
            bar.n = round(100 * (of - left) / max(of, 1))
            bar.refresh()

        copy(store, destination, replace=replace_it, progress=progress)
    say(f"{destination}: copied, {destination.stat().st_size:,} bytes.")


@click.command()
@click.argument("who", metavar="SPEAKER")
@database_option
def explain(who: str, db: Path) -> None:
    """Say why the mentions of a speaker are taken for one.

    SPEAKER is words of a name, or the number of a speaker. Shows every name with its reason, titles and institutions over time, and who
    else it may be.
    """
    from quotes.store import explain as explanations

    with reading(db) as store:
        found = explanations(store, who)
    for each in found:
        for line in _told(each):
            put_line(line)
    flush_data()
    if not found:
        say(f"{who}: no such speaker.")


def _told(found: Explanation) -> Iterator[str]:
    yield f"{found.name} ({found.kind}, {found.id}): {_count(found.quotes, 'quote')} in {_count(found.articles, 'article')}"
    for reason in found.reasons:
        yield f"  {reason.name}, {_count(reason.articles, 'article')}{_dates(reason.first, reason.last)}: {reason.because}"
    for post in found.posts:
        words = ", ".join(each for each in (post.title, post.institution) if each)
        former = " (over)" if post.past else ""
        yield f"  as {words}{former}: {_count(post.articles, 'article')}{_dates(post.first, post.last)}"
    for doubt in found.open:
        yield f"  {doubt}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _dates(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return f", {first[:10]}" if first[:10] == last[:10] else f", {first[:10]} to {last[:10]}"

"""`quotes watch` keeps a database current with feeds."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.command_inputs import Intake
from quotes.cli.extraction import Addition, prepared, writing
from quotes.cli.interrupts import Interrupted, interrupts_held
from quotes.cli.options import database_option, fetching_options, pipeline_options, selection_options
from quotes.cli.streams import reported_as, say
from quotes.errors import ArticleError
from quotes.records import Article

if TYPE_CHECKING:
    from quotes.cli.extraction import Prepared
    from quotes.readers.feeds import Entry, Feed
    from quotes.readers.fetching import Fetcher
    from quotes.store import Store
    from quotes.store.fetches import Fetch

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class _Pause(click.ParamType[timedelta]):
    """A time such as 90s, 15m, 2h or 1d."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", str(value).strip().lower())
        if found is None or not float(found[1]):
            self.fail(f"“{value}” is no time, write 90s, 15m, 2h or 1d.", param, ctx)
        return timedelta(seconds=float(found[1]) * _UNITS[found[2]])


@click.command()
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@database_option
@click.option("--every", type=_Pause(), default="15m", show_default=True, help="How often to look: 90s, 15m, 2h, 1d.")
@click.option("--once", is_flag=True, help="Look once, and stop.")
@selection_options
@pipeline_options
@fetching_options
def watch(
    feeds: Sequence[str],
    db: Path,
    every: timedelta,
    once: bool,
    acts: Sequence[str],
    min_confidence: float,
    model: str | None,
    spacy_model: str | None,
    workers: int,
    fetcher: Fetcher,
) -> None:
    """Keep the database current with feeds, until interrupted.

    FEED is the address of a feed (RSS, Atom, JSON Feed), or a file that lists some (OPML, or one address a line). Entries with their full
    text are read from the feed, others from the page they link to. Only what has changed is asked for; robots.txt is kept to; a server
    that fails or asks for peace is asked again later. Stopped at any moment, the same command goes on where it was.
    """
    addresses = list(dict.fromkeys(address for each in feeds for address in _addresses(each)))

    @cache
    def prepare() -> Prepared:
        return prepared(model, spacy_model, acts=acts, min_confidence=min_confidence)

    def look() -> int:
        with writing(db) as store:
            addition = Addition(store, prepare, acts=acts, min_confidence=min_confidence, again=False)
            intake = Round(addresses, store, fetcher, every)
            try:
                addition.run(intake, workers=workers)
                intake.end()
            finally:
                intake.list_failures()
                say(f"{datetime.now().astimezone():%Y-%m-%d %H:%M} {intake.asked}; {addition.summary(intake.failures)}")
        return intake.failures

    if once:
        if look():
            raise SystemExit(1)
        return
    # Stopping is how this command ends, so it is no failure.
    with suppress(Interrupted):
        while True:
            began = time.monotonic()
            look()
            time.sleep(max(1.0, every.total_seconds() - (time.monotonic() - began)))


def _addresses(named: str) -> list[str]:
    from quotes.readers import is_address
    from quotes.readers.feeds import feeds_of

    if is_address(named):
        return [named]
    path = Path(named)
    with reported_as(path):
        return feeds_of(path.read_bytes(), named)


class Round(Intake):
    """One look at all feeds: the articles of entries that are new or have changed.

    That a page was fetched is kept once its article is stored, and that a feed was, once all its articles are: a round that is broken off
    at any moment is taken up where it was.
    """

    def __init__(self, feeds: Sequence[str], store: Store, fetcher: Fetcher, every: timedelta) -> None:
        super().__init__(feeds, at_end=True)
        self._store = store
        self._fetcher = fetcher
        self._every = every
        self._looked = self._unchanged = self._waiting = 0
        self._to_come = False  # whether an entry of the feed that is being read is to be tried again
        self._pages: dict[int, Fetch] = {}
        self._read_through: list[Fetch] = []

    @property
    def asked(self) -> str:
        """How many feeds were looked at, in words."""
        waiting = f", {self._waiting} not due yet" if self._waiting else ""
        return f"feeds: {self._looked} read, {self._unchanged} unchanged{waiting}"

    def total(self) -> int | None:
        """Nobody knows how much is new."""
        return None

    def _read(self) -> Iterator[Article | ArticleError]:
        from quotes.readers import finished

        for address in self._paths:
            yield from finished(self._feed(address), address)

    def _feed(self, address: str) -> Iterator[Article | ArticleError]:
        from quotes.readers.feeds import parse_feed
        from quotes.store.fetches import last_fetch, succeeded

        known = last_fetch(self._store, address)
        now = datetime.now(UTC)
        if known is not None and not known.due(now):
            self._waiting += 1
            return
        self._to_come = False
        try:
            etag, modified = (known.etag, known.last_modified) if known else (None, None)
            answer = self._fetcher.fetch(address, etag=etag, last_modified=modified)
            if answer.data is None:
                self._unchanged += 1
                self._keep(succeeded(address, now, etag=answer.etag, last_modified=answer.last_modified))
                self.on_source(address)
                return
            feed = parse_feed(answer.as_input())
        except ArticleError as error:
            yield self._failed(address, error, is_feed=True)
            return
        self._looked += 1
        whole = True
        self._to_come = False
        for number, entry in enumerate(feed.entries, 1):
            for article in self._entry(entry, feed, f"{address}#{number}"):
                whole = whole and not (isinstance(article, ArticleError) and article.source == address)
                yield article
        # Where an entry is to be tried again, the feed must be sent whole the next time, although it has not changed.
        etag, modified = (None, None) if self._to_come else (answer.etag, answer.last_modified)
        self._read_through.append(succeeded(address, now, etag=etag, last_modified=modified))
        if whole:
            self.on_source(address)

    def _entry(self, entry: Entry, feed: Feed, shown: str) -> Iterator[Article | ArticleError]:
        """The article of an entry that is new, or has changed since it was last read."""
        from quotes.readers import Reading
        from quotes.readers.feeds import article_of_entry, whole_text
        from quotes.store.fetches import last_fetch, succeeded

        address = entry.link or shown
        updated = entry.updated or entry.published
        known = last_fetch(self._store, address)
        now = datetime.now(UTC)
        if whole_text(entry) is not None:
            yield from article_of_entry(entry, feed, shown, Reading())
            return
        if known is not None:
            changed = updated is not None and updated != known.updated
            if (known.failures == 0 or known.given_up) and not changed:
                return
            if not known.due(now) and not (changed and known.failures == 0):
                self._to_come = True
                return
        for article in article_of_entry(entry, feed, shown, Reading(fetcher=self._fetcher)):
            if isinstance(article, ArticleError):
                yield self._failed(address, article, updated=updated)
            else:
                self._pages[article.id] = succeeded(address, now, etag=None, last_modified=None, updated=updated)
                yield article
                self.on_source(address)

    def stored(self, article: Article) -> None:
        """Keep that the page of the article need not be fetched again."""
        page = self._pages.pop(article.id, None)
        if page is not None:
            self._keep(page)

    def end(self) -> None:
        """Keep that the feeds were read, now that all is stored."""
        for feed in self._read_through:
            self._keep(feed)

    def _failed(self, address: str, error: ArticleError, *, updated: str | None = None, is_feed: bool = False) -> ArticleError:
        """Keep when to ask for the address again: soon after a fault of the net, never for a page that is no article; a feed, always."""
        from quotes.readers.fetching import FetchError
        from quotes.store.fetches import failed, last_fetch

        known = last_fetch(self._store, address)
        later, wait = (error.later, error.wait) if isinstance(error, FetchError) else (False, None)
        fetch = failed(address, datetime.now(UTC), known, every=self._every, wait=wait, later=later or is_feed, updated=updated)
        self._to_come = self._to_come or not fetch.given_up
        self._keep(fetch)
        error.source = error.source or address
        return error

    def _keep(self, fetch: Fetch) -> None:
        from quotes.store.fetches import record_fetch

        with interrupts_held():
            record_fetch(self._store, fetch)

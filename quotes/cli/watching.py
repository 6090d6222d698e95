"""`quotes watch` keeps a database current with feeds; `quotes retry` reads again what could not be read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from quotes.cli.intake import Addition, Intake, settings_from_json, writing
from quotes.cli.interrupts import Interrupted, interrupts_held
from quotes.cli.options import database_option, extraction_options, fetching_options
from quotes.cli.terminal import flush_data, put_line, say
from quotes.configured_extractor import Extractor
from quotes.errors import ArticleError
from quotes.readers import Reading, finished, is_address, read
from quotes.readers.dispatch import resolved
from quotes.readers.feeds import Entry, article_of_entry, feeds_of, parse_feed, whole_text
from quotes.readers.fetch.fetching import Fetcher, FetchError
from quotes.records import Article
from quotes.store import Store
from quotes.store.intake.retries import Failure, Fetch, failed, failures, last_fetch, record_fetch, settle, succeeded

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _pause(_ctx: click.Context, _option: click.Parameter, value: str) -> timedelta:
    """A time such as 90s, 15m, 2h or 1d."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value.strip().lower())
    if found is None or not float(found[1]):
        raise click.BadParameter(f"“{value}” is no time, write 90s, 15m, 2h or 1d.")
    return timedelta(seconds=float(found[1]) * _UNITS[found[2]])


@click.command()
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@database_option
@click.option("--every", metavar="TIME", callback=_pause, default="15m", show_default=True, help="How often to look: 90s, 15m, 2h, 1d.")
@click.option("--once", is_flag=True, help="Look once, and stop.")
@extraction_options
@fetching_options
def watch(feeds: Sequence[str], db: Path, every: timedelta, once: bool, extractor: Extractor, fetcher: Fetcher) -> None:
    """Keep the database current with feeds, until interrupted.

    FEED is the address of a feed (RSS, Atom, JSON Feed), or a file that lists some (OPML, or one address a line). Entries with their full
    text are read from the feed, others from the page they link to. Only what has changed is asked for; robots.txt is kept to; a server
    that fails or asks for peace is asked again later. Stopped at any moment, the same command goes on where it was.
    """
    listed = ([each] if is_address(each) else feeds_of(Path(each).read_bytes(), each) for each in feeds)
    addresses = list(dict.fromkeys(address for some in listed for address in some))

    def look() -> int:
        with writing(db) as store:
            intake = _FeedEntries(addresses, store, fetcher, every)
            Addition(store, extractor, intake).run(lambda stored: f"{datetime.now():%Y-%m-%d %H:%M} {intake.summary}; {stored}")
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


class _FeedEntries(Intake):
    """One look at all feeds: the articles of entries that are new or have changed.

    That a page was fetched is recorded once its article is stored, and that a feed was, once all its articles are: a look that is broken
    off at any moment is taken up where it was.
    """

    def __init__(self, feeds: Sequence[str], store: Store, fetcher: Fetcher, every: timedelta) -> None:
        super().__init__()
        self._reading = Reading(fetcher=fetcher)
        self._addresses = feeds
        self._store = store
        self._fetcher = fetcher
        self._every = every
        self._looked = self._unchanged = self._waiting = 0
        self._incomplete = False  # whether an entry of the feed that is being read is to be tried again
        self._pages: dict[int, Fetch] = {}
        self._feeds: list[Fetch] = []

    @property
    def summary(self) -> str:
        """How many feeds were looked at, in words."""
        waiting = f", {self._waiting} not due yet" if self._waiting else ""
        return f"feeds: {self._looked} read, {self._unchanged} unchanged{waiting}"

    def total(self) -> int | None:
        return None

    def read(self) -> Iterator[Article | ArticleError]:
        for address in self._addresses:
            yield from finished(self._feed(address), address)

    def _feed(self, address: str) -> Iterator[Article | ArticleError]:
        known, now = last_fetch(self._store, address), datetime.now(UTC)
        if known is not None and not known.due(now):
            self._waiting += 1
            return
        try:
            etag, modified = (known.etag, known.last_modified) if known else (None, None)
            answer = self._fetcher.fetch(address, etag=etag, last_modified=modified)
            if answer is None:
                self._unchanged += 1
                self._record(succeeded(address, now, etag=etag, last_modified=modified))
                self.on_source(address)
                return
            feed = parse_feed(answer)
        except ArticleError as error:
            yield self._failed(address, error, is_feed=True)
            return
        self._looked += 1
        whole, self._incomplete = True, False
        for number, entry in enumerate(feed.entries, 1):
            for article in self._entry(entry, f"{address}#{number}"):
                whole = whole and not (isinstance(article, ArticleError) and article.source == address)
                yield article
        # Where an entry is to be tried again, the feed must be sent whole the next time, although it has not changed.
        etag, modified = (None, None) if self._incomplete else (answer.etag, answer.last_modified)
        self._feeds.append(succeeded(address, now, etag=etag, last_modified=modified))
        if whole:
            self.on_source(address)

    def _entry(self, entry: Entry, shown: str) -> Iterator[Article | ArticleError]:
        """The article of an entry that is new, or has changed since it was last read."""
        articles = resolved(article_of_entry(entry, shown, self._reading), self._reading)
        if whole_text(entry) is not None:
            yield from articles
            return
        address, updated = entry.link or shown, entry.changed
        known, now = last_fetch(self._store, address), datetime.now(UTC)
        if known is not None:
            changed = updated is not None and updated != known.updated
            if (known.failures == 0 or known.given_up) and not changed:
                return
            if not known.due(now) and not (changed and known.failures == 0):
                self._incomplete = True
                return
        for article in articles:
            if isinstance(article, ArticleError):
                yield self._failed(address, article, updated=updated)
            else:
                self._pages[article.id] = succeeded(address, now, etag=None, last_modified=None, updated=updated)
                yield article
                self.on_source(address)

    def stored(self, article: Article) -> None:
        """Record that the page of the article need not be fetched again."""
        if page := self._pages.pop(article.id, None):
            self._record(page)

    def end(self) -> None:
        """Record that the feeds were read, now that all is stored."""
        for feed in self._feeds:
            self._record(feed)

    def _failed(self, address: str, error: ArticleError, *, updated: str | None = None, is_feed: bool = False) -> ArticleError:
        """Record when to ask for the address again: soon after a network fault, never for a page that is no article; a feed, always."""
        known = last_fetch(self._store, address)
        later, wait = (error.later, error.wait) if isinstance(error, FetchError) else (False, None)
        fetch = failed(address, datetime.now(UTC), known, every=self._every, wait=wait, later=later or is_feed, updated=updated)
        self._incomplete = self._incomplete or not fetch.given_up
        self._record(fetch)
        error.source = error.source or address
        return error

    def _record(self, fetch: Fetch) -> None:
        with interrupts_held():
            record_fetch(self._store, fetch)


@click.command()
@database_option
@click.option("--list", "only_list", is_flag=True, help="Show what could not be read, and try nothing.")
@click.option("--forget", is_flag=True, help="Forget all of it, and try nothing.")
@extraction_options
@fetching_options
def retry(db: Path, only_list: bool, forget: bool, extractor: Extractor, fetcher: Fetcher) -> None:
    """Read again what could not be read before.

    Every file and address in the table `failures` is read again with its first options; what can be read now is stored and leaves it.
    Files are looked for from the folder in which the command is run.
    """
    with writing(db) as store:
        known = list(failures(store))
        if only_list:
            for each in known:
                put_line(f"{each.what} (tried {each.tries} time{'s' if each.tries > 1 else ''})")
            flush_data()
            say(f"{len(known)} could not be read")
        elif forget:
            forgotten = sum(settle(store, source, ()) for source in {each.source for each in known})
            say(f"{forgotten} forgotten")
        elif not known:
            say("nothing to try again")
        else:
            intake = _FailedSources(known, fetcher)
            addition = Addition(store, extractor, intake, retrying=True)
            addition.run(lambda stored: f"{stored}; left to try again: {len(list(failures(store)))}")
            if intake.failures:
                raise SystemExit(1)


class _FailedSources(Intake):
    """The sources of failures, each read as it was to be read then."""

    def __init__(self, known: Sequence[Failure], fetcher: Fetcher) -> None:
        super().__init__()
        self._sources = {each.source: each.settings for each in known}
        self._fetcher = fetcher

    def total(self) -> int | None:
        return None

    def read(self) -> Iterator[Article | ArticleError]:
        for source, stored in self._sources.items():
            if source == "-":
                say("-: standard input cannot be read again, give it to `quotes add` anew")
                continue
            self.settings = replace(Reading(**settings_from_json(stored)), fetcher=self._fetcher)
            yield from read([source], settings=self.settings, done=self.on_source)

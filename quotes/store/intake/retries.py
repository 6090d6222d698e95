"""What is to be tried again: what could not be read, until it can; and each address that was requested, so that none is asked for twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from quotes.records import content_id
from quotes.store.rows.article_store import Store
from quotes.store.schema.statements import IN, listed, storable, upsert
from quotes.store.schema.tables import FAILURES, FETCHES

#: A failing address is requested again after a while that doubles each time, up to a day.
_LONGEST_WAIT = timedelta(days=1)
#: An address that failed so often is given up until its feed says that it has changed.
MOST_TRIES = 6


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that could not be read. `source` is the file or address to read again, `path` what in it failed, `what` the whole message.

    `settings` is how it was read; `tries` counts how often it was tried.
    """

    source: str
    path: str
    what: str
    tries: int = 1
    settings: Mapping[str, Any] | None = None

    @property
    def id(self) -> int:
        """The same for the same place in the same source."""
        return content_id("failure", self.source, self.path)


def failure_of(source: str, message: str, settings: Mapping[str, Any] | None = None) -> Failure:
    """The failure that a reader's message, `PATH: what was wrong`, states."""
    return Failure(storable(source), storable(message.split(": ", 1)[0]), storable(message), settings=settings)


def record_failure(store: Store, failure: Failure, *, again: bool = False) -> None:
    """Store a failure; one that is stored already, with the same words, changes nothing unless it was tried `again`. Raises StoreError."""
    now = _iso(datetime.now(UTC))
    settings = json.dumps(failure.settings, ensure_ascii=False, sort_keys=True) if failure.settings else None
    stored = store.rows("select what, settings, tries, first from failures where id = ?", failure.id)
    what, known_settings, tries, first = stored[0] if stored else (None, None, 0, now)
    if (what, known_settings) != (failure.what, settings) or again:
        with store.transaction():
            upsert(store.db, FAILURES, (failure.id, failure.source, failure.path, failure.what, tries + 1, first, now, settings))


def settle(store: Store, source: str, failed: Collection[str]) -> int:
    """Remove what failed in a source that was read to its end and is not among the paths `failed` now; how many. Raises StoreError."""
    stored = store.rows("select id, path from failures where source = ?", storable(source))
    mended = [failure for failure, path in stored if path not in failed]
    if mended:
        with store.transaction():
            store.db.execute(f"delete from failures where id {IN}", [listed(mended)])
    return len(mended)


def failed_sources(store: Store) -> frozenset[str]:
    """The sources in which something could not be read. Raises StoreError."""
    return frozenset(each.source for each in failures(store))


def failures(store: Store) -> Iterator[Failure]:
    """All failures, source by source. Raises StoreError."""
    for source, path, what, tries, settings in store.rows("select source, path, what, tries, settings from failures order by first, 1, 2"):
        yield Failure(source, path, what, tries, json.loads(settings) if settings else None)


class Fetch(NamedTuple):
    """The last request for an address: what the server said to ask with next time, and when that may be.

    `updated` is when the feed said that the page had changed. `failures` counts those in a row; `again` is the first moment to ask again.
    """

    address: str
    etag: str | None = None
    last_modified: str | None = None
    updated: str | None = None
    checked: str | None = None
    again: str | None = None
    failures: int = 0

    def due(self, now: datetime) -> bool:
        """Whether it may be requested again."""
        return self.again is None or now >= datetime.fromisoformat(self.again)

    @property
    def given_up(self) -> bool:
        """Whether it failed too often, or for good."""
        return self.failures >= MOST_TRIES


def last_fetch(store: Store, address: str) -> Fetch | None:
    """The last request for an address, None where there was none. Raises StoreError."""
    found = store.rows("select * from fetches where id = ?", content_id("fetch", address))
    return Fetch(*found[0][1:]) if found else None


def record_fetch(store: Store, fetch: Fetch) -> None:
    """Store the last request for an address. Raises StoreError."""
    with store.transaction():
        upsert(store.db, FETCHES, (content_id("fetch", fetch.address), *fetch))


def succeeded(address: str, now: datetime, *, etag: str | None, last_modified: str | None, updated: str | None = None) -> Fetch:
    """An address that answered."""
    return Fetch(address, etag, last_modified, updated, _iso(now))


def failed(
    address: str, now: datetime, before: Fetch | None, *, every: timedelta, wait: float | None, later: bool, updated: str | None = None
) -> Fetch:
    """An address that did not: due again after `every`, doubled with each failure, or when the server asked to; never if not `later`."""
    before = before or Fetch(address)
    times = before.failures + 1 if later else MOST_TRIES
    pause = max(min(every * 2 ** min(times - 1, 20), max(every, _LONGEST_WAIT)), timedelta(seconds=wait or 0))
    return before._replace(updated=updated, checked=_iso(now), again=_iso(now + pause), failures=times)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")

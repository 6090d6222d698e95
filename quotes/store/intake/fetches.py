"""What was requested from the web and when, so that nothing is requested twice, and a watch goes on where it stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from quotes.records import content_id
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors
from quotes.store.schema.statements import upsert
from quotes.store.schema.tables import FETCHES

#: A failing address is requested again after a while that doubles each time, up to a day.
_LONGEST_WAIT = timedelta(days=1)
#: An address that failed so often is given up until its feed says that it has changed.
MOST_TRIES = 6


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
    with clear_errors(store.path):
        row = store.db.execute("select * from fetches where id = ?", [content_id("fetch", address)]).fetchone()
    return None if row is None else Fetch(*row[1:])


def record_fetch(store: Store, fetch: Fetch) -> None:
    """Store the last request for an address. Raises StoreError."""
    with clear_errors(store.path), store.transaction():
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

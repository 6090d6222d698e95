"""What was fetched from the web and when, so that nothing is asked for twice, and a watch goes on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from quotes.records import content_id
from quotes.store.article_store import Store
from quotes.store.schema.connection import clear_errors

#: A failing address is asked again after a while that doubles each time, up to a day.
_LONGEST_WAIT = timedelta(days=1)
#: An address that failed so often is given up until its feed says that it has changed.
MOST_TRIES = 6
_NAMES = ("address", "etag", "last_modified", "updated", "checked", "again", "failures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
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
        """Whether it may be asked for again."""
        return self.again is None or now >= datetime.fromisoformat(self.again)

    @property
    def given_up(self) -> bool:
        """Whether it failed too often, or for good."""
        return self.failures >= MOST_TRIES


def last_fetch(store: Store, address: str) -> Fetch | None:
    """What is known of an address, None where it was never asked for. Raises StoreError."""
    with clear_errors(store.path):
        row = store.db.execute(f"select {', '.join(_NAMES)} from fetches where id = ?", [content_id("fetch", address)]).fetchone()
    return None if row is None else Fetch(**dict(zip(_NAMES, row, strict=True)))


def record_fetch(store: Store, fetch: Fetch) -> None:
    """Keep what is known of an address now. Raises StoreError."""
    values = [getattr(fetch, name) for name in _NAMES]
    with clear_errors(store.path), store.transaction():
        store.db.execute(
            f"insert or replace into fetches (id, {', '.join(_NAMES)}) values (?{', ?' * len(_NAMES)})",
            [content_id("fetch", fetch.address), *values],
        )


def succeeded(address: str, now: datetime, *, etag: str | None, last_modified: str | None, updated: str | None = None) -> Fetch:
    """An address that answered."""
    return Fetch(address=address, etag=etag, last_modified=last_modified, updated=updated, checked=_iso(now))


def failed(
    address: str, now: datetime, before: Fetch | None, *, every: timedelta, wait: float | None, later: bool, updated: str | None = None
) -> Fetch:
    """An address that did not: asked again after `every`, doubled with each failure, or when the server asked to; never if not `later`."""
    times = MOST_TRIES if not later else (before.failures if before else 0) + 1
    pause = min(every * 2 ** min(times - 1, 20), max(every, _LONGEST_WAIT))
    if wait:
        pause = max(pause, timedelta(seconds=wait))
    return Fetch(
        address=address,
        etag=before.etag if before else None,
        last_modified=before.last_modified if before else None,
        updated=updated,
        checked=_iso(now),
        again=_iso(now + pause),
        failures=times,
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")

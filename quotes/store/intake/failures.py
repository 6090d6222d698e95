"""What could not be read, stored until it can: the failures of all runs, and how each source is to be read again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quotes.records import content_id
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors
from quotes.store.schema.statements import IN, listed, storable, upsert
from quotes.store.schema.tables import FAILURES


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
    path = message.split(": ", 1)[0]
    return Failure(storable(source), storable(path), storable(message), settings=settings)


def record_failure(store: Store, failure: Failure, *, again: bool = False) -> None:
    """Store a failure; one that is stored already, with the same words, changes nothing unless it was tried `again`. Raises StoreError."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    settings = json.dumps(failure.settings, ensure_ascii=False, sort_keys=True) if failure.settings else None
    with clear_errors(store.path):
        before = store.db.execute("select what, settings, tries, first from failures where id = ?", [failure.id]).fetchone()
        if before is not None and before[:2] == (failure.what, settings) and not again:
            return
        tries, first = (0, now) if before is None else before[2:]
        with store.transaction():
            upsert(store.db, FAILURES, (failure.id, failure.source, failure.path, failure.what, tries + 1, first, now, settings))


def settle(store: Store, source: str, failed: Collection[str]) -> int:
    """Remove what failed in a source that was read to its end and is not among the paths `failed` now; how many. Raises StoreError."""
    with clear_errors(store.path):
        rows = store.db.execute("select id, path from failures where source = ?", [storable(source)]).fetchall()
        mended = [row[0] for row in rows if row[1] not in failed]
        if mended:
            with store.transaction():
                store.db.execute(f"delete from failures where id {IN}", [listed(mended)])
    return len(mended)


def failed_sources(store: Store) -> frozenset[str]:
    """The sources in which something could not be read. Raises StoreError."""
    with clear_errors(store.path):
        return frozenset(row[0] for row in store.db.execute("select distinct source from failures").fetchall())


def failures(store: Store) -> Iterator[Failure]:
    """All failures, source by source. Raises StoreError."""
    with clear_errors(store.path):
        rows = store.db.execute("select source, path, what, tries, settings from failures order by first, source, path").fetchall()
    for source, path, what, tries, settings in rows:
        yield Failure(source, path, what, tries, json.loads(settings) if settings else None)

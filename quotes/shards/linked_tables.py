"""Linked tables: the database of some shards as Parquet files under one address, for programs that read Parquet.

TABLE/00000.parquet    rows of a table of the database, half a million to a file
manifest.json          of which shards they are, and how many rows each table has; written last, so without it something is missing
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from quotes.errors import ClusterError
from quotes.shards.shard_files import Report
from quotes.shards.stored_files import StoredFiles
from quotes.store import Store
from quotes.store.retrieval.exporting import parquet_files
from quotes.store.schema import TABLES
from quotes.store.schema.connection import clear_errors

_T = TypeVar("_T")

#: Rows in a file.
ROWS = 500_000
_MANIFEST = "manifest.json"


class LinkedTables:
    """The linked tables of shards, which `reports` name, at an address as `StoredFiles` takes it.

    `loading` and `loaded` are paths on this machine for the database that they are written from, while it is made and once it is whole:
    beside the folder, or in the working folder for an address elsewhere. Raises ClusterError where something else is at the address.
    """

    def __init__(self, address: str, reports: Iterable[Report]) -> None:
        self._files = StoredFiles(address)
        self._of = hashlib.sha256(repr(list(reports)).encode("utf-8", "backslashreplace")).hexdigest()[:24]
        folder = self._files.folder or Path(address.rstrip("/").rpartition("/")[2])
        self.loading, self.loaded = (folder.with_name(f"{folder.name}.{self._of[:8]}.{what}") for what in ("partial.db", "db"))
        there = self._files.names("*")
        self.complete = _MANIFEST in there and self._of.encode() in self._files.read(_MANIFEST)
        if there and not self.complete and not self.loaded.exists():
            raise ClusterError(f"{address}: other files are there: name an empty folder, or remove them")

    def write(self, store: Store) -> Iterator[int]:
        """Write the tables; yields how many files are done after each. Files that are there stay as they are. Raises ClusterError and
        StoreError."""
        tables = [table for table in TABLES if not table.internal]
        files = 0
        for table in tables:
            for number, parts in enumerate(_without_sqlite_errors(store, parquet_files(store.db.conn, table, ROWS))):
                name = f"{table.name}/{number:05d}.parquet"
                if self._files.names(name):
                    deque(parts, maxlen=0)
                else:
                    self._files.put(name, _without_sqlite_errors(store, parts))
                files += 1
                yield files
        counts = store.counts()
        manifest = {"of": self._of, "rows": {table.name: counts[table.name] for table in tables}}
        self._files.put(_MANIFEST, [json.dumps(manifest, indent=1).encode()])


def _without_sqlite_errors(store: Store, each: Iterator[_T]) -> Iterator[_T]:
    """The same, whose errors are not taken for those of where the files go."""
    with clear_errors(store.path):
        yield from each

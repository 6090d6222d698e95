"""STORE: one article at a time, whole or not at all; the same article again changes nothing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.records import Article, Quote
from quotes.store.overrides.correction_records import as_corrected, in_force
from quotes.store.overrides.extractions import Extraction, Run, packed
from quotes.store.rows.article_rows import article_row
from quotes.store.rows.saving import Saved, save_article
from quotes.store.schema.connection import BUSY_TIMEOUT, clear_errors
from quotes.store.schema.opening import open_for_reading, open_for_writing, transaction
from quotes.store.schema.tables import ARTICLES, TABLES

#: Milliseconds to wait for the moment in which nobody reads that writing ahead needs to begin.
SWITCH_TIMEOUT = 1_000


class Store:
    """A database of quotes. Use it as a context manager: leaving it folds the write-ahead log into the file."""

    def __init__(self, db: Database, path: str | Path, *, writable: bool) -> None:
        self.db = db
        self.path = Path(path)
        self.writable = writable
        self._logging_ahead = False

    @classmethod
    def open(cls, path: str | Path, *, create: bool, wait: float = BUSY_TIMEOUT) -> Store:
        """Open the database at `path`: to write, making it where it is missing (`create`), or else to read only.

        `wait` is how many seconds to wait for another program that is writing. Raises StoreError when the file is a folder, not a
        SQLite database, another program's, newer than this program, locked, or not to be read or written.
        """
        path = Path(path)
        return cls(open_for_writing(path, wait=wait) if create else open_for_reading(path, wait=wait), path, writable=create)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it; safe to call twice.

        While another program has the file open the log stays beside it, and whoever opens the file next folds it in.
        """
        with contextlib.suppress(sqlite3.Error):
            if self._logging_ahead:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self.db.execute("PRAGMA journal_mode = delete")
                self._logging_ahead = False
        self.db.close()

    def has(self, article_id: int, extractor: str) -> bool:
        """Whether the article is stored with the quotes that `extractor` found, so that the work can be spared."""
        with clear_errors(self.path):
            return bool(self.db.execute("select 1 from articles where id = ? and extractor = ?", [article_id, extractor]).fetchone())

    def counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        with clear_errors(self.path):
            return {table.name: self.db.execute(f'select count(*) from "{table.name}"').fetchone()[0] for table in TABLES}

    def save(self, article: Article, quotes: Sequence[Quote], *, extractor: str | Run, along: Callable[[], None] | None = None) -> Saved:
        """Store an article and its quotes in one transaction, in place of what was stored for it before.

        `extractor` names what found the quotes and changes whenever its results may. `path` is kept from the first time, so
        that the same article under another name changes nothing. What people corrected overrides what was found. `along` is done in the
        same transaction, after the article is written. Raises StoreError, with the database as it was.
        """
        run = extractor if isinstance(extractor, Run) else Run(extractor)
        try:
            records = packed(article, quotes)
            with clear_errors(self.path):
                # Looked at before the write lock is taken: where nothing changes, not a byte of the file is touched.
                if self._unchanged(article, run, records):
                    return Saved.UNCHANGED
                with self.transaction():
                    at = datetime.now(UTC).isoformat(timespec="seconds")
                    saved = save_article(self.db, Extraction(article, tuple(quotes), run, at, records))
                    if along is not None:
                        along()
                    return saved
        except UnicodeEncodeError as error:
            sign = f"U+{ord(error.object[error.start]):04X}"
            raise StoreError(f"{article.path}: it holds half a character ({sign}), which no database can store: mend the input") from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Take the write lock at the start, so that a second writer waits instead of failing halfway."""
        if not self._logging_ahead and self._logs_ahead():
            self.db.execute("PRAGMA synchronous = normal")
            # Folding the log in after every few articles would write the same pages again and again; 64 MB of log is little.
            self.db.execute("PRAGMA wal_autocheckpoint = 16000")
            # Rows lie by their ids, which are hashes: with the 2 MB that SQLite keeps by default every page would be read again and again.
            self.db.execute("PRAGMA cache_size = -131072")
            self._logging_ahead = True
        with transaction(self.db):
            yield

    def _logs_ahead(self) -> bool:
        """Begin to write ahead, unless the file is being read all the time.

        That needs a moment in which nobody reads, and SQLite lets new readers in while it waits for one. A transaction without it holds
        them up instead, and so comes to its end; the next one tries again.
        """
        (patience,) = self.db.execute("PRAGMA busy_timeout").fetchone()
        self.db.execute(f"PRAGMA busy_timeout = {min(patience, SWITCH_TIMEOUT)}")
        try:
            return bool(self.db.execute("PRAGMA journal_mode = wal").fetchone()[0] == "wal")
        except sqlite3.OperationalError as error:
            if not (error.sqlite_errorname or "").startswith("SQLITE_BUSY"):
                raise
            return False
        finally:
            self.db.execute(f"PRAGMA busy_timeout = {patience}")

    def _unchanged(self, article: Article, run: Run, records: bytes) -> bool:
        stored = self.db.execute("select * from articles where id = ?", [article.id]).fetchone()
        if stored is None:
            return False
        row = article_row(as_corrected(article, in_force(self.db, article.id)), run.extractor)
        found = self.db.execute("select run_id, records from extractions where article_id = ?", [article.id]).fetchone()
        after_path = ARTICLES.names.index("path") + 1
        return bool(stored[after_path:] == row[after_path:] and found == (run.id, records))

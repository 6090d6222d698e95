"""STORE: one article at a time, whole or not at all, the same article again changing nothing; and articles out of it again, as records."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.records import Article, Quote
from quotes.store.overrides.correction_records import as_corrected, in_force
from quotes.store.overrides.extractions import Extraction, Run, extraction_of, packed
from quotes.store.overrides.overrides import CorrectedArticle, corrected_article
from quotes.store.rows.article_rows import article_row
from quotes.store.rows.saving import Saved, save_article
from quotes.store.schema.connection import BUSY_TIMEOUT, clear_errors, whole_characters
from quotes.store.schema.opening import open_for_reading, open_for_writing
from quotes.store.schema.tables import ARTICLES, TABLES

#: Milliseconds to wait for the moment in which nobody reads that writing ahead needs to begin.
SWITCH_TIMEOUT = 1_000

_Read = TypeVar("_Read")


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
        return cls(open_for_writing(path, wait) if create else open_for_reading(path), path, writable=create)

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

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """All rows that a query finds. Raises StoreError."""
        with clear_errors(self.path):
            return self.db.execute(sql, values).fetchall()

    def has(self, article_id: int, extractor: str) -> bool:
        """Whether the article is stored with the quotes that `extractor` found, so that the work can be spared."""
        return bool(self.rows("select 1 from articles where id = ? and extractor = ?", article_id, extractor))

    def counts(self) -> dict[str, int]:
        """The number of rows of each table."""
        return {table.name: self.rows(f"select count(*) from {table.name}")[0][0] for table in TABLES}

    def save(self, article: Article, quotes: Sequence[Quote], *, extractor: str | Run, along: Callable[[], None] | None = None) -> Saved:
        """Store an article and its quotes in one transaction, in place of what was stored for it before.

        `extractor` names what found the quotes and changes whenever its results may. `path` is kept from the first time, so
        that the same article under another name changes nothing. What people corrected overrides what was found. `along` is done in the
        same transaction, after the article is written. Raises StoreError, with the database as it was.
        """
        run = extractor if isinstance(extractor, Run) else Run(extractor)
        with clear_errors(self.path), whole_characters(article.path):
            records = packed(article, quotes)
            # Looked at before the write lock is taken: where nothing changes, not a byte of the file is touched.
            if self._unchanged(article, run, records):
                return Saved.UNCHANGED
            with self.transaction():
                at = datetime.now(UTC).isoformat(timespec="seconds")
                saved = save_article(self.db, Extraction(article, tuple(quotes), run, at, records))
                if along is not None:
                    along()
                return saved

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Write all transactions of the block as one, which changes far fewer pages; one that fails is still undone by itself.

        Nobody else can write meanwhile. Raises StoreError.
        """
        with clear_errors(self.path):
            self._begin()
            try:
                yield
            finally:
                try:
                    self.db.commit()
                except BaseException:
                    self.db.rollback()
                    raise

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what the block writes. The write lock is taken at the start, so that a second writer waits instead of failing
        halfway. Raises StoreError."""
        with contextlib.nullcontext() if self.db.conn.in_transaction else self.together(), clear_errors(self.path), self.db.atomic():
            yield

    def _begin(self) -> None:
        if not self._logging_ahead and self._logs_ahead():
            self.db.execute("PRAGMA synchronous = normal")
            # Folding the log in after every few articles would write the same pages again and again; 64 MB of log is little.
            self.db.execute("PRAGMA wal_autocheckpoint = 16000")
            # Rows lie by their ids, which are hashes: with the 2 MB that SQLite keeps by default every page would be read again and
            # again.
            self.db.execute("PRAGMA cache_size = -131072")
            self._logging_ahead = True
        self.db.execute("BEGIN IMMEDIATE")
        # Rows refer to each other both ways, and some are written after those that refer to them; the check waits for the commit.
        self.db.execute("PRAGMA defer_foreign_keys = ON")

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


def stored(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """Every article in order of its id, with its quotes in order of its text, as found and as people corrected them.

    Raises StoreError when the database cannot be read or a row of it is damaged.
    """
    for one in _corrected(store, store.rows("select id from articles order by id")):
        yield one.article, one.quotes


def reviewed(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """The articles that a person has been through, as `stored` gives them.

    An article counts where something about its quotes was corrected, or where every one of its quotes was found right. Raises StoreError.
    """
    sql = "select distinct article_id from corrections where article_id in (select id from articles) and undone_at is null order by 1"
    for one in _corrected(store, store.rows(sql)):
        if any(each.corrected for each in one.every) or (one.every and all(each.looked_at for each in one.every)):
            yield one.article, one.quotes


def outdated(store: Store, extractor: str | None) -> list[int]:
    """The ids of the articles that `extractor` has not gone through, in order; of all articles where it is None.

    Articles in another language are left out: no extractor goes through them.
    """
    sql = "select id from articles where (?1 is null or extractor <> ?1) and ifnull(language, 'en') = 'en' order by id"
    return [row[0] for row in store.rows(sql, extractor)]


def stored_article(store: Store, article_id: int) -> Article:
    """One stored article as it was read, without what people corrected. Raises StoreError where there is none, or it is damaged."""
    found = _read(store, article_id, extraction_of)
    if found is None:
        raise StoreError(f"{store.path}: there is no article {article_id}: look its number up in the table articles")
    return found.article


def _corrected(store: Store, rows: Iterable[tuple[int]]) -> Iterator[CorrectedArticle]:
    return (one for (article_id,) in rows if (one := _read(store, article_id, corrected_article)) is not None)


def _read(store: Store, article_id: int, read: Callable[[Database, int], _Read]) -> _Read:
    with clear_errors(store.path):
        try:
            return read(store.db, article_id)
        except (ValueError, TypeError) as error:
            ((path,),) = store.rows("select path from articles where id = ?", article_id)
            why = f"the article {path} is damaged ({error}): run `quotes verify`, and take the file from a backup"
            raise StoreError(f"{store.path}: {why}") from error

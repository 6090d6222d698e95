"""STORE: one article at a time, whole or not at all; the same article again changes nothing."""

from __future__ import annotations

import contextlib
import enum
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.linking import InstitutionIdentity, SpeakerIdentity, comparable, preferred_name
from quotes.records import Article, Quote
from quotes.store.connection import BUSY_TIMEOUT, clear_errors, open_for_reading, open_for_writing
from quotes.store.rows import ArticleRows, Row, article_rows, better_institution
from quotes.store.schema import AFFILIATIONS, ARTICLES, INSTITUTIONS, QUOTES, SPEAKERS, TABLES, Table

# SQLite takes at least 999 parameters in one statement, whatever it was built with.
_MANY = 900

_PATH = ARTICLES.names.index("path")


class Saved(enum.Enum):
    """What `Store.save` did with an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


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

    def save(self, article: Article, quotes: Sequence[Quote], *, extractor: str, along: Callable[[], None] | None = None) -> Saved:
        """Store an article and its quotes in one transaction, in place of what was stored for it before.

        `extractor` names what found the quotes and changes whenever its results may. `path` is kept from the first time, so
        that the same article under another name changes nothing. `along` is done in the same transaction, after the article is written.
        Raises StoreError, with the database as it was.
        """
        try:
            rows = article_rows(article, quotes, extractor)
            with clear_errors(self.path):
                # Looked at before the write lock is taken: where nothing changes, not a byte of the file is touched.
                if self._unchanged(rows):
                    return Saved.UNCHANGED
                with self.transaction():
                    saved = self._save(rows)
                    if along is not None:
                        along()
                    return saved
        except UnicodeEncodeError as error:
            sign = f"U+{ord(error.object[error.start]):04X}"
            raise StoreError(f"{article.path}: it holds half a character ({sign}), which no database can store: mend the input") from error
        except sqlite3.ProgrammingError as error:
            raise StoreError(f"{article.path}: it cannot be stored: {error}") from error

    def remove(self, article_id: int) -> None:
        """Take away an article with all that was found in it, within the caller's `transaction`."""
        quotes, affiliations = self._rows_of(QUOTES, article_id), self._rows_of(AFFILIATIONS, article_id)
        for table in (QUOTES, AFFILIATIONS):
            self.db.execute(f"delete from {table.name} where article_id = ?", [article_id])
        self._remove_orphans(quotes, affiliations)
        self.db.execute("delete from articles where id = ?", [article_id])

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Take the write lock at the start, so that a second writer waits instead of failing halfway."""
        if not self._logging_ahead:
            self.db.execute("PRAGMA journal_mode = wal")
            self.db.execute("PRAGMA synchronous = normal")
            # Folding the log in after every few articles would write the same pages again and again; 16 MB of log is little.
            self.db.execute("PRAGMA wal_autocheckpoint = 4000")
            self._logging_ahead = True
        self.db.execute("BEGIN IMMEDIATE")
        try:
            with self.db.atomic():
                yield
            self.db.commit()
        except BaseException:
            self.db.rollback()
            raise

    def _unchanged(self, rows: ArticleRows) -> bool:
        article_id = rows.article[0]
        stored = self.db.execute("select * from articles where id = ?", [article_id]).fetchone()
        return (
            stored is not None
            and stored == (article_id, stored[_PATH], *rows.article[_PATH + 1 :])
            and self._rows_of(QUOTES, article_id) == rows.quotes
            and self._rows_of(AFFILIATIONS, article_id) == rows.affiliations
        )

    def _save(self, rows: ArticleRows) -> Saved:
        article_id = rows.article[0]
        stored = self.db.execute("select * from articles where id = ?", [article_id]).fetchone()
        if stored is None:
            self._enter_names(rows)
            self._insert(ARTICLES, [rows.article])
            self._insert(QUOTES, rows.quotes)
            self._insert(AFFILIATIONS, rows.affiliations)
            return Saved.ADDED
        _refuse_clash(stored, rows.article)
        old_quotes, old_affiliations = self._rows_of(QUOTES, article_id), self._rows_of(AFFILIATIONS, article_id)
        for table in (QUOTES, AFFILIATIONS):
            self.db.execute(f"delete from {table.name} where article_id = ?", [article_id])
        self._enter_names(rows)
        assignments = ", ".join(f'"{name}" = ?' for name in ARTICLES.names[_PATH + 1 :])
        self.db.execute(f"update articles set {assignments} where id = ?", [*rows.article[_PATH + 1 :], article_id])
        self._insert(QUOTES, rows.quotes)
        self._insert(AFFILIATIONS, rows.affiliations)
        self._remove_orphans(old_quotes, old_affiliations)
        return Saved.REPLACED

    def _rows_of(self, table: Table, article_id: Any) -> list[Row]:
        rows: list[Row] = self.db.execute(f"select * from {table.name} where article_id = ? order by id", [article_id]).fetchall()
        return rows

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        # Many rows to a statement: with triggers, every statement makes the full-text index write what it holds to the file,
        # so that a statement for each row (sqlite-utils or executemany) costs five times as much.
        at_once = _MANY // len(table.names)
        values = f"({','.join('?' * len(table.names))})"
        try:
            for first in range(0, len(rows), at_once):
                some = rows[first : first + at_once]
                self.db.conn.execute(f"insert into {table.name} values {','.join([values] * len(some))}", list(chain.from_iterable(some)))
        except sqlite3.IntegrityError as error:
            raise StoreError(f"{self.path}: a row of {table.name} cannot be written ({error}): please report this") from error

    def _enter_names(self, rows: ArticleRows) -> None:
        """Write the speakers and institutions that are new, and show the better spelling of those that are not."""
        self._enter_institutions(rows.institutions)
        # A speaker of one article refers to that article, which is written after; the check waits for the commit.
        self.db.execute("PRAGMA defer_foreign_keys = ON")
        self._enter_speakers(rows.speakers)

    def _enter_speakers(self, speakers: Mapping[int, SpeakerIdentity]) -> None:
        stored = {row[0]: SpeakerIdentity(*row) for row in self._by_id(SPEAKERS, speakers)}
        for each in speakers.values():
            before = stored.get(each.id)
            if before is None:
                continue
            person = each.kind == "person"
            if before[2:] != each[2:] or comparable(before.name, person=person) != comparable(each.name, person=person):
                raise StoreError(f"speakers: {before.name} and {each.name} have the same id {each.id} by chance: please report this")
            name = preferred_name(before.name, each.name)
            if name != before.name:
                self.db.execute("update speakers set name = ? where id = ?", [name, each.id])
        self._insert(SPEAKERS, [tuple(each) for each in speakers.values() if each.id not in stored])

    def _enter_institutions(self, institutions: Mapping[int, InstitutionIdentity]) -> None:
        stored = {row[0]: InstitutionIdentity(*row) for row in self._by_id(INSTITUTIONS, institutions)}
        for each in institutions.values():
            before = stored.get(each.id)
            if before is None:
                continue
            if comparable(before.name) != comparable(each.name):
                raise StoreError(f"institutions: {before.name} and {each.name} have the same id {each.id} by chance: please report this")
            after = better_institution(before, each)
            if after != before:
                self.db.execute("update institutions set name = ?, acronym = ? where id = ?", [after.name, after.acronym, each.id])
        self._insert(INSTITUTIONS, [tuple(each) for each in institutions.values() if each.id not in stored])

    def _by_id(self, table: Table, ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
        ordered = list(ids)
        for first in range(0, len(ordered), _MANY):
            some = ordered[first : first + _MANY]
            yield from self.db.execute(f"select * from {table.name} where id in ({','.join('?' * len(some))})", some)

    def _remove_orphans(self, quotes: Sequence[Row], affiliations: Sequence[Row]) -> None:
        """Remove the speakers and institutions that only the rows just replaced spoke of."""
        speakers = {row[2] for row in quotes} | {row[1] for row in affiliations}
        institutions = {row[3] for row in quotes} | {row[4] for row in affiliations}
        for table, ids in ((SPEAKERS, speakers), (INSTITUTIONS, institutions)):
            column = f"{table.name[:-1]}_id"
            self.db.conn.executemany(
                f"delete from {table.name} where id = ?1 and not exists (select 1 from quotes where {column} = ?1)"
                f" and not exists (select 1 from affiliations where {column} = ?1)",
                [(each,) for each in ids if each is not None],
            )


def _refuse_clash(stored: Row, new: Row) -> None:
    for name in ("text", "url"):
        place = ARTICLES.names.index(name)
        if (stored[place] or "") != (new[place] or ""):
            raise StoreError(f"{new[_PATH]}: another article has the same id {new[0]} by chance: please report this")

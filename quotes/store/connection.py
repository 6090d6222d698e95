"""Opening a database file and closing it again, and every way in which SQLite can refuse, each as one clear line."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.migrations import bring_up_to_date, migrations
from quotes.store.schema import APPLICATION_ID, TABLES
from quotes.store.tables import FIRST_TABLES

#: Seconds to wait for another program that is writing.
BUSY_TIMEOUT = 10.0

_HEADER = b"SQLite format 3\x00"
_APPLICATION_ID_AT = slice(68, 72)

_REFUSALS = {
    "SQLITE_FULL": "the disk is full; nothing half-written was kept: free some space and run the command again",
    "SQLITE_BUSY": "another program is writing to it: wait until that has ended and run the command again",
    "SQLITE_LOCKED": "another program is writing to it: wait until that has ended and run the command again",
    "SQLITE_READONLY": "it cannot be written: check the permissions of the file and its folder, or name another with --db",
    "SQLITE_CANTOPEN": "it cannot be opened or made: check the permissions of the file and its folder, or name another with --db",
    "SQLITE_PERM": "it may not be read: check the permissions of the file",
    "SQLITE_NOTADB": "it is not a SQLite database: name another file with --db",
    "SQLITE_CORRUPT": "the file is damaged: take it from a backup, or delete it and add the articles again",
    "SQLITE_IOERR": "the disk reports an error: check that there is space and that the drive is well, and run the command again",
    "SQLITE_TOOBIG": "an article is larger than SQLite can hold (1 GB): split it",
}


@contextlib.contextmanager
def clear_errors(path: str | Path) -> Iterator[None]:
    """Turn whatever SQLite raises into a StoreError that names the database and the mend."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        why = next((why for refusal, why in _REFUSALS.items() if name.startswith(refusal)), f"SQLite refuses: {error}")
        raise StoreError(f"{path}: {why}") from error


def is_ours(path: Path) -> bool:
    """Whether the file carries our application id; never raises, and reads the first bytes only."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return header.startswith(_HEADER) and int.from_bytes(header[_APPLICATION_ID_AT], "big") == APPLICATION_ID


def open_for_writing(path: Path, *, wait: float = BUSY_TIMEOUT) -> Database:
    """Open or create the database and bring its schema up to date.

    A missing folder is made, if the folder above it exists. Raises StoreError.
    """
    _refuse_folder(path)
    try:
        path.parent.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise StoreError(f"{path}: the folder {path.parent} does not exist, nor the one above it: create it first") from None
    except OSError as error:
        raise StoreError(f"{path}: the folder {path.parent} cannot be made ({error.strerror}): name another file with --db") from error
    with clear_errors(path):
        db = _connect(path, "rwc", wait)
        try:
            if db.execute("select count(*) from sqlite_master").fetchone()[0]:
                check_ours(db, path)
            bring_up_to_date(db)
            db.execute("PRAGMA foreign_keys = ON")
            _fill_in(db)
        except BaseException:
            db.close()
            raise
    return db


def _unlinked(db: Database) -> bool:
    """Whether an earlier version stored articles that are not linked yet, because bringing them up to date was interrupted."""
    return bool(db.execute("select exists (select 1 from articles where id not in (select article_id from extractions))").fetchone()[0])


def _fill_in(db: Database) -> None:
    """Link what an earlier version stored; each article is a transaction, so that an interrupted run goes on where it was."""
    from quotes.store.rebuilding import clear_out, fill, unfilled

    articles = unfilled(db)
    for article_id in articles:
        with transaction(db):
            fill(db, article_id)
    if articles:
        with transaction(db):
            clear_out(db)


@contextlib.contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Take the write lock at the start, so that a second writer waits instead of failing halfway; all or nothing is written."""
    db.execute("BEGIN IMMEDIATE")
    # Rows refer to each other both ways, and some are written after those that refer to them; the check waits for the commit.
    db.execute("PRAGMA defer_foreign_keys = ON")
    try:
        with db.atomic():
            yield
        db.commit()
    except BaseException:
        db.rollback()
        raise


def open_for_reading(path: Path, *, wait: float = BUSY_TIMEOUT) -> Database:
    """Open an existing database read-only, first putting right what an interrupted run left. Raises StoreError."""
    _refuse_folder(path)
    if not path.exists():
        raise StoreError(f"{path}: there is no such database: `quotes add` makes it, or name another with --db")
    fold_in(path)
    with clear_errors(path):
        db = _connect(path, "ro", wait)
        try:
            if not db.execute("select count(*) from sqlite_master").fetchone()[0]:
                raise StoreError(f"{path}: the database is empty: add articles first with `quotes add`")
            check_ours(db, path)
            if migrations.pending(db) or _unlinked(db):
                raise StoreError(f"{path}: it was made by an older version of quotes: run `quotes add` on it once to bring it up to date")
        except BaseException:
            db.close()
            raise
    return db


def fold_in(path: Path) -> bool:
    """Take into the file what a killed run left beside it; whether nothing is left there.

    Does nothing, and is False, where another program is still writing or the folder cannot be written.
    """
    if not _left_beside(path):
        return True
    # Reading rolls a hot journal back; leaving the write-ahead mode takes its log in and deletes it.
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_connect(path, "rw", 0.5)) as db:
        db.execute("select count(*) from sqlite_master").fetchone()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("PRAGMA journal_mode = delete")
    return not _left_beside(path)


@contextlib.contextmanager
def read_beside_writers(path: Path) -> Iterator[None]:
    """While the block runs, the database keeps a log that is written ahead, so that many who read never hold up one who writes.

    Without it, threads of one program that read by turns can leave no moment for a writer at all. Where the file cannot be written, or
    somebody is at it already, it stays as it is. Afterwards there is one file again, if nobody else has it open.
    """
    holding: Database | None = None
    with contextlib.suppress(sqlite3.Error):
        holding = _connect(path, "rw", 0.5)
        holding.execute("PRAGMA journal_mode = wal")
        holding.execute("select count(*) from sqlite_master").fetchone()
    try:
        yield
    finally:
        if holding is not None:
            with contextlib.suppress(sqlite3.Error):
                holding.execute("PRAGMA journal_mode = delete")
            holding.close()


def _left_beside(path: Path) -> bool:
    return any(Path(f"{path}{suffix}").exists() for suffix in ("-wal", "-journal"))


def check_ours(db: Database, path: str | Path) -> None:
    """Raise StoreError unless the database is one of ours, whole, and not newer than this program."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(f"{path}: it is a database of another program, and is left as it is: name another file with --db")
    tables = TABLES[:FIRST_TABLES] if migrations.pending(db) else TABLES
    missing = {table.name for table in tables} - set(db.table_names())
    if missing:
        raise StoreError(f"{path}: the table {min(missing)} is missing: take the file from a backup, or add the articles to a new one")
    known = {migration.name for migration in migrations._migrations}
    newer = [applied.name for applied in migrations.applied(db) if applied.name not in known]
    if newer:
        raise StoreError(f"{path}: it was made by a newer version of quotes ({newer[-1]}): upgrade with `pip install --upgrade quotes`")


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path}: it is a folder: name a file in it, such as {path / 'quotes.db'}")


def _connect(path: Path, mode: str, wait: float) -> Database:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait)
    # The plugins of sqlite-utils may add functions, which a stored view must not come to need.
    return Database(connection, execute_plugins=False)

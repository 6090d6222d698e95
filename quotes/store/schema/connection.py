"""Reading a database file; and every way in which SQLite can refuse, as one clear line."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection as Connection  # for annotations in layers that do not know SQLite

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.schema.declaration import View
from quotes.store.schema.tables import TABLES
from quotes.store.schema.views import VIEWS

#: `PRAGMA application_id`, "QUOT" in ASCII: tells our databases from any other.
APPLICATION_ID = 0x51554F54

#: The migrations, the first of which makes everything that is declared. Databases in which it has another name were never released.
STEPS = ("m008_search", "m009_site")

#: Seconds to wait for another program that is writing.
BUSY_TIMEOUT = 10.0

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
        why = next((why for refusal, why in _REFUSALS.items() if name.startswith(refusal)), None) or _other(error)
        raise StoreError(f"{path}: {why}") from error


@contextlib.contextmanager
def whole_characters(path: str | Path) -> Iterator[None]:
    """Turn the refusal of text that is not Unicode into a StoreError that names what holds it."""
    try:
        yield
    except UnicodeEncodeError as error:
        sign = f"U+{ord(error.object[error.start]):04X}"
        raise StoreError(f"{path}: it holds half a character ({sign}), which no database can store: mend the input") from error


def _other(error: sqlite3.Error) -> str:
    # The message goes on with the whole text, which may be that of an article.
    undecodable = re.match(r"Could not decode to UTF-8 column '([^']*)'", str(error))
    if undecodable:
        return f"the column {undecodable[1]} holds bytes that are no text: `quotes verify` says where; take the file from a backup"
    return f"SQLite refuses: {error}"


def is_ours(path: Path) -> bool:
    """Whether the file carries our application id; never raises, and reads the first bytes only."""
    header = b""
    with contextlib.suppress(OSError), path.open("rb") as file:
        header = file.read(100)
    return header.startswith(b"SQLite format 3\x00") and header[68:72] == APPLICATION_ID.to_bytes(4)


#: What a query can be put to.
Asked = Connection | Database


@contextlib.contextmanager
def reading(path: str | Path) -> Iterator[Connection]:
    """An existing database, open to read only; whatever SQLite raises in the block is a StoreError. Raises StoreError."""
    path = Path(path)
    with clear_errors(path), contextlib.closing(connect_to_read(path)) as connection:
        yield connection


def connect_to_read(path: Path) -> Connection:
    """A connection that only reads, after what an interrupted run left is put right. Raises StoreError."""
    refuse_folder(path)
    if not path.exists():
        raise StoreError(f"{path}: there is no such database: `quotes add` makes it, or name another with --db")
    fold_in(path)
    with clear_errors(path):
        connection = connect(path, "ro")
        try:
            if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:
                raise StoreError(f"{path}: the database is empty: add articles first with `quotes add`")
            check_ours(connection, path)
            if _last_step(connection) != STEPS[-1]:
                raise StoreError(f"{path}: it was made by an earlier version of quotes: run `quotes add` on it once to bring it up to date")
            if stale := stale_views(connection):
                names = ", ".join(each.name for each in stale)
                raise StoreError(f"{path}: the view {names} is missing or not as it should be: run `quotes add` on it once to put it right")
        except BaseException:
            connection.close()
            raise
    return connection


def stale_views(db: Asked) -> list[View]:
    """The views that are missing, or that somebody or another version made otherwise."""
    found = dict(db.execute("select name, sql from sqlite_master where type = 'view'").fetchall())
    return [view for view in VIEWS if found.get(view.name) != view.created]


def fold_in(path: Path) -> None:
    """Take into the file what a killed run left beside it, unless another program is still writing or the folder cannot be written."""
    if any(Path(f"{path}{suffix}").exists() for suffix in ("-wal", "-journal")):
        # Reading rolls a hot journal back; leaving the write-ahead mode takes its log in and deletes it.
        with contextlib.suppress(sqlite3.Error), contextlib.closing(connect(path, "rw", 0.5)) as db:
            db.execute("select count(*) from sqlite_master").fetchone()
            db.execute("PRAGMA journal_mode = delete")


@contextlib.contextmanager
def read_beside_writers(path: Path) -> Iterator[None]:
    """While the block runs, the database keeps a log that is written ahead, so that many who read never hold up one who writes.

    Without it, threads of one program that read by turns can leave no moment for a writer at all. Where the file cannot be written, or
    somebody is at it already, it stays as it is. Afterwards there is one file again, if nobody else has it open.
    """
    holding: Connection | None = None
    with contextlib.suppress(sqlite3.Error):
        holding = connect(path, "rw", 0.5)
        holding.execute("PRAGMA journal_mode = wal")
        holding.execute("select count(*) from sqlite_master").fetchone()
    try:
        yield
    finally:
        if holding is not None:
            with contextlib.suppress(sqlite3.Error):
                holding.execute("PRAGMA journal_mode = delete")
            holding.close()


def check_ours(db: Asked, path: str | Path) -> None:
    """Raise StoreError unless the database is one of ours, whole, and not newer than this program."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(f"{path}: it is a database of another program, and is left as it is: name another file with --db")
    tables = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    applied = _last_step(db) if "_sqlite_migrations" in tables else STEPS[-1]
    if applied > STEPS[-1]:
        raise StoreError(f"{path}: it was made by a newer version of quotes ({applied}): upgrade with `pip install --upgrade quotes`")
    if applied < STEPS[0]:
        raise StoreError(f"{path}: it was made by a version of quotes that is too old: add the articles to a new database")
    missing = {table.name for table in TABLES if table.since <= applied} - tables
    if missing:
        raise StoreError(f"{path}: the table {min(missing)} is missing: take the file from a backup, or add the articles to a new one")


def _last_step(db: Asked) -> str:
    """The last migration that was applied, as sqlite-utils stores its name: each sorts after the one before it."""
    return str(db.execute("select max(name) from _sqlite_migrations where migration_set = 'quotes'").fetchone()[0] or "")


def refuse_folder(path: Path) -> None:
    """Raise StoreError where the path is that of a folder."""
    if path.is_dir():
        raise StoreError(f"{path}: it is a folder: name a file in it, such as {path / 'quotes.db'}")


def connect(path: Path, mode: str, wait: float = BUSY_TIMEOUT) -> Connection:
    """A connection of sqlite3’s; `mode` is ro, rw or rwc, `wait` how many seconds to wait for another program that is writing."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait)

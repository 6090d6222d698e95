"""Opening a database to write, or to read with sqlite-utils."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from quotes.errors import StoreError
from quotes.store.schema.connection import BUSY_TIMEOUT, check_ours, clear_errors, connect, connect_to_read, refuse_folder
from quotes.store.schema.migrations import bring_up_to_date


def open_for_writing(path: Path, *, wait: float = BUSY_TIMEOUT) -> Database:
    """Open or create the database and bring its schema up to date.

    A missing folder is made, if the folder above it exists. Raises StoreError.
    """
    refuse_folder(path)
    try:
        path.parent.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise StoreError(f"{path}: the folder {path.parent} does not exist, nor the one above it: create it first") from None
    except OSError as error:
        raise StoreError(f"{path}: the folder {path.parent} cannot be made ({error.strerror}): name another file with --db") from error
    with clear_errors(path):
        db = _with_utils(connect(path, "rwc", wait))
        try:
            if db.execute("select count(*) from sqlite_master").fetchone()[0]:
                check_ours(db, path)
            bring_up_to_date(db)
            db.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            db.close()
            raise
    return db


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
    return _with_utils(connect_to_read(path, wait=wait))


def _with_utils(connection: sqlite3.Connection) -> Database:
    # The plugins of sqlite-utils may add functions, which a stored view must not come to need.
    return Database(connection, execute_plugins=False)

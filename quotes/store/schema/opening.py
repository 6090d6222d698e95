"""Opening a database with sqlite-utils: making it from the declaration, or from an earlier version of it, and putting its views right."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

from quotes.errors import StoreError
from quotes.store.schema.connection import (
    APPLICATION_ID,
    BUSY_TIMEOUT,
    STEPS,
    check_ours,
    clear_errors,
    connect,
    connect_to_read,
    refuse_folder,
    stale_views,
)
from quotes.store.schema.counting import refresh_coverage, refresh_days
from quotes.store.schema.tables import COVERAGE, QUOTE_TOPICS, QUOTES, TABLES

migrations = Migrations("quotes")


@migrations(name=STEPS[0])
def declared(db: Database) -> None:
    """Everything in `tables.py`; tables that are there already, and may be filled, are left as they are."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for table in TABLES:
        db.execute(table.created)
        for statement in table.created_indexes:
            db.execute(statement)
        if table.search is not None:
            names = table.search.columns
            db.table(table.name).enable_fts(list(names), tokenize=table.search.tokenizer, create_triggers=True)
            _fill_index(db, f"{table.name}_fts")
            # Counts and links of a row change far more often than its words; the index need not be written anew for that.
            changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in names)
            (sql,) = db.execute("select sql from sqlite_master where type = 'trigger' and name = ?", [f"{table.name}_au"]).fetchone()
            db.execute(f"DROP TRIGGER {table.name}_au")
            db.execute(sql.replace("BEGIN", f"WHEN {changed} BEGIN", 1))


def _fill_index(db: Database, index: str) -> None:
    """Fill a full-text index from its table. What it holds in memory meanwhile is larger than usual, so that it is merged less often."""
    db.execute(f"insert into {index} ({index}, rank) values ('hashsize', 67108864)")
    db.execute(f"insert into {index} ({index}) values ('rebuild')")
    db.execute(f"insert into {index} ({index}, rank) values ('hashsize', 1048576)")


@migrations(name=STEPS[1])
def days_of_topics_and_coverage(db: Database) -> None:
    """What the site counts by: the day of each quote under its topics, and what there is of each outlet in each month."""
    if "day" in db.table(QUOTE_TOPICS.name).columns_dict:
        return  # the step before has made it as declared
    db.execute("DROP INDEX idx_quote_topics_topic_id")
    for column in QUOTE_TOPICS.columns[QUOTE_TOPICS.keys :]:
        db.execute(f'ALTER TABLE "{QUOTE_TOPICS.name}" ADD COLUMN {column.created(key=False)}')
    refresh_days(db)
    for statement in (*QUOTE_TOPICS.created_indexes, *QUOTES.created_indexes, COVERAGE.created):
        db.execute(statement)
    refresh_coverage(db)


def bring_up_to_date(db: Database) -> None:
    """Apply what is missing, in one transaction, and put the views right; writes nothing where nothing is to be done."""
    stale = stale_views(db)
    if not stale and not migrations.pending(db):
        return
    with db.atomic():
        migrations.apply(db)
        for view in stale:
            db.execute(f'DROP VIEW IF EXISTS "{view.name}"')
            db.execute(view.created)


def make_folder(path: Path) -> None:
    """Make the folder of a database where it is missing, if the folder above it exists. Raises StoreError."""
    refuse_folder(path)
    try:
        path.parent.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise StoreError(f"{path}: the folder {path.parent} does not exist, nor the one above it: create it first") from None
    except OSError as error:
        raise StoreError(f"{path}: the folder {path.parent} cannot be made ({error.strerror}): name another file with --db") from error


def open_for_writing(path: Path, wait: float = BUSY_TIMEOUT) -> Database:
    """Open or create the database and bring its schema up to date; makes its folder as `make_folder` does. Raises StoreError."""
    make_folder(path)
    with clear_errors(path):
        # The plugins of sqlite-utils may add functions, which a stored view must not come to need.
        db = Database(connect(path, "rwc", wait), execute_plugins=False)
        try:
            if db.execute("select count(*) from sqlite_master").fetchone()[0]:
                check_ours(db, path)
            bring_up_to_date(db)
            db.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            db.close()
            raise
    return db


def open_for_reading(path: Path) -> Database:
    """Open an existing database read-only, first putting right what an interrupted run left. Raises StoreError."""
    return Database(connect_to_read(path), execute_plugins=False)

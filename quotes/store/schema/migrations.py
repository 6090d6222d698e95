"""From an empty file to the schema that is declared, and from that of an older version, once there is one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database, Migrations

from quotes.store.schema.connection import APPLICATION_ID, STEPS, stale_views
from quotes.store.schema.declaration import Column, Table
from quotes.store.schema.tables import TABLES

migrations = Migrations("quotes")


@migrations(name=STEPS[0])
def declared(db: Database) -> None:
    """Everything in `tables.py`."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for table in TABLES:
        for statement in _created(table):
            db.execute(statement)
        if table.search is not None:
            db.table(table.name).enable_fts(list(table.search.columns), tokenize=table.search.tokenizer, create_triggers=True)
            # Counts and links of a row change far more often than its words; the index need not be written anew for that.
            (sql,) = db.execute("select sql from sqlite_master where type = 'trigger' and name = ?", [f"{table.name}_au"]).fetchone()
            db.execute(f"DROP TRIGGER {table.name}_au")
            db.execute(sql.replace("AFTER UPDATE ON", f"AFTER UPDATE OF {', '.join(table.search.columns)} ON", 1))


def _created(table: Table) -> Iterator[str]:
    columns = [_column(each, alone=table.keys == 1 and each is table.columns[0]) for each in table.columns]
    if table.keys > 1:
        columns.append(f"PRIMARY KEY ({', '.join(table.names[: table.keys])})")
    # The key is all of such a row, or nearly: a table without a rowid holds it once instead of twice.
    yield f'CREATE TABLE "{table.name}" ({", ".join(columns)}){" WITHOUT ROWID" if table.keys > 1 else ""}'
    for names, unique in table.indexes:
        # An entry for each empty value would be written to a page of its own, as the ids are hashes.
        filled = f' WHERE "{names[0]}" IS NOT NULL' if len(names) == 1 and table[names[0]].null else ""
        index = f'"idx_{table.name}_{"_".join(names)}" ON "{table.name}"'
        yield f"CREATE {'UNIQUE ' if unique else ''}INDEX {index} ({', '.join(names)}){filled}"


def _column(column: Column, *, alone: bool) -> str:
    parts = [f'"{column.name}" {column.type}', "PRIMARY KEY" if alone else "" if column.null else "NOT NULL"]
    if column.type == "INTEGER" and not (alone or column.null or column.references):
        parts.append("DEFAULT 0")  # counts and flags
    parts.append(f'REFERENCES "{column.references}"("id")' if column.references else "")
    return " ".join(filter(None, parts))


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

"""From an empty file to the schema that is declared, and from that of an older version, once there is one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from quotes.store.schema.connection import APPLICATION_ID, STEPS, stale_views
from quotes.store.schema.statements import created
from quotes.store.schema.tables import TABLES

migrations = Migrations("quotes")


@migrations(name=STEPS[0])
def declared(db: Database) -> None:
    """Everything in `tables.py`."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for table in TABLES:
        for statement in created(table):
            db.execute(statement)
        if table.search is not None:
            names = table.search.columns
            db.table(table.name).enable_fts(list(names), tokenize=table.search.tokenizer, create_triggers=True)
            # Counts and links of a row change far more often than its words; the index need not be written anew for that.
            changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in names)
            (sql,) = db.execute("select sql from sqlite_master where type = 'trigger' and name = ?", [f"{table.name}_au"]).fetchone()
            db.execute(f"DROP TRIGGER {table.name}_au")
            db.execute(sql.replace("BEGIN", f"WHEN {changed} BEGIN", 1))


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

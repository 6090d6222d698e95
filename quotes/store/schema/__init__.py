"""The schema of the database: every table, column, index and view declared once, made and migrated from that declaration, and the file
opened; `docs/database.md` is written from it.

Not in it: what rows hold, which is for the other packages of the store. A change of `tables.py` needs a migration, one of `views.py` none.
"""

from quotes.store.schema.declaration import Column, Relation, Search, Table, View
from quotes.store.schema.tables import TABLES
from quotes.store.schema.views import VIEWS, relation

__all__ = ["TABLES", "VIEWS", "Column", "Relation", "Search", "Table", "View", "relation"]

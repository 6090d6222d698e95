"""STORE: the SQLite database of who said what, as whom, for whom."""

from quotes.store.database import Saved, Store
from quotes.store.exporting import Format, export
from quotes.store.reading import stored
from quotes.store.searching import Hit, search
from quotes.store.verifying import Mismatch, verify

__all__ = ["Format", "Hit", "Mismatch", "Saved", "Store", "export", "search", "stored", "verify"]

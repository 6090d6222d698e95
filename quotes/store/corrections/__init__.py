"""Corrections made, undone, listed, exported and imported, with the rows that each changes, and what a review asks about.

Not in it: what a correction is and does to a quote (`overrides`).
"""

from quotes.store.corrections.correction_log import Draft, Imported, Listed, add, export, imported, listed, quote_of, undo

__all__ = ["Draft", "Imported", "Listed", "add", "export", "imported", "listed", "quote_of", "undo"]

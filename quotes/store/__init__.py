"""STORE: the SQLite database of who said what, as whom, for whom."""

import quotes.store.light_import  # noqa: F401  (before anything else imports sqlite-utils)

# isort: split
from quotes.store.backup import backup
from quotes.store.database import Store
from quotes.store.explaining import Explanation, explain
from quotes.store.exporting import Format, export
from quotes.store.extractions import Run
from quotes.store.lock import sole_writer
from quotes.store.reading import outdated, stored, stored_article
from quotes.store.reviewing import reviewed
from quotes.store.saving import Saved
from quotes.store.searching import Hit, search
from quotes.store.verifying import Mismatch, verify

__all__ = [
    "Explanation",
    "Format",
    "Hit",
    "Mismatch",
    "Run",
    "Saved",
    "Store",
    "backup",
    "explain",
    "export",
    "outdated",
    "reviewed",
    "search",
    "sole_writer",
    "stored",
    "stored_article",
    "verify",
]

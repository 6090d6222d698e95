"""STORE: the SQLite database of who said what, as whom, for whom.

What is named here is imported when it is asked for: writing brings much that is slow to import, and searching needs little of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import quotes.store.light_import  # noqa: F401  (before anything else imports sqlite-utils)

if TYPE_CHECKING:
    from quotes.store.article_store import Store
    from quotes.store.backup import back_up
    from quotes.store.explaining import Explanation, explain
    from quotes.store.exporting import Format, export
    from quotes.store.extractions import Run
    from quotes.store.lock import sole_writer
    from quotes.store.quote_filters import Selection
    from quotes.store.review_queue import reviewed
    from quotes.store.saving import Saved
    from quotes.store.searching import Hit, search
    from quotes.store.stored_articles import outdated, stored, stored_article
    from quotes.store.verifying import Mismatch, verify

_MODULES = {
    "back_up": "backup",
    "Store": "article_store",
    "Explanation": "explaining",
    "explain": "explaining",
    "Format": "exporting",
    "export": "exporting",
    "Run": "extractions",
    "sole_writer": "lock",
    "outdated": "stored_articles",
    "stored": "stored_articles",
    "stored_article": "stored_articles",
    "reviewed": "review_queue",
    "Saved": "saving",
    "Hit": "searching",
    "search": "searching",
    "Selection": "quote_filters",
    "Mismatch": "verifying",
    "verify": "verifying",
}

__all__ = [
    "Explanation",
    "Format",
    "Hit",
    "Mismatch",
    "Run",
    "Saved",
    "Selection",
    "Store",
    "back_up",
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


def __getattr__(name: str) -> Any:
    """Import what is asked for. Raises AttributeError."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

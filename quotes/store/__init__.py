"""STORE: the SQLite database of who said what: schema, saving, corrections, search, export, verification, backup.

What is named here is imported when it is asked for: writing brings much that is slow to import, and searching needs little of it.
Not in it: reading articles, finding quotes, and the rules by which people and institutions are linked (`quotes.linking`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import quotes.store.light_import  # noqa: F401  (before anything else imports sqlite-utils)

if TYPE_CHECKING:
    from quotes.store.backup import back_up
    from quotes.store.lock import sole_writer
    from quotes.store.overrides.extractions import Run
    from quotes.store.retrieval.explaining import Explanation, explain
    from quotes.store.retrieval.exporting import Format, export
    from quotes.store.retrieval.quote_filters import Selection
    from quotes.store.retrieval.searching import Hit, search
    from quotes.store.rows.article_store import Store
    from quotes.store.rows.saving import Saved
    from quotes.store.stored_articles import outdated, reviewed, stored, stored_article
    from quotes.store.verifying import Mismatch, verify

_NAMES = {
    "rows.article_store": ("Store",),
    "backup": ("back_up",),
    "overrides.extractions": ("Run",),
    "lock": ("sole_writer",),
    "rows.saving": ("Saved",),
    "retrieval.explaining": ("Explanation", "explain"),
    "retrieval.exporting": ("Format", "export"),
    "retrieval.quote_filters": ("Selection",),
    "retrieval.searching": ("Hit", "search"),
    "stored_articles": ("outdated", "reviewed", "stored", "stored_article"),
    "verifying": ("Mismatch", "verify"),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "Explanation", "Format", "Hit", "Mismatch", "Run", "Saved", "Selection", "Store", "back_up", "explain", "export", "outdated",
    "reviewed", "search", "sole_writer", "stored", "stored_article", "verify",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import what is asked for. Raises AttributeError."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

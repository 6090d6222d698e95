"""STORE: the SQLite database of who said what: schema, saving, corrections, search, export, verification, backup.

What is named here is imported when it is asked for: writing brings much that is slow to import, and searching needs little of it.
Not in it: reading articles, finding quotes, and the rules by which people and institutions are linked (`quotes.linking`).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

# sqlite-utils would load pandas and numpy to know two more types, a second before every command: it is told that there are none.
_hidden = [name for name in ("pandas", "numpy") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_hidden))  # type: ignore[arg-type]
try:
    import sqlite_utils  # noqa: F401
finally:
    for _name in _hidden:
        del sys.modules[_name]

if TYPE_CHECKING:
    from quotes.store.lock import sole_writer
    from quotes.store.overrides.extractions import Run
    from quotes.store.retrieval.exporting import Format, back_up, export
    from quotes.store.retrieval.quote_filters import Selection
    from quotes.store.retrieval.searching import Explanation, Hit, explain, search
    from quotes.store.rows.article_store import Store, outdated, reviewed, stored, stored_article
    from quotes.store.rows.saving import Saved
    from quotes.store.verifying import Mismatch, verify

__all__ = [
    "Explanation", "Format", "Hit", "Mismatch", "Run", "Saved", "Selection", "Store", "back_up", "explain", "export", "outdated",
    "reviewed", "search", "sole_writer", "stored", "stored_article", "verify",
]  # fmt: skip

_NAMES = {
    "lock": ["sole_writer"],
    "overrides.extractions": ["Run"],
    "retrieval.exporting": ["Format", "back_up", "export"],
    "retrieval.quote_filters": ["Selection"],
    "retrieval.searching": ["Explanation", "Hit", "explain", "search"],
    "rows.article_store": ["Store", "outdated", "reviewed", "stored", "stored_article"],
    "rows.saving": ["Saved"],
    "verifying": ["Mismatch", "verify"],
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import what is asked for. Raises AttributeError."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

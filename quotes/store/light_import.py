"""Imports sqlite-utils without pandas, which it would load to know two more types: a second before every command.

It is imported as if pandas and numpy were not installed; whoever needs these imports them as ever.
"""

from __future__ import annotations

import sys

_UNNEEDED = ("pandas", "numpy")

_hidden = [name for name in _UNNEEDED if name not in sys.modules]
for _name in _hidden:
    sys.modules[_name] = None  # type: ignore[assignment]
try:
    import sqlite_utils  # noqa: F401
finally:
    for _name in _hidden:
        del sys.modules[_name]

"""What pages print around articles, as data: word lists and line patterns, one a line; lines that begin with # are comments.

All were put together for this package from the look of news sites, so they are under its licence.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def entries(name: str) -> tuple[str, ...]:
    """The entries of a list in this folder, in its order."""
    text = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a word list, for a look-up."""
    return frozenset(entries(name))


@cache
def whole_line(name: str) -> re.Pattern[str]:
    """One pattern out of a list of patterns, for `fullmatch`, without regard to case; {NETWORK} stands for any social network."""
    network = "|".join(entries("networks"))
    return re.compile("|".join(entries(name)).replace("{NETWORK}", f"(?:{network})"), re.IGNORECASE)


@cache
def any_phrase(name: str) -> re.Pattern[str]:
    """A pattern that finds any of a list of patterns anywhere in a line, from the start of a word, without regard to case."""
    return re.compile(rf"\b(?:{'|'.join(entries(name))})", re.IGNORECASE)

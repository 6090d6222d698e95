"""Domains of work (“worlds”), by titles and institutions: they distinguish two people of one name.

Worlds are wide on purpose. A senator was a lawyer and will be a lobbyist: that is one world, and no reason to separate two mentions. A
goalkeeper and a virologist of one name are two people until something says otherwise. Where a world has fields (`public/law`), only a
common field is evidence that two different names are one person’s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from quotes import lexicons

_WORD = re.compile(r"\w[\w’'-]*")


@lru_cache(maxsize=1 << 14)
def worlds_of(words: str) -> frozenset[str]:
    """The worlds, each with its field if it has any, of a title or of the name of an institution.

    Empty where it fits any (`director`, `University of Senn`).
    """
    found: set[str] = set()
    tokens = [each.casefold() for each in _WORD.findall(words)]
    exact, stems = _lexicon()
    for start, token in enumerate(tokens):
        for length in (1, 2, 3, 4):
            phrase = "-".join(tokens[start : start + length])
            found |= exact.get(phrase, frozenset())
        for stem, worlds in stems.get(token[:3], ()):
            if token.startswith(stem):
                found |= worlds
    return frozenset(found)


def wide(worlds: Iterable[str]) -> frozenset[str]:
    """The worlds without their fields."""
    return frozenset(each.partition("/")[0] for each in worlds)


@cache
def _lexicon() -> tuple[dict[str, frozenset[str]], dict[str, tuple[tuple[str, frozenset[str]], ...]]]:
    exact: dict[str, frozenset[str]] = {}
    stems: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for names, listed in lexicons.rows("work_domains.tsv"):
        worlds = frozenset(names.split())
        for word in listed.split():
            if word.endswith("*"):
                stems.setdefault(word[:3], []).append((word[:-1], worlds))
            else:
                exact[word] = exact.get(word, frozenset()) | worlds
                plural = f"{word}s"
                exact[plural] = exact.get(plural, frozenset()) | worlds
    return exact, {start: tuple(each) for start, each in stems.items()}

"""Rows of `appearances` and `aliases`: a speaker within one article, the names of a speaker in all articles, the evidence in both."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.linking.evidence import SOLE_TITLES

#: What the blocks of institutions begin with; the id of the name of the institution follows.
INSTITUTION_BLOCK = "body "


class Evidence(NamedTuple):
    """What articles state of a person: domains of work, and whole titles and names of institutions in comparable form; of a name in all
    articles also the nicknames printed with it."""

    worlds: frozenset[str]
    titles: frozenset[str]
    institutions: frozenset[str]
    nicks: frozenset[str] = frozenset()

    def as_json(self, *, nicks: bool = False) -> str:
        """As it is stored: in `aliases` with nicknames, in `appearances` without."""
        plain = {part: sorted(words) for part, words in self._asdict().items() if nicks or part != "nicks"}
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    @property
    def identifies(self) -> bool:
        """Whether it can tell whose a family name alone is: by an institution, or a title that one person at a time has."""
        return bool(self.institutions) or not SOLE_TITLES.isdisjoint(self.titles)


@lru_cache(maxsize=1 << 14)
def evidence_from(stored: str) -> Evidence:
    """The evidence as it is stored, taken apart."""
    return Evidence(**{part: frozenset(words) for part, words in json.loads(stored).items()})


def institution_alias(block: str | None) -> int | None:
    """The id of the name of the institution whose block this is; None for other blocks."""
    return int(block.removeprefix(INSTITUTION_BLOCK)) if block is not None and block.startswith(INSTITUTION_BLOCK) else None


class AppearanceRow(NamedTuple):
    """A row of `appearances`."""

    id: int
    article_id: int
    speaker_id: int
    name: str
    kind: str
    key: str
    block: str | None
    evidence: str
    published: str | None
    quotes: int
    because: str
    all_quotes: int

    @property
    def first_key(self) -> str:
        """Orders appearances in time, the undated last, as text."""
        return f"{self.published or '~'} {self.article_id:015d}"


def stored_appearances(db: Database, condition: str, *values: Any) -> list[AppearanceRow]:
    """Rows of appearances, in the order of their ids."""
    return [AppearanceRow(*row) for row in db.execute(f"select * from appearances where {condition} order by id", values).fetchall()]


class AliasRow(NamedTuple):
    """A row of `aliases`."""

    id: int
    speaker_id: int
    name: str
    articles: int
    key: str
    block: str | None
    first_key: str
    evidence: str | None


def stored_aliases(db: Database, condition: str, *values: Any) -> list[AliasRow]:
    """Rows of aliases."""
    return [AliasRow(*row) for row in db.execute(f"select * from aliases where {condition}", values).fetchall()]

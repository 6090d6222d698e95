"""Rows of `appearances`, speakers within one article, and of `aliases`, the names of a speaker in all articles."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlite_utils import Database

#: What the blocks of institutions begin with; the id of the name of the institution follows.
BODY = "body "


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
    def stated(self) -> dict[str, list[str]]:
        """The evidence, taken apart."""
        return dict(json.loads(self.evidence))

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

"""Rows of `appearances`: speakers as one article knows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

#: What the blocks of bodies begin with; the id of the name of the body follows.
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
    def told(self) -> dict[str, list[str]]:
        """The evidence, taken apart."""
        return dict(json.loads(self.evidence))

    @property
    def first_key(self) -> str:
        """Orders appearances in time, the undated last, as text."""
        return f"{self.published or '~'} {self.article_id:015d}"


_SELECT = "select id, article_id, speaker_id, name, kind, key, block, evidence, published, quotes, because, all_quotes from appearances"


def stored_appearances(db: Database, condition: str, values: Sequence[Any]) -> list[AppearanceRow]:
    """Rows of appearances, in the order of their ids."""
    return [AppearanceRow(*row) for row in db.execute(f"{_SELECT} where {condition} order by id", values).fetchall()]

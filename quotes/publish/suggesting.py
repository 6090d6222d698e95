"""What a search box suggests while somebody types: speakers, institutions and topics whose names begin so."""

from __future__ import annotations

import sqlite3
from typing import Any

from quotes.publish.queries import rows
from quotes.store.retrieval.terms import match_query

#: Names looked at for each kind. The index gives them in no order, and of those the most quoted are shown.
_LOOKED_AT = 400

_NAMES = f"""
select id, name, quotes, '{{kind}}' as kind from {{kind}}s
where quotes > 0 and id in (select {{kind}}_id from {{aliases}} where id in
  (select rowid from {{aliases}}_fts where {{aliases}}_fts match :words limit {_LOOKED_AT}))
order by quotes desc, name limit 5
"""
_SPEAKERS = _NAMES.format(kind="speaker", aliases="aliases")
_INSTITUTIONS = _NAMES.format(kind="institution", aliases="institution_aliases")
_TOPICS = f"""
select id, phrase as name, quotes, 'topic' as kind from topics
where quotes > 0 and id in (select rowid from topics_fts where topics_fts match :words limit {_LOOKED_AT})
order by quotes desc, phrase limit 4
"""


def suggestions(connection: sqlite3.Connection, words: str) -> list[dict[str, Any]]:
    """Up to fourteen names that hold all the words, the last of which may be broken off; the most quoted of each kind first. A name is
    any under which a speaker or an institution is printed; who is not quoted in the default view is left out."""
    query = match_query(words[:100])
    if not query or len(words.strip()) < 2:
        return []
    values = {"words": f"{query}*"}
    return [row for sql in (_SPEAKERS, _INSTITUTIONS, _TOPICS) for row in rows(connection, sql, values)]

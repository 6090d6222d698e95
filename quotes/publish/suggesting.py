"""What a search box suggests while somebody types: speakers, institutions and topics whose names begin so."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import urlencode

from quotes.publish.asking import rows
from quotes.store.searching import match_query

#: Names looked at for each kind. The index gives them in no order, and of those the most quoted are shown.
_LOOKED_AT = 400

_NAMES = f"""
select id, name, quotes, '{{kind}}' as kind from {{kind}}s
where id in (select rowid from {{kind}}s_fts where {{kind}}s_fts match :words limit {_LOOKED_AT}) order by quotes desc, name limit 5
"""
_TOPICS = f"""
select id, phrase as name, quotes, 'topic' as kind from topics
where id in (select rowid from topics_fts where topics_fts match :words limit {_LOOKED_AT}) order by quotes desc, phrase limit 4
"""


def suggestions(connection: sqlite3.Connection, words: str) -> list[dict[str, Any]]:
    """Up to fourteen names that hold all the words, the last of which may be broken off; the most quoted of each kind first."""
    query = match_query(words[:100])
    if not query or len(words.strip()) < 2:
        return []
    values = {"words": f"{query}*"}
    return [
        row for sql in (_NAMES.format(kind="speaker"), _NAMES.format(kind="institution"), _TOPICS) for row in rows(connection, sql, values)
    ]


#: Words of a question that are tried as a name.
_NAME = 4

_NAMED = """
select speakers.id, speakers.name from speakers where id in (select rowid from speakers_fts where speakers_fts match :name
  union select aliases.speaker_id from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :name)
order by quotes desc limit 1
"""
_SAYS = """
select count(*) from (
  select 1 from quotes where speaker_id = :id and id in (select rowid from quotes_fts where quotes_fts match :words) limit 100
)
"""


def readings(connection: sqlite3.Connection, words: str) -> list[dict[str, Any]]:
    """The words read as somebody's name and what they spoke about: “okoro rents” as rents, said by the most quoted Okoro.

    The name stands at the beginning or at the end; the longest names come first, and no speaker twice. Only those are given who said so.
    """
    plain = words.replace('"', " ").split()[:12]
    splits = [(plain[:nth], plain[nth:]) for nth in range(min(_NAME, len(plain) - 1), 0, -1)]
    splits += [(plain[-nth:], plain[:-nth]) for nth in range(min(_NAME, len(plain) - 1), 0, -1)]
    found: dict[int, dict[str, Any]] = {}
    for name, rest in sorted(splits, key=lambda each: -len(each[0])):
        query, said = match_query(" ".join(name)), match_query(" ".join(rest))
        if not query or not said or len("".join(name)) < 3:
            continue
        for speaker in rows(connection, _NAMED, {"name": query}):
            many = connection.execute(_SAYS, {"id": speaker["id"], "words": said}).fetchone()[0]
            if many and speaker["id"] not in found:
                address = urlencode({"q": " ".join(rest), "speaker": speaker["id"]})
                found[speaker["id"]] = {**speaker, "words": " ".join(rest), "count": many, "address": address}
    return list(found.values())[:3]

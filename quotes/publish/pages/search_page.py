"""Quotes by words and whatever else narrows them, and the names that the search box suggests while somebody types."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils.asgi import Response

from quotes.publish.database import Visit, rows, view
from quotes.publish.results import Selection, chosen, facets, page_number, results
from quotes.store.retrieval.advice import advise
from quotes.store.retrieval.search_words import match_query
from quotes.store.retrieval.searching import NAMED, people

#: Names looked at for each kind. The index gives them in no order, and of those the most quoted are shown.
_LOOKED_AT = 400

_NAMES = f"""
select id, name, quotes, '{{kind}}' as kind from {{kind}}s
where quotes > 0 and id in (select {{kind}}_id from {{aliases}} where id in
  (select rowid from {{aliases}}_fts where {{aliases}}_fts match :words limit {_LOOKED_AT}))
order by quotes desc, name limit 5
"""
_TOPICS = f"""
select id, phrase as name, quotes, 'topic' as kind from topics
where quotes > 0 and id in (select rowid from topics_fts where topics_fts match :words limit {_LOOKED_AT})
order by quotes desc, phrase limit 4
"""
_SUGGESTED = (_NAMES.format(kind="speaker", aliases="aliases"), _NAMES.format(kind="institution", aliases="institution_aliases"), _TOPICS)


@view("quotes_search.html")
def search_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """`/quotes/search`."""
    selection, nth = Selection.of(visit.given), page_number(visit.given)
    quotes = results(connection, selection, page=nth)
    persons = people(connection, selection) if nth == 1 and not selection.speaker else []
    names = suggestions(connection, selection.words) if nth == 1 else []
    return {
        "selection": selection,
        "found": quotes,
        "facets": facets(connection, selection),
        "chosen": chosen(connection, selection),
        "people": persons,
        "most_of_each": NAMED,
        "names": [each for each in names if (each["kind"], each["id"]) not in {("speaker", person.id) for person in persons}],
        "advice": None if quotes["count"] else advise(connection, selection),
    }


def suggestions(connection: sqlite3.Connection, words: str) -> list[dict[str, Any]]:
    """Up to fourteen names of speakers, institutions and topics that hold all the words, the last of which may be broken off; the most
    quoted of each kind first, and only those quoted in the default view."""
    query = match_query(words[:100])
    if not query or len(words.strip()) < 2:
        return []
    return [row for sql in _SUGGESTED for row in rows(connection, sql, {"words": f"{query}*"})]


async def suggest(visit: Visit) -> Any:
    """`/quotes/suggest.json`."""
    found = await visit.ask(lambda connection: suggestions(connection, visit.given.get("q", "")))
    return Response.json(
        [{**{key: each[key] for key in ("name", "kind", "quotes")}, "url": f"{visit.base}/{each['kind']}/{each['id']}"} for each in found]
    )

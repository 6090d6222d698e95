"""Two speakers, or two outlets, on one topic, side by side in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quotes.publish.page_filters import Selection
from quotes.publish.periods import over_time, since_of
from quotes.publish.profile_pages import months_in
from quotes.publish.queries import number, rows, value
from quotes.publish.results import MOST, shown
from quotes.store.retrieval.terms import match_query

#: Quotes shown of each side.
SHOWN = 12

_SPEAKER = """
select id from speakers where id in (select rowid from speakers_fts where speakers_fts match :words
  union select aliases.speaker_id from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :words)
order by quotes desc, name limit 1
"""


def sides(connection: sqlite3.Connection, arguments: Mapping[str, str]) -> dict[str, Selection]:
    """The selections to compare, by the name of their side; fewer than two where the address does not name two that there are.

    `speaker` and `other` are ids or words of names, or `outlet` and `other_outlet` are names of outlets; `topic`, `q`, `since` and
    `until` hold
    for both.
    """
    common = replace(Selection.of(arguments), speaker="", outlet="", institution="", order="newest")
    found: dict[str, Selection] = {}
    for name in ("speaker", "other"):
        given = (arguments.get(name) or "").strip()
        identifier = number(given) if given else None
        if given and identifier is None:
            identifier = value(connection, _SPEAKER, {"words": match_query(given) or '""'})
        known = value(connection, "select name from speakers where id = ?", [identifier]) if identifier else None
        if known:
            found[_unlike(known, found)] = replace(common, speaker=str(identifier))
    if found:
        return found
    for name in ("outlet", "other_outlet"):
        given = (arguments.get(name) or "").strip()
        if given and value(connection, "select 1 from articles where outlet = ? limit 1", [given]):
            found[_unlike(given, found)] = replace(common, outlet=given)
    return found


def _unlike(name: str, others: Mapping[str, Selection]) -> str:
    """The name, told apart from those before it: two people may have one name."""
    return name if name not in others else f"{name} (2)"


def compared(connection: sqlite3.Connection, arguments: Mapping[str, str]) -> dict[str, Any]:
    """What the page of a comparison shows."""
    both = sides(connection, arguments)
    if len(both) < 2:
        return {"sides": [], "found": list(both), "series": over_time({})}
    counted = {name: months_in(connection, each) for name, each in both.items()}
    series = over_time(counted)
    shown_sides = []
    for nth, (name, each) in enumerate(both.items()):
        ids = [row["id"] for row in rows(connection, *each.ids(limit=SHOWN))]
        dates = {"dated": series["dated"][nth], "undated": series["undated"][nth]}
        shown_sides.append({"name": name, "selection": each, "hits": shown(connection, ids, each.query), **dates})
    for row in series["rows"]:
        since, until = since_of(row["period"])
        row["addresses"] = [each.address(since=since, until=until) for each in both.values()]
    more = sum(value(connection, *each.count_more(MOST)) for each in both.values())
    return {"sides": shown_sides, "found": list(both), "series": series, "more": more}

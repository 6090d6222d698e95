"""Two speakers, or two outlets, on one topic, side by side in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from quotes.publish.charts import over_time
from quotes.publish.database import Visit, number, value, view
from quotes.publish.pages.profiles import months
from quotes.publish.results import Selection, chosen, hits_of
from quotes.store.retrieval.searching import MOST
from quotes.store.retrieval.terms import match_query

#: Quotes shown of each side.
SHOWN = 12

_SPEAKER = """
select id from speakers where id in (select rowid from speakers_fts where speakers_fts match :words
  union select aliases.speaker_id from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :words)
order by quotes desc, name limit 1
"""

# Each outlet from the index over outlets, one step for each, and not one for each article.
_OUTLETS = """
with recursive outlets(outlet) as (
  select min(outlet) from articles union all select (select min(outlet) from articles where outlet > outlets.outlet) from outlets
  where outlets.outlet is not null
)
select outlet from outlets where outlet is not null limit 500
"""


@view("quotes_compare.html")
def compare_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """`/quotes/compare`."""
    selection = Selection.of(visit.given)

    def address(**changes: str) -> str:
        return urlencode({name: words for name, words in {**visit.given, **changes}.items() if words})

    filters = [each for each in chosen(connection, selection) if each["field"] not in ("speaker", "outlet", "institution")]
    return {
        **_compared(connection, visit.given),
        "given": visit.given,
        "selection": selection,
        "chosen": [{**each, "address": address(**{each["field"]: ""})} for each in filters],
        "other_view": address(all="" if selection.all else "1"),
        "outlets": [row[0] for row in connection.execute(_OUTLETS)],
    }


def sides(connection: sqlite3.Connection, arguments: Mapping[str, str]) -> dict[str, Selection]:
    """The selections to compare, by the name of their side; fewer than two where the address does not name two that there are.

    `speaker` and `other` are ids or words of names, or `outlet` and `other_outlet` are names of outlets; all else holds for both.
    """
    common = replace(Selection.of(arguments), speaker="", outlet="", institution="", order="newest")
    found: dict[str, Selection] = {}

    def add(name: str, selection: Selection) -> None:
        # Two people may have one name.
        found[name if name not in found else f"{name} (2)"] = selection

    for given in (arguments.get(name, "").strip() for name in ("speaker", "other")):
        identifier = number(given) if given else None
        if given and identifier is None:
            identifier = value(connection, _SPEAKER, {"words": match_query(given) or '""'})
        name = value(connection, "select name from speakers where id = ?", [identifier])
        if name:
            add(name, replace(common, speaker=str(identifier)))
    if not found:
        for given in (arguments.get(name, "").strip() for name in ("outlet", "other_outlet")):
            if given and value(connection, "select 1 from articles where outlet = ? limit 1", [given]):
                add(given, replace(common, outlet=given))
    return found


def _compared(connection: sqlite3.Connection, arguments: Mapping[str, str]) -> dict[str, Any]:
    both = sides(connection, arguments)
    if len(both) < 2:
        return {"sides": [], "names": list(both), "series": over_time({})}
    series = over_time({name: months(connection, each) for name, each in both.items()})
    compared = []
    for (name, each), dated, undated in zip(both.items(), series["dated"], series["undated"], strict=True):
        hits = hits_of(connection, each, limit=SHOWN)
        compared.append({"name": name, "selection": each, "hits": hits, "dated": dated, "undated": undated})
    more = sum(value(connection, *each.count_more(MOST)) for each in both.values())
    return {"sides": compared, "names": list(both), "series": series, "found": {"more": min(more, MOST), "most": MOST}}

"""Two speakers, or two outlets, on one topic, side by side in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from quotes.publish.charts import over_time
from quotes.publish.database import Visit, number, value, view
from quotes.publish.results import Selection, chosen, hits_of
from quotes.store.retrieval.counts import counted, months
from quotes.store.retrieval.search_words import match_query

#: Quotes shown of each side.
SHOWN = 12

_SPEAKER = """
select id from speakers where id in (select rowid from speakers_fts where speakers_fts match :words
  union select aliases.speaker_id from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :words)
order by quotes desc, name limit 1
"""
_IS_OUTLET = "select 1 from articles where outlet = ? limit 1"

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
    selection, both = Selection.of(visit.given), sides(connection, visit.given)
    counted_by_month = {name: visit.kept(each, partial(months, connection, each)) for name, each in both.items()} if len(both) > 1 else {}
    series = over_time(counted_by_month)
    counts = zip(series["dated"], series["undated"], strict=True)
    compared = [
        {"name": name, "selection": each, "hits": hits_of(connection, each, limit=SHOWN), "dated": dated, "undated": undated}
        for (name, each), (dated, undated) in zip(both.items(), counts, strict=False)
    ]
    more = [counted(connection, side["selection"]) for side in compared]

    def address(**changes: str) -> str:
        return urlencode({name: words for name, words in {**visit.given, **changes}.items() if words})

    filters = [each for each in chosen(connection, selection) if each["field"] not in ("speaker", "outlet", "institution")]
    return {
        "sides": compared,
        "names": list(both),
        "series": series,
        "found": {"more": sum(each.more for each in more), "or_more": any(each.or_more for each in more)},
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
    given = {name: arguments.get(name, "").strip() for name in ("speaker", "other", "outlet", "other_outlet")}
    found: list[tuple[str, Selection]] = []
    for words in filter(None, (given["speaker"], given["other"])):
        identifier = number(words)
        if identifier is None:
            identifier = value(connection, _SPEAKER, {"words": match_query(words) or '""'})
        if name := value(connection, "select name from speakers where id = ?", [identifier]):
            found.append((name, replace(common, speaker=str(identifier))))
    if not found:
        outlets = [each for each in (given["outlet"], given["other_outlet"]) if value(connection, _IS_OUTLET, [each])]
        found = [(each, replace(common, outlet=each)) for each in outlets]
    # Two people may have one name.
    return {name if name not in dict(found[:nth]) else f"{name} (2)": each for nth, (name, each) in enumerate(found)}

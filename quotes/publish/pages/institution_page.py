"""Everything about one institution."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotes.publish.charts import shares
from quotes.publish.database import rows
from quotes.publish.pages.profiles import FEW, OF_EACH, ROLE_COUNTS, months_of, profile_page, topics_of, with_affiliation

_INSTITUTION = """
select id, name, acronym, parent_id, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct speaker_id) from affiliations where institution_id = :id), speakers) as speakers
from institutions where id = :id
"""
_ALIASES = "select name, because from institution_aliases where institution_id = :id order by name"
_CHILDREN = """
select id, name, iif(:all, all_quotes, quotes) as quotes from institutions where parent_id = :id order by quotes desc, name limit 50
"""
_AS_SPEAKER = """
select id, iif(:all, all_quotes, quotes) as quotes from speakers where institution_id = :id order by quotes desc limit 1
"""
SPEAKERS_FOR = f"""
select {OF_EACH}
from quotes join speakers on speakers.id = quotes.speaker_id
where quotes.institution_id = :id and (:all or quotes.in_default_view)
group by quotes.speaker_id order by quotes desc, speakers.name
"""


async def institution_page(request: Any, datasette: Any) -> Any:
    """`/quotes/institution/ID`."""

    def charts(name: str, context: Mapping[str, Any]) -> dict[str, Any]:
        return {"roles_chart": shares(context["roles"], f"Quotes for {name} by the role of the speaker")}

    return await profile_page(request, datasette, "institution", _institution, charts, "Quotes given for")


def _institution(connection: sqlite3.Connection, values: dict[str, Any]) -> dict[str, Any] | None:
    found = rows(connection, _INSTITUTION, values)
    if not found:
        return None
    speakers = rows(connection, f"{SPEAKERS_FOR} limit {FEW + 1}", values)
    return {
        "institution": found[0],
        "aliases": [each for each in rows(connection, _ALIASES, values) if each["name"] != found[0]["name"]],
        "part_of": rows(connection, "select id, name from institutions where id = ?", [found[0]["parent_id"]]),
        "children": rows(connection, _CHILDREN, values),
        "as_speaker": rows(connection, _AS_SPEAKER, values),
        "speakers": with_affiliation(connection, speakers, "speaker_id", every=values["all"]),
        "timeline": months_of(connection, "institution_id", values),
        "roles": [tuple(row) for row in connection.execute(ROLE_COUNTS, values)],
        **topics_of(connection, "institution_id", values),
    }

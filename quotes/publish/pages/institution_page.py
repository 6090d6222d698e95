"""Everything about one institution."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotes.publish.database import rows
from quotes.publish.pages.profiles import FEW, OF, SPEAKERS, profile, roles_of, timeline_of, topics_of, with_affiliation

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


@profile("institution", _INSTITUTION)
def institution_page(connection: sqlite3.Connection, institution: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """`/quotes/institution/ID`."""
    speakers = rows(connection, f"{SPEAKERS.format(of=OF['institution'])} limit {FEW + 1}", values)
    return {
        "aliases": [each for each in rows(connection, _ALIASES, values) if each["name"] != institution["name"]],
        "part_of": rows(connection, "select id, name from institutions where id = ?", [institution["parent_id"]]),
        "children": rows(connection, _CHILDREN, values),
        "as_speaker": rows(connection, _AS_SPEAKER, values),
        "speakers": with_affiliation(connection, speakers, "speaker_id", every=values["all"]),
        "timeline": timeline_of(connection, "institution", values),
        "roles": roles_of(connection, "institution", values),
        **topics_of(connection, "institution", values),
    }

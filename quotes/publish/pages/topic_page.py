"""Everything about one topic."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotes.publish.database import rows
from quotes.publish.pages.profiles import FEW, OF, SPEAKERS, profile, roles_of, timeline_of, with_affiliation

_TOPIC = "select id, phrase as name, articles, iif(:all, all_quotes, quotes) as quotes from topics where id = :id"

_EXPERTS = f"""
select quotes.speaker_id, speakers.name as speaker from quotes join speakers on speakers.id = quotes.speaker_id
where {OF["topic"]} and (:all or quotes.in_default_view) and quotes.role = 'expert'
group by quotes.speaker_id order by count(*) desc, speakers.name limit 6
"""
TOPIC_OUTLETS = """
select articles.outlet, count(*) as articles
from article_topics join articles on articles.id = article_topics.article_id
where article_topics.topic_id = :id and articles.outlet is not null group by articles.outlet order by articles desc, articles.outlet
"""


@profile("topic", _TOPIC)
def topic_page(connection: sqlite3.Connection, _topic: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """`/quotes/topic/ID`."""
    speakers, every = rows(connection, SPEAKERS.format(of=OF["topic"]), values), values["all"]
    return {
        "speakers": with_affiliation(connection, speakers[:FEW], "speaker_id", every=every),
        "speakers_in_all": len(speakers),
        "experts": with_affiliation(connection, rows(connection, _EXPERTS, values), "speaker_id", every=every),
        "roles": roles_of(connection, "topic", values),
        "timeline": timeline_of(connection, "topic", values),
        "outlets": [tuple(row) for row in connection.execute(f"{TOPIC_OUTLETS} limit 10", values)],
    }

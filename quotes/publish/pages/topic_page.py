"""Everything about one topic."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotes.publish.charts import over_time, shares
from quotes.publish.database import rows
from quotes.publish.pages.profiles import FEW, OF_EACH, profile_page, with_affiliation

_TOPIC = "select id, phrase, articles, iif(:all, all_quotes, quotes) as quotes from topics where id = :id"

_OF_TOPIC = """
from quote_topics
join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view)
join speakers on speakers.id = quotes.speaker_id
where quote_topics.topic_id = :id
"""
SPEAKERS_ON = f"select {OF_EACH} {_OF_TOPIC} group by quotes.speaker_id order by quotes desc, speakers.name"
_EXPERTS = f"""
select quotes.speaker_id, speakers.name as speaker {_OF_TOPIC} and quotes.role = 'expert'
group by quotes.speaker_id order by count(*) desc, speakers.name limit 6
"""
TOPIC_ROLES = """
select quotes.role, count(*) as quotes from quote_topics
join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view)
where quote_topics.topic_id = :id and quotes.role is not null group by quotes.role order by quotes desc, quotes.role
"""
_MONTHS = """
select substr(quotes.sort_key, 1, 7), count(*)
from quote_topics join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view)
where quote_topics.topic_id = :id group by 1
"""
TOPIC_OUTLETS = """
select articles.outlet, count(*) as articles
from article_topics join articles on articles.id = article_topics.article_id
where article_topics.topic_id = :id and articles.outlet is not null group by articles.outlet order by articles desc, articles.outlet
"""


async def topic_page(request: Any, datasette: Any) -> Any:
    """`/quotes/topic/ID`."""

    def charts(name: str, context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "roles_chart": shares(context["roles"], f"Quotes on {name} by the role of the speaker"),
            "outlets_chart": shares(context["outlets"], f"Articles on {name} by outlet"),
        }

    return await profile_page(request, datasette, "topic", _topic, charts, "Quotes on")


def _topic(connection: sqlite3.Connection, values: dict[str, Any]) -> dict[str, Any] | None:
    found = rows(connection, _TOPIC, values)
    if not found:
        return None
    speakers, every = rows(connection, SPEAKERS_ON, values), values["all"]
    return {
        "topic": found[0],
        "speakers": with_affiliation(connection, speakers[:FEW], "speaker_id", every=every),
        "speakers_in_all": len(speakers),
        "experts": with_affiliation(connection, rows(connection, _EXPERTS, values), "speaker_id", every=every),
        "roles": [tuple(row) for row in connection.execute(TOPIC_ROLES, values)],
        "timeline": over_time({"Quotes": dict(connection.execute(_MONTHS, values).fetchall())}),
        "outlets": [tuple(row) for row in connection.execute(f"{TOPIC_OUTLETS} limit 10", values)],
    }

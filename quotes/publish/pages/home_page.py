"""The front page of a site that serves one database of quotes and nothing else."""

from __future__ import annotations

import sqlite3
from itertools import islice
from typing import Any

from quotes.publish.collection import accuracy, figures
from quotes.publish.database import Visit, rows
from quotes.publish.datasette_internals import metadata_of, visible_queries
from quotes.publish.metadata import setting
from quotes.publish.pages.profiles import with_affiliation
from quotes.publish.results import shown

_NEWEST_ARTICLES = "select id, title, outlet, published from articles order by sort_key desc limit 6"
_NEWEST_QUOTES = """
select id from quotes where in_default_view and kind in ('direct', 'mixed') and speaker_id is not null order by sort_key desc limit 4
"""
_MOST_QUOTED = "select id, name, quotes from speakers where kind = 'person' and quotes > 0 order by quotes desc limit 8"
_TOPICS = "select id, phrase from topics where quotes > 0 order by quotes desc limit 12"

#: Quotes looked at for the experts on a topic, the newest, and topics shown with them.
_RECENT, _WITH_EXPERTS = 100, 6
_EXPERTS = f"""
select speakers.id, speakers.name
from (
  select quote_id from quote_topics where topic_id = ? and in_default_view order by day desc limit {_RECENT}
) as some
cross join quotes on quotes.id = some.quote_id and quotes.role = 'expert'
join speakers on speakers.id = quotes.speaker_id
group by speakers.id order by count(*) desc, speakers.name limit 3
"""


async def home_page(visit: Visit) -> Any:
    """`/`."""
    datasette = visit.datasette

    def found(connection: sqlite3.Connection) -> dict[str, Any]:
        topics = rows(connection, _TOPICS)
        by_topic = ({**each, "experts": rows(connection, _EXPERTS, [each["id"]])} for each in topics)
        experts = list(islice((each for each in by_topic if each["experts"]), _WITH_EXPERTS))
        most_quoted = rows(connection, _MOST_QUOTED)
        people = iter(with_affiliation(connection, most_quoted + [one for each in experts for one in each["experts"]]))
        return {
            "figures": figures(connection, visit),
            "newest": shown(connection, [row["id"] for row in rows(connection, _NEWEST_QUOTES)]),
            "articles": rows(connection, _NEWEST_ARTICLES),
            "most_quoted": list(islice(people, len(most_quoted))),
            "topics": topics,
            "experts": [{**each, "experts": list(islice(people, len(each["experts"])))} for each in experts],
        }

    settings = {"accuracy": accuracy(setting(datasette, "evaluation")), "metadata": metadata_of(datasette)}
    questions = await visible_queries(datasette, visit.request.actor, visit.database.name)
    return await visit.page("quotes_home.html", {**await visit.ask(found), "questions": questions, **settings})

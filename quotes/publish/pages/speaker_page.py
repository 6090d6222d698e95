"""Everything about one speaker."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotes.publish.cells import is_former
from quotes.publish.database import rows
from quotes.publish.pages.profiles import FEW, RECENT, profile, timeline_of, topics_of, with_affiliation

_SPEAKER = """
select id, name, kind, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct article_id) from appearances where speaker_id = :id), articles) as articles,
  iif(:all, (select count(distinct outlet) from appearances join articles on articles.id = article_id where speaker_id = :id), outlets)
    as outlets,
  iif(:all, (select min(published) from appearances where speaker_id = :id), first_quoted) as first_quoted,
  iif(:all, (select max(published) from appearances where speaker_id = :id), last_quoted) as last_quoted
from speakers where id = :id
"""
_ALIASES = "select name from aliases where speaker_id = :id order by articles desc, name"
AFFILIATIONS = """
select min(affiliations.title) as title, institutions.name as institution, affiliations.institution_id, min(affiliations.past) as past,
  min(nullif(articles.published, '')) as first_seen, max(articles.published) as last_seen, count(distinct articles.id) as articles,
  cast(substr(min(articles.sort_key), -15) as integer) as first_article_id,
  cast(substr(max(articles.sort_key), -15) as integer) as last_article_id
from affiliations
join appearances on appearances.id = affiliations.appearance_id and (:all or appearances.quotes > 0)
join articles on articles.id = affiliations.article_id
left join institutions on institutions.id = affiliations.institution_id
where affiliations.speaker_id = :id
group by lower(affiliations.title), affiliations.institution_id
order by last_seen desc, articles desc, 1
"""
BESIDE = f"""
select others.speaker_id, speakers.name as speaker, speakers.kind, count(*) as articles
from (select article_id from appearances where speaker_id = :id and (:all or quotes > 0) limit {RECENT}) as mine
join appearances as others on others.article_id = mine.article_id and others.speaker_id <> :id and (:all or others.quotes > 0)
join speakers on speakers.id = others.speaker_id and speakers.article_id is null
group by others.speaker_id
order by articles desc, speakers.name
"""
OUTLETS = """
select articles.outlet, count(*) as articles, sum(iif(:all, appearances.all_quotes, appearances.quotes)) as quotes
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = :id and articles.outlet is not null and (:all or appearances.quotes > 0)
group by articles.outlet order by quotes desc, articles.outlet
"""
POSSIBLY_SAME = """
select speakers.id as speaker_id, speakers.name as speaker, speakers.quotes, pairs.reason
from (
  select other_id as id, reason, score from merge_candidates where subject = 'speaker' and one_id = :id
  union select one_id as id, reason, score from merge_candidates where subject = 'speaker' and other_id = :id
) as pairs join speakers on speakers.id = pairs.id order by pairs.score desc, speakers.id limit 5
"""


@profile("speaker", _SPEAKER)
def speaker_page(connection: sqlite3.Connection, speaker: Mapping[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """`/quotes/speaker/ID`."""
    return {
        "speaker": with_affiliation(connection, [speaker], every=values["all"])[0],
        "aliases": [each for each in rows(connection, _ALIASES, values) if each["name"] != speaker["name"]],
        "roles": [
            {**row, "former": is_former(row["title"], row["past"])} for row in rows(connection, f"{AFFILIATIONS} limit {FEW + 1}", values)
        ],
        "timeline": timeline_of(connection, "speaker", values),
        **topics_of(connection, "speaker", values),
        "beside": rows(connection, f"{BESIDE} limit 10", values),
        "outlets": rows(connection, f"{OUTLETS} limit 10", values),
        "possibly_same": rows(connection, POSSIBLY_SAME, values),
    }

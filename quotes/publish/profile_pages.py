"""The pages of a speaker, an institution and a topic: what is known of each, before its quotes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import Any

from quotes.publish.cell_rendering import says_past
from quotes.publish.page_filters import Selection
from quotes.publish.periods import over_time
from quotes.publish.queries import rows, value

#: Rows of a table that stands within a page; the rest is in its CSV.
FEW = 12

#: Quotes looked at for the topics of a speaker, the newest first, and articles for who else is quoted in them.
RECENT = 5_000

# In every query `:all` is 1 where thoughts, plans and unsure quotes are asked for too, and 0 where only the default view counts.

SPEAKER = """
select id, name, kind, article_id, all_quotes, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct article_id) from appearances where speaker_id = :id), articles) as articles,
  iif(:all, (select count(distinct outlet) from appearances join articles on articles.id = article_id where speaker_id = :id), outlets)
    as outlets,
  iif(:all, (select min(published) from appearances where speaker_id = :id), first_quoted) as first_quoted,
  iif(:all, (select max(published) from appearances where speaker_id = :id), last_quoted) as last_quoted
from speakers where id = :id
"""
ALIASES = "select name, articles from aliases where speaker_id = :id order by articles desc, name"
ROLES = """
select min(affiliations.title) as title, institutions.name as institution, affiliations.institution_id, min(affiliations.past) as past,
  min(nullif(articles.published, '')) as first_seen, max(articles.published) as last_seen, count(distinct articles.id) as articles,
  cast(substr(min(articles.sort_key), -15) as integer) as first_article_id, cast(substr(max(articles.sort_key), -15) as integer) as
  last_article_id
from affiliations
join appearances on appearances.id = affiliations.appearance_id and (:all or appearances.quotes > 0)
join articles on articles.id = affiliations.article_id
left join institutions on institutions.id = affiliations.institution_id
where affiliations.speaker_id = :id
group by lower(affiliations.title), affiliations.institution_id
order by last_seen desc, articles desc, title
"""
_MONTHS = (
    "select substr(sort_key, 1, 7) as month, count(*) as many from quotes where {column} = :id and (:all or in_default_view) group by month"
)
TOPICS_OF = f"""
select topics.id as topic_id, topics.phrase as topic, substr(said.sort_key, 1, 4) as year, count(*) as quotes
from (
  select id, sort_key from quotes where {{column}} = :id and (:all or in_default_view) order by sort_key desc limit {RECENT}
) as said
join quote_topics on quote_topics.quote_id = said.id
join topics on topics.id = quote_topics.topic_id
group by topics.id, year
order by topics.id, year
"""
BESIDE = f"""
select others.speaker_id, speakers.name as speaker, speakers.kind, count(*) as articles
from (select article_id from appearances where speaker_id = :id and (:all or quotes > 0) limit {RECENT}) as mine
join appearances as others on others.article_id = mine.article_id and others.speaker_id <> :id and (:all or others.quotes > 0)
join speakers on speakers.id = others.speaker_id and speakers.article_id is null
group by others.speaker_id
order by articles desc, speakers.name
"""
OUTLETS_OF = """
select articles.outlet, count(*) as articles, sum(iif(:all, appearances.all_quotes, appearances.quotes)) as quotes
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = :id and articles.outlet is not null and (:all or appearances.quotes > 0)
group by articles.outlet order by quotes desc, articles.outlet
"""
PERHAPS = """
select speakers.id as speaker_id, speakers.name as speaker, speakers.quotes, pairs.reason
from (
  select other_id as id, reason, score from merge_candidates where subject = 'speaker' and one_id = :id and other_id <> :id
  union select one_id as id, reason, score from merge_candidates where subject = 'speaker' and other_id = :id and one_id <> :id
) as pairs join speakers on speakers.id = pairs.id order by pairs.score desc, speakers.id limit 5
"""
INSTITUTION = """
select id, name, acronym, parent_id, all_quotes, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct speaker_id) from affiliations where institution_id = :id), speakers) as speakers
from institutions where id = :id
"""
# What is said of each speaker of some quotes: how many, from when to when, and the newest title.
_OF_EACH = """quotes.speaker_id, speakers.name as speaker, speakers.kind, count(*) as quotes,
  min(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as first_quoted,
  max(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as last_quoted,
  (select title from quotes as newest where newest.speaker_id = quotes.speaker_id and title is not null order by sort_key desc limit 1)
    as title"""
SPEAKERS_FOR = f"""
select {_OF_EACH}
from quotes join speakers on speakers.id = quotes.speaker_id
where quotes.institution_id = :id and (:all or quotes.in_default_view)
group by quotes.speaker_id order by quotes desc, speakers.name
"""
TOPIC = "select id, phrase, articles, all_quotes, iif(:all, all_quotes, quotes) as quotes from topics where id = :id"
SPEAKERS_ON = f"""
select {_OF_EACH}
from quote_topics
join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view)
join speakers on speakers.id = quotes.speaker_id
where quote_topics.topic_id = :id
group by quotes.speaker_id order by quotes desc, speakers.name
"""
EXPERTS_ON = """
select quotes.speaker_id, speakers.name as speaker, count(*) as quotes
from quote_topics
join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view) and quotes.role = 'expert'
join speakers on speakers.id = quotes.speaker_id
where quote_topics.topic_id = :id
group by quotes.speaker_id order by quotes desc, speakers.name
"""
_TOPIC_MONTHS = """
select substr(quotes.sort_key, 1, 7) as month, count(*) as many
from quote_topics join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view)
where quote_topics.topic_id = :id group by month
"""
TOPIC_OUTLETS = """
select articles.outlet, count(*) as articles
from article_topics join articles on articles.id = article_topics.article_id
where article_topics.topic_id = :id and articles.outlet is not null group by articles.outlet order by articles desc, articles.outlet
"""
TOPIC_ROLES = """
select quotes.role, count(*) as quotes from quote_topics
join quotes on quotes.id = quote_topics.quote_id and (:all or quotes.in_default_view)
where quote_topics.topic_id = :id and quotes.role is not null group by quotes.role order by quotes desc, quotes.role
"""
ROLE_COUNTS = """
select role, count(*) as quotes from quotes where {column} = :id and role is not null and (:all or in_default_view)
group by role order by quotes desc, role
"""

# The newest quotes that say as what or for whom somebody speaks, or in what role.
_NEWEST_STANDING = """
select article_id, title, institution_id, past, role from quotes
where speaker_id = :id and (:all or in_default_view) and (title is not null or institution_id is not null or role <> 'unknown')
order by sort_key desc limit 60
"""

#: From so many articles on, what only one of them says of somebody is not shown beside the name.
_SEVERAL = 5


def standings(connection: sqlite3.Connection, speakers: Iterable[int], *, every: bool = False) -> dict[int, dict[str, Any]]:
    """As what each speaker speaks: the title with its institution, and the role, that most articles give, by the newest sixty quotes.

    An article counts once, however often it quotes somebody, so that one that is full of them does not outweigh the rest.
    Thoughts, plans and unsure quotes count only where `every` quote does.
    Gives `title`, `institution`, `institution_id`, `past` and `role` by the id of the speaker, each None where nothing says it.
    """
    found: dict[int, dict[str, Any]] = {}
    for identifier in speakers:
        newest = rows(connection, _NEWEST_STANDING, {"id": identifier, "all": every})
        said = [(row["article_id"], (row["title"], row["institution_id"], row["past"])) for row in newest]
        stated = dict.fromkeys(each for each in said if each[1][0] or each[1][1])
        posts = Counter(post for _, post in stated)
        if len({article for article, _ in stated}) >= _SEVERAL:
            posts = Counter({post: count for post, count in posts.items() if count > 1})
        # Of two that are equally common, the newer comes first; one with a title says more than an institution alone.
        post = max(posts, key=lambda each: (each[0] is not None, posts[each]), default=(None, None, 0))
        roles = Counter(
            role for _, role in dict.fromkeys((row["article_id"], row["role"]) for row in newest) if role not in (None, "unknown")
        )
        found[identifier] = {
            "title": post[0],
            "institution_id": post[1],
            "institution": value(connection, "select name from institutions where id = ?", [post[1]]) if post[1] else None,
            "past": bool(post[2]) and not says_past(post[0] or ""),
            "role": next(iter(roles.most_common(1)), (None,))[0],
        }
    return found


def with_standing(
    connection: sqlite3.Connection, speakers: list[dict[str, Any]], key: str = "id", *, every: bool = False
) -> list[dict[str, Any]]:
    """The rows of speakers, each with what `standings` says of it."""
    standing = standings(connection, [row[key] for row in speakers], every=every)
    found = [{**row, **standing[row[key]]} for row in speakers]
    for each in found:
        # Whoever is named by what they are needs no title beside it.
        if (each["title"] or "").lower() == str(each.get("name") or each.get("speaker")).lower():
            each["title"] = None
    return found


def speaker(connection: sqlite3.Connection, identifier: int, *, every: bool = False) -> dict[str, Any] | None:
    """What the page of a speaker says beside the quotes, or None where there is no such speaker."""
    values = {"id": identifier, "all": every}
    found = rows(connection, SPEAKER, values)
    if not found:
        return None
    topics, years = topics_by_year(rows(connection, TOPICS_OF.format(column="speaker_id"), values))
    return {
        "speaker": with_standing(connection, found, every=every)[0],
        "aliases": [each for each in rows(connection, ALIASES, values) if each["name"] != found[0]["name"]],
        "roles": rows(connection, f"{ROLES} limit {FEW + 1}", values),
        "timeline": months_of(connection, "speaker_id", values, "quotes"),
        "topics": topics[:8],
        "years": years,
        "beside": rows(connection, f"{BESIDE} limit 10", values),
        "outlets": rows(connection, f"{OUTLETS_OF} limit 10", values),
        "perhaps": rows(connection, PERHAPS, values),
    }


def institution(connection: sqlite3.Connection, identifier: int, *, every: bool = False) -> dict[str, Any] | None:
    """What the page of an institution says beside the quotes, or None where there is no such institution."""
    values = {"id": identifier, "all": every}
    found = rows(connection, INSTITUTION, values)
    if not found:
        return None
    names = rows(connection, "select name, because from institution_aliases where institution_id = :id order by name", values)
    topics, years = topics_by_year(rows(connection, TOPICS_OF.format(column="institution_id"), values))
    speakers = rows(connection, f"{SPEAKERS_FOR} limit {FEW + 1}", values)
    return {
        "institution": found[0],
        "aliases": [each for each in names if each["name"] != found[0]["name"]],
        "part_of": rows(connection, "select id, name from institutions where id = ?", [found[0]["parent_id"]]),
        "children": rows(connection, _CHILDREN, values),
        "itself": rows(connection, _ITSELF, values),
        "speakers": with_standing(connection, speakers, "speaker_id", every=every),
        "timeline": months_of(connection, "institution_id", values, "quotes"),
        "roles": rows(connection, ROLE_COUNTS.format(column="institution_id"), values),
        "topics": topics[:8],
        "years": years,
    }


_CHILDREN = """
select id, name, iif(:all, all_quotes, quotes) as quotes from institutions where parent_id = :id order by quotes desc, name limit 50
"""
_ITSELF = """
select id, name, iif(:all, all_quotes, quotes) as quotes from speakers where institution_id = :id order by quotes desc limit 1
"""


def topic(connection: sqlite3.Connection, identifier: int, *, every: bool = False) -> dict[str, Any] | None:
    """What the page of a topic says beside the quotes, or None where there is no such topic."""
    values = {"id": identifier, "all": every}
    found = rows(connection, TOPIC, values)
    if not found:
        return None
    speakers = rows(connection, SPEAKERS_ON, values)
    months = {row["month"]: row["many"] for row in rows(connection, _TOPIC_MONTHS, values)}
    return {
        "topic": found[0],
        "speakers": with_standing(connection, speakers[:FEW], "speaker_id", every=every),
        "speakers_in_all": len(speakers),
        "experts": with_standing(connection, rows(connection, f"{EXPERTS_ON} limit 6", values), "speaker_id", every=every),
        "roles": rows(connection, TOPIC_ROLES, values),
        "timeline": over_time({"quotes": months}),
        "outlets": rows(connection, f"{TOPIC_OUTLETS} limit 10", values),
    }


def months_of(connection: sqlite3.Connection, column: str, values: dict[str, Any], name: str) -> dict[str, Any]:
    """The number of quotes of a speaker or an institution over time; read from the index alone."""
    months = {row["month"]: row["many"] for row in rows(connection, _MONTHS.format(column=column), values)}
    return over_time({name: months})


def months_in(connection: sqlite3.Connection, selection: Selection) -> dict[str, int]:
    """The number of the quotes that fit in each month."""
    ids, values = selection.ids(limit=-1, ordered=False)
    sql = (
        f"select substr(quotes.sort_key, 1, 7) as month, count(*) as many from ({ids}) as found join quotes on quotes.id = found.id"
        f" group by month"
    )
    return {row["month"]: row["many"] for row in rows(connection, sql, values)}


def topics_by_year(counted: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Topics with their number in each of the last years, the commonest first, and these years."""
    years = sorted({row["year"] for row in counted if row["year"].isdecimal()})[-6:]
    topics: dict[int, dict[str, Any]] = {}
    for row in counted:
        each = topics.setdefault(
            row["topic_id"], {"id": row["topic_id"], "topic": row["topic"], "quotes": 0, "years": dict.fromkeys(years, 0)}
        )
        each["quotes"] += row["quotes"]
        if row["year"] in each["years"]:
            each["years"][row["year"]] += row["quotes"]
    return sorted(topics.values(), key=lambda each: (-each["quotes"], each["topic"])), years

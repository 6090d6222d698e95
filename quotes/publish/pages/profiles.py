"""The pages of a speaker, an institution and a topic: the quotes, which can be filtered, and tables and charts of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from quotes.linking.main_affiliation import Statement, main_affiliation
from quotes.publish.cells import is_former
from quotes.publish.charts import over_time
from quotes.publish.collection import citation, figures
from quotes.publish.database import Visit, number, rows, value, view
from quotes.publish.results import Selection, chosen, page_number, results

#: Rows of a table that stands within a page; the rest is in its CSV.
FEW = 12

#: Quotes looked at for the topics of a speaker, the newest first, and articles for who else is quoted in them.
RECENT = 5_000

# In every query `:all` is 1 where thoughts, plans and unsure quotes are asked for too, and 0 where only the default view counts.

#: Which quotes are those of a speaker, an institution or a topic; this stands for `{of}` in the queries below.
OF = {
    "speaker": "quotes.speaker_id = :id",
    "institution": "quotes.institution_id = :id",
    "topic": "quotes.id in (select quote_id from quote_topics where topic_id = :id)",
}
_SPEAKER = """
select id, name, kind, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct article_id) from appearances where speaker_id = :id), articles) as articles,
  iif(:all, (select count(distinct outlet) from appearances join articles on articles.id = article_id where speaker_id = :id), outlets)
    as outlets,
  iif(:all, (select min(published) from appearances where speaker_id = :id), first_quoted) as first_quoted,
  iif(:all, (select max(published) from appearances where speaker_id = :id), last_quoted) as last_quoted
from speakers where id = :id
"""
_INSTITUTION = """
select id, name, acronym, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct speaker_id) from affiliations where institution_id = :id), speakers) as speakers
from institutions where id = :id
"""
_TOPIC = """
select id, phrase as name, articles, iif(:all, all_quotes, quotes) as quotes,
  (select count(distinct speaker_id) from quotes where {of} and (:all or in_default_view)) as speakers
from topics where id = :id
"""
_ROW = {"speaker": _SPEAKER, "institution": _INSTITUTION, "topic": _TOPIC}

_AFFILIATIONS = """
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
order by articles desc, last_seen desc, 1
"""
_BESIDE = f"""
select others.speaker_id, speakers.name as speaker, speakers.kind, count(*) as articles
from (select article_id from appearances where speaker_id = :id and (:all or quotes > 0) limit {RECENT}) as mine
join appearances as others on others.article_id = mine.article_id and others.speaker_id <> :id and (:all or others.quotes > 0)
join speakers on speakers.id = others.speaker_id and speakers.article_id is null
group by others.speaker_id
order by articles desc, speakers.name
"""
_OUTLETS = """
select articles.outlet, count(*) as articles, sum(iif(:all, appearances.all_quotes, appearances.quotes)) as quotes
from appearances join articles on articles.id = appearances.article_id
where appearances.speaker_id = :id and articles.outlet is not null and (:all or appearances.quotes > 0)
group by articles.outlet order by quotes desc, articles.outlet
"""
_TOPICS = f"""
select topics.id as topic_id, topics.phrase as topic, substr(recent.sort_key, 1, 4) as year, count(*) as quotes
from (
  select id, sort_key from quotes where {{of}} and (:all or quotes.in_default_view) order by sort_key desc limit {RECENT}
) as recent
join quote_topics on quote_topics.quote_id = recent.id
join topics on topics.id = quote_topics.topic_id
group by topics.id, year
order by topics.id, year
"""
_ROLES = """
select quotes.role, count(*) as quotes from quotes where {of} and quotes.role is not null and (:all or quotes.in_default_view)
group by quotes.role order by quotes desc, quotes.role
"""
_SPEAKERS = """
select quotes.speaker_id, speakers.name as speaker, speakers.kind, count(*) as quotes,
  min(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as first_quoted,
  max(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as last_quoted,
  (select title from quotes as newest where newest.speaker_id = quotes.speaker_id and title is not null order by sort_key desc limit 1)
    as title
from quotes join speakers on speakers.id = quotes.speaker_id
where {of} and (:all or quotes.in_default_view)
group by quotes.speaker_id order by quotes desc, speakers.name
"""
_TOPIC_OUTLETS = """
select articles.outlet, count(*) as articles
from article_topics join articles on articles.id = article_topics.article_id
where article_topics.topic_id = :id and articles.outlet is not null group by articles.outlet order by articles desc, articles.outlet
"""
_EXPERTS = """
select quotes.speaker_id, speakers.name as speaker from quotes join speakers on speakers.id = quotes.speaker_id
where {of} and (:all or quotes.in_default_view) and quotes.role = 'expert'
group by quotes.speaker_id order by count(*) desc, speakers.name
"""
#: The tables of each kind of page, which can be downloaded whole.
TABLES = {
    "speaker": {"roles": _AFFILIATIONS, "beside": _BESIDE, "outlets": _OUTLETS, "topics": _TOPICS},
    "institution": {"speakers": _SPEAKERS, "roles": _ROLES, "topics": _TOPICS},
    "topic": {"speakers": _SPEAKERS, "experts": _EXPERTS, "roles": _ROLES, "outlets": _TOPIC_OUTLETS},
}

POSSIBLY_SAME = """
select speakers.id as speaker_id, speakers.name as speaker, speakers.quotes, pairs.reason
from (
  select iif(one_id = :id, other_id, one_id) as id, reason, score from merge_candidates
  where subject = 'speaker' and (one_id = :id or other_id = :id)
) as pairs join speakers on speakers.id = pairs.id order by pairs.score desc, speakers.id
"""
#: What else each kind of page shows.
_LISTS = {
    "speaker": {
        "aliases": "select name from aliases where speaker_id = :id order by articles desc, name",
        "possibly_same": POSSIBLY_SAME,
    },
    "institution": {
        "aliases": "select name, because from institution_aliases where institution_id = :id order by name",
        "part_of": "select id, name from institutions where id = (select parent_id from institutions where id = :id)",
        "children": "select id, name, iif(:all, all_quotes, quotes) as quotes from institutions where parent_id = :id order by 3 desc, 2",
        "as_speaker": "select id, iif(:all, all_quotes, quotes) as quotes from speakers where institution_id = :id order by 2 desc",
    },
}
_MONTHS = """
select substr(quotes.sort_key, 1, 7), count(*) from quotes where {of} and (:all or quotes.in_default_view) group by 1
"""

# The newest quotes of a speaker.
_NEWEST_AFFILIATIONS = """
select article_id, title, institution_id, past, institution_confidence, role from quotes
where speaker_id = :id and (:all or in_default_view) order by sort_key desc limit 300
"""


@view("quotes_{what}.html")
def profile_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """`/quotes/speaker/ID`, `/quotes/institution/ID` and `/quotes/topic/ID`; raises NotFound for an id that nothing has."""
    what, identifier = visit.request.url_vars["what"], visit.request.url_vars["id"]
    selection = Selection.of({**visit.given, what: identifier})
    every = bool(selection.all)
    values = {"id": number(identifier), "all": every}

    def found(sql: str, limit: int = -1) -> list[dict[str, Any]]:
        return rows(connection, f"{sql.format(of=OF[what])} limit {limit}", values)

    if not (known := found(_ROW[what])):
        raise visit.missing(what)
    page = {name: found(sql, FEW + 1) for name, sql in TABLES[what].items() if name != "topics"}
    page |= {name: found(sql, 50) for name, sql in _LISTS.get(what, {}).items()}
    for name in page.keys() & {"speakers", "experts"}:
        page[name] = with_affiliation(connection, page[name], "speaker_id", every=every)
    if what == "speaker":
        known = with_affiliation(connection, known, every=every)
        page["roles"] = [{**row, "former": is_former(row["title"], row["past"])} for row in page["roles"]]
    if "topics" in TABLES[what]:
        page |= _topics_by_year(found(_TOPICS))
    name = known[0]["name"]
    return {
        **page,
        what: known[0],
        "name": name,
        "few": FEW,
        "timeline": over_time({"Quotes": dict(connection.execute(_MONTHS.format(of=OF[what]), values).fetchall())}),
        "selection": selection,
        "found": results(connection, selection, page=page_number(visit.given)),
        "chosen": [each for each in chosen(connection, selection) if each["field"] != what],
        "citation": citation(name, visit.url(f"/{what}/{values['id']}"), figures(connection, visit)),
    }


def _topics_by_year(counted: list[dict[str, Any]]) -> dict[str, Any]:
    """The commonest `topics`, with the number of quotes in each of the last `years`."""
    years = sorted({row["year"] for row in counted if row["year"].isdecimal()})[-6:]
    topics: dict[int, dict[str, Any]] = {}
    for row in counted:
        new = {"id": row["topic_id"], "topic": row["topic"], "quotes": 0, "years": dict.fromkeys(years, 0)}
        each = topics.setdefault(row["topic_id"], new)
        each["quotes"] += row["quotes"]
        if row["year"] in each["years"]:
            each["years"][row["year"]] += row["quotes"]
    return {"topics": sorted(topics.values(), key=lambda each: (-each["quotes"], each["topic"]))[:8], "years": years}


def with_affiliation(
    connection: sqlite3.Connection, speakers: Sequence[Mapping[str, Any]], key: str = "id", *, every: bool = False
) -> list[dict[str, Any]]:
    """The rows of speakers, each with the `title`, `institution`, `institution_id`, `former` and `role` that most articles give.

    They come from the newest 300 quotes; an article counts once, however often it quotes somebody. Thoughts, plans and unsure quotes
    count only where `every` quote does. What nothing says is None.
    """
    found = []
    for row in speakers:
        newest = rows(connection, _NEWEST_AFFILIATIONS, {"id": row[key], "all": every})
        stated: dict[tuple[Any, ...], Statement] = {}  # what each article says that somebody is, once
        for each in newest:
            said = Statement(*(each[name] for name in Statement._fields))
            stated.setdefault((each["article_id"], *said[:3]), said)
        title, institution, past = main_affiliation(list(stated.values()))
        roles = Counter(role for _, role in {(each["article_id"], each["role"]): None for each in newest} if role not in (None, "unknown"))
        found.append(
            {
                **row,
                # Whoever is named by what they are needs no title beside it.
                "title": None if (title or "").lower() == str(row.get("name") or row.get("speaker")).lower() else title,
                "institution_id": institution,
                "institution": value(connection, "select name from institutions where id = ?", [institution]),
                "former": is_former(title, past),
                "role": next((role for role, _ in roles.most_common(1)), None),
            }
        )
    return found


def months(connection: sqlite3.Connection, selection: Selection) -> dict[str, int]:
    """The number of the quotes that fit in each month."""
    ids, values = selection.ids(limit=-1, ordered=False)
    sql = f"select substr(quotes.sort_key, 1, 7), count(*) from ({ids}) as found join quotes on quotes.id = found.id group by 1"
    return dict(connection.execute(sql, values).fetchall())

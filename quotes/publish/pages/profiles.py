"""The pages of a speaker, an institution and a topic: the quotes, which can be filtered, and tables and charts of them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from quotes.linking.main_affiliation import Statement, main_affiliation
from quotes.publish.cells import is_former
from quotes.publish.charts import over_time
from quotes.publish.collection import citation, figures
from quotes.publish.database import Visit, number, rows, view
from quotes.publish.results import Selection, chosen, page_number, results
from quotes.store.retrieval.counts import months

#: Rows of a table that stands within a page, and experts named; the rest is in its CSV.
FEW, EXPERTS = 12, 6

#: Of more quotes than these, the tables and figures of a page come from the newest; a download of the same table from all.
NEWEST = 200

# In every query `:all` is 1 where thoughts, plans and unsure quotes are asked for too, and 0 where only the default view counts; `:newest`
# is how many quotes are looked at, and `:few` how many rows are wanted, -1 for all. What stands in the keys of quotes and of their topics
# is read from there, since looking up each quote, and more so each article, costs more than all the rest.

_OF = "select id, sort_key from quotes where {column} = :id and (:all or in_default_view) order by sort_key desc limit :newest"
#: The newest quotes of a speaker, an institution or a topic; this stands for `{recent}` in the queries below.
RECENT = {
    "speaker": _OF.format(column="speaker_id"),
    "institution": _OF.format(column="institution_id"),
    "topic": """
      select quote_id as id from quote_topics where topic_id = :id and (:all or in_default_view) order by day desc limit :newest
    """,
}
# The key of a quote ends in the id of its article, its place and its own id.
_ARTICLES = """
(select cast(substr(sort_key, -43, 15) as integer) as article_id, substr(sort_key, 1, length(sort_key) - 28) as sort_key, count(*) as quotes
  from ({recent}) group by 1, 2) as mine
"""
_DATED = """
(select articles.published from quotes cross join articles on articles.id = quotes.article_id
  where quotes.speaker_id = :id and quotes.sort_key >= '0' order by quotes.sort_key {way} limit 1)
"""
#: In how many articles a speaker is quoted in all, first and last: from the ends of an index and not from each article.
OF_SPEAKER = {
    "articles": "(select count(*) from (select distinct article_id from appearances where speaker_id = :id))",
    "first_quoted": _DATED.format(way="asc"),
    "last_quoted": _DATED.format(way="desc"),
}
_SPEAKER = f"""
select id, name, kind, iif(:all, all_quotes, quotes) as quotes, outlets,
  {", ".join(f"iif(:all, {every}, {name}) as {name}" for name, every in OF_SPEAKER.items())}
from speakers where id = :id
"""
_INSTITUTION = """
select id, name, acronym, iif(:all, all_quotes, quotes) as quotes,
  iif(:all, (select count(distinct speaker_id) from affiliations where institution_id = :id), speakers) as speakers
from institutions where id = :id
"""
_TOPIC = "select id, phrase as name, articles, iif(:all, all_quotes, quotes) as quotes from topics where id = :id"
_ROW = {"speaker": _SPEAKER, "institution": _INSTITUTION, "topic": _TOPIC}

_AFFILIATIONS = f"""
select min(affiliations.title) as title, institutions.name as institution, affiliations.institution_id, min(affiliations.past) as past,
  min(nullif(appearances.published, '')) as first_seen, max(appearances.published) as last_seen,
  count(distinct mine.article_id) as articles,
  cast(substr(min(mine.sort_key), -15) as integer) as first_article_id,
  cast(substr(max(mine.sort_key), -15) as integer) as last_article_id
from {_ARTICLES}
cross join appearances on appearances.speaker_id = :id and appearances.article_id = mine.article_id and (:all or appearances.quotes > 0)
cross join affiliations on affiliations.appearance_id = appearances.id
left join institutions on institutions.id = affiliations.institution_id
group by lower(affiliations.title), affiliations.institution_id
order by articles desc, last_seen desc, 1 limit :few
"""
_BESIDE = f"""
select beside.speaker_id, speakers.name as speaker, speakers.kind, beside.articles
from (
  select others.speaker_id, count(*) as articles
  from {_ARTICLES} cross join appearances as others on others.article_id = mine.article_id and (:all or others.quotes > 0)
  where others.speaker_id <> :id group by 1 order by 2 desc, 1 limit 4 * :few
) as beside cross join speakers on speakers.id = beside.speaker_id and speakers.article_id is null
order by beside.articles desc, speakers.name limit :few
"""
_OUTLETS = f"""
select articles.outlet, count(*) as articles, sum(mine.quotes) as quotes
from {_ARTICLES} cross join articles on articles.id = mine.article_id
where articles.outlet is not null group by articles.outlet order by quotes desc, articles.outlet limit :few
"""
_TOPICS = """
select topics.id as topic_id, topics.phrase as topic, substr(recent.sort_key, 1, 4) as year, count(*) as quotes
from ({recent}) as recent cross join quote_topics on quote_topics.quote_id = recent.id join topics on topics.id = quote_topics.topic_id
group by topics.id, year
order by topics.id, year
"""
_ROLES = """
select quotes.role, count(*) as quotes from ({recent}) as recent cross join quotes on quotes.id = recent.id
where quotes.role is not null
group by quotes.role order by quotes desc, quotes.role
"""
_SPEAKERS = """
select quotes.speaker_id, speakers.name as speaker, speakers.kind, count(*) as quotes,
  min(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as first_quoted,
  max(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as last_quoted,
  (select title from quotes as newest where newest.speaker_id = quotes.speaker_id and title is not null order by sort_key desc limit 1)
    as title
from ({recent}) as recent cross join quotes on quotes.id = recent.id join speakers on speakers.id = quotes.speaker_id
group by quotes.speaker_id order by quotes desc, speakers.name
"""
_TOPIC_OUTLETS = """
select articles.outlet, count(*) as articles
from (select article_id from article_topics where topic_id = :id limit :newest) as mine
cross join articles on articles.id = mine.article_id
where articles.outlet is not null group by articles.outlet order by articles desc, articles.outlet limit :few
"""
_EXPERTS = """
select quotes.speaker_id, speakers.name as speaker from ({recent}) as recent cross join quotes on quotes.id = recent.id
join speakers on speakers.id = quotes.speaker_id where quotes.role = 'expert'
group by quotes.speaker_id order by count(*) desc, speakers.name
"""
#: What the last three count, of each quote, and what it says of its speaker.
_COUNTED = """
select quotes.speaker_id, quotes.role, iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null), quotes.article_id,
  quotes.title, quotes.institution_id, quotes.past, quotes.institution_confidence
from ({recent}) as recent cross join quotes on quotes.id = recent.id
"""
#: The tables of each kind of page, which can be downloaded whole.
TABLES = {
    what: {name: sql.format(recent=RECENT[what]) for name, sql in tables.items()}
    for what, tables in {
        "speaker": {"roles": _AFFILIATIONS, "beside": _BESIDE, "outlets": _OUTLETS, "topics": _TOPICS},
        "institution": {"speakers": _SPEAKERS, "roles": _ROLES, "topics": _TOPICS},
        "topic": {"speakers": _SPEAKERS, "experts": _EXPERTS, "roles": _ROLES, "outlets": _TOPIC_OUTLETS},
    }.items()
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
_NAMED = "select id, name, kind from speakers where id in (select value from json_each(?))"

#: The newest quotes of a speaker that are looked at, and of how many of their articles one counts.
_LATEST, _OF_ARTICLES = 50, 15
# The last 28 signs of a quote's `sort_key` are its own, what is before them its article's.
_NEWEST_OF_SPEAKER = f"""
select substr(sort_key, 1, length(sort_key) - 28), id from quotes where speaker_id = ? and (? or in_default_view)
order by sort_key desc limit {_LATEST}
"""
_STATED = """
select id, role, title, institution_id, past, institution_confidence from quotes where id in (select value from json_each(?))
"""
_INSTITUTION_NAMES = "select id, name from institutions where id in (select value from json_each(?))"


@view("quotes_{what}.html")
def profile_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """`/quotes/speaker/ID`, `/quotes/institution/ID` and `/quotes/topic/ID`; raises NotFound for an id that nothing has."""
    what, identifier = visit.request.url_vars["what"], visit.request.url_vars["id"]
    selection = Selection.of({**visit.given, what: identifier})
    every = bool(selection.all)
    values = {"id": number(identifier), "all": every, "newest": NEWEST, "few": FEW + 1}

    def found(sql: str) -> list[dict[str, Any]]:
        return rows(connection, sql, values)

    if not (known := found(_ROW[what])):
        raise visit.missing(what)
    page = _counted(connection, what, values) if what != "speaker" else {}
    page |= {name: found(sql) for name, sql in TABLES[what].items() if name not in ("topics", *page)}
    page |= {name: found(f"{sql} limit 50") for name, sql in _LISTS.get(what, {}).items()}
    if what == "speaker":
        known = with_affiliation(connection, known, every=every)
        page["roles"] = [{**row, "former": is_former(row["title"], row["past"])} for row in page["roles"]]
    if "topics" in TABLES[what]:
        page |= _topics_by_year(found(TABLES[what]["topics"]))
    name, whole = known[0]["name"], Selection(**{what: str(values["id"])}, all=selection.all)
    by_month = partial(months, connection, whole)
    return {
        **page,
        what: known[0],
        "name": name,
        "few": FEW,
        "newest": NEWEST if known[0]["quotes"] > NEWEST else None,
        "some_articles": NEWEST if what == "topic" and known[0]["articles"] > NEWEST else None,
        "timeline": over_time({"Quotes": visit.kept(whole, by_month) if known[0]["quotes"] > NEWEST else by_month()}),
        "selection": selection,
        "found": results(connection, selection, page=page_number(visit.given)),
        "chosen": [each for each in chosen(connection, selection) if each["field"] != what],
        "citation": citation(name, visit.url(f"/{what}/{values['id']}"), figures(connection, visit)),
    }


def _counted(connection: sqlite3.Connection, what: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Who speaks in the newest quotes for an institution or on a topic, who of them as an expert, and in which roles: the tables of these
    names out of one reading, which gives titles and institutions too. `speaking` is how many people they are."""
    said, experts, roles, days = Counter[int](), Counter[int](), Counter[str](), dict[int, list[str]]()
    stated: dict[int, dict[int, tuple[str | None, Statement]]] = {}
    for speaker, role, day, article, *stating in connection.execute(_COUNTED.format(recent=RECENT[what]), values):
        if role is not None:
            roles[role] += 1
        if speaker is not None:
            said[speaker] += 1
            experts[speaker] += what == "topic" and role == "expert"
            days.setdefault(speaker, []).extend([day] if day else [])
            stated.setdefault(speaker, {}).setdefault(article, (role, Statement(*stating)))

    leading, leading_experts = (
        [(each, many) for each, many in counts.most_common(few) if many] for counts, few in ((said, FEW), (experts, EXPERTS))
    )
    names = {row["id"]: row for row in rows(connection, _NAMED, [json.dumps([each for each, _ in leading + leading_experts])])}
    known = [
        {
            "speaker_id": each,
            "speaker": names[each]["name"],
            "kind": names[each]["kind"],
            "quotes": many,
            "first_quoted": min(days[each], default=None),
            "last_quoted": max(days[each], default=None),
        }
        for each, many in leading + leading_experts
    ]
    known = _with_stated(connection, known, "speaker_id", {each: list(of.values()) for each, of in stated.items()})
    return {
        "speakers": known[: len(leading)],
        "experts": known[len(leading) :],
        "speaking": len(said),
        "roles": [{"role": role, "quotes": many} for role, many in roles.most_common()],
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

    They come from one quote of each of the newest 15 articles. Thoughts, plans and unsure quotes count only where `every` quote does. What
    nothing says is None.
    """
    newest = {each: _one_of_each_article(connection, each, every=every) for each in {row[key] for row in speakers}}
    quotes = connection.execute(_STATED, [json.dumps([each for of in newest.values() for each in of])])
    stated = {quote: (role, Statement(*said)) for quote, role, *said in quotes}
    return _with_stated(connection, speakers, key, {each: [stated[quote] for quote in of] for each, of in newest.items()})


def _with_stated(
    connection: sqlite3.Connection,
    speakers: Sequence[Mapping[str, Any]],
    key: str,
    stated: Mapping[int, Sequence[tuple[str | None, Statement]]],
) -> list[dict[str, Any]]:
    """The rows of speakers with what most of these say: a role and a statement for each article, the newest first."""
    main = {row[key]: main_affiliation([each for _, each in stated[row[key]]]) for row in speakers}
    names = dict(connection.execute(_INSTITUTION_NAMES, [json.dumps([institution for _, institution, _ in main.values()])]).fetchall())
    found = []
    for row in speakers:
        title, institution, past = main[row[key]]
        roles = Counter(role for role, _ in stated[row[key]] if role not in (None, "unknown"))
        found.append(
            {
                **row,
                # Whoever is named by what they are needs no title beside it.
                "title": None if (title or "").lower() == str(row.get("name") or row.get("speaker")).lower() else title,
                "institution_id": institution,
                "institution": names.get(institution),
                "former": is_former(title, past),
                "role": max(roles, key=roles.__getitem__, default=None),
            }
        )
    return found


def _one_of_each_article(connection: sqlite3.Connection, speaker: int, *, every: bool) -> list[int]:
    """The last quote of a speaker in each of the newest articles, the newest first."""
    found: dict[str, int] = {}
    for article, quote in connection.execute(_NEWEST_OF_SPEAKER, [speaker, every]):
        found.setdefault(article, quote)
        if len(found) == _OF_ARTICLES:
            break
    return list(found.values())

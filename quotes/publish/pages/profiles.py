"""What the pages of a speaker, an institution and a topic share: their quotes, which can be filtered, and counts over time and by topic."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
_MONTHS = """
select substr(quotes.sort_key, 1, 7), count(*) from quotes where {of} and (:all or quotes.in_default_view) group by 1
"""
TOPICS = f"""
select topics.id as topic_id, topics.phrase as topic, substr(recent.sort_key, 1, 4) as year, count(*) as quotes
from (
  select id, sort_key from quotes where {{of}} and (:all or quotes.in_default_view) order by sort_key desc limit {RECENT}
) as recent
join quote_topics on quote_topics.quote_id = recent.id
join topics on topics.id = quote_topics.topic_id
group by topics.id, year
order by topics.id, year
"""
ROLES = """
select quotes.role, count(*) as quotes from quotes where {of} and quotes.role is not null and (:all or quotes.in_default_view)
group by quotes.role order by quotes desc, quotes.role
"""
SPEAKERS = """
select quotes.speaker_id, speakers.name as speaker, speakers.kind, count(*) as quotes,
  min(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as first_quoted,
  max(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as last_quoted,
  (select title from quotes as newest where newest.speaker_id = quotes.speaker_id and title is not null order by sort_key desc limit 1)
    as title
from quotes join speakers on speakers.id = quotes.speaker_id
where {of} and (:all or quotes.in_default_view)
group by quotes.speaker_id order by quotes desc, speakers.name
"""

# The newest quotes of a speaker.
_NEWEST_AFFILIATIONS = """
select article_id, title, institution_id, past, institution_confidence, role from quotes
where speaker_id = :id and (:all or in_default_view) order by sort_key desc limit 300
"""

_Look = Callable[[sqlite3.Connection, Mapping[str, Any], dict[str, Any]], dict[str, Any]]


def profile(what: str, sql: str) -> Callable[[_Look], Callable[..., Any]]:
    """The page of a speaker, an institution or a topic: its row, whatever else a function finds for that, and its quotes.

    Raises NotFound for an id that nothing has.
    """

    def made(look: _Look) -> Callable[..., Any]:
        @view(f"quotes_{what}.html")
        def profile_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
            identifier = visit.request.url_vars["id"]
            selection = Selection.of({**visit.given, what: identifier})
            values = {"id": number(identifier), "all": bool(selection.all)}
            found = rows(connection, sql, values)
            if not found:
                raise visit.missing(what)
            name = found[0]["name"]
            return {
                what: found[0],
                **look(connection, found[0], values),
                "name": name,
                "few": FEW,
                "selection": selection,
                "found": results(connection, selection, page=page_number(visit.given)),
                "chosen": [each for each in chosen(connection, selection) if each["field"] != what],
                "citation": citation(name, visit.url(f"/{what}/{values['id']}"), figures(connection, visit)),
            }

        return profile_page

    return made


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
        title, institution, past = main_affiliation(_statements(newest))
        roles = Counter(role for _, role in dict.fromkeys((each["article_id"], each["role"]) for each in newest) if role)
        roles.pop("unknown", None)
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


def _statements(quotes: list[dict[str, Any]]) -> list[Statement]:
    """What each article says that somebody is, once."""
    found: dict[tuple[Any, ...], Statement] = {}
    for row in quotes:
        said = Statement(*(row[name] for name in Statement._fields))
        found.setdefault((row["article_id"], *said[:3]), said)
    return list(found.values())


def months(connection: sqlite3.Connection, selection: Selection) -> dict[str, int]:
    """The number of the quotes that fit in each month."""
    ids, values = selection.ids(limit=-1, ordered=False)
    sql = f"select substr(quotes.sort_key, 1, 7), count(*) from ({ids}) as found join quotes on quotes.id = found.id group by 1"
    return dict(connection.execute(sql, values).fetchall())


def timeline_of(connection: sqlite3.Connection, what: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The number of quotes of a speaker, an institution or a topic over time; read from an index alone."""
    return over_time({"Quotes": dict(connection.execute(_MONTHS.format(of=OF[what]), values).fetchall())})


def roles_of(connection: sqlite3.Connection, what: str, values: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The roles of those who speak for an institution or on a topic, each with the number of quotes."""
    return [tuple(row) for row in connection.execute(ROLES.format(of=OF[what]), values)]


def topics_of(connection: sqlite3.Connection, what: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The commonest `topics` of a speaker or an institution, with their number in each of the last `years`."""
    counted = rows(connection, TOPICS.format(of=OF[what]), values)
    years = sorted({row["year"] for row in counted if row["year"].isdecimal()})[-6:]
    topics: dict[int, dict[str, Any]] = {}
    for row in counted:
        new = {"id": row["topic_id"], "topic": row["topic"], "quotes": 0, "years": dict.fromkeys(years, 0)}
        each = topics.setdefault(row["topic_id"], new)
        each["quotes"] += row["quotes"]
        if row["year"] in each["years"]:
            each["years"][row["year"]] += row["quotes"]
    return {"topics": sorted(topics.values(), key=lambda each: (-each["quotes"], each["topic"]))[:8], "years": years}

"""What the pages of a speaker, an institution and a topic share: their quotes, which can be filtered, and counts over time and by topic."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from quotes.publish.cells import is_former
from quotes.publish.charts import over_time, timeline
from quotes.publish.collection import citation, figures
from quotes.publish.database import arguments, ask, missing, number, page, readable, rows, value
from quotes.publish.metadata import public_url
from quotes.publish.results import Selection, chosen, page_number, results

#: Rows of a table that stands within a page; the rest is in its CSV.
FEW = 12

#: Quotes looked at for the topics of a speaker, the newest first, and articles for who else is quoted in them.
RECENT = 5_000

# In every query `:all` is 1 where thoughts, plans and unsure quotes are asked for too, and 0 where only the default view counts.

TOPICS = f"""
select topics.id as topic_id, topics.phrase as topic, substr(recent.sort_key, 1, 4) as year, count(*) as quotes
from (
  select id, sort_key from quotes where {{column}} = :id and (:all or in_default_view) order by sort_key desc limit {RECENT}
) as recent
join quote_topics on quote_topics.quote_id = recent.id
join topics on topics.id = quote_topics.topic_id
group by topics.id, year
order by topics.id, year
"""
ROLE_COUNTS = """
select role, count(*) as quotes from quotes where institution_id = :id and role is not null and (:all or in_default_view)
group by role order by quotes desc, role
"""
#: What is known of each speaker of some quotes: how many, from when to when, and the newest title.
OF_EACH = """quotes.speaker_id, speakers.name as speaker, speakers.kind, count(*) as quotes,
  min(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as first_quoted,
  max(iif(quotes.sort_key >= '0', substr(quotes.sort_key, 1, 10), null)) as last_quoted,
  (select title from quotes as newest where newest.speaker_id = quotes.speaker_id and title is not null order by sort_key desc limit 1)
    as title"""

# The newest quotes that give a title, an institution or a role of a speaker.
_NEWEST_AFFILIATIONS = """
select article_id, title, institution_id, past, role from quotes
where speaker_id = :id and (:all or in_default_view) and (title is not null or institution_id is not null or role <> 'unknown')
order by sort_key desc limit 60
"""

#: From so many articles on, what only one of them says of somebody is not shown beside the name.
_SEVERAL = 5

_Look = Callable[[sqlite3.Connection, dict[str, Any]], dict[str, Any] | None]
_Charts = Callable[[str, Mapping[str, Any]], dict[str, Any]]


async def profile_page(request: Any, datasette: Any, what: str, look: _Look, charts: _Charts, timeline_label: str) -> Any:
    """The page of a speaker, an institution or a topic: what `look` finds for its id, the charts of that, and its quotes."""
    database = await readable(request, datasette)
    identifier = request.url_vars["id"]
    known, given = number(identifier), arguments(request)
    selection = Selection.of({**given, what: identifier})

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        facts = look(connection, {"id": known, "all": bool(selection.all)}) if known is not None else None
        if facts is None:
            return None
        filters = [each for each in chosen(connection, selection) if each["field"] != what]
        quotes = results(connection, selection, page=page_number(given))
        return {**facts, "found": quotes, "chosen": filters, "figures": figures(connection, database)}

    context = await ask(datasette, database, found)
    if context is None:
        raise missing(what, identifier)
    name = context[what].get("name") or context[what]["phrase"]
    address = public_url(datasette, request, f"{datasette.urls.database(database.name)}/{what}/{known}")
    extra = {
        "selection": selection,
        "name": name,
        "few": FEW,
        "citation": citation(name, address, context["figures"]),
        "timeline_chart": timeline(context["timeline"], f"{timeline_label} {name} in each {context['timeline']['unit']}"),
        **charts(name, context),
    }
    return await page(request, datasette, database, f"quotes_{what}.html", {**context, **extra})


def with_affiliation(
    connection: sqlite3.Connection, speakers: list[dict[str, Any]], key: str = "id", *, every: bool = False
) -> list[dict[str, Any]]:
    """The rows of speakers, each with the `title`, `institution`, `institution_id`, `former` and `role` that most articles give.

    They come from the newest sixty quotes; an article counts once, however often it quotes somebody. Thoughts, plans and unsure quotes
    count only where `every` quote does. What nothing says is None.
    """
    found = []
    for row in speakers:
        newest = rows(connection, _NEWEST_AFFILIATIONS, {"id": row[key], "all": every})
        title, institution, past = _commonest(newest)
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


def _commonest(quotes: list[dict[str, Any]]) -> tuple[str | None, int | None, int]:
    """The title with its institution, and whether it is past, that most of the articles give."""
    stated = dict.fromkeys((row["article_id"], (row["title"], row["institution_id"], row["past"])) for row in quotes)
    stated = {each: None for each in stated if each[1][0] or each[1][1]}
    counted = Counter(affiliation for _, affiliation in stated)
    if len({article for article, _ in stated}) >= _SEVERAL:
        counted = Counter({affiliation: count for affiliation, count in counted.items() if count > 1})
    # Of two that are equally common, the newer comes first; one with a title says more than an institution alone.
    return max(counted, key=lambda each: (each[0] is not None, counted[each]), default=(None, None, 0))


def months(connection: sqlite3.Connection, selection: Selection) -> dict[str, int]:
    """The number of the quotes that fit in each month."""
    ids, values = selection.ids(limit=-1, ordered=False)
    sql = f"select substr(quotes.sort_key, 1, 7), count(*) from ({ids}) as found join quotes on quotes.id = found.id group by 1"
    return dict(connection.execute(sql, values).fetchall())


def months_of(connection: sqlite3.Connection, column: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The number of quotes of a speaker or an institution over time; read from the index alone."""
    sql = f"select substr(sort_key, 1, 7), count(*) from quotes where {column} = :id and (:all or in_default_view) group by 1"
    return over_time({"Quotes": dict(connection.execute(sql, values).fetchall())})


def topics_of(connection: sqlite3.Connection, column: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The commonest `topics` of a speaker or an institution, with their number in each of the last `years`."""
    counted = rows(connection, TOPICS.format(column=column), values)
    years = sorted({row["year"] for row in counted if row["year"].isdecimal()})[-6:]
    topics: dict[int, dict[str, Any]] = {}
    for row in counted:
        new = {"id": row["topic_id"], "topic": row["topic"], "quotes": 0, "years": dict.fromkeys(years, 0)}
        each = topics.setdefault(row["topic_id"], new)
        each["quotes"] += row["quotes"]
        if row["year"] in each["years"]:
            each["years"][row["year"]] += row["quotes"]
    return {"topics": sorted(topics.values(), key=lambda each: (-each["quotes"], each["topic"]))[:8], "years": years}

"""The answers to the addresses of our pages: each asks the database once and fills one template."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from quotes.publish import comparing, profile_pages
from quotes.publish.accuracy import accuracy
from quotes.publish.citing import citation
from quotes.publish.home import FIGURES, home
from quotes.publish.page_filters import Selection, asks_for_all
from quotes.publish.pictures import shares, timeline
from quotes.publish.queries import arguments, ask, missing, number, page, permitted, rows, value
from quotes.publish.results import PAGE, chosen, narrowing, results
from quotes.publish.site_settings import public_url
from quotes.publish.suggesting import suggestions
from quotes.store.retrieval.advice import advise
from quotes.store.retrieval.searching import people as people_of
from quotes.store.retrieval.terms import match_query

#: The last page of results that can be turned to; beyond, a search is narrowed or taken away whole.
_LAST_PAGE = 100


def _page_number(request: Any) -> int:
    return max(1, min(_LAST_PAGE, number(request.args.get("page") or "") or 1))


async def home_page(request: Any, datasette: Any) -> Any:
    """The front page of a site that serves one database of quotes and nothing else."""
    from quotes.publish.hooks import our_databases

    request.scope["url_route"]["kwargs"]["database"] = datasette.databases[our_databases(datasette)[0]].route
    database = await permitted(request, datasette)
    shown = await ask(datasette, database, lambda connection: home(connection, str(database.path)))
    questions = await datasette.get_canned_queries(database.name, request.actor)
    config = datasette.plugin_config("quotes") or {}
    asked = [
        {
            "url": datasette.urls.query(database.name, each["name"]),
            "title": each.get("title") or each["name"],
            "about": each.get("description"),
        }
        for each in questions.values()
        if await datasette.permission_allowed(request.actor, "view-query", (database.name, each["name"]), default=True)
    ]
    context = {**shown, "questions": asked, "accuracy": accuracy(config.get("evaluation")), "metadata": datasette.metadata()}
    return await page(request, datasette, database, "quotes_home.html", context)


async def search_page(request: Any, datasette: Any) -> Any:
    """Quotes by words and whatever else narrows them."""
    database = await permitted(request, datasette)
    selection, nth = Selection.of(arguments(request)), _page_number(request)

    def found(connection: sqlite3.Connection) -> dict[str, Any]:
        answer = results(connection, selection, page=nth)
        people = people_of(connection, selection) if nth == 1 and not selection.speaker else []
        named = {("speaker", each.id) for each in people}
        names = suggestions(connection, selection.words) if nth == 1 else []
        return {
            **answer,
            "narrowing": narrowing(connection, selection),
            "chosen": chosen(connection, selection),
            "people": people,
            "names": [each for each in names if (each["kind"], each["id"]) not in named],
            "advice": None if answer["count"] else advise(connection, selection),
        }

    context = await ask(datasette, database, found)
    return await page(request, datasette, database, "quotes_search.html", {**context, "selection": selection})


async def _about(request: Any, datasette: Any, what: str, look: Any, pictures: Any) -> Any:
    """The page of a speaker, an institution or a topic: what is known of it, and its quotes, which can be narrowed."""
    database = await permitted(request, datasette)
    identifier = request.url_vars["id"]
    known = number(identifier)
    selection = Selection.of({**arguments(request), what: identifier})
    nth = _page_number(request)

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        facts = look(connection, known, every=bool(selection.all)) if known is not None else None
        if facts is None:
            return None
        narrowed = [each for each in chosen(connection, selection) if each["label"].lower() != what]
        figures = FIGURES.of(connection, str(database.path))
        return {**facts, **results(connection, selection, page=nth), "chosen": narrowed, "figures": figures}

    # Most speakers are quoted a few times, while institutions and topics gather thousands of quotes.
    context = await ask(datasette, database, found)
    if context is None:
        raise missing(what, identifier)
    name = context[what].get("name") or context[what]["phrase"]
    address = public_url(datasette, request, f"{datasette.urls.database(database.name)}/{what}/{known}")
    extra = {
        "selection": selection,
        "name": name,
        "few": profile_pages.FEW,
        "citation": citation(name, address, context["figures"]),
        **pictures(name, context),
    }
    return await page(request, datasette, database, f"quotes_{what}.html", {**context, **extra})


async def speaker_page(request: Any, datasette: Any) -> Any:
    """Everything about one speaker."""

    def pictures(name: str, context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "timeline_picture": timeline(context["timeline"], f"Quotes of {name} in each {context['timeline']['unit']}"),
            "beside_picture": shares(
                [(each["speaker"], each["articles"]) for each in context["beside"]], f"Who is quoted in the same articles as {name}"
            ),
        }

    return await _about(request, datasette, "speaker", profile_pages.speaker, pictures)


async def institution_page(request: Any, datasette: Any) -> Any:
    """Everything about one institution."""

    def pictures(name: str, context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "timeline_picture": timeline(context["timeline"], f"Quotes given for {name} in each {context['timeline']['unit']}"),
            "roles_picture": shares(
                [(each["role"], each["quotes"]) for each in context["roles"]], f"Quotes for {name} by the role of the speaker"
            ),
        }

    return await _about(request, datasette, "institution", profile_pages.institution, pictures)


async def topic_page(request: Any, datasette: Any) -> Any:
    """Everything about one topic."""

    def pictures(name: str, context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "timeline_picture": timeline(context["timeline"], f"Quotes on {name} in each {context['timeline']['unit']}"),
            "roles_picture": shares(
                [(each["role"], each["quotes"]) for each in context["roles"]], f"Quotes on {name} by the role of the speaker"
            ),
            "outlets_picture": shares([(each["outlet"], each["articles"]) for each in context["outlets"]], f"Articles on {name} by outlet"),
        }

    return await _about(request, datasette, "topic", profile_pages.topic, pictures)


#: Names on a page of a list.
_NAMES = 60

_LISTS = {
    "speaker": ("name", "id, name, kind, {quotes} as quotes, articles, first_quoted, last_quoted"),
    "institution": ("name", "id, name, acronym, speakers, {quotes} as quotes"),
    "topic": ("phrase", "id, phrase as name, {quotes} as quotes, articles"),
}

#: What a list can be sorted by, in its address, and the columns behind it; the first is how it stands without one.
_ORDERS = {
    "quotes": "{quotes} desc, {name}",
    "name": "{name} collate nocase, id",
    "articles": "articles desc, {quotes} desc, id",
    "speakers": "speakers desc, {quotes} desc, id",
    "first": "first_quoted is null, first_quoted, id",
    "last": "last_quoted desc, id",
}
_SORTED_BY = {
    "speaker": ("quotes", "name", "articles", "first", "last"),
    "institution": ("quotes", "name", "speakers"),
    "topic": ("quotes", "name", "articles"),
}
ROLES = ("expert", "official", "politician", "spokesperson", "business", "witness", "advocate", "journalist", "other")
KINDS = {"person": "people", "organisation": "organisations", "group": "groups", "unnamed": "unnamed", "document": "documents"}

_BY_ALIAS = "select aliases.speaker_id from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :words"


async def list_page(request: Any, datasette: Any) -> Any:
    """All speakers, institutions or topics, or those with some words in their names, sorted as the address says, the most quoted first."""
    database = await permitted(request, datasette)
    what, nth, given = request.url_vars["what"], _page_number(request), arguments(request)
    words = (given.get("q") or "").strip()[:100]
    role = given["role"] if what == "speaker" and given.get("role") in ROLES else ""
    kind = given["kind"] if given.get("kind") in KINDS else "" if words or role or "kind" in given else "person"
    name, columns = _LISTS[what]
    every = asks_for_all(given)
    quotes = "all_quotes" if every else "quotes"
    # What else is kept with the rows counts the default view.
    orders = ("quotes", "name") if every else _SORTED_BY[what]
    sort = given["sort"] if given.get("sort") in orders else "quotes"
    where, values = [f"{quotes} > 0"], {"words": f"{match_query(words)}*", "role": role, "kind": kind}
    if match_query(words):
        by_alias = f" union {_BY_ALIAS}" if what == "speaker" else ""
        where.append(f"id in (select rowid from {what}s_fts where {what}s_fts match :words{by_alias})")
    if role:
        where.append(f"id in (select speaker_id from quotes where role = :role{'' if every else ' and in_default_view'})")
    if what == "speaker" and kind:
        where.append("kind = :kind")
    page_of = f"limit {_NAMES + 1} offset {(nth - 1) * _NAMES}"
    order = f"{quotes} desc, id" if sort == "quotes" and not words else _ORDERS[sort].format(name=name, quotes=quotes)
    sql = f"select {columns.format(quotes=quotes)} from {what}s where {' and '.join(where)} order by {order} {page_of}"

    def found(connection: sqlite3.Connection) -> dict[str, Any]:
        listed = rows(connection, sql, values)
        shown = listed[:_NAMES]
        if what == "speaker":
            shown = profile_pages.with_standing(connection, shown, every=every)
        return {
            "found": _whole(connection, what, shown) if every else shown,
            "more": len(listed) > _NAMES,
            "kinds": {each: plural for each, plural in KINDS.items() if value(connection, _SOME_OF_KIND.format(quotes=quotes), [each])}
            if what == "speaker"
            else {},
            "roles": [each for each in ROLES if value(connection, _SOME_IN_ROLE, {"role": each, "all": every})]
            if what == "speaker"
            else [],
        }

    context = await ask(datasette, database, found)
    asked = {"what": what, "page": nth, "words": words, "kind": kind, "role": role, "sort": sort, "orders": orders, "every": every}
    return await page(request, datasette, database, "quotes_list.html", {**context, **asked})


def _whole(connection: sqlite3.Connection, what: str, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a list with numbers and dates of all their quotes, thoughts, plans and unsure ones among them."""
    sql = _WHOLE.get(what)
    return [{**row, **rows(connection, sql, [row["id"]])[0]} for row in listed] if sql else listed


_WHOLE = {
    "speaker": "select count(distinct article_id) as articles, min(published) as first_quoted, max(published) as last_quoted"
    " from appearances where speaker_id = ?",
    "institution": "select count(distinct speaker_id) as speakers from affiliations where institution_id = ?",
}
_SOME_OF_KIND = "select 1 from speakers where kind = ? and {quotes} > 0 limit 1"
_SOME_IN_ROLE = "select 1 from quotes where role = :role and (:all or in_default_view) limit 1"


async def compare_page(request: Any, datasette: Any) -> Any:
    """Two speakers, or two outlets, side by side."""
    database = await permitted(request, datasette)
    given = arguments(request)
    selection = Selection.of(given)

    def found(connection: sqlite3.Connection) -> dict[str, Any]:
        outlets = [row[0] for row in connection.execute(_SOME_OUTLETS)]
        return {**comparing.compared(connection, given), "chosen": chosen(connection, selection), "outlets": outlets}

    context = await ask(datasette, database, found)
    other_view = {name: words for name, words in given.items() if words and name != "all"} | ({} if selection.all else {"all": "1"})
    label = f"Quotes of {' and '.join(context['found'])} in each {context['series']['unit']}"
    drawn = timeline(context["series"], label) if context["sides"] else ""
    return await page(
        request,
        datasette,
        database,
        "quotes_compare.html",
        {**context, "given": given, "selection": selection, "picture": drawn, "other_view": urlencode(other_view)},
    )


# Each outlet from the index over outlets, one step for each, and not one for each article.
_SOME_OUTLETS = """
with recursive outlets(outlet) as (
  select min(outlet) from articles union all select (select min(outlet) from articles where outlet > outlets.outlet) from outlets
  where outlets.outlet is not null
)
select outlet from outlets where outlet is not null limit 500
"""


async def suggest(request: Any, datasette: Any) -> Any:
    """Names for what is being typed, as JSON."""
    database = await permitted(request, datasette)
    words = request.args.get("q") or ""
    found = await ask(datasette, database, lambda connection: suggestions(connection, words))
    base = datasette.urls.database(database.name)
    answer = [{**{key: each[key] for key in ("name", "kind", "quotes")}, "url": f"{base}/{each['kind']}/{each['id']}"} for each in found]
    return Response.json(answer, headers={"cache-control": "max-age=60"})


async def old_search(request: Any, datasette: Any) -> Any:
    """The search of all databases, as it once was called, is the search for quotes."""
    from quotes.publish.hooks import our_databases

    query = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(f"{datasette.urls.database(our_databases(datasette)[0])}/search{query}", status=301)


__all__ = [
    "PAGE",
    "compare_page",
    "home_page",
    "institution_page",
    "list_page",
    "old_search",
    "search_page",
    "speaker_page",
    "suggest",
    "topic_page",
]

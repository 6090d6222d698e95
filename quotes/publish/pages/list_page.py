"""All speakers, institutions or topics, or those with some words in their names, sorted as the address says, the most quoted first."""

from __future__ import annotations

import sqlite3
from typing import Any, get_args

from quotes.publish.database import Visit, rows, value, view
from quotes.publish.pages.profiles import OF_SPEAKER, with_affiliation
from quotes.publish.results import asks_for_all, page_number
from quotes.records import SpeakerRole
from quotes.store.retrieval.search_words import match_query

#: Names on a page.
_NAMES = 30
#: Quotes looked at for those who speak in a role, the newest.
_IN_ROLE = 2_000

_COLUMNS = {
    "speaker": "id, name, kind, {quotes} as quotes, articles, first_quoted, last_quoted",
    "institution": "id, name, acronym, {quotes} as quotes, speakers",
    "topic": "id, phrase as name, {quotes} as quotes, articles",
}
#: The same counts over all quotes, where those are asked for.
_OVER_ALL = {
    "speaker": f"select {', '.join(f'{every} as {name}' for name, every in OF_SPEAKER.items())}",
    "institution": "select count(distinct speaker_id) as speakers from affiliations where institution_id = :id",
    "topic": "select :id as id",
}
#: What a list can be sorted by, in its address, with the column and the order behind it.
_ORDERS = {
    "quotes": "quotes desc, id",
    "name": "name collate nocase, id",
    "articles": "articles desc, quotes desc, id",
    "speakers": "speakers desc, quotes desc, id",
    "first": "first_quoted is null, first_quoted, id",
    "last": "last_quoted desc, id",
}
_SORTED_BY = {
    "speaker": ("quotes", "name", "articles", "first", "last"),
    "institution": ("quotes", "name", "speakers"),
    "topic": ("quotes", "name", "articles"),
}
_ROLES = tuple(each for each in get_args(SpeakerRole) if each != "unknown")
_KINDS = {"person": "people", "organisation": "organisations", "group": "groups", "unnamed": "unnamed", "document": "documents"}

_BY_ALIAS = "union select aliases.speaker_id from aliases_fts join aliases on aliases.id = aliases_fts.rowid where aliases_fts match :words"


@view("quotes_list.html")
def list_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """`/quotes/speaker`, `/quotes/institution` and `/quotes/topic`."""
    what, given, every, page = visit.request.url_vars["what"], visit.given, asks_for_all(visit.given), page_number(visit.given)
    words = (given.get("q") or "").strip()[:100]
    role = given["role"] if what == "speaker" and given.get("role") in _ROLES else ""
    kind = given["kind"] if given.get("kind") in _KINDS else "" if words or role or "kind" in given else "person"
    # Whatever else a row counts, it counts in the default view.
    orders = ("quotes", "name") if every else _SORTED_BY[what]
    sort = given["sort"] if given.get("sort") in orders else "quotes"
    quotes, in_view = ("all_quotes", "") if every else ("quotes", " and in_default_view")
    where = [f"{quotes} > 0"]
    if match := match_query(words):
        where.append(f"id in (select rowid from {what}s_fts where {what}s_fts match :words {_BY_ALIAS if what == 'speaker' else ''})")
    if role:
        newest = f"select id from quotes where role = :role{in_view} order by sort_key desc limit {_IN_ROLE}"
        where.append(f"id in (select speaker_id from ({newest}) as newest cross join quotes on quotes.id = newest.id)")
    if what == "speaker" and kind:
        where.append("kind = :kind")
    order = _ORDERS[sort].replace("quotes", quotes).replace("name", "phrase" if what == "topic" else "name")
    sql = f"""select {_COLUMNS[what].format(quotes=quotes)} from {what}s where {" and ".join(where)}
        order by {order} limit {_NAMES + 1} offset {(page - 1) * _NAMES}"""
    listed = rows(connection, sql, {"words": f"{match}*", "role": role, "kind": kind})
    shown, choices = listed[:_NAMES], {}
    if what == "speaker":
        shown = with_affiliation(connection, shown, every=every)
        some_of_kind = f"select 1 from speakers where kind = ? and {quotes} > 0 limit 1"
        some_in_role = f"select 1 from quotes where role = ?{in_view} limit 1"
        choices = {
            "kinds": {each: plural for each, plural in _KINDS.items() if value(connection, some_of_kind, [each])},
            "roles": [each for each in _ROLES if value(connection, some_in_role, [each])],
        }
    if every:
        shown = [{**row, **rows(connection, _OVER_ALL[what], {"id": row["id"]})[0]} for row in shown]
    asked = {"words": words, "role": role, "kind": kind, "every": every, "page": page, "sort": sort, "orders": orders}
    return {**asked, **choices, "in_role": _IN_ROLE, "what": what, "found": shown, "more": len(listed) > _NAMES}

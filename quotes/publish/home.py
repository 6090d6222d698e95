"""What the front page and the search page show."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from quotes.store.searching import match_query

_BROWSE = (
    ("quotes", "Quotes", "quotes_browse"),
    ("speakers", "Speakers", "speakers_browse"),
    ("institutions", "Institutions", "institutions_browse"),
    ("articles", "Articles", "articles_browse"),
)

_NEWEST = """
select id, headline, outlet, published, quotes, speakers from articles_browse order by sort_key desc limit 8
"""

#: Hits of each kind on the search page.
SHOWN = 8

_QUOTES = """
select id, article_id, text as words, speaker, title, institution, outlet, published
from quotes_browse where id in (select rowid from quotes_fts where quotes_fts match :words)
order by sort_key desc limit :limit
"""
_SPEAKERS = """
select id, name as words, titles, institutions, kind, quotes
from speakers_browse where id in (select rowid from speakers_fts where speakers_fts match :words)
order by quotes desc, name limit :limit
"""
_INSTITUTIONS = """
select id, name as words, acronym, quotes
from institutions_browse where id in (select rowid from institutions_fts where institutions_fts match :words)
order by quotes desc, name limit :limit
"""
_ARTICLES = """
select id, headline as words, outlet, published, quotes
from articles_browse where id in (select rowid from articles_fts where articles_fts match :words)
order by sort_key desc limit :limit
"""

# The label, the query, the address of a hit, the columns that stand below it, and the table that holds all hits.
_SEARCHES = (
    ("Speakers", _SPEAKERS, "quotes_browse?speaker_id={id}", ("titles", "institutions", "kind", "quotes"), "speakers_browse"),
    ("Institutions", _INSTITUTIONS, "quotes_browse?institution_id={id}", ("acronym", "quotes"), "institutions_browse"),
    ("Quotes", _QUOTES, "article/{article_id}#q{id}", ("speaker", "title", "institution", "outlet", "published"), "quotes_browse"),
    ("Articles", _ARTICLES, "article/{id}", ("outlet", "published", "quotes"), "articles_browse"),
)


async def home(datasette: Any, request: Any, name: str) -> dict[str, Any]:
    """The parts of the front page for the database `name`."""
    database = datasette.databases[name]
    base = datasette.urls.database(name)
    counts = await database.table_counts(1000)
    questions = await datasette.get_canned_queries(name, request.actor if request else None)
    newest = await database.execute(_NEWEST)
    return {
        "base": base,
        "browse": [{"label": label, "url": f"{base}/{view}", "count": counts.get(table)} for table, label, view in _BROWSE],
        "questions": [
            {
                "url": datasette.urls.query(name, query["name"]),
                "title": query.get("title") or query["name"],
                "about": query.get("description"),
            }
            for query in questions.values()
        ],
        "newest": [dict(row) for row in newest.rows],
    }


async def found(datasette: Any, name: str, words: str) -> list[dict[str, Any]]:
    """What a search finds in names, quotes and articles, in groups; empty where nothing is found or no word was given."""
    query = match_query(words)
    if not query:
        return []
    base = datasette.urls.database(name)
    groups = []
    for label, sql, address, columns, table in _SEARCHES:
        rows = [dict(row) for row in (await datasette.databases[name].execute(sql, {"words": query, "limit": SHOWN + 1})).rows]
        hits = [{"url": f"{base}/{address.format(**row)}", "words": row["words"], "about": _about(row, columns)} for row in rows[:SHOWN]]
        if hits:
            more = f"{base}/{table}?{urlencode({'_search': words.strip()})}" if len(rows) > SHOWN else None
            groups.append({"label": label, "hits": hits, "more": more})
    return groups


def _about(row: dict[str, Any], columns: tuple[str, ...]) -> str:
    parts = []
    for column in columns:
        value = row[column]
        if column == "quotes":
            parts.append(f"{value:,} quote{'' if value == 1 else 's'}")
        elif value:
            parts.append(str(value).replace("T", " ") if column == "published" else str(value))
    return " · ".join(parts)

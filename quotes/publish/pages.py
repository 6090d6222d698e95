"""The page of one article: its text with the quotes marked, and beside each who said it."""

from __future__ import annotations

import json
import re
from typing import Any

from datasette.utils.asgi import NotFound, Response

from quotes.publish.cells import says_past
from quotes.publish.marking import Mark, paragraphs
from quotes.records import SURE

_ARTICLE = """
select id, title, byline, dateline, outlet, published, section, url, text, words, zones, path, extractor from articles where id = ?
"""
_QUOTES = """
select quotes.id, quotes.kind, quotes.act, quotes.spans, quotes.confidence, quotes.title, quotes.speaker_id, quotes.institution_id,
  quotes.role, quotes.role_evidence, quotes.past, quotes.speaker_outlet,
  speakers.name as speaker, speakers.kind as speaker_kind, institutions.name as institution
from quotes
left join speakers on speakers.id = quotes.speaker_id
left join institutions on institutions.id = quotes.institution_id
where quotes.article_id = ?
order by quotes.start, quotes."end" desc, quotes.id
"""


async def article_page(request: Any, datasette: Any) -> Any:
    """Answer `/quotes/article/ID`; raises NotFound for an id that no article has."""
    database = datasette.get_database(route=request.url_vars["database"])
    for table in ("articles", "quotes"):
        await datasette.ensure_permissions(
            request.actor, [("view-table", (database.name, table)), ("view-database", database.name), "view-instance"]
        )
    identifier = request.url_vars["id"]
    # More digits than that would be no number of SQLite's.
    known = re.fullmatch("[0-9]{1,18}", identifier) is not None
    article = (await database.execute(_ARTICLE, [int(identifier)])).first() if known else None
    if article is None:
        raise NotFound(f"There is no article {identifier}")
    rows = [dict(row) for row in (await database.execute(_QUOTES, [article["id"]])).rows]
    context = article_context(dict(article), rows)
    html = await datasette.render_template(
        "quotes_article.html", {**context, "database": database.name, "base": datasette.urls.database(database.name)}, request=request
    )
    return Response.html(html)


def article_context(article: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the template shows of an article, out of its row and those of its quotes in the order of the text."""
    marks = [Mark(row["id"], row["kind"], tuple((start, end) for start, end in json.loads(row["spans"]))) for row in rows]
    notes = {
        row["id"]: {**row, "number": number, "unsure": row["confidence"] < SURE, "says_past": says_past(row["title"] or "")}
        for number, row in enumerate(rows, 1)
    }
    zones = [(kind, start, end) for kind, start, end in json.loads(article["zones"])]
    laid_out = paragraphs(article["text"], zones, marks)
    url = article["url"] or ""
    return {
        "article": {**article, "byline": ", ".join(json.loads(article["byline"]))},
        "paragraphs": laid_out,
        "notes": notes,
        "has_headline": any(paragraph.zone == "headline" for paragraph in laid_out),
        # Any other scheme (javascript:) must not become a link.
        "link": url if url.startswith(("https://", "http://")) else None,
    }

"""The page of one article: its text with the quotes marked, and beside each who said it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from quotes.publish.article_html import Printer
from quotes.publish.cell_rendering import says_past
from quotes.publish.citing import citation
from quotes.publish.home import FIGURES
from quotes.publish.marking import Mark, paragraphs
from quotes.publish.page_filters import asks_for_all
from quotes.publish.queries import arguments, ask, missing, number, page, permitted, rows, value
from quotes.publish.site_settings import public_url

ARTICLE = """
select id, title, byline, dateline, outlet, published, section, url, text, words, zones, path, extractor, sort_key from articles where
id = ?
"""
QUOTES = """
select quotes.id, quotes.kind, quotes.act, quotes.spans, quotes.cue, quotes.cue_spans, quotes.mention, quotes.mention_spans,
  quotes.confidence, quotes.unsure,
  quotes.in_default_view, quotes.title, quotes.speaker_id, quotes.institution_id, quotes.name_confidence, quotes.corrected,
  quotes.role, quotes.role_evidence, quotes.past, quotes.speaker_outlet, quotes.utterance_id, utterances.articles as carried,
  speakers.name as speaker, speakers.kind as speaker_kind, institutions.name as institution
from quotes
left join speakers on speakers.id = quotes.speaker_id
left join institutions on institutions.id = quotes.institution_id
left join utterances on utterances.id = quotes.utterance_id
where quotes.article_id = ?
order by quotes.start, quotes."end" desc, quotes.id
"""
TOPICS = """
select topics.id, topics.phrase from article_topics join topics on topics.id = article_topics.topic_id
where article_topics.article_id = ? order by article_topics.place limit 8
"""


async def article_page(request: Any, datasette: Any) -> Any:
    """Answer `/quotes/article/ID`; raises NotFound for an id that no article has."""
    database = await permitted(request, datasette)
    identifier = request.url_vars["id"]
    known = number(identifier)
    every = asks_for_all(arguments(request))

    def found(connection: sqlite3.Connection) -> dict[str, Any] | None:
        articles = rows(connection, ARTICLE, [known]) if known is not None else []
        if not articles:
            return None
        quotes = rows(connection, QUOTES, [known])
        marked = [row for row in quotes if every or row["in_default_view"]]
        context = article_context(articles[0], marked, follow=number(request.args.get("follow") or ""), every=every)
        return {
            **context,
            "every": every,
            "more": len(quotes) - len(marked),
            "topics": rows(connection, TOPICS, [known]),
            "figures": FIGURES.of(connection, str(database.path)),
            "newer": value(connection, "select id from articles where sort_key > ? order by sort_key limit 1", [articles[0]["sort_key"]]),
            "older": value(
                connection, "select id from articles where sort_key < ? order by sort_key desc limit 1", [articles[0]["sort_key"]]
            ),
        }

    context = await ask(datasette, database, found)
    if context is None:
        raise missing("article", identifier)
    address = public_url(datasette, request, f"{datasette.urls.database(database.name)}/article/{known}")
    cite = citation(context["article"]["title"] or "Article", address, context["figures"])
    return await page(request, datasette, database, "quotes_article.html", {**context, "citation": cite})


def article_context(
    article: dict[str, Any], quotes: Sequence[dict[str, Any]], *, follow: int | None = None, every: bool = False
) -> dict[str, Any]:
    """What the template shows of an article, out of its row and those of its quotes in the order of the text.

    `follow` is the speaker whose quotes are to stand out, each with the way to the next; `every` says that no quote was left out.
    """
    marks = _marks(quotes)
    notes = {
        row["id"]: {**row, "number": nth, "unsure": bool(row["unsure"]), "says_past": says_past(row["title"] or "")}
        for nth, row in enumerate(quotes, 1)
    }
    speakers = _speakers(quotes)
    followed = next((each for each in speakers if each["id"] == follow), None)
    if followed:
        for one, other in pairwise(followed["quotes"]):
            notes[one]["next"], notes[other]["previous"] = other, one
    zones = [(kind, start, end) for kind, start, end in json.loads(article["zones"])]
    laid_out = paragraphs(article["text"], zones, marks)
    url = article["url"] or ""
    return {
        "article": {**article, "byline": ", ".join(json.loads(article["byline"]))},
        "paragraphs": laid_out,
        "printer": Printer(notes, followed["id"] if followed else None, every=every),
        "notes": notes,
        "speakers": speakers,
        "followed": followed,
        "has_headline": any(paragraph.zone == "headline" for paragraph in laid_out),
        # Any other scheme (javascript:) must not become a link.
        "link": url if url.startswith(("https://", "http://")) else None,
    }


def _marks(quotes: Sequence[dict[str, Any]]) -> list[Mark]:
    """The quotes in their order, and after them the cue and the mention of each."""
    parts = [(row, part) for row in quotes for part in ("cue", "mention") if row.get(f"{part}_spans")]
    cells = [*(row["spans"] for row in quotes), *(row[f"{part}_spans"] for row, part in parts)]
    # Read at once: an article has a hundred of them.
    spans = [tuple([(start, end) for start, end in each]) for each in json.loads(f"[{','.join(cells)}]")]
    marks = [Mark(row["id"], row["kind"], each) for row, each in zip(quotes, spans, strict=False)]
    return marks + [Mark(row["id"], part, each, False) for (row, part), each in zip(parts, spans[len(quotes) :], strict=True)]


def _speakers(quotes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who is quoted, in the order of the text, each with the quotes."""
    found: dict[int, dict[str, Any]] = {}
    for row in quotes:
        if row["speaker_id"] is not None:
            each = found.setdefault(row["speaker_id"], {"id": row["speaker_id"], "name": row["speaker"], "quotes": []})
            each["quotes"].append(row["id"])
    return list(found.values())

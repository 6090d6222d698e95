"""The page of one article: its text with the quotes marked, and beside each who said it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from quotes.publish.article_layout import Mark, paragraphs
from quotes.publish.cells import is_former
from quotes.publish.collection import citation, figures
from quotes.publish.database import Visit, number, rows, value, view
from quotes.publish.results import asks_for_all

_ARTICLE = """
select id, title, byline, outlet, published, section, url, text, words, zones, extractor, sort_key from articles where id = ?
"""
_QUOTES = """
select quotes.id, quotes.kind, quotes.act, quotes.spans, quotes.cue_spans, quotes.mention_spans, quotes.confidence, quotes.unsure,
  quotes.in_default_view, quotes.title, quotes.speaker_id, quotes.institution_id, quotes.corrected, quotes.role, quotes.role_evidence,
  quotes.past, quotes.speaker_outlet, quotes.utterance_id, utterances.articles as carried,
  speakers.name as speaker, institutions.name as institution
from quotes
left join speakers on speakers.id = quotes.speaker_id
left join institutions on institutions.id = quotes.institution_id
left join utterances on utterances.id = quotes.utterance_id
where quotes.article_id = ?
order by quotes.start, quotes."end" desc, quotes.id
"""
_TOPICS = """
select topics.id, topics.phrase from article_topics join topics on topics.id = article_topics.topic_id
where article_topics.article_id = ? order by article_topics.place limit 8
"""
_NEWER = "select id from articles where sort_key > ? order by sort_key limit 1"
_OLDER = "select id from articles where sort_key < ? order by sort_key desc limit 1"


@view("quotes_article.html")
def article_page(connection: sqlite3.Connection, visit: Visit) -> dict[str, Any]:
    """`/quotes/article/ID`; raises NotFound for an id that no article has."""
    known, every = number(visit.request.url_vars["id"]), asks_for_all(visit.given)
    articles = rows(connection, _ARTICLE, [known])
    if not articles:
        raise visit.missing("article")
    quotes = rows(connection, _QUOTES, [known])
    marked = [row for row in quotes if every or row["in_default_view"]]
    return {
        **article_context(articles[0], marked, follow=number(visit.given.get("follow", ""))),
        "every": every,
        "more": len(quotes) - len(marked),
        "topics": rows(connection, _TOPICS, [known]),
        "newer": value(connection, _NEWER, [articles[0]["sort_key"]]),
        "older": value(connection, _OLDER, [articles[0]["sort_key"]]),
        "citation": citation(articles[0]["title"] or "Article", visit.url(f"/article/{known}"), figures(connection, visit)),
    }


def article_context(article: dict[str, Any], quotes: Sequence[dict[str, Any]], *, follow: int | None = None) -> dict[str, Any]:
    """What the template shows of an article, out of its row and those of its quotes in the order of the text.

    `follow` is the speaker whose quotes are to stand out, each with the way to the next.
    """
    notes = {
        row["id"]: {
            **row,
            "number": nth,
            "former": is_former(row["title"], row["past"]),
            # An outlet or an office that speaks is its own title.
            "title_beside": row["title"] if (row["title"] or "").lower() != (row["speaker"] or "").lower() else None,
        }
        for nth, row in enumerate(quotes, 1)
    }
    speakers = _speakers(quotes)
    followed = next((each for each in speakers if each["id"] == follow), None)
    for one, other in pairwise(followed["quotes"] if followed else ()):
        notes[one]["next"], notes[other]["previous"] = other, one
    zones = [(kind, start, end) for kind, start, end in json.loads(article["zones"])]
    laid_out = paragraphs(article["text"], zones, _marks(quotes))
    url = article["url"] or ""
    return {
        "article": {**article, "byline": ", ".join(json.loads(article["byline"]))},
        "paragraphs": laid_out,
        "headline": next((nth for nth, each in enumerate(laid_out) if each.zone == "headline"), None),
        "notes": notes,
        "speakers": speakers,
        "followed": followed,
        # Any other scheme (javascript:) must not become a link.
        "link": url if url.startswith(("https://", "http://")) else None,
    }


def _marks(quotes: Sequence[dict[str, Any]]) -> list[Mark]:
    """The quotes in their order, and after them the cue and the mention of each."""

    def spans(row: dict[str, Any], column: str) -> tuple[tuple[int, int], ...]:
        return tuple((start, end) for start, end in json.loads(row[column]))

    parts = [(row, part) for row in quotes for part in ("cue", "mention") if row[f"{part}_spans"]]
    return [
        *(Mark(row["id"], row["kind"], spans(row, "spans")) for row in quotes),
        *(Mark(row["id"], part, spans(row, f"{part}_spans"), False) for row, part in parts),
    ]


def _speakers(quotes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who is quoted, in the order of the text, each with the quotes."""
    found: dict[int, dict[str, Any]] = {}
    for row in quotes:
        if row["speaker_id"] is not None:
            each = found.setdefault(row["speaker_id"], {"id": row["speaker_id"], "name": row["speaker"], "quotes": []})
            each["quotes"].append(row["id"])
    return list(found.values())

"""The page of one article: its text with the quotes marked, and beside each who said it.

The text is cut into paragraphs, and those into pieces, so that quotes which overlap or stand in one another can be marked: each piece
becomes one flat element of the page, so that no tag can ever be left open.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

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


# Atomic, so that a carriage return and its line feed are never taken for two line ends.
_END = r"(?>\r\n|[\n\r\u2028\u2029])"
_LINE = re.compile(_END)
_BLANK_LINE = re.compile(rf"{_END}(?:[^\S\r\n\u2028\u2029]*{_END})+")

#: A kind of zone with its start and end.
Zone = tuple[str, int, int]


class Mark(NamedTuple):
    """What is to be marked: a quote, or the cue or mention of one (not `counted`), with its spans in characters of the text."""

    id: int
    kind: str
    spans: tuple[tuple[int, int], ...]
    counted: bool = True


class Piece(NamedTuple):
    """A part of the text that lies wholly within the same quotes: the innermost one, how many there are, and which begin and end with it.

    `part` is the cue or the mention, where the piece is that of a quote.
    """

    text: str
    zone: str
    quote: Mark | None
    depth: int
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    part: Mark | None


class Paragraph(NamedTuple):
    """One paragraph: the zone that it lies in, its pieces, and the ids of the quotes that begin in it."""

    zone: str
    pieces: tuple[Piece, ...]
    quotes: tuple[int, ...]


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
    speakers: dict[int, dict[str, Any]] = {}
    for row in quotes:
        if row["speaker_id"] is not None:
            each = speakers.setdefault(row["speaker_id"], {"id": row["speaker_id"], "name": row["speaker"], "quotes": []})
            each["quotes"].append(row["id"])
    followed = speakers.get(follow) if follow is not None else None
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
        "speakers": list(speakers.values()),
        "followed": followed,
        # Any other scheme (javascript:) must not become a link.
        "link": url if url.startswith(("https://", "http://")) else None,
    }


def _marks(quotes: Sequence[dict[str, Any]]) -> list[Mark]:
    """The quotes in their order, and after them the cue and the mention of each."""

    def mark(row: dict[str, Any], column: str, kind: str, *, counted: bool) -> Mark:
        return Mark(row["id"], kind, tuple((start, end) for start, end in json.loads(row[column])), counted)

    parts = [(row, part) for row in quotes for part in ("cue", "mention") if row[f"{part}_spans"]]
    return [
        *(mark(row, "spans", row["kind"], counted=True) for row in quotes),
        *(mark(row, f"{part}_spans", part, counted=False) for row, part in parts),
    ]


def paragraphs(text: str, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Paragraph]:
    """The text as paragraphs of pieces; the pieces of all of them, joined, are the text without the white space between."""
    spans = [(start, end, mark) for mark in marks for start, end in mark.spans]
    edges = sorted({edge for _, *zone in zones for edge in zone} | {edge for start, end, _ in spans for edge in (start, end)})
    cut: list[list[tuple[int, int, list[Mark]]]] = []
    for start, end in _paragraph_spans(text, zones):
        # The innermost mark comes first.
        touching = sorted([each for each in spans if each[0] < end and start < each[1]], key=lambda each: each[1] - each[0])
        places = pairwise([start, *(edge for edge in edges if start < edge < end), end])
        cut.append([(left, right, [each[2] for each in touching if each[0] <= left and right <= each[1]]) for left, right in places])
    over = [(mark, left) for pieces in cut for left, _, marks_over in pieces for mark in marks_over]
    first, last = dict(reversed(over)), dict(over)
    found = []
    for pieces in cut:
        made = []
        for left, right, marks_over in pieces:
            quotes = [mark for mark in marks_over if mark.counted]
            begins, ends = (tuple(mark.id for mark in sorted(quotes, key=marks.index) if of[mark] == left) for of in (first, last))
            part = next((mark for mark in marks_over if not mark.counted), None)
            made.append(Piece(text[left:right], _zone_at(zones, left), next(iter(quotes), None), len(quotes), begins, ends, part))
        seen = {piece.zone for piece in made if piece.text.strip()}
        zone = seen.pop() if len(seen) == 1 else "body"
        found.append(Paragraph(zone, tuple(made), tuple(quote for piece in made for quote in piece.begins)))
    return found


def _paragraph_spans(text: str, zones: Sequence[Zone]) -> list[tuple[int, int]]:
    """Cut at blank lines, at each line end where there is no blank line at all, and where a line belongs to another zone."""
    blank = _BLANK_LINE.search(text.strip())
    breaks = {found.span() for found in (_BLANK_LINE if blank else _LINE).finditer(text)}
    # A headline and a byline may stand on lines of their own with no blank line between.
    breaks |= {found.span() for found in _LINE.finditer(text) if _zone_at(zones, found.start() - 1) != _zone_at(zones, found.end())}
    edges = [0, *(edge for each in sorted(breaks) for edge in each), len(text)]
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]


def _zone_at(zones: Sequence[Zone], place: int) -> str:
    return next((kind for kind, start, end in zones if start <= place < end), "body")

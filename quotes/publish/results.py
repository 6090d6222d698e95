"""Quotes as a reader sees them: the words that were searched for marked, the sentence around them, who said it, where and when."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from quotes.publish.cell_rendering import says_past
from quotes.publish.page_filters import Selection
from quotes.publish.queries import rows, value
from quotes.records import JOINER

#: Quotes on a page, the number at which counting stops, and how many are looked at for the numbers beside what narrows a search.
PAGE, MOST, SAMPLE = 20, 10_000, 2_000

#: Characters shown of the text before and after a quote.
_AROUND = 240

# Control characters, which no article holds, stand around what the index found.
_OPEN, _CLOSE = "\x02", "\x03"

_SHOWN = f"""
select quotes.id, quotes.article_id, quotes.speaker_id, quotes.institution_id, quotes.kind, quotes.act, quotes.text, quotes.spans,
  quotes.title, quotes.role, quotes.role_evidence, quotes.past, quotes.speaker_outlet, quotes.unsure,
  quotes.in_default_view, quotes.corrected,
  quotes.utterance_id, speakers.name as speaker, speakers.kind as speaker_kind, institutions.name as institution,
  articles.published, articles.outlet, articles.title as headline, substr(articles.text, 1, 200) as opening,
  max(0, quotes.start - {_AROUND}) as from_place,
  substr(articles.text, max(0, quotes.start - {_AROUND}) + 1, quotes."end" - quotes.start + {2 * _AROUND}) as around
from quotes
join articles on articles.id = quotes.article_id
left join speakers on speakers.id = quotes.speaker_id
left join institutions on institutions.id = quotes.institution_id
where quotes.id in ({{places}})
"""
_NARROWING = """
select quotes.speaker_id, quotes.institution_id, quotes.role, quotes.kind, quotes.act, articles.outlet, substr(articles.published, 1,
4) as year
from ({ids}) as found join quotes on quotes.id = found.id join articles on articles.id = quotes.article_id
"""

# Behind a full stop, a question mark or an exclamation mark, whatever mark closes after it; or at the end of a line.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+|\n")


class Words(NamedTuple):
    """A stretch of a result: its words, whether they are the quote's own, and whether they were searched for."""

    text: str
    said: bool = False
    found: bool = False


def results(connection: sqlite3.Connection, selection: Selection, *, page: int = 1) -> dict[str, Any]:
    """One page of the quotes that fit, with their number, and how many `more` there are with `all`; both stop at MOST."""
    count = value(connection, *selection.count(MOST + 1))
    ids = [row[0] for row in connection.execute(*selection.ids(limit=PAGE, offset=(page - 1) * PAGE))]
    return {
        "count": min(count, MOST),
        "more_than": count > MOST,
        "more": value(connection, *selection.count_more(MOST)),
        "hits": shown(connection, ids, selection.query),
        "page": page,
        "pages": -(-min(count, MOST) // PAGE),
    }


def shown(connection: sqlite3.Connection, ids: Sequence[int], query: str = "") -> list[dict[str, Any]]:
    """The quotes with these ids, in this order, ready to be shown; `query` is what is marked in them."""
    places = ",".join("?" * len(ids))
    found = {row["id"]: row for row in rows(connection, _SHOWN.format(places=places), list(ids))}
    marked: dict[int, str] = {}
    if query:
        sql = (
            f"select rowid, highlight(quotes_fts, 0, '{_OPEN}', '{_CLOSE}') from quotes_fts where quotes_fts match ? and rowid in"
            f" ({places})"
        )
        marked = {row[0]: row[1] for row in connection.execute(sql, [query, *ids])}
    return [_hit(found[each], marked.get(each, "")) for each in ids if each in found]


def _hit(row: dict[str, Any], marked: str) -> dict[str, Any]:
    return {
        **row,
        "words": in_its_sentence(row["around"], row["from_place"], json.loads(row["spans"]), row["text"], marked),
        "unsure": bool(row["unsure"]),
        "former": bool(row["past"]) and not says_past(row["title"] or ""),
        "named": row["headline"] or opening(row["opening"]),
    }


def opening(text: str) -> str:
    """How an article without a headline is called: by its first words."""
    words = " ".join(text.split())
    return f"{words[:70].rsplit(' ', 1)[0]} …" if len(words) > 70 else words or "Article without a headline"


def in_its_sentence(around: str, from_place: int, spans: Sequence[Sequence[int]], text: str, marked: str = "") -> list[Words]:
    """The quote in the sentence that it stands in; `around` is the article's text from `from_place` on, `marked` the quote as the
    index has it."""
    places = [(start - from_place, end - from_place) for start, end in spans]
    first, last = places[0][0], places[-1][1]
    before, after = around[:first], around[last:]
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(before)]
    following = _SENTENCE_ENDS.search(after)
    lead = before[ends[-1] :] if ends else ("…" if from_place else "") + before
    tail = after[: following.start()] if following else after + ("…" if len(after) >= _AROUND else "")
    if around[:last].rstrip("”’\"')").endswith((".", "!", "?")) and tail[:1].isspace():
        tail = ""
    parts = marked.split(JOINER) if marked else text.split(JOINER)
    # A phrase may have been found across the gap between two parts.
    if len(parts) != len(places) or any(part.count(_OPEN) != part.count(_CLOSE) for part in parts):
        parts = [marked or text]
        places = [(first, last)]
    words = [Words(lead)] if lead else []
    for nth, (part, place) in enumerate(zip(parts, places, strict=True)):
        if nth:
            words.append(Words(around[places[nth - 1][1] : place[0]]))
        words += _marked(part)
    return [*words, *([Words(tail)] if tail else [])]


def _marked(part: str) -> list[Words]:
    stretches = re.split(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", part)
    return [Words(stretch, True, nth % 2 == 1) for nth, stretch in enumerate(stretches) if stretch]


def narrowing(connection: sqlite3.Connection, selection: Selection) -> dict[str, Any]:
    """What the quotes found can be narrowed by: the commonest speakers, institutions, roles, kinds, acts, outlets and years, with numbers.

    They are counted in SAMPLE quotes at most, which come in no order, and so stand for all.
    """
    ids, values = selection.ids(limit=SAMPLE, ordered=False)
    found = rows(connection, _NARROWING.format(ids=ids), values)
    groups = []
    for field, label, column in (
        ("role", "Role", "role"),
        ("speaker", "Speaker", "speaker_id"),
        ("institution", "Institution", "institution_id"),
        ("outlet", "Outlet", "outlet"),
        ("kind", "Kind", "kind"),
        ("act", "Act", "act"),
        ("since", "Year", "year"),
    ):
        counted = Counter(row[column] for row in found if row[column] not in (None, "", "unknown"))
        most = counted.most_common(6)
        if getattr(selection, field) or len(most) < 2:
            continue
        if field == "since":
            most = sorted(counted.items(), reverse=True)[:8]
        names = _names(connection, field, [each for each, _ in most])
        choices = []
        for each, many in most:
            changes = {"since": each, "until": each} if field == "since" else {field: str(each)}
            choices.append({"name": names.get(each, each), "count": many, "address": selection.address(**changes)})
        groups.append({"label": label, "choices": choices})
    return {"groups": groups, "sampled": len(found) >= SAMPLE}


def _names(connection: sqlite3.Connection, field: str, ids: Sequence[Any]) -> dict[Any, str]:
    if field not in ("speaker", "institution"):
        return {}
    sql = f"select id, name from {field}s where id in ({','.join('?' * len(ids))})"
    return {row[0]: row[1] for row in connection.execute(sql, list(ids))}


def chosen(connection: sqlite3.Connection, selection: Selection) -> list[dict[str, str]]:
    """What narrows the search already, each with its name and the address that takes it away."""
    taken = []
    for field, label in (
        ("speaker", "Speaker"),
        ("title", "Title"),
        ("institution", "Institution"),
        ("topic", "Topic"),
        ("role", "Role"),
        ("kind", "Kind"),
        ("act", "Act"),
        ("outlet", "Outlet"),
        ("since", "Since"),
        ("until", "Until"),
    ):
        given = getattr(selection, field)
        if given:
            taken.append({"label": label, "name": name_of(connection, field, given), "address": selection.address(**{field: ""})})
    return taken


def name_of(connection: sqlite3.Connection, field: str, given: str) -> str:
    """The name behind an id of a speaker, institution or topic; anything else as it stands."""
    if field in ("speaker", "institution", "topic") and given.isdecimal():
        column = "phrase" if field == "topic" else "name"
        return str(value(connection, f"select {column} from {field}s where id = ?", [int(given[:18])]) or given)
    return given

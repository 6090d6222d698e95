"""Which quotes a page is about, as its address says, and how each is shown: in its sentence, with speaker, article and date."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple
from urllib.parse import urlencode

from quotes.errors import QueryError
from quotes.publish.cells import is_former, quote_place
from quotes.publish.database import number, rows, value
from quotes.publish.datasette_internals import refusal
from quotes.records import JOINER
from quotes.store.retrieval import quote_filters
from quotes.store.retrieval.counts import counted
from quotes.store.retrieval.quote_filters import RANKED
from quotes.store.retrieval.searching import SAMPLE

#: Quotes on a page, and the last page that can be turned to.
PAGE, LAST_PAGE = 20, 100

#: Characters of an argument; longer than any question of a reader's, what is beyond is cut off.
_LONGEST = 400

#: Characters shown of the text before and after a quote.
_AROUND = 240

# Control characters, which no article holds, stand around what the index found.
_OPEN, _CLOSE = "\x02", "\x03"

_SHOWN = f"""
select quotes.id, quotes.article_id, quotes.speaker_id, quotes.institution_id, quotes.kind, quotes.act, quotes.text, quotes.spans,
  quotes.title, quotes.role, quotes.past, quotes.speaker_outlet, quotes.unsure, quotes.in_default_view, quotes.corrected,
  speakers.name as speaker, institutions.name as institution, articles.published, articles.outlet, articles.title as headline,
  substr(articles.text, 1, 200) as opening, max(0, quotes.start - {_AROUND}) as from_place,
  substr(articles.text, max(0, quotes.start - {_AROUND}) + 1, quotes."end" - quotes.start + {2 * _AROUND}) as around
from quotes
join articles on articles.id = quotes.article_id
left join speakers on speakers.id = quotes.speaker_id
left join institutions on institutions.id = quotes.institution_id
where quotes.id in ({{places}})
"""
_COUNTED = "quotes.speaker_id as speaker, quotes.institution_id as institution, quotes.role, quotes.kind, quotes.act, quotes.article_id"
_SAMPLE = """
select found.*, articles.outlet, substr(articles.published, 1, 4) as since from ({found}) as found
cross join articles on articles.id = found.article_id
"""

# Behind a full stop (but of an initial or before a name), a question mark or an exclamation mark, whatever mark closes after it; or at the
# end of a line.
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\b(?:Mrs|Sen|Gov|Rep|Gen)\.)[”’\"')\]]*\s+|\n")

#: What is counted beside a search.
_FACETS = ("role", "speaker", "institution", "outlet", "kind", "act", "since")
_FILTERS = ("speaker", "title", "institution", "topic", "role", "kind", "act", "outlet", "since", "until")


@dataclass(frozen=True, kw_only=True)
class Selection(quote_filters.Selection):
    """The search of the store (`quotes.store.retrieval.quote_filters`), made of the arguments of an address and written as such."""

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Selection:
        """The selection that the arguments of an address make. Raises the refusal that is shown where one of them is wrong."""
        given = {field: " ".join(arguments.get(name, "").replace("\0", " ").split())[:_LONGEST] for field, name in _ARGUMENTS}
        given = {field: words.encode("utf-8", "replace").decode() for field, words in given.items()}
        given["all"] = "1" if asks_for_all(arguments) else ""
        given["order"] = given["order"] if given["order"] in quote_filters.ORDERS else ""
        try:
            return cls(**given)
        except QueryError as error:
            raise refusal(str(error), title="This search does not work", status=400) from error

    def address(self, **changes: str) -> str:
        """The arguments of an address, with some of them changed; what is empty is left out."""
        # Each page has some dozens of addresses, and of the fields few are filled.
        given = {**vars(self), **changes}
        return urlencode([(name, given[field]) for field, name in _ARGUMENTS if given[field]])


#: The fields, and what each is called in an address.
_ARGUMENTS = [(each.name, "q" if each.name == "words" else each.name) for each in fields(quote_filters.Selection)]


def asks_for_all(arguments: Mapping[str, str]) -> bool:
    """Whether the arguments of an address ask for thoughts, plans and unsure quotes too."""
    return arguments.get("all", "") not in ("", "0")


def page_number(arguments: Mapping[str, str]) -> int:
    """Which page of several the address asks for."""
    return max(1, min(LAST_PAGE, number(arguments.get("page", "")) or 1))


class Words(NamedTuple):
    """A part of a result: its words, whether they are the quote's own, and whether they were searched for."""

    text: str
    quoted: bool = False
    found: bool = False


def results(connection: sqlite3.Connection, selection: Selection, *, page: int = 1) -> dict[str, Any]:
    """One page of the quotes that fit, with their number, and how many `more` there are with `all`; `more_than` and `or_more` say that
    counting stopped. Where the best come first, they are the best of `ranked`, if there are more."""
    selection.looked_up(connection)
    counts = counted(connection, selection)
    return {
        "count": counts.quotes,
        "more_than": counts.more_than,
        "more": counts.more,
        "or_more": counts.or_more,
        "ranked": RANKED if selection.ranked and counts.quotes > RANKED else None,
        "hits": hits_of(connection, selection, limit=PAGE, offset=(page - 1) * PAGE),
        "page": page,
        "pages": -(-counts.quotes // PAGE),
        "last_page": LAST_PAGE,
    }


def hits_of(connection: sqlite3.Connection, selection: Selection, *, limit: int, offset: int = 0) -> list[dict[str, Any]]:
    """The first quotes that fit, or those after `offset`, ready to be shown."""
    ids = connection.execute(*selection.ids(limit=limit, offset=offset, most=RANKED))
    return shown(connection, [row[0] for row in ids], selection.query)


def shown(connection: sqlite3.Connection, ids: Sequence[int], query: str = "") -> list[dict[str, Any]]:
    """The quotes with these ids, in this order, ready to be shown; `query` is what is marked in them."""
    places = ",".join("?" * len(ids))
    found = {row["id"]: row for row in rows(connection, _SHOWN.format(places=places), list(ids))}
    marked: dict[int, str] = {}
    if query:
        highlight = f"select rowid, highlight(quotes_fts, 0, '{_OPEN}', '{_CLOSE}') from quotes_fts"
        marked = dict(connection.execute(f"{highlight} where quotes_fts match ? and rowid in ({places})", [query, *ids]).fetchall())
    for quote, row in found.items():
        row["words"] = in_sentence(row["around"], row["from_place"], json.loads(row["spans"]), row["text"], marked.get(quote, ""))
        row["former"] = is_former(row["title"], row["past"])
        row["named"] = row["headline"] or opening(row["opening"])
        row["place"] = quote_place(row["article_id"], quote, row["in_default_view"])
    return [found[each] for each in ids if each in found]


def opening(text: str) -> str:
    """How an article without a headline is called: by its first words."""
    words = " ".join(text.split())
    return f"{words[:70].rsplit(' ', 1)[0]} …" if len(words) > 70 else words or "Article without a headline"


def in_sentence(around: str, from_place: int, spans: Sequence[Sequence[int]], text: str, marked: str = "") -> list[Words]:
    """The quote in its sentence; `around` is the article's text from `from_place` on, `marked` the quote as the index has it."""
    places = [(start - from_place, end - from_place) for start, end in spans]
    first, last = places[0][0], places[-1][1]
    before, after = around[:first], around[last:]
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(before)]
    following = _SENTENCE_ENDS.search(after)
    lead = before[ends[-1] :] if ends else ("…" if from_place else "") + before
    tail = after[: following.start()] if following else after + ("…" if len(after) >= _AROUND else "")
    if around[:last].rstrip("”’\"')").endswith((".", "!", "?")) and tail[:1].isspace():
        tail = ""
    parts = (marked or text).split(JOINER)
    # A phrase may have been found across the gap between two parts.
    if len(parts) != len(places) or any(part.count(_OPEN) != part.count(_CLOSE) for part in parts):
        parts, places = [marked or text], [(first, last)]
    words = [Words(lead)]
    for nth, part in enumerate(parts):
        if nth:
            words.append(Words(around[places[nth - 1][1] : places[nth][0]]))
        words += [Words(each, True, found % 2 == 1) for found, each in enumerate(re.split(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", part))]
    return [each for each in [*words, Words(tail)] if each.text]


def facets(connection: sqlite3.Connection, selection: Selection) -> dict[str, Any]:
    """What the quotes found can be filtered by: the commonest speakers, institutions, roles, kinds, acts, outlets and years, with numbers.

    They are counted in SAMPLE quotes at most, which come in no order, and so stand for all; `sampled` is how many, where there are more.
    """
    sql, values = selection.about(_COUNTED, limit=SAMPLE)
    found = rows(connection, _SAMPLE.format(found=sql), values)
    groups = []
    for field in _FACETS:
        counted = Counter(str(row[field]) for row in found if row[field] not in (None, "", "unknown"))
        if getattr(selection, field) or len(counted) < 2:
            continue
        choices = []
        for each, many in sorted(counted.items(), reverse=True)[:8] if field == "since" else counted.most_common(6):
            changes = {"since": each, "until": each} if field == "since" else {field: each}
            choices.append({"name": name_of(connection, field, each), "count": many, "address": selection.address(**changes)})
        groups.append({"label": "Year" if field == "since" else field.capitalize(), "choices": choices})
    return {"groups": groups, "sampled": SAMPLE if len(found) >= SAMPLE else None}


def chosen(connection: sqlite3.Connection, selection: Selection) -> list[dict[str, str]]:
    """The filters that are set, each with the name that it filters by and the address without it."""
    filters = {field: name_of(connection, field, getattr(selection, field)) for field in _FILTERS if getattr(selection, field)}
    return [
        {"field": field, "label": field.capitalize(), "name": name, "address": selection.address(**{field: ""})}
        for field, name in filters.items()
    ]


def name_of(connection: sqlite3.Connection, field: str, given: str) -> str:
    """The name behind an id of a speaker, institution or topic; anything else as it stands."""
    if field in ("speaker", "institution", "topic") and given.isdecimal():
        column = "phrase" if field == "topic" else "name"
        return str(value(connection, f"select {column} from {field}s where id = ?", [int(given[:18])]) or given)
    return given


def title_of(connection: sqlite3.Connection, selection: Selection) -> str:
    """What the quotes that fit are called, in a feed and as a file: by the words and names that were searched for."""
    filters = ("speaker", "title", "institution", "topic", "outlet", "role")
    words = [name_of(connection, field, getattr(selection, field)) for field in filters]
    title = ", ".join(each for each in (selection.words, *words) if each)
    return f"Quotes: {title}" if title else "Quotes"

"""Finding quotes, each shown with the words around what was found, and the people who say them, with why each is one."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.store.retrieval.quote_filters import Selection
from quotes.store.retrieval.search_words import match_query
from quotes.store.schema.connection import Asked

if TYPE_CHECKING:
    from quotes.store.rows.article_store import Store

# Control characters, which no article holds, stand around what the index found.
_OPEN, _CLOSE = "\x02", "\x03"

#: Quotes looked at for the people who say most of them, and the number at which counting stops.
SAMPLE, MOST = 200, 10_000
#: The number at which counting stops for each of these people.
NAMED = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One quote that was found: `before`, `found` and `after` are the keyword in its context, cut to the window asked for."""

    id: int
    article_id: int
    before: str
    found: str
    after: str
    text: str
    kind: str
    act: str
    speaker: str | None
    title: str | None
    institution: str | None
    role: str | None
    outlet: str | None
    published: str | None
    headline: str | None
    url: str | None
    path: str
    confidence: float
    in_default_view: int


class Person(NamedTuple):
    """Somebody who is searched for: the name, the title and institution that they mostly have in the quotes that fit, and how many of these
    they say, which stops at NAMED."""

    id: int
    name: str
    kind: str
    title: str | None
    institution: str | None
    quotes: int


class Reason(NamedTuple):
    """One name of a speaker and why it is theirs: `articles` have it, `first` and `last` are their dates."""

    name: str
    because: str
    articles: int
    first: str | None
    last: str | None


class Post(NamedTuple):
    """A title and an institution of a speaker, with how many articles say so, from when to when."""

    title: str | None
    institution: str | None
    articles: int
    first: str | None
    last: str | None
    past: int


class Explanation(NamedTuple):
    """All that is known of why one speaker is one; `quotes` and `articles` are all that there are, not those of the default view alone."""

    id: int
    name: str
    kind: str
    quotes: int
    articles: int
    reasons: tuple[Reason, ...]
    posts: tuple[Post, ...]
    open: tuple[str, ...]


_SPEAKER = """
select id, name, kind, all_quotes, (select count(distinct article_id) from appearances where speaker_id = speakers.id)
from speakers where id = ?
"""
_REASONS = """
select name, because, count(*), min(published), max(published) from appearances where speaker_id = ?
group by name, because order by count(*) desc, name, because
"""
_POSTS = """
select title, institution, articles, first_seen, last_seen, past from affiliations_browse where speaker_id = ?
order by articles desc, title, institution
"""
_OPEN_PAIRS = """
select 'perhaps also ' || speakers.name || ' (' || speakers.id || '): ' || reason from merge_candidates
join speakers on speakers.id = iif(one_id = ?1, other_id, one_id)
where subject = 'speaker' and ?1 in (one_id, other_id) order by score desc, speakers.id
"""

_OF_HIT = tuple(each.name for each in fields(Hit) if each.name not in ("before", "found", "after"))


def search(connection: sqlite3.Connection, selection: Selection, *, limit: int = 20, window: int = 60) -> list[Hit]:
    """The first quotes that fit, in the order that the selection asks for; `window` is how many characters to show on each side of what
    was found. Raises sqlite3.Error."""
    ids = [row[0] for row in connection.execute(*selection.ids(limit=limit))]
    if not ids:
        return []
    marked: dict[int, str] = {}
    if selection.query:
        # The index knows what it found, stems and accents included; the text itself is never searched a second time.
        shown = f"highlight(quotes_fts, 0, '{_OPEN}', '{_CLOSE}')"
        sql = f"select rowid, {shown} from quotes_fts where quotes_fts match ? and rowid in ({','.join('?' * len(ids))})"
        marked = dict(connection.execute(sql, [selection.query, *ids]).fetchall())
    hits = []
    for row in rows_of_quotes(connection, _OF_HIT, ids):
        plain = dict(zip(_OF_HIT, row, strict=True))
        before, found, after = in_context(marked.get(plain["id"], plain["text"]), window)
        hits.append(Hit(before=before, found=found, after=after, **plain))
    return hits


def rows_of_quotes(connection: sqlite3.Connection, names: Sequence[str], ids: Sequence[int], table: str = "quotes_browse") -> list[Any]:
    """The rows of quotes in the order of their ids; one that is gone meanwhile is left out."""
    columns = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(f"select id, {columns} from {table} where id in ({','.join(map(str, ids))})")
    by_id = {row[0]: tuple(row)[1:] for row in found}
    return [by_id[each] for each in ids if each in by_id]


def people(connection: sqlite3.Connection, selection: Selection, *, most: int = 3) -> list[Person]:
    """Those whose name, title or institution is among the words, and who say most of some of the quotes that fit. Raises sqlite3.Error."""
    if not selection.terms:
        return []
    found: dict[int, Counter[tuple[str | None, str | None]]] = defaultdict(Counter)
    searched = [_stems(each) for each in selection.terms]
    known, sql, values = selection.looked_up(connection).speakers_found(SAMPLE)
    for speaker_id, title, name, institution_words, _, institution in connection.execute(sql, values):
        words = _stems(f"{title or ''} {name or ''} {institution_words or ''}")
        if speaker_id is not None and (known or any(each <= words for each in searched)):
            found[speaker_id][title, institution] += 1
    if not found:
        return []
    leading = sorted(found, key=lambda each: (-found[each].total(), each))[:most]
    sql = f"select id, name, kind from speakers where id in ({','.join('?' * len(leading))})"
    names = {row[0]: (row[1], row[2]) for row in connection.execute(sql, leading)}
    counts = {each: count(connection, selection.but(speaker=str(each)), NAMED) for each in leading}
    return [Person(each, *names[each], *found[each].most_common(1)[0][0], counts[each]) for each in leading if each in names]


@lru_cache(maxsize=10_000)  # most of what is found is said by a few, under the same words
def _stems(words: str) -> frozenset[str]:
    """The beginnings of words, by which their forms are the same."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(each))
    return frozenset(each[: max(4, len(each) - 3)] for each in re.findall(r"\w+", plain))


def count(connection: sqlite3.Connection, selection: Selection, most: int = -1) -> int:
    """How many quotes fit; counting stops at `most`, if it is not negative. Raises sqlite3.Error."""
    return int(connection.execute(*selection.count(most)).fetchone()[0])


def count_more(connection: sqlite3.Connection, selection: Selection, most: int = -1) -> int:
    """How many more quotes fit with `all`; counting stops at `most`, if it is not negative. Raises sqlite3.Error."""
    return int(connection.execute(*selection.count_more(most)).fetchone()[0])


def speakers_named(db: Asked, words: str) -> list[int]:
    """The ids of the speakers that have all the words in one of their names, the most quoted first."""
    found = db.execute(
        "select id from speakers where id in (select speaker_id from aliases where id in"
        " (select rowid from aliases_fts where aliases_fts match ?)) order by all_quotes desc, id",
        [match_query(words) or '""'],
    )
    return [row[0] for row in found]


def explain(store: Store, who: str, *, limit: int = 5) -> list[Explanation]:
    """The speakers that `who` names, an id or words of a name (any of their names), the most quoted first. Raises StoreError."""
    found = [int(who[:18])] if who.isdigit() else speakers_named(store.db, who)[:limit]
    explained = []
    for each in found:
        facts, reasons, posts, unsettled = (store.rows(sql, each) for sql in (_SPEAKER, _REASONS, _POSTS, _OPEN_PAIRS))
        known = tuple(map(Reason._make, reasons)), tuple(map(Post._make, posts)), tuple(row[0] for row in unsettled)
        explained += [Explanation._make([*row, *known]) for row in facts]
    return explained


def in_context(marked: str, window: int) -> tuple[str, str, str]:
    """The first marked words of a text, with `window` characters on each side; the start of the text where nothing is marked."""
    first = re.search(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", marked)
    if first is None:
        return "", "", marked if len(marked) <= 2 * window else marked[: 2 * window - 1] + "…"
    before, after = (part.replace(_OPEN, "").replace(_CLOSE, "") for part in (marked[: first.start()], marked[first.end() :]))
    before = before if len(before) <= window else "…" + before[len(before) - window :]
    return before, first[1], after if len(after) <= window else after[:window] + "…"

"""Finding quotes: each shown with the words around what was found, and the people who say most of them."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from quotes.store.retrieval.quote_filters import Selection

# Control characters, which no article holds, stand around what the index found.
_OPEN, _CLOSE = "\x02", "\x03"

#: Quotes looked at for the people who say most of them, and the number at which counting stops.
SAMPLE, MOST = 2_000, 10_000


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
    they say, which stops at MOST."""

    id: int
    name: str
    kind: str
    title: str | None
    institution: str | None
    quotes: int


def search(connection: sqlite3.Connection, selection: Selection, *, limit: int = 20, window: int = 60) -> list[Hit]:
    """The first quotes that fit, in the order that the selection asks for; `window` is how many characters to show on each side of what
    was found. Raises sqlite3.Error."""
    ids = [row[0] for row in connection.execute(*selection.ids(limit=limit))]
    if not ids:
        return []
    places = ",".join("?" * len(ids))
    rows = _rows(connection, f"select * from quotes_browse where id in ({places})", ids)
    marked: dict[int, str] = {}
    if selection.query:
        # The index knows what it found, stems and accents included; the text itself is never searched a second time.
        shown = f"highlight(quotes_fts, 0, '{_OPEN}', '{_CLOSE}')"
        sql = f"select rowid, {shown} from quotes_fts where quotes_fts match ? and rowid in ({places})"
        marked = dict(connection.execute(sql, [selection.query, *ids]).fetchall())
    by_id = {row["id"]: row for row in rows}
    return [_hit(by_id[each], marked.get(each), window) for each in ids if each in by_id]


def people(connection: sqlite3.Connection, selection: Selection, *, most: int = 3) -> list[Person]:
    """Those whose name, title or institution is among the words, and who say most of the quotes that fit. Raises sqlite3.Error."""
    if not selection.terms:
        return []
    found: dict[int, Counter[tuple[str | None, str | None]]] = defaultdict(Counter)
    for speaker_id, title, institution in connection.execute(*selection.speakers_found(SAMPLE)):
        found[speaker_id][title, institution] += 1
    if not found:
        return []
    leading = sorted(found, key=lambda each: (-found[each].total(), each))[:most]
    sql = f"select id, name, kind from speakers where id in ({','.join('?' * len(leading))})"
    names = {row[0]: (row[1], row[2]) for row in connection.execute(sql, leading)}
    counts = {each: count(connection, replace(selection, speaker=str(each)), MOST) for each in leading}
    return [Person(each, *names[each], *found[each].most_common(1)[0][0], counts[each]) for each in leading if each in names]


def count(connection: sqlite3.Connection, selection: Selection, most: int = -1) -> int:
    """How many quotes fit; counting stops at `most`, if it is not negative. Raises sqlite3.Error."""
    return int(connection.execute(*selection.count(most)).fetchone()[0])


def count_more(connection: sqlite3.Connection, selection: Selection, most: int = -1) -> int:
    """How many more quotes fit with `all`; counting stops at `most`, if it is not negative. Raises sqlite3.Error."""
    return int(connection.execute(*selection.count_more(most)).fetchone()[0])


def _rows(connection: sqlite3.Connection, sql: str, values: list[int]) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _hit(row: dict[str, Any], marked: str | None, window: int) -> Hit:
    before, found, after = in_context(marked or row["text"], window)
    fields = {name: row[name] for name in Hit.__dataclass_fields__ if name in row}
    return Hit(before=before, found=found, after=after, **fields)


def in_context(marked: str, window: int) -> tuple[str, str, str]:
    """The first marked words of a text, with `window` characters on each side; the start of the text where nothing is marked."""
    first = re.search(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", marked)
    if first is None:
        return "", "", marked if len(marked) <= 2 * window else marked[: 2 * window - 1] + "…"
    before, after = (part.replace(_OPEN, "").replace(_CLOSE, "") for part in (marked[: first.start()], marked[first.end() :]))
    before = before if len(before) <= window else "…" + before[len(before) - window :]
    return before, first[1], after if len(after) <= window else after[:window] + "…"

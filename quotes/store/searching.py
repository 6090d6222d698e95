"""Finding quotes by their words, their speaker and the rest, each shown with the words around what was found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes.store.connection import clear_errors
from quotes.store.database import Store

# Control characters, which no article holds, stand around what the index found.
_OPEN, _CLOSE = "\x02", "\x03"
_FOUND = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")

_HITS = """
select browse.*, {text} as shown
from quotes_browse as browse
{join}
where {conditions}
order by browse.sort_key desc
limit :limit
"""
_ORGANISATION = "browse.speaker_kind = 'organisation' and "


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
    outlet: str | None
    published: str | None
    headline: str | None
    url: str | None
    path: str


def search(
    store: Store,
    words: str,
    *,
    speaker: str | None = None,
    institution: str | None = None,
    act: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
    window: int = 60,
) -> list[Hit]:
    """The quotes that hold all of `words`, the newest first; a phrase in double quotation marks is looked for as it stands.

    No sign in `words` has a meaning but those marks; without a word, every quote fits. `speaker` and `institution` are words of
    names; for an institution, what it says itself counts too. `since` and `until` are dates as exact as wished (`2026`,
    `2026-03`), both inclusive; articles without a date fit neither. `window` is how many characters to show on each side.
    Raises StoreError when the database cannot be read.
    """
    joins: list[str] = []
    conditions = ["1"]
    values: dict[str, object] = {"limit": limit}
    if query := match_query(words):
        joins.append("join quotes_fts on quotes_fts.rowid = browse.id")
        conditions.append("quotes_fts match :words")
        values["words"] = query
    if speaker and (query := match_query(speaker)):
        conditions.append("browse.speaker_id in (select rowid from speakers_fts where speakers_fts match :speaker)")
        values["speaker"] = query
    if institution and (query := match_query(institution)):
        conditions.append(
            "(browse.institution_id in (select rowid from institutions_fts where institutions_fts match :institution)"
            f" or {_ORGANISATION}browse.speaker_id in (select rowid from speakers_fts where speakers_fts match :institution))"
        )
        values["institution"] = query
    for condition, value in (
        ("browse.act = :act", act),
        ("browse.published >= :since", since),
        ("substr(browse.published, 1, length(:until)) <= :until", until),
    ):
        if value:
            conditions.append(condition)
            values[condition.rsplit(":", 1)[1]] = value
    # The index knows what it found, stems and accents included; the text itself is never searched a second time.
    text = f"highlight(quotes_fts, 0, '{_OPEN}', '{_CLOSE}')" if joins else "browse.text"
    sql = _HITS.format(text=text, join="\n".join(joins), conditions=" and ".join(conditions))
    with clear_errors(store.path):
        return [_hit(row, window) for row in store.db.query(sql, values)]


def match_query(words: str) -> str:
    """`words` as a query of the full-text index in which nothing but their letters counts; empty where there are none.

    A stretch in double quotation marks, straight or curly, is kept together as a phrase.
    """
    plain = re.sub("[“”„«»]", '"', words).replace("\0", " ")
    terms = []
    for nth, stretch in enumerate(plain.split('"')):
        terms += [stretch] if nth % 2 else stretch.split()
    return " ".join(f'"{" ".join(term.split())}"' for term in terms if any(map(str.isalnum, term)))


def _hit(row: dict[str, object], window: int) -> Hit:
    before, found, after = in_context(str(row["shown"]), window)
    fields = {name: row[name] for name in Hit.__dataclass_fields__ if name in row}
    return Hit(before=before, found=found, after=after, **fields)  # type: ignore[arg-type]


def in_context(marked: str, window: int) -> tuple[str, str, str]:
    """The first marked words of a text, with `window` characters on each side; the start of the text where nothing is marked."""
    if _OPEN not in marked:
        return "", "", marked if len(marked) <= 2 * window else marked[: 2 * window - 1] + "…"
    from textacy.extract.kwic import keyword_in_context

    before, found, after = next(iter(keyword_in_context(marked, _FOUND, window_width=window)))
    first, last = marked.startswith(before + _OPEN), marked.endswith(_CLOSE + after)
    before, after = (part.replace(_OPEN, "").replace(_CLOSE, "") for part in (before, after))
    return ("" if first else "…") + before, found.strip(_OPEN + _CLOSE), after + ("" if last else "…")

"""The ids of rows, made from what makes the thing itself, and the forms in which names, dates and places are compared and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quotes.linking import comparable
from quotes.linking.name_comparison import person_key
from quotes.records import content_id


def key_of(name: str, kind: str) -> str:
    """The form of a speaker’s name in which two appearances are compared."""
    return person_key(name) if kind == "person" else comparable(name)


def article_key(published: str | None, article_id: int) -> str:
    """Orders articles by date, the undated before all others, and never gives two articles the same place."""
    return f"{published or ''}/{article_id:015d}"


def quote_id(article_id: int, spans: str, nth: int) -> int:
    """The id of a quote: its article and its place. `nth` counts the quotes that share the very same spans, from 0."""
    return content_id("quote", article_id, spans, nth)


def affiliation_id(article_id: int, appearance_id: int, title: str | None, institution: str | None, *places: int | None) -> int:
    """The id of an affiliation; `places` are the starts and ends of its title and its institution."""
    return content_id("affiliation", article_id, appearance_id, title or "", institution or "", *places)


def spans_json(spans: Iterable[Sequence[int]]) -> str:
    """The spans as they are stored: `[[0,5],[9,12]]`."""
    return f"[{','.join(f'[{start},{end}]' for start, end in spans)}]"

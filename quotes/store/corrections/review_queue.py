"""What a person should look at: quotes that are unsure, and pairs of speakers or institutions that may be one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from quotes.records import SURE, Quote, Span
from quotes.store.corrections.target_lookup import Found, find_quote, named, somebody
from quotes.store.overrides.correction_records import Correction, corrections_where
from quotes.store.overrides.decisions import Named
from quotes.store.rows.article_store import Store
from quotes.store.schema.connection import clear_errors

#: Characters of the article shown before and after a quote.
CONTEXT = 240
_PARTS = ("name", "title", "institution")


class Unsure(NamedTuple):
    """A quote to look at. `because` are the parts that are unsure (`quote`, `name`, `title`, `institution`; none where it is shown for
    being in the article); `context` is the text around it and `marks` where in that the quote stands."""

    quote_id: int
    article_id: int
    article: str
    quote: Quote
    because: tuple[str, ...]
    context: str
    marks: tuple[Span, ...]


class Candidate(NamedTuple):
    """Two speakers, or two institutions, that may be one: ids, names with what is known of each, and what speaks for it."""

    subject: str
    one_id: int
    other_id: int
    one: str
    other: str
    reason: str
    score: float


def unsure(store: Store, *, article_id: int | None = None, every: bool = False, again: bool = False) -> Iterator[Unsure]:
    """Quotes of which something is as likely wrong as right, the newest article first, each in the order of the text.

    Those that somebody corrected, found right or left open are passed over; `again` brings back those left open. `every` gives sure ones
    too. What is corrected between two steps of the iterator is heeded. Raises StoreError.
    """
    doubtful = " or ".join(f"{part} < {SURE}" for part in ("confidence", *(f"{part}_confidence" for part in _PARTS)))
    condition = "1" if every else f"({doubtful})"
    for (each,) in store.rows(
        f"select id from quotes where {condition} and (?1 is null or article_id = ?1) order by sort_key desc", article_id
    ):
        found = _found(store, each)
        if found is None or found.one.looked_at or (found.one.skipped and not again):
            continue
        if every or unsure_parts(found.one.quote):
            yield _shown(found)


def unsure_quote(store: Store, quote_id: int) -> Unsure | None:
    """One quote as `unsure` gives it, whatever was said of it; None where there is none."""
    found = _found(store, quote_id)
    return None if found is None else _shown(found)


def _found(store: Store, quote_id: int) -> Found | None:
    with clear_errors(store.path):
        return find_quote(store.db, quote_id)


def _shown(found: Found) -> Unsure:
    article, quote = found.article.article, found.one.quote
    about = ", ".join(each for each in (article.title or article.path, article.outlet, article.published) if each)
    start, end = max(0, quote.spans[0].start - CONTEXT), min(len(found.text), quote.spans[-1].end + CONTEXT)
    marks = tuple(Span(span.start - start, span.end - start) for span in quote.spans)
    return Unsure(found.id, article.id, about, quote, unsure_parts(quote), found.text[start:end], marks)


def unsure_parts(quote: Quote) -> tuple[str, ...]:
    """What of a quote is as likely wrong as right."""
    sure = {"quote": quote.confidence, **(quote.speaker.confidence._asdict() if quote.speaker else {})}
    return tuple(part for part in ("quote", *_PARTS) if sure.get(part) is not None and sure[part] < SURE)


def candidates(store: Store, *, again: bool = False) -> Iterator[Candidate]:
    """Pairs that may be one, the likeliest first. Those left open are passed over, unless `again`; what is decided between two steps is
    heeded.

    Raises StoreError.
    """
    with clear_errors(store.path):
        left_open = set() if again else {_pair(each) for each in corrections_where(store.db, "action = 'skip' and undone_at is null")}
    for (identifier,) in store.rows("select id from merge_candidates order by score desc, id"):
        sql = "select subject, one_id, other_id, reason, score from merge_candidates where id = ?"
        for subject, one, other, reason, score in store.rows(sql, identifier):
            if _names(store, one, other) not in left_open:
                yield Candidate(subject, one, other, _known(store, subject, one), _known(store, subject, other), reason, score)


def _names(store: Store, *ids: int) -> frozenset[tuple[Any, ...]]:
    return frozenset(named(store.db, somebody(store.db, each)).identity for each in ids)


def _pair(correction: Correction) -> frozenset[tuple[Any, ...]]:
    return frozenset() if correction.of_quote else frozenset(Named.of(each).identity for each in (correction.target, correction.change))


def _known(store: Store, subject: str, identifier: int) -> str:
    """The name of one of two, with what is known of them."""
    if subject == "institution":
        ((name, acronym, quotes, speakers),) = store.rows(
            "select name, acronym, all_quotes, speakers from institutions where id = ?", identifier
        )
        return f"{name}{f' ({acronym})' if acronym else ''}: {speakers} speakers, {quotes} quotes"
    count = "(select count(distinct article_id) from appearances where speaker_id = speakers_browse.id)"
    ((name, *known, articles),) = store.rows(f"select name, titles, institutions, {count} from speakers_browse where id = ?", identifier)
    said = "; ".join(filter(None, known)) or "no title, no institution"
    return f"{name}: {said}; in {articles} {'article' if articles == 1 else 'articles'}"

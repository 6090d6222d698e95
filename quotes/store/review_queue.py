"""What a person should look at: quotes that are unsure, and pairs of speakers or institutions that may be one; and what they have been
through."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from quotes.errors import StoreError
from quotes.linking.identities import institution_id
from quotes.records import SURE, Article, Quote, Span
from quotes.store.article_store import Store
from quotes.store.connection import clear_errors
from quotes.store.correction_records import MARKS, Correction, corrections_where
from quotes.store.corrections import layer_of
from quotes.store.decisions import Named
from quotes.store.extractions import unpacked
from quotes.store.overrides import lay
from quotes.store.stored_articles import article_from_row
from quotes.store.target_lookup import named, somebody

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

    Those that somebody put right, found right or left open are passed over; `again` brings back those left open. `every` gives sure ones
    too. What is put right between two steps of the iterator is heeded. Raises StoreError.
    """
    doubtful = " or ".join(f"{part} < {SURE}" for part in ("confidence", *(f"{part}_confidence" for part in _PARTS)))
    condition = "1" if every else f"({doubtful})"
    with clear_errors(store.path):
        rows = store.db.execute(
            f"select article_id, id from quotes where {condition} and (?1 is null or article_id = ?1) order by sort_key desc", [article_id]
        ).fetchall()
    for (found_in,), some in groupby(rows, key=lambda row: row[:1]):
        for quote_id in [row[1] for row in some]:
            with clear_errors(store.path):
                shown = _unsure(store, found_in, quote_id, every=every, again=again)
            if shown is not None:
                yield shown


def unsure_quote(store: Store, quote_id: int) -> Unsure | None:
    """One quote as `unsure` gives it, whatever was said of it; None where there is none."""
    with clear_errors(store.path):
        row = store.db.execute("select article_id from quotes where id = ?", [quote_id]).fetchone()
        return None if row is None else _unsure(store, row[0], quote_id, every=True, again=True, looked_at=True)


def _unsure(store: Store, article_id: int, quote_id: int, *, every: bool, again: bool, looked_at: bool = False) -> Unsure | None:
    layer = layer_of(store.db, article_id)
    one = None if layer is None else layer.ids(article_id).get(quote_id)
    if one is None or (not looked_at and (one.looked_at or (one.skipped and not again))):
        return None
    because = unsure_parts(one.quote)
    if not because and not every:
        return None
    text, *about = store.db.execute(
        "select text, coalesce(title, path), outlet, published from articles where id = ?", [article_id]
    ).fetchone()
    start, end = max(0, one.quote.spans[0].start - CONTEXT), min(len(text), one.quote.spans[-1].end + CONTEXT)
    marks = tuple(Span(span.start - start, span.end - start) for span in one.quote.spans)
    return Unsure(quote_id, article_id, ", ".join(each for each in about if each), one.quote, because, text[start:end], marks)


def unsure_parts(quote: Quote) -> tuple[str, ...]:
    """What of a quote is as likely wrong as right."""
    parts = [] if quote.confidence >= SURE else ["quote"]
    if quote.speaker is not None:
        sure = quote.speaker.confidence._asdict()
        parts += [part for part in _PARTS if sure[part] is not None and sure[part] < SURE]
    return tuple(parts)


def candidates(store: Store, *, again: bool = False) -> Iterator[Candidate]:
    """Pairs that may be one, the likeliest first. Those left open are passed over, unless `again`; what is decided between two steps is
    heeded.

    Raises StoreError.
    """
    with clear_errors(store.path):
        ids = [row[0] for row in store.db.execute("select id from merge_candidates order by score desc, id").fetchall()]
        left_open = set() if again else {_pair(each) for each in corrections_where(store.db, "action = 'skip' and undone_at is null")}
    for identifier in ids:
        with clear_errors(store.path):
            row = store.db.execute(
                "select subject, one_id, other_id, reason, score from merge_candidates where id = ?", [identifier]
            ).fetchone()
            if row is None or row[1] == row[2] or _names(store, row[1], row[2]) in left_open:
                continue
            yield Candidate(row[0], row[1], row[2], _told(store, row[0], row[1]), _told(store, row[0], row[2]), row[3], row[4])


def _names(store: Store, one_id: int, other_id: int) -> frozenset[tuple[Any, ...]]:
    return frozenset(_as_named(named(store.db, somebody(store.db, each))) for each in (one_id, other_id))


def _pair(correction: Correction) -> frozenset[tuple[Any, ...]]:
    if correction.of_quote:
        return frozenset()
    return frozenset(_as_named(Named.of(each)) for each in (correction.target, correction.change))


def _as_named(one: Named) -> tuple[Any, ...]:
    return ("body", institution_id(one.name)) if one.body else (one.kind, one.key, one.article_id)


def _told(store: Store, subject: str, identifier: int) -> str:
    """The name of one of two, with what is known of them."""
    if subject == "institution":
        row = store.db.execute("select name, acronym, all_quotes, speakers from institutions where id = ?", [identifier]).fetchone()
        acronym = f" ({row[1]})" if row[1] else ""
        return f"{row[0]}{acronym}: {row[3]} speakers, {row[2]} quotes"
    articles = "(select count(distinct article_id) from appearances where speaker_id = speakers_browse.id)"
    row = store.db.execute(f"select name, titles, institutions, {articles} from speakers_browse where id = ?", [identifier]).fetchone()
    known = "; ".join(each for each in row[1:3] if each) or "no title, no institution"
    return f"{row[0]}: {known}; in {row[3]} {'article' if row[3] == 1 else 'articles'}"


def reviewed(store: Store) -> Iterator[tuple[Article, tuple[Quote, ...]]]:
    """The articles that a person has been through, in order of their ids, with their quotes as they then are, in order of the text.

    An article counts where something about its quotes was put right, or where every one of its quotes was found right. Raises StoreError
    when the database cannot be read or what was found in an article is damaged.
    """
    with clear_errors(store.path):
        ids = store.db.execute(
            "select distinct article_id from corrections where article_id is not null and undone_at is null order by 1"
        ).fetchall()
        for (article_id,) in ids:
            row = next(store.db.query("select * from articles where id = ?", [article_id]), None)
            if row is None:
                continue
            found = store.db.execute("select records from extractions where article_id = ?", [article_id]).fetchone()
            corrections = corrections_where(store.db, "article_id = ? and undone_at is null", (article_id,))
            try:
                records = unpacked(found[0])
                article = article_from_row(row, records.topics)
                layer = lay(article, records.quotes, corrections)
            except (ValueError, TypeError) as error:
                what = f"the article {row['path']} is damaged ({error})"
                raise StoreError(f"{store.path}: {what}: run `quotes verify`, and take the file from a backup") from error
            put_right = any(each.action not in (*MARKS, "article") and each.id not in layer.dormant for each in corrections)
            if put_right or (layer.every and all(each.looked_at for each in layer.every)):
                yield article, tuple(sorted((each.quote for each in layer.shown), key=lambda quote: (quote.spans[0].start, quote.spans)))

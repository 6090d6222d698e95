"""Laying over: what people put right about quotes of an article, put over what was found in it.

A pure function of what was found and of the corrections in force, so that undoing one is laying the rest anew. A correction names its
quote by the place where it stood when it was made, and by the place where it was first found (`found`), under which all corrections of
one quote come together. These are matched with the quotes that were found now, one to one: the very same place first, then the greatest
overlap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.records import Article, Quote, Span
from quotes.store.corrected_records import cut_to, said_by, with_institution, with_title
from quotes.store.correction_records import Correction, article_fields, corrections_where, spans_of
from quotes.store.rows import key_of, quote_id, spans_json

#: Of the characters that either of two places has, how many both must have to be one quote found by two models.
OVERLAP = 0.5


class Place(NamedTuple):
    """Where a quote was found; `nth` counts those that have the very same spans, from 0."""

    spans: tuple[Span, ...]
    nth: int = 0


@dataclass(eq=False)
class Laid:
    """One quote of an article under the corrections: `found` is where corrections look for it; `quote` as it is after them."""

    quote: Quote
    found: Place
    rejected: bool = False
    corrected: bool = False
    accepted: bool = False
    skipped: bool = False

    @property
    def looked_at(self) -> bool:
        """Whether a person put it right or found it right."""
        return self.rejected or self.corrected or self.accepted


class Layer(NamedTuple):
    """The quotes of an article under the corrections, those that a person rejected among them; and by the id of each correction that finds
    nothing to be laid over, why."""

    every: list[Laid]
    dormant: dict[int, str]

    @property
    def shown(self) -> list[Laid]:
        """Those that are quotes."""
        return [each for each in self.every if not each.rejected]

    def target_of(self, correction: Correction) -> Laid | None:
        """The quote that a correction of a quote is about."""
        return next((each for each in self.every if each.found == _lineage(correction)), None)

    def ids(self, article_id: int) -> dict[int, Laid]:
        """The quotes that are shown, by their ids in the database."""
        seen: Counter[str] = Counter()
        found: dict[int, Laid] = {}
        for each in self.shown:
            spans = spans_json(each.quote.spans)
            found[quote_id(article_id, spans, seen[spans])] = each
            seen[spans] += 1
        return found


def as_corrected(db: Database, article: Article) -> Article:
    """An article, as it was read, with what people put right about its headline, writers, outlet and date."""
    for each in corrections_where(db, "article_id = ? and action = 'article' and undone_at is null", (article.id,)):
        article = replace(article, **article_fields(each.change))
    return article


def laid_over(db: Database, article: Article, quotes: Sequence[Quote]) -> tuple[list[Quote], set[int], set[int]]:
    """The quotes with the corrections in force, and the places of those that a correction changed, and of those that a person confirmed."""
    corrections = corrections_where(db, "article_id = ? and undone_at is null", (article.id,))
    if not corrections:
        return list(quotes), set(), set()
    shown = lay(article, quotes, corrections).shown
    corrected = {number for number, each in enumerate(shown) if each.corrected}
    return [each.quote for each in shown], corrected, {number for number, each in enumerate(shown) if each.accepted}


def lay(article: Article, quotes: Sequence[Quote], corrections: Iterable[Correction]) -> Layer:
    """Lay corrections of an article over its quotes, in the order given, each over what those before it made."""
    ordered = [each for each in corrections if each.action != "article"]
    every = _every(quotes)
    places = _matched(every, [each for each in ordered if each.of_quote])
    dormant: dict[int, str] = {}
    for correction in ordered:
        if correction.of_quote:
            index = places.get(_lineage(correction))
            why = "no such quote is found in the article now" if index is None else _over_one(article, every, every[index], correction)
        else:
            why = _over_speaker(article, every, correction)
        if why is not None:
            dormant[correction.id] = why
    return Layer(every, dormant)


def _every(quotes: Sequence[Quote]) -> list[Laid]:
    seen: Counter[tuple[Span, ...]] = Counter()
    every = []
    for quote in quotes:
        every.append(Laid(quote, Place(quote.spans, seen[quote.spans])))
        seen[quote.spans] += 1
    return every


def _lineage(correction: Correction) -> Place:
    """Under which place all corrections of one quote come together."""
    found = correction.target.get("found")
    return Place(spans_of(correction.target["spans"])) if found is None else Place(spans_of(found["spans"]), found["nth"])


def _matched(every: Sequence[Laid], corrections: Sequence[Correction]) -> dict[Place, int]:
    """Which quote each correction of a quote is about: by the place under which they come together, the number of the quote."""
    known: dict[Place, list[Place]] = {}
    for each in corrections:
        lineage = _lineage(each)
        known.setdefault(lineage, [lineage]).append(Place(spans_of(each.target["spans"]), lineage.nth))
    by_place = {each.found: number for number, each in enumerate(every)}
    matched: dict[Place, int] = {}
    taken: set[int] = set()

    def take(lineage: Place, number: int) -> None:
        if lineage not in matched and number not in taken:
            matched[lineage] = number
            taken.add(number)

    for lineage in known:
        if lineage in by_place:
            take(lineage, by_place[lineage])
    for lineage, places in known.items():
        for place in reversed(places):
            if place in by_place:
                take(lineage, by_place[place])
    alike = [
        (-score, number, order, lineage)
        for order, (lineage, places) in enumerate(known.items())
        if lineage not in matched
        for number, each in enumerate(every)
        if number not in taken and (score := max(overlap(place.spans, each.found.spans) for place in places)) >= OVERLAP
    ]
    for _, number, _, lineage in sorted(alike):
        take(lineage, number)
    for lineage, number in matched.items():  # a further correction of the quote joins those that are there
        every[number].found = lineage
    return matched


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much two places have in common: of the characters of either, those of both (Jaccard index), 0 to 1."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    whole = sum(end - start for start, end in (*one, *other)) - both
    return both / whole if whole else 0.0


def _over_one(article: Article, every: Sequence[Laid], one: Laid, correction: Correction) -> str | None:
    """Lay a correction over its quote; gives back why it cannot be, where it cannot."""
    change, quote = correction.change, one.quote
    if one.rejected:
        return "another correction says that it is no quote"
    if correction.action == "skip":
        one.skipped = True
        return None
    if correction.action == "accept":
        if as_accepted(quote) != change["speaker"] or spans_of(correction.target["spans"]) != quote.spans:
            return "the quote is no longer as it was when it was found right"
        one.accepted = True
        return None
    if correction.action == "reject":
        one.rejected = True
    elif correction.action == "span":
        spans = spans_of(change["spans"])
        if spans[-1].end > len(article.text):
            return "its spans are not in the text"
        one.quote = cut_to(article, quote, spans)
    elif correction.action == "speaker":
        one.quote = replace(quote, speaker=_said_by(article, every, quote, change["speaker"]))
    elif quote.speaker is None:
        return "nobody is known to have said it"
    elif correction.action == "title":
        one.quote = replace(quote, speaker=with_title(article, quote.speaker, change["title"], quote))
    else:
        one.quote = replace(quote, speaker=with_institution(article, quote.speaker, change["institution"], quote))
    one.corrected = True
    return None


def _over_speaker(article: Article, every: Sequence[Laid], correction: Correction) -> str | None:
    """Lay a correction over all quotes of a speaker in the article; gives back why it cannot be, where it cannot."""
    meant, change = correction.target["speaker"], correction.change
    theirs = [each for each in every if not each.rejected and _is(each.quote, meant["kind"], meant["key"])]
    if not theirs:
        return f"no quote in the article is {meant['name']}’s now"
    near = theirs[0].quote
    if correction.action == "speaker":
        # Whose they are is asked once, before any of them goes over.
        speakers = [_said_by(article, every, each.quote, change["speaker"]) for each in theirs]
        for each, speaker in zip(theirs, speakers, strict=True):
            each.quote = replace(each.quote, speaker=speaker)
    for each in theirs:
        speaker = each.quote.speaker
        if correction.action == "title" and speaker is not None:
            each.quote = replace(each.quote, speaker=with_title(article, speaker, change["title"], near))
        elif correction.action == "institution" and speaker is not None:
            each.quote = replace(each.quote, speaker=with_institution(article, speaker, change["institution"], near))
        each.corrected = True
    return None


def _said_by(article: Article, every: Sequence[Laid], quote: Quote, said: Mapping[str, Any] | None) -> Any:
    if said is None:
        return None
    key = key_of(said["name"], said["kind"])
    # One whose only quote was rejected is still known.
    known = [each.quote.speaker for each in sorted(every, key=lambda each: each.rejected) if _is(each.quote, said["kind"], key)]
    return said_by(article, quote, said, known[0] if known else None)


def _is(quote: Quote, kind: str, key: str) -> bool:
    speaker = quote.speaker
    return speaker is not None and speaker.kind == kind and key_of(speaker.name, kind) == key


def as_accepted(quote: Quote) -> dict[str, Any] | None:
    """The speaker of a quote as far as a person who finds it right vouches for it."""
    speaker = quote.speaker
    if speaker is None:
        return None
    return {"name": speaker.name, "kind": speaker.kind, "title": speaker.title, "institution": speaker.institution}

"""Corrections of an article applied over what was found in it.

A pure function of what was found and of the corrections in force, so that undoing one is applying the rest anew. A correction names its
quote by the place where it was when it was made, and by the place where it was first found (`found`), under which all corrections of
one quote come together. These are matched with the quotes that were found now, one to one: the very same place first, then the greatest
overlap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from quotes.linking import comparable
from quotes.linking.name_comparison import person_key
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of, quote_kind
from quotes.nlp.speakers.speaker_roles import role_in_article
from quotes.records import (
    Affiliation,
    Article,
    Passage,
    Quote,
    Span,
    Speaker,
    ZoneKind,
    content_id,
    main_affiliations,
    quoted,
)
from quotes.store.overrides.correction_records import Correction, as_corrected, in_force, spans_of
from quotes.store.overrides.extractions import extraction_of

#: Of the characters that either of two places has, how many both must have to be one quote found by two models.
OVERLAP = 0.5
#: How sure what a person said is.
CERTAIN = 1.0


class Place(NamedTuple):
    """Where a quote was found; `nth` counts those that have the very same spans, from 0."""

    spans: tuple[Span, ...]
    nth: int = 0


@dataclass(eq=False)
class CorrectedQuote:
    """One quote of an article under the corrections: `found` is where corrections look for it; `quote` as it is after them."""

    quote: Quote
    found: Place
    rejected: bool = False
    corrected: bool = False
    accepted: bool = False
    skipped: bool = False

    @property
    def looked_at(self) -> bool:
        """Whether a person corrected it or found it right."""
        return self.corrected or self.accepted

    @property
    def target(self) -> dict[str, object]:
        """How a correction speaks of the quote."""
        target: dict[str, object] = {"spans": [list(span) for span in self.quote.spans], "text": self.quote.text}
        if (self.found.spans, self.found.nth) != (self.quote.spans, 0):
            target["found"] = {"spans": [list(span) for span in self.found.spans], "nth": self.found.nth}
        return target


class CorrectedArticle(NamedTuple):
    """An article and its quotes under the corrections, those that a person rejected among them; and by the id of each correction that
    finds nothing to change, why."""

    article: Article
    every: list[CorrectedQuote]
    dormant: dict[int, str]

    @property
    def shown(self) -> list[CorrectedQuote]:
        """Those that are quotes."""
        return [each for each in self.every if not each.rejected]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes in the order of the text."""
        return tuple(sorted((each.quote for each in self.shown), key=lambda quote: (quote.spans[0].start, quote.spans)))

    def target_of(self, correction: Correction) -> CorrectedQuote | None:
        """The quote that a correction of a quote is about."""
        return next((each for each in self.every if each.found == _lineage(correction)), None)

    def by_id(self) -> dict[int, CorrectedQuote]:
        """The quotes that are shown, by their ids in the database."""
        ids = quote_ids(self.article.id, (each.quote for each in self.shown))
        return dict(zip(ids, self.shown, strict=True))


def quote_ids(article_id: int, quotes: Iterable[Quote]) -> Iterator[int]:
    """The ids of the quotes of an article: its own, the spans, and how many with the very same spans come before."""
    seen: Counter[str] = Counter()
    for each in quotes:
        spans = spans_json(each.spans)
        yield content_id("quote", article_id, spans, seen[spans])
        seen[spans] += 1


def spans_json(spans: Iterable[Sequence[int]]) -> str:
    """The spans as they are stored: `[[0,5],[9,12]]`."""
    return f"[{','.join(f'[{start},{end}]' for start, end in spans)}]"


def key_of(name: str, kind: str) -> str:
    """The form of a speaker’s name in which two appearances are compared."""
    return person_key(name) if kind == "person" else comparable(name)


def corrected_article(db: Database, article_id: int) -> CorrectedArticle | None:
    """A stored article under the corrections in force; None where it is not stored. Raises ValueError or TypeError where it is damaged."""
    found = extraction_of(db, article_id)
    return None if found is None else override(found.article, found.quotes, in_force(db, article_id))


def override(article: Article, quotes: Sequence[Quote], corrections: Sequence[Correction]) -> CorrectedArticle:
    """Apply corrections of an article, as it was read, to it and its quotes, in the order given, each to what those before it made."""
    article = as_corrected(article, corrections)
    ordered = [each for each in corrections if each.action != "article"]
    seen: Counter[tuple[Span, ...]] = Counter()
    every = []
    for quote in quotes:
        every.append(CorrectedQuote(quote, Place(quote.spans, seen[quote.spans])))
        seen[quote.spans] += 1
    places = _matched(every, [each for each in ordered if each.of_quote])
    dormant: dict[int, str] = {}
    for correction in ordered:
        if not correction.of_quote:
            why = _over_speaker(article, every, correction)
        elif (index := places.get(_lineage(correction))) is None:
            why = "no such quote is found in the article now"
        else:
            why = _over_quote(article, every, every[index], correction)
        if why is not None:
            dormant[correction.id] = why
    return CorrectedArticle(article, every, dormant)


def _lineage(correction: Correction) -> Place:
    """Under which place all corrections of one quote come together."""
    found = correction.target.get("found")
    return Place(spans_of(correction.target["spans"])) if found is None else Place(spans_of(found["spans"]), found["nth"])


def _matched(every: Sequence[CorrectedQuote], corrections: Sequence[Correction]) -> dict[Place, int]:
    """Which quote each correction of a quote is about: by the place under which they come together, the number of the quote."""
    known: dict[Place, list[Place]] = {}
    for each in corrections:
        lineage = _lineage(each)
        known.setdefault(lineage, [lineage]).append(Place(spans_of(each.target["spans"]), lineage.nth))
    pairs = [
        (-score, number, order, lineage)
        for order, (lineage, places) in enumerate(known.items())
        for number, each in enumerate(every)
        if (score := _likeness(each.found, places)) >= OVERLAP
    ]
    matched: dict[Place, int] = {}
    for _, number, _, lineage in sorted(pairs):
        if lineage not in matched and number not in matched.values():
            matched[lineage] = number
    for lineage, number in matched.items():  # a further correction of the quote joins those that are there
        every[number].found = lineage
    return matched


def _likeness(found: Place, places: Sequence[Place]) -> float:
    """How well a quote fits those places of a corrected one: it is at the first, at a later one (the later the better), or near one."""
    if found == places[0]:
        return 2.0
    return 1 + places.index(found) / len(places) if found in places else max(overlap(each.spans, found.spans) for each in places)


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much two places have in common: of the characters of either, those of both (Jaccard index), 0 to 1."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    whole = sum(end - start for start, end in (*one, *other)) - both
    return both / whole if whole else 0.0


def _over_quote(article: Article, every: Sequence[CorrectedQuote], one: CorrectedQuote, correction: Correction) -> str | None:
    """Apply a correction to its quote; returns why it cannot be, where it cannot."""
    action, change = correction.action, correction.change
    if one.rejected:
        return "another correction says that it is no quote"
    if action == "skip":
        one.skipped = True
    elif action == "accept":
        if as_accepted(one.quote) != change["speaker"] or spans_of(correction.target["spans"]) != one.quote.spans:
            return "the quote is no longer as it was when it was found right"
        one.accepted = True
    elif action == "reject":
        one.rejected = one.corrected = True
    elif action == "span":
        spans = spans_of(change["spans"])
        if spans[-1].end > len(article.text):
            return "its spans are not in the text"
        one.quote, one.corrected = _cut_to(article, one.quote, spans), True
    elif action != "speaker" and one.quote.speaker is None:
        return "nobody is known to have said it"
    else:
        _change_speakers(article, every, [one], correction)
    return None


def _over_speaker(article: Article, every: Sequence[CorrectedQuote], correction: Correction) -> str | None:
    """Apply a correction to all quotes of a speaker in the article; returns why it cannot be, where it cannot."""
    meant = correction.target["speaker"]
    theirs = [each for each in every if not each.rejected and _is(each.quote.speaker, meant["kind"], meant["key"])]
    if not theirs:
        return f"no quote in the article is {meant['name']}’s now"
    _change_speakers(article, every, theirs, correction)
    return None


def _change_speakers(article: Article, every: Sequence[CorrectedQuote], chosen: Sequence[CorrectedQuote], correction: Correction) -> None:
    """Give quotes another speaker, or their speakers another title or institution."""
    action, change, near = correction.action, correction.change, chosen[0].quote
    # All speakers are looked up before any of the quotes changes.
    if action == "speaker":
        speakers = [_said_by(article, every, each.quote, change["speaker"]) for each in chosen]
    else:
        theirs = (each.quote.speaker for each in chosen)
        speakers = [each and with_part(article, each, action, change[action], near) for each in theirs]
    for each, speaker in zip(chosen, speakers, strict=True):
        each.quote, each.corrected = replace(each.quote, speaker=speaker), True


def _said_by(article: Article, every: Sequence[CorrectedQuote], quote: Quote, said: Mapping[str, Any] | None) -> Speaker | None:
    """The speaker whom a person named, if any: name and kind, and title and institution where the person spoke of them (None: there is
    none). One whom the article quotes elsewhere keeps the rest."""
    if said is None:
        return None
    key = key_of(said["name"], said["kind"])
    # One whose only quote was rejected is still known.
    elsewhere = (each.quote.speaker for each in sorted(every, key=lambda each: each.rejected))
    known = next((each for each in elsewhere if _is(each, said["kind"], key)), None)
    speaker = known or Speaker(said["name"], said["kind"])
    speaker = replace(speaker, confidence=speaker.confidence._replace(name=CERTAIN))
    for part in ("title", "institution"):
        if part in said:
            speaker = with_part(article, speaker, part, said[part], quote)
    return speaker if known is not None else _with_role(article, speaker, speaker)


def _is(speaker: Speaker | None, kind: str, key: str) -> bool:
    return speaker is not None and speaker.kind == kind and key_of(speaker.name, kind) == key


def as_accepted(quote: Quote) -> dict[str, Any] | None:
    """The speaker of a quote as far as a person who finds it right vouches for it."""
    speaker = quote.speaker
    return None if speaker is None else {name: getattr(speaker, name) for name in ("name", "kind", "title", "institution")}


def with_part(article: Article, speaker: Speaker, part: str, words: str | None, near: Quote) -> Speaker:
    """The speaker with another title or institution (`part`), or none. Where the article prints it, it is placed there, as near to the
    quote `near` as may be."""
    mention = near.mention.spans if near.mention else ()
    span = None if words is None else nearest(article.text, words, (*mention, *near.spans)[0].start)
    confidence = speaker.confidence._replace(**{part: None if words is None else CERTAIN})
    changed = replace(speaker, affiliations=_put(speaker.affiliations, part, words, span), confidence=confidence)
    return _with_role(article, changed, speaker)


def _cut_to(article: Article, quote: Quote, spans: tuple[Span, ...]) -> Quote:
    """The quote with other words: how they are quoted and where in the layout they stand is worked out again.

    A cue or mention that is now inside the words no longer counts.
    """
    kind = quote_kind(article.text, spans, find_quotations(article.text, paragraphs_of(article.text)))
    zones: list[ZoneKind] = [each.kind for each in article.zones if each.start <= spans[0].start < each.end]
    cue, mention = (None if _inside(each, spans) else each for each in (quote.cue, quote.mention))
    zone = zones[0] if zones else "body"
    return replace(quote, spans=spans, text=quoted(article.text, spans), kind=kind, zone=zone, cue=cue, mention=mention)


def nearest(text: str, words: str, place: int) -> Span | None:
    """Where whole words stand in a text, the one nearest to `place`, whatever the white space between them; None where they do not."""
    pattern = r"\s+".join(re.escape(each) for each in words.split())
    found = [Span(*each.span()) for each in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] if pattern else []
    return min(found, key=lambda span: (abs(span.start - place), span.start), default=None)


def _put(affiliations: Sequence[Affiliation], part: str, words: str | None, span: Span | None) -> tuple[Affiliation, ...]:
    """Affiliations in which title or institution (`part`) is another: in place of the main one, or beside what is there."""
    changed: dict[str, Any] = {part: words, f"{part}_span": span}
    main = main_affiliations(affiliations)
    old = next((value for each in main if (value := getattr(each, part))), None)
    if words is None:
        new = [replace(each, **changed) for each in affiliations]
    elif old is not None:
        new = [replace(each, **changed) if getattr(each, part) == old else each for each in affiliations]
    else:
        new = [replace(each, **changed) if each is main[0] else each for each in affiliations] or [Affiliation(**changed)]
    return tuple(dict.fromkeys(each for each in new if each.title or each.institution))


def _with_role(article: Article, speaker: Speaker, before: Speaker) -> Speaker:
    """The speaker with the role that title and institution give now; one that other words gave stays where these give none."""
    mention = None if speaker.kind == "person" else speaker.name
    role, evidence = role_in_article(article.text, speaker.affiliations, speaker.kind, mention, ())
    printed = [span for each in before.affiliations for span in (each.title_span, each.institution_span) if span is not None]
    if role == "unknown" and before.role_evidence is not None and not _inside(before.role_evidence, printed):
        return speaker
    return replace(speaker, role=role, role_evidence=evidence)


def _inside(passage: Passage | None, spans: Sequence[Span]) -> bool:
    return passage is not None and any(a.start < b.end and b.start < a.end for a in passage.spans for b in spans)

"""What a person says of a quote, made into records: its speaker, title and institution, and which words are the quote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of, quote_kind
from quotes.nlp.speakers.speaker_roles import role_in_article
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker, SpeakerConfidence, ZoneKind, main_affiliations, quoted

#: How sure what a person said is.
CERTAIN = 1.0


def said_by(article: Article, quote: Quote, said: Mapping[str, Any], known: Speaker | None) -> Speaker:
    """The speaker whom a person named; `known` is the same one where the article quotes them elsewhere.

    `said` holds name and kind, and title and institution where the person spoke of them (None: there is none).
    """
    if known is None:
        speaker = Speaker(said["name"], said["kind"], confidence=SpeakerConfidence(name=CERTAIN))
    else:
        speaker = replace(known, confidence=known.confidence._replace(name=CERTAIN))
    for part in ("title", "institution"):
        if part in said:
            speaker = with_part(article, speaker, part, said[part], quote)
    return speaker if known is not None else _with_role(article, speaker, speaker)


def with_part(article: Article, speaker: Speaker, part: str, words: str | None, near: Quote) -> Speaker:
    """The speaker with another title or institution (`part`), or none. Where the article prints it, it is placed there, as near to the
    quote `near` as may be."""
    mention = near.mention.spans if near.mention else ()
    span = None if words is None else nearest(article.text, words, (*mention, *near.spans)[0].start)
    confidence = speaker.confidence._replace(**{part: None if words is None else CERTAIN})
    changed = replace(speaker, affiliations=_put(speaker.affiliations, part, words, span), confidence=confidence)
    return _with_role(article, changed, speaker)


def cut_to(article: Article, quote: Quote, spans: tuple[Span, ...]) -> Quote:
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

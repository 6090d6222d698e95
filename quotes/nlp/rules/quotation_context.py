"""A quotation in its place: what stands right before and behind it, and how a clause of attribution beside it is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.detection.cues import phrasal_cue
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.detection.sources import Source
from quotes.nlp.parsing.parse import NOUN_TAGS, PRONOUN_TAGS, Parse, runs
from quotes.records import Act, Span

#: How many tokens a clause of attribution may have beside its quote.
WINDOW = 45


@dataclass(slots=True)
class Stretch:
    """An outermost quotation with what stands around it in its paragraph."""

    quotation: Quotation
    first: int  # first token inside or at the opening mark
    after: int  # first token after the closing mark
    paragraph: Span
    end_mark: str  # the last character inside the closing mark
    next_mark: str  # the first character after it, white space aside
    before_mark: str  # the last character before the opening mark, white space aside; "" at the start of the paragraph
    words: int
    capital: bool

    @property
    def whole(self) -> bool:
        """Whether it stands as one or more sentences of its own."""
        return self.capital and self.before_mark in {"", ".", "!", "?", ":", "”", '"', "’", "'", "»"} and self.terminal

    @property
    def terminal(self) -> bool:
        """Whether a sentence ends with it."""
        return self.end_mark in ".!?…—" or self.next_mark in {".", "!", "?"} or not self.quotation.closed


@dataclass(frozen=True, slots=True)
class Link:
    """How a quotation is attributed: the cue's tokens, its verb, the source, and where the clause of attribution ends."""

    cue: tuple[Span, ...]
    verb: int | None
    source: Source | None
    end: int
    evidence: str
    act: Act = "speech"


def stretch_of(parse: Parse, quotation: Quotation, paragraph: Span) -> Stretch | None:
    """A quotation with its surroundings in its paragraph; None when no letter or digit stands in it."""
    text = parse.text
    inner = quotation.inner
    words = text[inner.start : inner.end].split()
    if not any(character.isalnum() for character in text[inner.start : inner.end]):
        return None
    before = text[paragraph.start : quotation.start].rstrip()
    after = text[quotation.end : paragraph.end].lstrip()
    letters = next((character for character in text[inner.start : inner.end] if character.isalpha()), "a")
    return Stretch(
        quotation,
        parse.token_at(quotation.start),
        parse.token_at(quotation.end),
        paragraph,
        text[inner.start : inner.end].rstrip()[-1:],
        after[:1],
        before[-1:],
        len(words),
        letters.isupper(),
    )


def span_of(each: Stretch) -> Span:
    """Its characters, marks included."""
    return Span(each.quotation.start, each.quotation.end)


def is_utterance(each: Stretch) -> bool:
    """Whether it is long or lively enough to be said without a word of who says it."""
    return each.words >= 3 or each.end_mark in "!?"


def only_space(text: str, start: int, end: int) -> bool:
    """Whether nothing but white space and punctuation stands between two characters."""
    return not text[start:end].strip(" \t,.;:—–-")


def sentence_tail(parse: Parse, lead: list[int]) -> list[int]:
    """The tokens behind the last full stop."""
    for index in range(len(lead) - 1, -1, -1):
        if parse.words[lead[index]] in {".", "!", "?", "”", "“", '"'} and index < len(lead) - 1:
            return lead[index + 1 :]
        if parse.words[lead[index]] in {".", "!", "?"}:
            return []
    return lead


def particle_length(parse: Parse, token: int) -> int:
    """How many words of a phrasal cue follow its verb."""
    phrasal = phrasal_cue(parse, token)
    return 0 if phrasal is None else len(phrasal.tokens) - 1


def cue_spans(parse: Parse, verb: int) -> tuple[Span, ...]:
    """A cue verb with its particle."""
    return (parse.span(cue_start(parse, verb), verb + particle_length(parse, verb)),)


def cue_start(parse: Parse, verb: int) -> int:
    """The first token of a cue: of "quoted as saying", the first verb."""
    if verb >= 2 and parse.lower[verb] == "saying" and parse.lower[verb - 1] == "as" and parse.lower[verb - 2] in {"quoted", "cited"}:
        return verb - 2
    return verb


def act_of(parse: Parse, verb: int) -> Act:
    """Speech, for what stands in marks was said; only what somebody is reported to think or wonder was not."""
    predicate = lexicons.verbs().get(parse.lower[verb])
    return predicate.act if predicate is not None and predicate.lemma in {"think", "wonder"} else "speech"


def embedded(parse: Parse, token: int, first: int) -> bool:
    """Whether a verb stands in a relative clause or another modifier of the source, not in the clause of attribution."""
    return parse.dep[token] in {"relcl", "acl", "amod"} and first <= parse.head[token] < token


def label_of(parse: Parse, lead: Sequence[int]) -> Source | None:
    """A label such as "Ferry captain Lotte Brandt" as a source; the name at its end is its head."""
    words = [token for token in lead if parse.lower[token] not in {"and", "from", "but", "says", "again"} or token > lead[0] + 1]
    nouns = [token for token in words if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS]
    if not nouns or len(words) > 14:
        return None
    comma = next((token for token in words if parse.words[token] in {",", "("}), None)
    head = next((token for token in reversed(nouns) if comma is None or token < comma), nouns[-1])
    spans = runs(parse, words)
    return Source((spans[-1],), head, frozenset(words)) if spans else None

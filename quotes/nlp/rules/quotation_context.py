"""A quotation with what stands right before and behind it, and the clause of attribution beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.detection.cues import phrasal_cue
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.detection.sources import Source
from quotes.nlp.parsing.parse import NOUN_TAGS, PRONOUN_TAGS, Parse, token_spans
from quotes.records import Act, Span

#: How many tokens a clause of attribution may have beside its quote.
WINDOW = 45


@dataclass(slots=True)
class QuotationContext:
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
    def span(self) -> Span:
        """Its characters, marks included."""
        return Span(self.quotation.start, self.quotation.end)

    @property
    def whole(self) -> bool:
        """Whether it stands as one or more sentences of its own."""
        return self.capital and self.before_mark in {"", ".", "!", "?", ":", "”", '"', "’", "'", "»"} and self.terminal

    @property
    def terminal(self) -> bool:
        """Whether a sentence ends with it."""
        return self.end_mark in ".!?…—" or self.next_mark in {".", "!", "?"} or not self.quotation.closed


@dataclass(frozen=True, slots=True)
class AttributionClause:
    """How a quotation is attributed: the words of the cue, its verb, the source, and where the clause of attribution ends."""

    cue: tuple[Span, ...]
    verb: int | None
    source: Source | None
    end: int
    evidence: str
    act: Act = "speech"


def quotation_context(parse: Parse, quotation: Quotation, paragraph: Span) -> QuotationContext | None:
    """A quotation with its surroundings in its paragraph; None when it holds no letter or digit."""
    inner = parse.text[quotation.inner.start : quotation.inner.end]
    if not any(map(str.isalnum, inner)):
        return None
    return QuotationContext(
        quotation,
        parse.token_at(quotation.start),
        parse.token_at(quotation.end),
        paragraph,
        inner.rstrip()[-1:],
        parse.text[quotation.end : paragraph.end].lstrip()[:1],
        parse.text[paragraph.start : quotation.start].rstrip()[-1:],
        len(inner.split()),
        next((character for character in inner if character.isalpha()), "a").isupper(),
    )


def last_sentence(parse: Parse, lead: list[int]) -> list[int]:
    """The tokens behind the last full stop."""
    ends = [index for index, token in enumerate(lead) if parse.words[token] in {".", "!", "?"}]
    return lead[ends[-1] + 1 :] if ends else lead


def particle_length(parse: Parse, token: int) -> int:
    """How many words of a phrasal cue follow its verb."""
    phrasal = phrasal_cue(parse, token)
    return 0 if phrasal is None else len(phrasal.tokens) - 1


def is_reporting_verb(parse: Parse, token: int) -> bool:
    """Whether the lexicons have a token's word as a verb that introduces what was said, alone or with the words behind it."""
    known = lexicons.verbs().get(parse.lower[token])
    return (known is not None and known.reports) or particle_length(parse, token) > 0


def cue_spans(parse: Parse, verb: int) -> tuple[Span, ...]:
    """A cue verb with its particle."""
    return (parse.span(verb, verb + particle_length(parse, verb)),)


def quoted_act(parse: Parse, verb: int) -> Act:
    """The act of words in quotation marks: speech, unless somebody is reported to think or wonder them."""
    predicate = lexicons.verbs().get(parse.lower[verb])
    return predicate.act if predicate is not None and predicate.lemma in {"think", "wonder"} else "speech"


def is_embedded(parse: Parse, token: int, first: int) -> bool:
    """Whether a verb stands in a relative clause or another modifier of the source, not in the clause of attribution."""
    return parse.dep[token] in {"relcl", "acl", "amod"} and first <= parse.head[token] < token


def label_source(parse: Parse, lead: Sequence[int]) -> Source | None:
    """A label such as "Ferry captain Lotte Brandt" as a source; the name at its end is its head."""
    words = [token for token in lead if parse.lower[token] not in {"and", "from", "but", "says", "again"} or token > lead[0] + 1]
    nouns = [token for token in words if parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS]
    if not nouns:
        return None
    comma = next((token for token in words if parse.words[token] in {",", "("}), None)
    head = next((token for token in reversed(nouns) if comma is None or token < comma), nouns[-1])
    spans = token_spans(parse, words)
    return Source((spans[-1],), head, frozenset(words)) if spans else None

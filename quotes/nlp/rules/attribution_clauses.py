"""A quotation with what stands around it, and the clause of attribution beside it: 'X said, "…"', 'X: "…"', 'said "…"' before it; '…," said
X', '…," X said' and a dash with a name behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.detection.cues import phrasal_cue, says_nothing, why_unuttered
from quotes.nlp.detection.quotation_marks import Quotation
from quotes.nlp.detection.sources import Source, noun_phrase, source_of_verb, subject_of
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, PRONOUN_TAGS, SUBJECTS, VERB_TAGS, Parse, token_spans
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


_NOMINAL_TAGS = NOUN_TAGS | PRONOUN_TAGS | {"CD"}
_NAMING = frozenset({"named", "called", "titled", "entitled", "dubbed", "nicknamed", "labelled", "labeled", "as", "the", "a", "an"})
_DASHES = frozenset({"—", "–", "-", "--", "―", "‒"})


def clause_before(parse: Parse, each: QuotationContext, floor: int) -> AttributionClause | None:
    """What introduces a quotation from before it, looking back no further than the character `floor`; None when nothing does."""
    lead = list(range(parse.token_at(floor), each.first)) or _line_above(parse, each)
    lead = last_sentence(parse, lead)
    if not lead:
        return None
    mark = parse.words[lead[-1]]
    if mark == ":":
        return _colon(parse, lead[:-1], each)
    if mark == ",":
        return _introduced(parse, lead[:-1], each, "comma-before", reach=14) if each.capital or each.words >= 4 else None
    return _introduced(parse, lead, each, "before", reach=3) if each.capital or each.words >= 5 or each.end_mark in ".?!" else None


def _line_above(parse: Parse, each: QuotationContext) -> list[int]:
    """The last sentence of the paragraph before, when a colon or a comma ends it and the quotation opens its own ("The mayor went on:")."""
    last = next((token for token in range(each.first - 1, -1, -1) if not parse.space(token)), None)
    if each.before_mark or last is None or parse.words[last] not in {":", ","}:
        return []
    return list(range(parse.bounds[parse.sentence[last]][0], last + 1))


def _introduced(parse: Parse, lead: list[int], each: QuotationContext, evidence: str, *, reach: int) -> AttributionClause | None:
    """The nearest cue verb of speech before the quotation, within `reach` tokens of it."""
    for token in reversed(lead[-reach:]):
        if parse.tag[token] not in VERB_TAGS or not is_reporting_verb(parse, token):
            continue
        ends = token + particle_length(parse, token) == lead[-1] or (parse.lower[lead[-1]] == "that" and token == lead[-2])
        if evidence == "before" and not ends:
            continue
        if why_unuttered(parse, token):
            return None
        source = source_of_verb(parse, token, set(range(each.first, each.after)))
        if source is None:
            subjects = [other for other in lead if other < token and parse.dep[other] in SUBJECTS and parse.dep[other] != "expl"]
            source = noun_phrase(parse, subjects[-1], without={token}) if subjects else None
        if source is None and evidence == "before":
            return None
        return AttributionClause(cue_spans(parse, token), token, source, each.quotation.end, evidence, quoted_act(parse, token))
    return None


def _colon(parse: Parse, lead: list[int], each: QuotationContext) -> AttributionClause | None:
    """A colon before the quotation: the clause before it introduces, by its cue verb, its main verb, or as a bare label ("X: …")."""
    colon = next(token for token in range(each.first - 1, -1, -1) if parse.words[token] == ":")
    if not lead:
        return None
    introduced = _introduced(parse, lead, each, "colon", reach=WINDOW)
    if introduced is not None and introduced.source is not None:
        return introduced
    subject = next((token for token in lead if parse.dep[token] in {"nsubj", "nsubjpass"}), None)
    if not any(parse.tag[token] in FINITE_TAGS for token in lead):
        source, evidence = label_source(parse, lead), "colon"
    elif subject is not None:
        source, evidence = noun_phrase(parse, subject, without={parse.head[subject]}), "colon:clause"
    else:
        return None
    return None if source is None else AttributionClause((parse.span(colon, colon),), None, source, each.quotation.end, evidence)


def clause_after(parse: Parse, each: QuotationContext, limit: int) -> AttributionClause | None:
    """What attributes a quotation from behind it, looking no further than the character `limit`; None when nothing does."""
    comma = each.end_mark in ",—" or each.next_mark in {","}
    exclaims = each.end_mark in "?!…"
    if not (comma or exclaims or (each.next_mark and not each.terminal)):
        return None
    first = each.after
    while first < len(parse) and parse.start[first] < limit and parse.words[first] in {",", "—", "–", "-", "--"}:
        first += 1
    last = _clause_end(parse, first, limit)
    verb = _attributing_verb(parse, first, last, sure=comma, lower=exclaims)
    if verb is None or says_nothing(parse, verb, first):
        return None
    known = lexicons.verbs().get(parse.lower[verb])
    if not (comma or exclaims) and not (known and each.words >= 3 and "s" in known.frames and verb - first <= 8):
        return None
    if not known and (not (each.capital or each.words >= 5) or parse.lower[each.first - 1] in _NAMING):
        return None  # a few words in marks and a comma, or what something is called: a phrase, unless somebody is known to say it
    source = _source(parse, verb, first, last, set(range(each.first, each.after)))
    if source is None:
        return None
    evidence = "after" if known else "after:unknown-verb"
    return AttributionClause(cue_spans(parse, verb), verb, source, parse.end[last], evidence, quoted_act(parse, verb))


def _clause_end(parse: Parse, first: int, limit: int) -> int:
    """The last token of the clause that begins at `first`: up to a full stop that ends the sentence, a line's end, or the next
    quotation."""
    last = first - 1
    for token in range(first, min(first + WINDOW, len(parse))):
        if parse.start[token] >= limit:
            break
        last = token
        if parse.words[token] in {".", "!", "?", ";"} and f"{parse.lower[token - 1]}." not in lexicons.genders("honorifics.tsv"):
            break  # but for a rank ("Col. Lotte Whitlock")
    return last


def _attributing_verb(parse: Parse, first: int, last: int, *, sure: bool, lower: bool) -> int | None:
    """The verb of the clause of attribution between two tokens: the first known cue verb of its main clause, else its first finite verb.

    `sure` (a comma ends the quote) lets any finite verb through; `lower` (a question or exclamation mark) asks for a lower-case start,
    or a known verb.
    """
    finite: int | None = None
    for token in range(first, min(first + 25, last + 1)):
        word, tag, known = parse.lower[token], parse.tag[token], lexicons.verbs().get(parse.lower[token])
        if token == first and (tag == "CC" or (tag == "IN" and word in {"as", "because", "while", "although", "if", "when"})):
            break  # a clause of its own, that attributes nothing before it
        mistagged = known and token - first <= 8 and tag in {"NN", "NNS", "NNP", "JJ"} and word.endswith(("d", "s"))
        if (tag not in VERB_TAGS and not mistagged) or is_embedded(parse, token, first):
            continue
        if (known and ("s" in known.frames or known.act == "speech")) or particle_length(parse, token):
            if tag != "VBG" or finite is not None:
                return token
        elif tag in FINITE_TAGS and finite is None:
            finite = token
    if finite is None or (not sure and not (lower and parse.words[first][:1].islower())):
        return None
    return finite if finite - first <= 12 and parse.lower[finite] not in {"is", "are", "was", "were", "'s", "’s"} else None


def _source(parse: Parse, verb: int, first: int, last: int, quote: set[int]) -> Source | None:
    """The source in the clause of attribution between two tokens: the noun phrase before the verb, or behind it in inversion, whatever the
    parser made of it."""

    def phrase(head: int, first: int, last: int) -> Source | None:
        outside = {token for token in parse.subtree(head) if not first <= token <= last}
        return noun_phrase(parse, head, without=outside | quote | {verb})

    subject = subject_of(parse, verb)
    if subject is not None and first <= subject <= last and subject not in quote:
        return phrase(subject, first, last)
    nominal = (token for token in range(first, verb) if parse.tag[token] in _NOMINAL_TAGS and parse.entity[token] not in {"DATE", "TIME"})
    leading = next(nominal, None)
    if leading is None:
        behind = verb + 1 + particle_length(parse, verb)
        noun = next((token for token in range(behind, last + 1) if parse.tag[token] in _NOMINAL_TAGS), None)
        return None if noun is None else phrase(noun, behind, last)
    inherited = source_of_verb(parse, verb, quote)
    if inherited is not None and all(first <= token <= last for token in inherited.tokens):
        return inherited
    return phrase(leading, first, verb - 1)


def dash_signature(parse: Parse, each: QuotationContext, limit: int) -> AttributionClause | None:
    """A dash and a name, alone to the end of the paragraph or making up the next one."""
    tokens = list(range(each.after, parse.token_at(min(limit, each.paragraph.end))))
    if each.terminal and not tokens:
        tokens = _next_line(parse, each)
    if not 2 <= len(tokens) <= 16 or parse.words[tokens[0]] not in _DASHES or not each.terminal:
        return None
    if any(parse.tag[token] in FINITE_TAGS for token in tokens[1:]):
        return None
    source = label_source(parse, tokens[1:])
    cue = (parse.span(tokens[0], tokens[0]),)
    return None if source is None else AttributionClause(cue, None, source, parse.end[tokens[-1]], "dash")


def _next_line(parse: Parse, each: QuotationContext) -> list[int]:
    """The tokens of the line after the paragraph that a quotation ends, white space aside; none of more than 16."""
    tokens: list[int] = []
    for token in range(each.after, len(parse)):
        if not parse.space(token):
            tokens.append(token)
        elif tokens and "\n" in parse.words[token]:
            break
        if len(tokens) > 16:
            return []
    return tokens

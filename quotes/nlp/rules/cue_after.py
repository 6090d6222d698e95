"""The clause of attribution behind a quotation: '…," said X', '…," X said', and a dash with a name."""

from __future__ import annotations

from quotes import lexicons
from quotes.nlp.detection.cues import says_nothing
from quotes.nlp.detection.sources import Source, noun_phrase, source_of_verb, subject_of
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, PRONOUN_TAGS, VERB_TAGS, Parse
from quotes.nlp.rules.quotation_context import (
    WINDOW,
    AttributionClause,
    QuotationContext,
    cue_spans,
    is_embedded,
    label_source,
    particle_length,
    quoted_act,
    visible_tokens,
)
from quotes.records import Span

_NOMINAL_TAGS = NOUN_TAGS | PRONOUN_TAGS | {"CD"}
_NAMING = frozenset({"named", "called", "titled", "entitled", "dubbed", "nicknamed", "labelled", "labeled", "as", "the", "a", "an"})
_DASHES = frozenset({"—", "–", "-", "--", "―", "‒"})


def clause_after(parse: Parse, each: QuotationContext, limit: int) -> AttributionClause | None:
    """What attributes a quotation from behind it, looking no further than the character `limit`; None when nothing does."""
    comma = each.end_mark in ",—" or each.next_mark in {","}
    exclaims = each.end_mark in "?!…"
    if not (comma or exclaims or (each.next_mark and not each.terminal)):
        return None
    first = each.after
    while first < len(parse) and parse.start[first] < limit and (parse.space(first) or parse.words[first] in {",", "—", "–", "-", "--"}):
        first += 1
    last = _clause_end(parse, first, limit)
    if last < first:
        return None
    verb = _attributing_verb(parse, first, last, sure=comma, lower=exclaims)
    if verb is None or says_nothing(parse, verb, first):
        return None
    known = lexicons.verbs().get(parse.lower[verb])
    if not (comma or exclaims) and not (known and each.words >= 3 and "s" in known.frames and verb - first <= 8):
        return None
    if not known and (not (each.capital or each.words >= 5) or (each.first and parse.lower[each.first - 1] in _NAMING)):
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
        if parse.words[token] in {".", "!", "?", ";"} and not _abbreviates(parse, token):
            break
        if parse.words[token] == ":" and token > first:
            break
    return last


def _abbreviates(parse: Parse, token: int) -> bool:
    """Whether a full stop that is a token of its own ends a rank or an initial ("Col. Lotte Whitlock")."""
    before = parse.lower[token - 1] if token else ""
    return parse.words[token] == "." and (
        before + "." in lexicons.genders("honorifics.tsv") or (len(before) == 1 and parse.words[token - 1].isupper())
    )


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
    leading = next((token for token in range(first, verb) if _is_nominal(parse, token)), None)
    if leading is None:
        behind = verb + 1 + particle_length(parse, verb)
        while behind <= last and parse.tag[behind] in {"RB", "IN", "RP"} and parse.lower[behind] != "one":
            behind += 1
        noun = next((token for token in range(behind, last + 1) if parse.tag[token] in _NOMINAL_TAGS), None)
        return None if noun is None else _with_title(parse, behind, phrase(_phrase_head(parse, noun, behind, last), behind, last))
    inherited = source_of_verb(parse, verb, quote)
    if inherited is not None and all(first <= token <= last for token in inherited.tokens):
        return inherited
    return phrase(_phrase_head(parse, leading, first, verb - 1), first, verb - 1)


def _is_nominal(parse: Parse, token: int) -> bool:
    """Whether a word can head a source: a noun that is no time, a pronoun, a determiner that stands alone."""
    if parse.tag[token] == "DT":
        return parse.lower[token] in {"this", "that", "these", "those", "both", "all", "some"}
    return parse.tag[token] in NOUN_TAGS | PRONOUN_TAGS and parse.entity[token] not in {"DATE", "TIME"}


def _with_title(parse: Parse, first: int, source: Source | None) -> Source | None:
    """A source with the titles before it that the parser hung elsewhere ("said innkeeper Lorenz Ebner")."""
    if source is None:
        return None
    left = parse.token_at(source.spans[0].start)
    if not first < left <= first + 4 or any(parse.tag[token] not in NOUN_TAGS | {"JJ", "DT", "HYPH"} for token in range(first, left)):
        return source
    span = Span(parse.start[first], source.spans[0].end)
    return Source((span, *source.spans[1:]), source.head, source.tokens | set(range(first, left)))


def _phrase_head(parse: Parse, token: int, first: int, last: int) -> int:
    """The head of the noun phrase of a noun, within bounds."""
    while parse.dep[token] not in {"conj", "pobj"}:
        above = parse.head[token]
        if above == token or not first <= above <= last or parse.tag[above] not in _NOMINAL_TAGS:
            break
        token = above
    return token


def dash_signature(parse: Parse, each: QuotationContext, limit: int) -> AttributionClause | None:
    """A dash and a name, alone to the end of the paragraph or making up the next one."""
    tokens = visible_tokens(parse, each.after, parse.token_at(min(limit, each.paragraph.end)))
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

"""Reported speech by syntax: the clause, phrase or predicate that a cue governs, and its source.

The constructions are those of PARC 3.0 (Pareti 2016) and PolNeAR (Newell, Margolin & Ruths 2018): finite and infinitive complements,
fronted and parenthetical reports, "according to", noun-phrase and predicate contents, nouns and adjectives that take a clause.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import Cue, find_cues, why_unuttered
from quotes.nlp.detection.sources import (
    Source,
    is_passive_verb,
    is_publisher,
    noun_phrase,
    source_of_noun,
    source_of_verb,
    subject_of,
)
from quotes.nlp.parsing.parse import VERB_TAGS, Parse, token_spans
from quotes.nlp.rules.complements import CONSTRUCTIONS

#: More tokens than this are no sentence but a text without full stops, and its tree costs time with the square of its length.
_LONGEST_SENTENCE = 600
#: The relations of the clauses, and of the infinitives, that nouns and adjectives take.
_CLAUSAL = {"noun": ({"acl", "ccomp"}, {"acl", "ccomp"}), "adjective": ({"ccomp"}, {"xcomp"})}


def find_reported_speech(parse: Parse, taken: Collection[int | None] = ()) -> list[Attribution]:
    """Every report in the text that syntax shows, in the order of its cues; `taken` are tokens that are already cues of quotations."""
    found = [*find_according_to(parse)]
    for cue in find_cues(parse):
        first, last = parse.bounds[parse.sentence[cue.head]]
        if last - first <= _LONGEST_SENTENCE and not any(token in taken for token in cue.tokens):
            attribution = _attribution(parse, cue)
            if attribution is not None:
                found.append(attribution)
    return sorted(found, key=lambda each: each.cue[0].start if each.cue else each.start)


def _attribution(parse: Parse, cue: Cue) -> Attribution | None:
    if cue.part == "noun":
        return _of_noun(parse, cue)
    if cue.part == "adjective":
        return _of_adjective(parse, cue)
    if cue.predicate.act == "speech" and why_unuttered(parse, cue.head):
        return None
    if is_passive_verb(parse, cue.head) or (cue.predicate.lemma in {"cite", "quote"} and parse.tag[cue.head] == "VBG"):
        return None  # "…, X reported, citing Y": what stands behind it is a source, no content
    for construction in CONSTRUCTIONS:
        found = construction(parse, cue)
        if found is not None:
            return _build(parse, cue, *found)
    return None


def _complement(parse: Parse, cue: Cue, children: Iterable[int]) -> tuple[set[int], str] | None:
    """What a noun or an adjective takes: a clause, an infinitive or a prepositional phrase behind it; its tokens and the construction."""
    clauses, infinitives = _CLAUSAL[cue.part]
    frames, noun = cue.predicate.frames, cue.part == "noun"
    for child in children:
        if child < cue.head:
            continue
        tokens, words = set(parse.subtree(child)), {parse.lower[each] for each in parse.children[child]}
        if parse.dep[child] in clauses and "s" in frames and ("that" in words or not noun):
            return tokens, "noun:that" if noun else "adjective:clause"
        if parse.dep[child] in infinitives and "i" in frames and "to" in words:
            return tokens, f"{cue.part}:infinitive"
        if parse.dep[child] == "prep" and parse.lower[child] in cue.predicate.prepositions and len(tokens) > 1:
            return tokens - {child}, f"{cue.part}:preposition"
    return None


def _of_noun(parse: Parse, cue: Cue) -> Attribution | None:
    """ "the claim that …", "her plan to …", "criticism of …"."""
    found = _complement(parse, cue, parse.children[cue.head])
    if found is None:
        return None
    content, evidence = found
    source = source_of_noun(parse, cue.head, content)
    return None if source is None else _build(parse, cue, content - source.tokens, evidence, source=source)


def _of_adjective(parse: Parse, cue: Cue) -> Attribution | None:
    """ "is confident that …", "were worried about …"."""
    verb = parse.head[cue.head] if parse.dep[cue.head] == "acomp" else cue.head
    subject = subject_of(parse, verb)
    if subject is None:
        return None
    found = _complement(parse, cue, (*parse.children[cue.head], *(parse.children[verb] if verb != cue.head else ())))
    return _build(parse, cue, *found, source=noun_phrase(parse, subject, without=found[0] | {cue.head, verb})) if found else None


def find_according_to(parse: Parse) -> Iterator[Attribution]:
    """ "According to X, …" and "…, according to X": the clause around is the content, the phrase under "to" the source."""
    for token in range(len(parse) - 1):
        if parse.lower[token] != "according" or parse.lower[token + 1] != "to":
            continue
        noun = parse.child(token + 1, "pobj")
        source = noun_phrase(parse, noun, without={token, token + 1}) if noun is not None else None
        if source is None:
            continue
        own = set(parse.subtree(token)) | set(parse.subtree(token + 1))
        clause = _clause_around(parse, token)
        content = {each for each in parse.subtree(clause) if each not in own}
        spans = token_spans(parse, _without_that(parse, content))
        if spans:
            yield Attribution(tuple(spans), (parse.span(token, token + 1),), source, "speech", "according", token)


def _clause_around(parse: Parse, token: int) -> int:
    """The head of the finite clause that a phrase modifies, whatever noun the parser hung it on."""
    clause = token
    for clause in parse.ancestors(token):
        if parse.tag[clause] in VERB_TAGS and (subject_of(parse, clause) is not None or parse.dep[clause] in {"ROOT", "ccomp"}):
            break
    return clause


def _build(parse: Parse, cue: Cue, content: set[int], evidence: str, *, source: Source | None = None) -> Attribution | None:
    """An attribution, or None when it has no source or nothing is left of its content."""
    content = content - set(cue.tokens)
    source = source or source_of_verb(parse, cue.head, content)
    if source is None:
        return None
    content = content - source.tokens
    spans = token_spans(parse, _without_that(parse, content))
    if not spans:
        return None
    act = "speech" if cue.predicate.act == "other" and is_publisher(parse, source) else cue.predicate.act
    if evidence.startswith("clause") and not any(parse.tag[token] in VERB_TAGS for token in content):
        evidence = "clause:verbless"
    return Attribution(tuple(spans), tuple(token_spans(parse, cue.tokens)), source, act, evidence, cue.head)


def _without_that(parse: Parse, tokens: set[int]) -> set[int]:
    """Tokens without a leading "that" which only joins them to the cue."""
    first = min(tokens, default=0)
    return tokens - {first} if len(tokens) > 1 and parse.lower[first] == "that" and parse.dep[first] == "mark" else tokens

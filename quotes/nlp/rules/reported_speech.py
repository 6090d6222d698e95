"""Reported speech by syntax: the clause, phrase or predicate that a cue governs, and whose it is.

The constructions are those of PARC 3.0 (Pareti 2016) and PolNeAR (Newell, Margolin & Ruths 2018): finite and infinitive complements,
fronted and
parenthetical reports, "according to", noun-phrase and predicate contents, nouns and adjectives that take a clause.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import Cue, cues_of, is_passive, unreal
from quotes.nlp.detection.sources import noun_phrase, source_of_noun, source_of_verb, subject_of
from quotes.nlp.parsing.parse import VERB_TAGS, Parse, runs
from quotes.nlp.rules.complements import (
    between_commas,
    clause,
    coordinated,
    infinitive,
    object_of,
    parenthetical,
    predicate_of_object,
    prepositional,
)
from quotes.nlp.rules.report_clause import report, without_that

#: A stretch of more tokens than this is no sentence but a text without full stops, and its tree costs time with its square.
LONGEST_SENTENCE = 600


def reported(parse: Parse, *, taken: Callable[[int], bool] = lambda _: False) -> list[Attribution]:
    """Every report in the text that syntax shows, in the order of its cues; `taken` says which tokens are already cues of another."""
    found = [*according(parse)]
    for cue in cues_of(parse):
        first, last = parse.bounds[parse.sentence[cue.head]]
        if last - first > LONGEST_SENTENCE or any(taken(token) for token in cue.tokens):
            continue
        attribution = _report(parse, cue)
        if attribution is not None:
            found.append(attribution)
    return sorted(found, key=lambda each: each.cue[0].start if each.cue else each.start)


def _report(parse: Parse, cue: Cue) -> Attribution | None:
    if cue.part == "noun":
        return _of_noun(parse, cue)
    if cue.part == "adjective":
        return _of_adjective(parse, cue)
    if cue.predicate.act == "speech" and unreal(parse, cue.head):
        return None
    if is_passive(parse, cue):
        return _of_passive(parse, cue)
    if cue.predicate.lemma in {"cite", "quote"} and parse.tag[cue.head] == "VBG":
        return None  # "…, X reported, citing Y": what stands behind it is a source, no content
    for construction in (between_commas, clause, parenthetical, infinitive, predicate_of_object, object_of, prepositional):
        result = construction(parse, cue)
        if result is not None:
            tokens, evidence, act = result
            return report(parse, cue, tokens, evidence, act)
    return None


def _of_passive(parse: Parse, cue: Cue) -> Attribution | None:
    """ "was endorsed by the union", "was told by aides that …": the agent is the source; without one nobody is named."""
    source = source_of_verb(parse, cue.head)
    if source is None:
        return None
    result = clause(parse, cue)
    if result is not None:
        tokens, evidence, act = result
        return report(parse, cue, tokens - source.tokens, evidence, act, source)
    patient = subject_of(parse, cue.head)
    if patient is None or not cue.predicate.frames & {"n", "x", "p", "a"}:
        return None
    return report(parse, cue, set(parse.subtree(patient)), "passive", cue.predicate.act, source)


def _of_noun(parse: Parse, cue: Cue) -> Attribution | None:
    """ "the claim that …", "her plan to …", "criticism of …"."""
    content: set[int] = set()
    evidence = ""
    for child in parse.children[cue.head]:
        if child < cue.head:
            continue
        inner = {parse.lower[each] for each in parse.children[child]}
        if (
            parse.dep[child] in {"acl", "ccomp", "relcl"}
            and "s" in cue.predicate.frames
            and "that" in inner
            and parse.dep[child] != "relcl"
        ):
            content, evidence = set(parse.subtree(child)), "noun:that"
        elif parse.dep[child] in {"acl", "ccomp"} and "i" in cue.predicate.frames and "to" in inner:
            content, evidence = set(parse.subtree(child)), "noun:infinitive"
        elif parse.dep[child] == "prep" and parse.lower[child] in cue.predicate.prepositions:
            content, evidence = set(parse.subtree(child)) - {child}, "noun:preposition"
        if content:
            break
    if not content:
        return None
    spoken = _said_in(parse, cue)
    if spoken is not None:
        content |= coordinated(parse, spoken, cue.head)
        return report(parse, spoken, content, "clause:that", spoken.predicate.act)
    source = source_of_noun(parse, cue.head, content)
    if source is None:
        return None
    return report(parse, cue, content - source.tokens, evidence, cue.predicate.act, source)


def _said_in(parse: Parse, noun: Cue) -> Cue | None:
    """The verb of "said in a statement that …", where the parser hung the clause on the noun."""
    preposition = parse.head[noun.head]
    verb = parse.head[preposition]
    if parse.dep[noun.head] != "pobj" or parse.lower[preposition] not in {"in", "at", "on", "during"} or parse.tag[verb] not in VERB_TAGS:
        return None
    predicate = lexicons.verbs().get(parse.lower[verb])
    if predicate is None or "s" not in predicate.frames or predicate.act != "speech" or unreal(parse, verb):
        return None
    return Cue(verb, (verb,), predicate, "verb")


def _of_adjective(parse: Parse, cue: Cue) -> Attribution | None:
    """ "is confident that …", "were worried about …"."""
    verb = parse.head[cue.head] if parse.dep[cue.head] == "acomp" else cue.head
    subject = subject_of(parse, verb)
    if subject is None:
        return None
    for child in (*parse.children[cue.head], *(parse.children[verb] if verb != cue.head else ())):
        if child < cue.head:
            continue
        content: set[int] = set()
        inner = {parse.lower[each] for each in parse.children[child]}
        if parse.dep[child] == "ccomp" and "s" in cue.predicate.frames:
            content, evidence = set(parse.subtree(child)), "adjective:clause"
        elif parse.dep[child] == "xcomp" and "i" in cue.predicate.frames and "to" in inner:
            content, evidence = set(parse.subtree(child)), "adjective:infinitive"
        elif parse.dep[child] == "prep" and parse.lower[child] in cue.predicate.prepositions:
            content, evidence = set(parse.subtree(child)) - {child}, "adjective:preposition"
        if content:
            source = noun_phrase(parse, subject, without=content | {cue.head, verb})
            return None if source is None else report(parse, cue, content, evidence, cue.predicate.act, source)
    return None


def according(parse: Parse) -> Iterator[Attribution]:
    """ "According to X, …" and "…, according to X": the clause around is the content, the phrase under "to" the source."""
    for token in range(len(parse) - 1):
        if parse.lower[token] != "according" or parse.lower[token + 1] != "to":
            continue
        noun = parse.child(token + 1, "pobj") or parse.child(token, "pobj")
        if noun is None:
            continue
        own = set(parse.subtree(token)) | set(parse.subtree(token + 1))
        source = noun_phrase(parse, noun, without={token, token + 1})
        if source is None:
            continue
        clause = _clause_around(parse, token)
        content = {each for each in parse.subtree(clause) if each not in own} if clause != token else set()
        content = _same_sentence(parse, token, content)
        spans = runs(parse, without_that(parse, content))
        if spans:
            yield Attribution(tuple(spans), (parse.span(token, token + 1),), source, "speech", "according", token)


def _clause_around(parse: Parse, token: int) -> int:
    """The head of the finite clause that a phrase modifies, whatever noun the parser hung it on."""
    clause = token
    for above in parse.ancestors(token):
        clause = above
        if parse.tag[above] in VERB_TAGS and (subject_of(parse, above) is not None or parse.dep[above] in {"ROOT", "ccomp"}):
            return clause
    return clause


def _same_sentence(parse: Parse, token: int, content: Collection[int]) -> set[int]:
    return {each for each in content if parse.sentence[each] == parse.sentence[token]}


__all__ = ["according", "reported"]

"""Cues: the words of an article that introduce speech, thought or intent, and whether what they introduce was uttered at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes import lexicons
from quotes.lexicons import Predicate
from quotes.nlp.detection.sources import passive
from quotes.nlp.parsing.parse import VERB_TAGS, Parse

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nt"})
_NOTHING = frozenset({"nothing", "nobody", "none", "neither"})
_MODALS = frozenset({"would", "could", "should", "might", "may", "must", "can", "ca", "'d", "’d", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until"})
#: Verbs that say that something was not uttered.
UNUTTERED = frozenset(form for lemma in ("decline", "refuse") for form in lexicons.inflect(lemma))
#: Verbs under which an infinitive of speech was not uttered.
_UNREAL = frozenset(
    form
    for lemma in ("want", "decline", "refuse", "fail", "hope", "wish", "need", "plan", "intend", "expect", "prefer", "hesitate", "forget")
    for form in lexicons.inflect(lemma)
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that can introduce a content. `tokens` are the words of the cue itself (verb and particle); `head` is the one that governs."""

    head: int
    tokens: tuple[int, ...]
    predicate: Predicate
    part: str  # "verb", "noun", "adjective"


def cues_of(parse: Parse) -> Iterator[Cue]:
    """Every cue of the lexicons in the text, in order: verbs (with particles first), nouns and predicative adjectives."""
    verbs, nouns, adjectives = lexicons.verbs(), lexicons.nouns(), lexicons.adjectives()
    for token, word in enumerate(parse.lower):
        tag = parse.tag[token]
        if tag in VERB_TAGS:
            phrasal = phrasal_cue(parse, token)
            if phrasal is not None:
                yield phrasal
            elif word in verbs:
                yield Cue(token, (token,), verbs[word], "verb")
        elif tag in {"NN", "NNS"} and word in nouns:
            yield Cue(token, (token,), nouns[word], "noun")
        elif tag == "JJ" or (tag == "VBN" and word in adjectives):
            if word in adjectives and parse.dep[token] in {"acomp", "ROOT", "conj"}:
                yield Cue(token, (token,), adjectives[word], "adjective")
        elif word in verbs and tag in {"NNP", "NNPS", "NN", "NNS", "JJ"} and _verb_in_headline(parse, token):
            yield Cue(token, (token,), verbs[word], "verb")


def phrasal_cue(parse: Parse, token: int) -> Cue | None:
    """A verb with the words behind it that make it a cue ("shot back", "made it clear"); None where they do not follow."""
    for following, predicate in lexicons.particles().get(parse.lower[token], ()):
        last = token + len(following)
        if tuple(parse.lower[token + 1 : last + 1]) == following:
            return Cue(token, tuple(range(token, last + 1)), predicate, "verb")
    return None


def _verb_in_headline(parse: Parse, token: int) -> bool:
    """Whether a capitalised word that the tagger took for a noun governs a clause all the same, as verbs in headlines do."""
    return any(parse.dep[child] in {"ccomp", "nsubj"} for child in parse.children[token])


def negated(parse: Parse, token: int) -> bool:
    """Whether the cue itself is denied ("did not say")."""
    return any(parse.dep[child] == "neg" or parse.lower[child] in _NEGATIONS for child in parse.children[token])


def silent(parse: Parse, verb: int, first: int) -> bool:
    """Whether a clause from the token `first` on says that somebody did not speak: "did not reply", "refused to answer", "said nothing"."""
    if parse.lower[verb] in UNUTTERED:
        return True
    children = [child for child in parse.children[verb] if child >= first]
    if any(parse.dep[child] == "neg" or parse.lower[child] in _NEGATIONS | _NOTHING for child in children):
        return True
    return any(parse.dep[child] in {"dobj", "nsubj"} and "no" in _determiners(parse, child) for child in children)


def _determiners(parse: Parse, noun: int) -> set[str]:
    return {parse.lower[child] for child in parse.children[noun] if parse.dep[child] == "det"}


def auxiliaries(parse: Parse, verb: int) -> set[str]:
    """The auxiliaries of a verb, lower case."""
    return {parse.lower[child] for child in parse.children[verb] if parse.dep[child] in {"aux", "auxpass"}}


def unreal(parse: Parse, verb: int) -> str | None:
    """Why the speech of a cue did not happen, or may not have: a word for it, or None when it did.

    "negated" (did not say), "modal" (would say), "condition" (if she says), "infinitive" (declined to say, that is to say),
    "generic" (voters who ask), "imperative".
    """
    if negated(parse, verb):
        return "negated"
    helpers = auxiliaries(parse, verb)
    if helpers & _MODALS:
        return "modal"
    for child in parse.children[verb]:
        if parse.dep[child] in {"mark", "advmod"} and child < verb and parse.lower[child] in _CONDITIONS:
            return "condition"
    if "to" in helpers and parse.tag[verb] == "VB":
        above = parse.lower[parse.head[verb]]
        if above in _UNREAL or parse.dep[verb] in {"ROOT"} or parse.tag[parse.head[verb]] not in VERB_TAGS:
            return "infinitive"
        if above in {"is", "are", "was", "were", "be", "'s", "’s"} or negated(parse, parse.head[verb]):
            return "infinitive"
    if parse.tag[verb] == "VB" and not helpers and parse.dep[verb] == "ROOT":
        return "imperative"
    if parse.dep[verb] == "relcl" and parse.tag[verb] == "VBP" and _generic(parse, parse.head[verb]):
        return "generic"
    return None


def _generic(parse: Parse, noun: int) -> bool:
    """A bare plural ("voters who …") or an anybody ("those who …", "anyone who …")."""
    if parse.lower[noun] in {"those", "anyone", "everyone", "people", "whoever"}:
        return True
    return parse.tag[noun] == "NNS" and not any(
        parse.dep[child] in {"det", "nummod", "poss", "amod", "compound"} for child in parse.children[noun]
    )


def is_passive(parse: Parse, cue: Cue) -> bool:
    """Whether a verb cue is passive ("was told", "is expected")."""
    return cue.part == "verb" and passive(parse, cue.head)

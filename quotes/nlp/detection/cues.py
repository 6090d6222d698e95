"""Cues: the words of an article that introduce speech, thought or intent, and whether what they introduce was uttered at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotes import lexicons
from quotes.lexicons import Predicate
from quotes.nlp.parsing.parse import VERB_TAGS, Parse

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nt"})
_NOTHING = frozenset({"nothing", "nobody", "none", "neither"})
_MODALS = frozenset({"would", "could", "should", "might", "may", "must", "can", "ca", "'d", "’d", "ought"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until"})
#: Verbs that say that something was not uttered.
REFUSING_VERBS = lexicons.inflect("decline", "refuse")
#: Verbs under which an infinitive of speech was not uttered.
_UNREAL = REFUSING_VERBS | lexicons.inflect(
    "want", "fail", "hope", "wish", "need", "plan", "intend", "expect", "prefer", "hesitate", "forget"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that can introduce a content. `tokens` are the words of the cue itself (verb and particle); `head` is the one that governs."""

    head: int
    tokens: tuple[int, ...]
    predicate: Predicate
    part: str  # "verb", "noun", "adjective"


def find_cues(parse: Parse) -> Iterator[Cue]:
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
        elif tag == "JJ" and word in adjectives:
            if parse.dep[token] in {"acomp", "ROOT", "conj"}:
                yield Cue(token, (token,), adjectives[word], "adjective")
        elif tag in {"NNP", "NNPS", "NN", "NNS"} and word in verbs and _governs_clause(parse, token):
            yield Cue(token, (token,), verbs[word], "verb")


def phrasal_cue(parse: Parse, token: int) -> Cue | None:
    """A verb with the words behind it that make it a cue ("shot back", "made it clear"); None where they do not follow."""
    for following, predicate in lexicons.particles().get(parse.lower[token], ()):
        last = token + len(following)
        if tuple(parse.lower[token + 1 : last + 1]) == following:
            return Cue(token, tuple(range(token, last + 1)), predicate, "verb")
    return None


def _governs_clause(parse: Parse, token: int) -> bool:
    """Whether a word that the tagger took for a noun governs a clause all the same, as verbs in headlines do."""
    return any(parse.dep[child] in {"ccomp", "nsubj"} for child in parse.children[token])


def is_negated(parse: Parse, token: int, first: int = 0) -> bool:
    """Whether a cue itself is denied ("did not say") by a word from the token `first` on."""
    children = [child for child in parse.children[token] if child >= first]
    return any(parse.dep[child] == "neg" or parse.lower[child] in _NEGATIONS for child in children)


def says_nothing(parse: Parse, verb: int, first: int) -> bool:
    """Whether a clause from the token `first` on says that somebody did not speak: "did not reply", "refused to answer", "said nothing"."""
    if parse.lower[verb] in REFUSING_VERBS or is_negated(parse, verb, first):
        return True
    return any(
        parse.lower[child] in _NOTHING
        or (parse.dep[child] in {"dobj", "nsubj"} and any(parse.lower[each] == "no" for each in parse.children[child]))
        for child in parse.children[verb]
        if child >= first
    )


def auxiliaries(parse: Parse, verb: int) -> set[str]:
    """The auxiliaries of a verb, lower case."""
    return {parse.lower[child] for child in parse.children[verb] if parse.dep[child] in {"aux", "auxpass"}}


def why_unuttered(parse: Parse, verb: int) -> str | None:
    """Why the speech of a cue did not happen, or may not have: a word for it, or None when it did.

    "negated" (did not say), "modal" (would say), "condition" (if she says), "infinitive" (declined to say, that is to say),
    "generic" (voters who ask), "imperative".
    """
    if is_negated(parse, verb):
        return "negated"
    helpers = auxiliaries(parse, verb)
    if helpers & _MODALS:
        return "modal"
    for child in parse.children[verb]:
        if parse.dep[child] in {"mark", "advmod"} and child < verb and parse.lower[child] in _CONDITIONS:
            return "condition"
    if "to" in helpers and parse.tag[verb] == "VB":
        above = parse.head[verb]
        if parse.lower[above] in _UNREAL or parse.dep[verb] == "ROOT" or parse.tag[above] not in VERB_TAGS:
            return "infinitive"
        if parse.lower[above] in {"is", "are", "was", "were", "be", "'s", "’s"} or is_negated(parse, above):
            return "infinitive"
    if parse.tag[verb] == "VB" and not helpers and parse.dep[verb] == "ROOT":
        return "imperative"
    if parse.dep[verb] == "relcl" and parse.tag[verb] == "VBP" and _is_generic(parse, parse.head[verb]):
        return "generic"
    return None


def _is_generic(parse: Parse, noun: int) -> bool:
    """Whether a noun means anybody: a bare plural ("voters who …"), "those who …", "anyone who …"."""
    if parse.lower[noun] in {"those", "anyone", "everyone", "people", "whoever"}:
        return True
    modifiers = {"det", "nummod", "poss", "amod", "compound"}
    return parse.tag[noun] == "NNS" and not any(parse.dep[child] in modifiers for child in parse.children[noun])

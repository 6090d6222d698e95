"""Organisations without a proper name: the words printed with the common noun for one ("the dock workers' union", "the school board")."""

from __future__ import annotations

from quotes.nlp.names.organisation_spans import is_organisation_noun, organisation_nouns
from quotes.nlp.parsing.parse import Parse
from quotes.records import Span

_MODIFIERS = frozenset({"NN", "NNS", "JJ", "VBG", "CC", "POS", "HYPH"})
_NAMES = frozenset({"NNP", "NNPS"})
#: Adjectives that say which or how, and not what kind of organisation.
_GENERAL_ADJECTIVES = frozenset(
    {"senior", "junior", "top", "chief", "new", "former", "current", "local", "same", "other"}
    | {"leading", "deputy", "longtime", "big", "small", "large", "whole", "entire", "own", "first"}
    | {"last", "next", "previous", "powerful", "independent", "high", "influential", "old", "young", "good"}
    | {"bad", "great", "many", "few", "several", "such", "certain", "main", "embattled", "ailing"}
    | {"troubled"}
)


def phrase_start(parse: Parse, owner: int) -> tuple[int, str]:
    """Where a common noun with the nouns before it begins ("the | dock workers' union"), and the article before that."""
    first = owner
    while first > 0 and parse.tag[first - 1] in _MODIFIERS and _is_common(parse, first - 1):
        first -= 1
    article = parse.lower[first - 1] if first > 0 else ""
    while first < owner and parse.tag[first] not in {"NN", "NNS"}:
        first += 1
    return first, article


def unnamed_organisation(parse: Parse, owner: int) -> Span | None:
    """The phrase for an organisation that a common noun heads ("the school board"); None where the noun stands alone."""
    noun = parse.lower[owner]
    if not _is_common(parse, owner) or not is_organisation_noun(noun) or noun == "campaign" or noun in organisation_nouns("general"):
        return None
    first = _modifiers_start(parse, owner)
    return parse.span(first, owner) if first < owner else None


def _modifiers_start(parse: Parse, noun: int) -> int:
    """Where the words begin that say what kind of organisation a noun means, names among them."""
    first = noun
    while first > 0 and (parse.tag[first - 1] in (_MODIFIERS - {"CC"}) | _NAMES) and "\n" not in parse.words[first - 1]:
        first -= 1
    first = max([first, *(token + 1 for token in range(first, noun) if parse.lower[token] in _GENERAL_ADJECTIVES)])
    while first < noun and parse.tag[first] in {"POS", "HYPH", "VBG"}:
        first += 1
    return first


def _is_common(parse: Parse, token: int) -> bool:
    """Whether a word is no name's: in small letters, a possessive mark, or a common noun at the head of a sentence."""
    opens = token == parse.bounds[parse.sentence[token]][0] and parse.tag[token] == "NN"
    return parse.words[token].islower() or parse.tag[token] == "POS" or opens

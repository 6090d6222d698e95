"""Bodies without a proper name: the words that a common noun for one is printed with ("the dock workers' union", "the school board")."""

from __future__ import annotations

from quotes.nlp.coreference.discourse import Discourse
from quotes.nlp.names.organisation_spans import is_body_noun, nouns_of
from quotes.nlp.names.whole_organisations import end_of_such
from quotes.nlp.parsing.parse import Parse
from quotes.records import Span

_MODIFIERS = frozenset({"NN", "NNS", "JJ", "VBG", "CC", "POS", "HYPH"})
_NAMES = frozenset({"NNP", "NNPS"})
#: Adjectives that say which or how, and not what kind of body.
_LOOSE = frozenset(
    {"senior", "junior", "top", "chief", "new", "former", "current", "local", "same", "other", "leading", "deputy", "longtime", "big"}
    | {"small", "large", "whole", "entire", "own", "first", "last", "next", "previous", "powerful", "independent", "high", "influential"}
    | {"old", "young", "good", "bad", "great", "many", "few", "several", "such", "certain", "main", "embattled", "ailing", "troubled"}
)
#: How many tokens back a fuller phrase for a body is looked for.
_NEAR = 600


def phrase_start(parse: Parse, owner: int) -> tuple[int, str]:
    """Where a common noun with the nouns before it begins ("the | dock workers' union"), and the article before that."""
    first = owner
    while first > 0 and parse.tag[first - 1] in _MODIFIERS and _small(parse, first - 1):
        first -= 1
    article = parse.lower[first - 1] if first > 0 else ""
    while first < owner and parse.tag[first] not in {"NN", "NNS"}:
        first += 1
    return first, article


def unnamed_body(discourse: Discourse, owner: int) -> Span | None:
    """The fullest phrase for the body that a common noun means: its own, or the one with the article before ("the school board … the
    board's chair"); None where it stands everywhere alone."""
    parse = discourse.parse
    noun = parse.lower[owner]
    if not _small(parse, owner) or not is_body_noun(noun) or noun == "campaign" or noun in nouns_of("general"):
        return None
    own = _described(parse, owner)
    if own < owner:
        return parse.span(own, owner)
    for token in range(owner - 1, max(0, owner - _NEAR), -1):
        if parse.lower[token] != noun:
            continue
        if parse.words[token][:1].isupper() and (end := end_of_such(parse, token)) > token:
            return parse.span(token, end)  # "the Port of Tarn … the port's director"
        first = _described(parse, token)
        if first < token and first > 0 and parse.lower[first - 1] == "the":
            return parse.span(first, token)
    return None


def _described(parse: Parse, noun: int) -> int:
    """Where the words begin that say what kind of body a noun means, names among them."""
    first = noun
    while first > 0 and (parse.tag[first - 1] in (_MODIFIERS - {"CC"}) | _NAMES) and "\n" not in parse.words[first - 1]:
        first -= 1
    first = max([first, *(token + 1 for token in range(first, noun) if parse.lower[token] in _LOOSE)])
    while first < noun and parse.tag[first] in {"POS", "HYPH", "VBG"}:
        first += 1
    return first


def _small(parse: Parse, token: int) -> bool:
    """Whether a word is no name's: in small letters, a possessive mark, or a common noun at the head of a sentence."""
    opens = token == parse.bounds[parse.sentence[token]][0] and parse.tag[token] == "NN"
    return parse.words[token].islower() or parse.tag[token] == "POS" or opens

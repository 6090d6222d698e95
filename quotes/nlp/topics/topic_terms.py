"""The noun phrases of an article that may be topics, each in one canonical form.

A noun phrase is a run of nouns and of classifying adjectives (“interest rates”, “foreign policy”); words for how many, how great or when
are removed from its front, nouns that add nothing (“issue”) from its end. The number of nouns is changed by rules, since the pipeline has
no lemmas.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from quotes import lexicons
from quotes.nlp.parsing.parse import NOUN_TAGS, Parse
from quotes.nlp.topics.topic_names import NAMES, Phrase, canonical_form

#: The longest noun phrase, in words; longer ones are never printed twice.
LONGEST = 4
#: Entity labels of what is no topic: a run of nouns breaks there.
_MEASURES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "WORK_OF_ART"})
_RUN_TAGS = NOUN_TAGS | {"JJ", "HYPH", "AFX"}
_PLURAL = frozenset({"NNS", "NNPS"})
#: Endings of classifying adjectives ("nuclear", "economic"), which say of which kind something is, not how it is.
_CLASSIFYING = ("al", "ic", "ar", "ary", "ian", "ese", "ish", "ist")
#: Adjectives of that form that go with anything ("federal money"): only a phrase that is printed again is a term.
_BROAD = frozenset(
    {
        *("american", "congressional", "constitutional", "federal", "global", "international"),
        *("legal", "local", "national", "personal", "political", "presidential", "social"),
    }
)
_WORD = re.compile(r"[^\W_][\w .&’'-]*\w\.?")


class _Word(NamedTuple):
    """A word of a run: its first and last token (a hyphen joins several) and its form."""

    first: int
    last: int
    form: str


def find_terms(doc: Doc, parse: Parse, mute: Sequence[bool], names: Sequence[Phrase]) -> list[Phrase]:
    """The noun phrases of an article outside `mute` tokens, in order, those that are one of the `names` left out."""
    named = {token: name for name in names for token in range(name.first, name.last + 1)}
    terms = (_term(parse, first, last, named) for first, last in _runs(doc, parse, mute))
    return list(_shorten([term for term in terms if term is not None]))


def _runs(doc: Doc, parse: Parse, mute: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The longest runs of nouns and adjectives with a noun in them, by first and last token."""
    from textacy.extract.utils import get_longest_subsequence_candidates

    good = [
        tag in _RUN_TAGS and not silent and label not in _MEASURES for tag, silent, label in zip(parse.tag, mute, parse.entity, strict=True)
    ]
    for run in get_longest_subsequence_candidates(doc, lambda token: good[token.i]):
        yield run[0].i, run[-1].i


def _term(parse: Parse, first: int, last: int, named: Mapping[int, Phrase]) -> Phrase | None:
    """The phrase of a run: from the first classifying word to the last noun; None where that is no topic."""
    while last >= first and parse.tag[last] not in NOUN_TAGS:
        last -= 1
    if first == last and (first in named or parse.lower[first] in lexicons.words("general_nouns.txt")):
        return None
    words = _words(parse, first, last, named)
    subject = _subject(words)
    if subject is not None:
        return subject
    while len(words) > 1 and words[-1].form in lexicons.words("light_nouns.txt"):
        words.pop()
    if words and parse.tag[words[-1].last] not in NOUN_TAGS:
        return None
    while words and parse.tag[words[0].last] == "JJ" and not _may_classify(words[0].form):
        del words[0]
    del words[:-LONGEST]
    if not words or _is_name(parse, words, named) or not _is_topical(parse, words):
        return None
    start, head = words[0], words[-1].form
    adjectives = next((at for at, word in enumerate(words) if parse.tag[word.last] in NOUN_TAGS), 0)
    classified = not adjectives or _classifies(start)
    if not classified and head in lexicons.words("general_nouns.txt") and start.form.lower() not in _BROAD:
        return None
    about_person = start.first in named and named[start.first].label == "PERSON"  # the tagger takes "Quist pledges" for one, too
    doubtful = about_person or not classified or (adjectives > 0 and head in lexicons.words("general_nouns.txt"))
    head_form = _usual_number(head) if len(words) > 1 else _usual_number_alone(head)
    return Phrase(start.first, words[-1].last, canonical_form((*(word.form for word in words[:-1]), head_form)), "", adjectives, doubtful)


def _subject(words: Sequence[_Word]) -> Phrase | None:
    """The end of a run that is a listed subject of several words."""
    if len(words) < 2 or words[-1].form not in _heads_of_subjects():
        return None
    for at in range(max(0, len(words) - 3), len(words) - 1):
        forms = (*(word.form.lower() for word in words[at:-1]), _usual_number(words[-1].form))
        if " ".join(forms) in lexicons.words("subjects.txt"):
            return Phrase(words[at].first, words[-1].last, forms)
    return None


@cache
def _heads_of_subjects() -> frozenset[str]:
    return frozenset(singular(subject.split()[-1]) for subject in lexicons.words("subjects.txt") if " " in subject)


def _words(parse: Parse, first: int, last: int, named: Mapping[int, Phrase]) -> list[_Word]:
    """The words of a run, the last one in the singular; a name is one word. A word that a hyphen joins to one before the run is left out
    ("two-state solution")."""
    found = []
    token = first
    while token <= last and parse.tag[token] == "HYPH":
        token += 2
    while token <= last:
        name = named.get(token)
        if name is not None and name.first == token and name.last <= last:
            end, form = name.last, " ".join(parse.words[token : name.last + 1])
        else:
            end, form = token, _form(parse, token, last)
        while end + 2 <= last and parse.tag[end + 1] == "HYPH":
            end += 2
            form += "-" + _form(parse, end, last)
        found.append(_Word(token, end, form))
        token = end + 1
    return found


def _form(parse: Parse, token: int, last: int) -> str:
    word, tag = parse.words[token], parse.tag[token]
    inside = token != parse.bounds[parse.sentence[token]][0]  # where a capital letter tells something: "Syrian refugees"
    named = tag in {"NNP", "NNPS"} or parse.entity[token] in NAMES or (tag == "JJ" and inside)
    if named or (word.isupper() and len(word) > 1):
        return word
    return singular(parse.lower[token]) if tag == "NNS" and token == last else parse.lower[token]


def _may_classify(form: str) -> bool:
    return form in lexicons.words("kinds_of_topic.txt") or form not in lexicons.words("general_adjectives.txt")


def _classifies(word: _Word) -> bool:
    """Whether an adjective is surely a classifying one."""
    if word.form.lower() in _BROAD:
        return False
    return word.form.endswith(_CLASSIFYING) or word.form[:1].isupper() or word.form in lexicons.words("kinds_of_topic.txt")


def _is_name(parse: Parse, words: Sequence[_Word], named: Mapping[int, Phrase]) -> bool:
    """Whether the words are a name, or a name with what its owner is ("President Quist", "the company Tarn Water")."""
    if len(words) > 1 and parse.tag[words[-1].last] == "NNP" and lexicons.is_listed_role(words[0].form.lower()):
        return True
    name = named.get(words[-1].last)
    if name is None:
        return False
    return name.label == "PERSON" or name.first <= words[0].first or (len(words) > 1 and not words[-2].form[:1].isupper())


def _is_topical(parse: Parse, words: Sequence[_Word]) -> bool:
    """Whether words can be a topic: their head is no single person ("adviser"), though it may be a class of people ("voters"), and not all
    of them are general."""
    head = words[-1].form.lower()
    if is_general(head) and all(is_general(word.form) for word in words):
        return False
    if not all(_is_word(word.form) for word in words):
        return False
    if len(words) == 1 and (len(head) < 3 or head in lexicons.words("kin.txt") or head in lexicons.words("kinds_of_topic.txt")):
        return False
    return parse.tag[words[-1].last] in _PLURAL or not _is_role(head)


_is_role = lru_cache(maxsize=1 << 14)(lexicons.is_role)


@lru_cache(maxsize=1 << 14)
def _is_word(form: str) -> bool:
    return _WORD.fullmatch(form) is not None


@lru_cache(maxsize=1 << 14)
def is_general(form: str) -> bool:
    """Whether a noun, in either number, is no topic by itself."""
    nouns = lexicons.words("general_nouns.txt") | lexicons.words("light_nouns.txt")
    return form.lower() in nouns or singular(form.lower()) in nouns


@lru_cache(maxsize=1 << 14)
def is_subject(noun: str) -> bool:
    """Whether a noun is a topic by itself, as it is or in the plural ("gun" of "gun laws")."""
    many = "" if noun.endswith("ic") else plural(noun)  # "economic" is no "economics"
    return noun in lexicons.words("subjects.txt") or many in lexicons.words("subjects.txt")


def _shorten(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Phrases shortened: one that is printed once loses the adjectives and, of more than three words, the nouns in front, or all but the
    subject that it begins with."""
    seen = Counter(" ".join(phrase.words[at:]).lower() for phrase in phrases for at in range(len(phrase.words) - 1))
    general = lexicons.words("general_nouns.txt")
    for phrase in phrases:
        words, adjectives = phrase.words, phrase.adjectives
        if phrase.doubtful and (len(words) == 1 or seen[phrase.topic.lower()] < 2):
            words, adjectives = words[1:], adjectives - 1
        while len(words) > (2 if adjectives > 0 else 3) and seen[" ".join(words).lower()] < 2:
            words, adjectives = words[1:], adjectives - 1
        if len(words) > 1 and is_subject(words[0]) and not is_subject(" ".join(words)) and seen[" ".join(words).lower()] < 2:
            words = words[:1]  # "immigration upheaval"
        if words and not all(word in general for word in words):
            yield phrase if words == phrase.words else replace(phrase, words=words if len(words) > 1 else (_usual_number_alone(words[0]),))


@cache
def _irregular() -> dict[str, str]:
    return {row[0]: row[1] for row in lexicons.rows("irregular_plurals.tsv")}


@cache
def singular(noun: str) -> str:
    """The singular of a plural noun in small letters; nouns without one ("news", "economics") stay."""
    if noun in _irregular():
        return _irregular()[noun]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if len(noun) < 3 or noun.endswith(("ss", "us", "is", "ics")) or noun in lexicons.words("no_singular.txt") or not noun.endswith("s"):
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "shes", "ches", "xes", "zes")) else noun[:-1]


@cache
def plural(noun: str) -> str:
    """The plural of a noun in small letters."""
    listed = next((many for many, one in _irregular().items() if one == noun), None)
    if listed or noun.endswith("s"):
        return listed or noun
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "z", "ch", "sh")) else "s")


@cache
def _usual_number(noun: str) -> str:
    """A singular noun in the number in which it is usual as a topic: "interest rates", but "climate change"."""
    return plural(noun) if noun in lexicons.words("plural_topics.txt") or lexicons.is_role(noun) else noun


@cache
def _usual_number_alone(noun: str) -> str:
    """The same for a noun alone: "guns" and "wages" are subjects, though it is "gun control" and "minimum wage"."""
    subjects = lexicons.words("subjects.txt")
    return plural(noun) if noun not in subjects and plural(noun) in subjects else _usual_number(noun)

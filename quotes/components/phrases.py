"""Phrases that may be topics: the names and noun phrases of an article, each in the one form in which every article would give it.

A noun phrase is a run of nouns and of the adjectives that say of which kind they are (“interest rates”, “foreign policy”); what merely
says how many, how great or when is taken off its front. Nouns are told by their tags, since the pipeline has no lemmas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from quotes import lexicons
from quotes.components.name_parts import GENERATIONS, is_initials
from quotes.components.parse import NOUN_TAGS, Parse

#: Labels of the recogniser whose bearers can be spoken about.
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"})
#: Labels under which no topic stands: a run of nouns breaks there.
MEASURES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "WORK_OF_ART"})
#: The longest noun phrase, in words; what is longer is never printed twice.
LONGEST = 4
_RUN_TAGS = NOUN_TAGS | {"JJ", "HYPH"}
#: Endings of adjectives that say of which kind something is ("nuclear", "economic"), not how it is.
_CLASSIFYING = ("al", "ic", "ar", "ary", "ian", "ese", "ish", "ist")
_BEFORE_NAMES = frozenset({"the", "a", "an", "this", "that"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One place at which a topic is printed: its tokens (both included), and its words in the form in which every article gives them.

    `label` is that of the name it is, empty for a noun phrase. `doubtful` marks a noun phrase that begins with an adjective which may not
    tell the kind: only its being printed again shows that it is a term.
    """

    first: int
    last: int
    words: tuple[str, ...]
    label: str = ""
    doubtful: bool = False

    @property
    def topic(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


def phrases_of(doc: Doc, parse: Parse, silent: Sequence[tuple[int, int]] = ()) -> list[Phrase]:
    """The names and noun phrases of an article in the order of its text, none within another but names within noun phrases.

    `silent` are stretches, in characters, in which nothing is looked for (a byline). Capital letters tell nothing in a headline of
    capitals, so only what such a line shares with the rest is found there, by `echoes`.
    """
    mute = _mute(parse, silent)
    names = list(_names(parse, mute))
    inside = {token: name for name in names for token in range(name.first, name.last + 1)}
    found = [*names]
    for first, last in _runs(doc, parse, mute):
        if first not in inside or inside[first].last < last:
            found.extend(_noun_phrase(parse, first, last, inside))
    return sorted(found, key=lambda phrase: (phrase.first, phrase.last))


def _mute(parse: Parse, silent: Sequence[tuple[int, int]]) -> list[bool]:
    mute = [False] * len(parse)
    for start, end in silent:
        for token in range(parse.token_at(start), min(parse.token_at(end - 1) + 1, len(parse))):
            mute[token] = True
    for first, stop in parse.bounds:
        if in_capitals(parse.words[first:stop]):
            mute[first:stop] = [True] * (stop - first)
    return mute


def in_capitals(words: Sequence[str]) -> bool:
    """Whether words are set in capitals or begin with one each, as in a headline."""
    letters = [word for word in words if word[:1].isalpha()]
    if len(letters) < 4:
        return bool(letters) and all(word.isupper() for word in letters) and len(letters) > 1
    raised = sum(word[0].isupper() for word in letters)
    return raised > 0.75 * len(letters)


def _names(parse: Parse, mute: Sequence[bool]) -> Iterator[Phrase]:
    first = 0
    while first < len(parse):
        label = parse.entity[first]
        last = first
        while last + 1 < len(parse) and label and parse.entity[last + 1] == label and not parse.begins[last + 1]:
            last += 1
        if label in NAMES and not mute[first]:
            name = _name(parse, first, last, label)
            if name is not None:
                yield name
        first = last + 1


def _name(parse: Parse, first: int, last: int, label: str) -> Phrase | None:
    """A name without determiner, form of address and possessive mark; None where nothing of it is left or it is no name."""
    titles = lexicons.genders("honorifics.tsv")
    while first <= last and (
        parse.lower[first] in _BEFORE_NAMES
        or not parse.words[first][:1].isalnum()
        or (label == "PERSON" and (parse.lower[first] in titles or parse.lower[first] in lexicons.genders("roles.tsv")))
    ):
        first += 1
    while first <= last and (parse.tag[last] == "POS" or not parse.words[last][-1:].isalnum() and "." not in parse.words[last]):
        last -= 1
    if first > last or not any(parse.words[token][:1].isupper() for token in range(first, last + 1)):
        return None
    if label == "NORP" and parse.tag[last] not in {"NNS", "NNPS"}:
        return None  # an adjective
    words = [parse.words[token] for token in range(first, last + 1) if not parse.space(token)]
    if label == "PERSON":
        words = [word for place, word in enumerate(words) if not (is_initials(word) and place) and word.lower() not in GENERATIONS] or words
    return Phrase(first, last, filed(_closed_up(words)), label)


def _closed_up(words: Sequence[str]) -> tuple[str, ...]:
    """Words with hyphens, slashes and apostrophes joined to their neighbours."""
    text = " ".join(words)
    for mark in ("-", "–", "/", "’s", "'s", ",", "’", "'"):
        text = text.replace(f" {mark} ", f"{mark} " if mark in {"’s", "'s", ",", "’", "'"} else mark)
    return tuple(text.split())


@cache
def _filed() -> dict[str, str]:
    return {printed: name for printed, name in lexicons.rows("topic_names.tsv")}


def filed(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name in the form by which it is filed ("Fed": "Federal Reserve")."""
    name = _filed().get(" ".join(words).lower())
    return words if name is None else tuple(name.split())


def _runs(doc: Doc, parse: Parse, mute: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The longest runs of nouns and adjectives, by first and last token."""
    from textacy.extract.utils import get_longest_subsequence_candidates

    good = [
        tag in _RUN_TAGS and not silent and label not in MEASURES
        for tag, silent, label in zip(parse.tag, mute, parse.entity, strict=True)
    ]
    for run in get_longest_subsequence_candidates(doc, lambda token: good[token.i]):
        yield run[0].i, run[-1].i


def _noun_phrase(parse: Parse, first: int, last: int, names: dict[int, Phrase]) -> Iterator[Phrase]:
    """The phrase of a run, or none: from the first word that tells the kind to the last noun."""
    while last >= first and parse.tag[last] not in NOUN_TAGS:
        last -= 1
    if first <= last and parse.tag[first] == "HYPH":  # "two-state solution"
        first += 2
    words = _words(parse, first, last)
    light = lexicons.words("light_nouns.txt")
    while words and words[-1][1] in light and (len(words) > 1):
        words.pop()
    while words and parse.tag[words[-1][0]] == "JJ":
        words.pop()
    while words and (parse.tag[words[0][0]] == "JJ" and not _classifies(parse, words[0][0], words[0][1])):
        del words[0]
    del words[:-LONGEST]
    if not words:
        return
    start, end = words[0][0], words[-1][2]
    if names.get(start) is not None and names.get(end) is names[start]:
        return  # the name alone is left, which is found already
    if end in names and names[end].label == "PERSON":
        return
    head = words[-1][1]
    general = lexicons.words("general_nouns.txt")
    if all(word in general or word in light for _, word, _ in words) or not _speakable(parse, end, head):
        return
    forms = [form for _, form, _ in words[:-1]] + [_asked(head)]
    doubtful = parse.tag[start] == "JJ" and (head in general or not _tells_kind(parse, start, words[0][1]))
    yield Phrase(start, end, tuple(forms), "", doubtful)


def _words(parse: Parse, first: int, last: int) -> list[tuple[int, str, int]]:
    """The words of a run as (first token, form, last token); what a hyphen joins is one word. The last is in the singular."""
    found: list[tuple[int, str, int]] = []
    token = first
    while token <= last:
        end, form = token, _form(parse, token, head=token == last)
        while end + 2 <= last and parse.tag[end + 1] == "HYPH":
            end += 2
            form += "-" + _form(parse, end, head=end == last)
        if parse.tag[token] != "HYPH":
            found.append((token, form, end))
        token = end + 1
    return found


def _form(parse: Parse, token: int, *, head: bool) -> str:
    named = parse.tag[token] in {"NNP", "NNPS"} or parse.entity[token] in NAMES
    word = parse.words[token] if named else parse.lower[token]
    return singular(word) if head and parse.tag[token] == "NNS" else word


def _classifies(parse: Parse, token: int, form: str) -> bool:
    """Whether an adjective may tell the kind of what follows."""
    return form in lexicons.words("kinds_of_topic.txt") or form not in lexicons.words("general_adjectives.txt")


def _tells_kind(parse: Parse, token: int, form: str) -> bool:
    return form.endswith(_CLASSIFYING) or parse.words[token][:1].isupper() or form in lexicons.words("kinds_of_topic.txt")


def _speakable(parse: Parse, token: int, head: str) -> bool:
    """Whether a head noun can be spoken about: no single person ("adviser"), though a class of people can ("voters")."""
    if not all(character.isalpha() or character in "-’'." for character in head) or len(head) < 3:
        return False
    return not lexicons.is_role(head.lower()) or parse.tag[token] in {"NNS", "NNPS"}


@cache
def _irregular() -> dict[str, str]:
    return {plural: single for plural, single in lexicons.rows("irregular_plurals.tsv")}


@cache
def singular(noun: str) -> str:
    """The singular of a plural noun; nouns without one ("news", "economics") stay."""
    low = noun.lower()
    if low in _irregular():
        return _irregular()[low]
    if low.endswith(("ss", "us", "is", "ics")) or low in lexicons.words("no_singular.txt") or not low.endswith("s"):
        return noun
    if low.endswith("ies") and len(low) > 4:
        return noun[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return noun[:-2]
    return noun[:-1]


@cache
def _asked(noun: str) -> str:
    """A noun in the singular, as a reader would ask for it: "interest rates", but "climate change"."""
    return plural(noun) if noun.lower() in lexicons.words("plural_topics.txt") or lexicons.is_role(noun.lower()) else noun


def plural(noun: str) -> str:
    """The plural of a regular noun, or of one that is listed."""
    for many, one in _irregular().items():
        if one == noun:
            return many
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def counted(phrases: Sequence[Phrase]) -> Counter[str]:
    """How often each topic is printed, in small letters."""
    return Counter(phrase.topic.lower() for phrase in phrases)

"""The names of an article that may be topics, each in one canonical form: without determiner, honorific or possessive mark, surnames
completed, and one name for what is printed in several ways ("the Fed", "GOP")."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quotes import lexicons
from quotes.nlp.names.name_parts import GENERATIONS, is_initials
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.speakers.outlet_names import is_outlet

#: Entity labels of what can be spoken about.
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"})
_PLACES = frozenset({"GPE", "LOC"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that"})
_CLOSED_BEHIND = ("-", "–", "/")
_POSSESSIVE = ("’s", "'s", "‘s", "’", "'", "‘")
_CLOSED_BEFORE = ("’s", "'s", "’", "'", ",")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One place at which a topic is printed: its first and last token, and its words in canonical form.

    `label` is the entity label of a name, empty for a noun phrase; `adjectives` is the number of those that a noun phrase begins with.
    `doubtful` marks one whose first word may not say which kind: only that it is printed again shows that it is a term.
    """

    first: int
    last: int
    words: tuple[str, ...]
    label: str = ""
    adjectives: int = 0
    doubtful: bool = False

    @property
    def topic(self) -> str:
        """The words as one string."""
        return " ".join(self.words)

    @property
    def is_specific(self) -> bool:
        """Whether it is more specific than a place or a single noun."""
        return self.label not in {"", "GPE", "NORP"} or len(self.words) > 1


def find_names(parse: Parse, mute: Sequence[bool], people: Iterable[str] = ()) -> list[Phrase]:
    """The names of an article outside `mute` tokens, in order, with those that are no topics (`is_topic`); `people` are full names known
    from elsewhere."""
    names = [name for first, last, label in _spans(parse) if not mute[first] for name in [_name(parse, first, last, label)] if name]
    return _complete(names, people)


def _spans(parse: Parse) -> Iterator[tuple[int, int, str]]:
    first = 0
    while first < len(parse):
        label, last = parse.entity[first], first
        while last + 1 < len(parse) and label and parse.entity[last + 1] == label and not parse.begins[last + 1]:
            last += 1
        if label in NAMES:
            yield first, last, label
        first = last + 1


def _name(parse: Parse, first: int, last: int, label: str) -> Phrase | None:
    """The name of an entity, None where nothing is left of it or it is an adjective."""
    while first <= last and (not parse.words[first][:1].isalnum() or _precedes(parse, first, last, label)):
        first += 1
    while first <= last and (parse.tag[last] == "POS" or not parse.words[last][:1].isupper()):
        last -= 1
    if first > last or parse.tag[last] == "JJ" or (label == "NORP" and parse.tag[last] not in {"NNS", "NNPS"}):
        return None
    closed = _closed_up(parse.words[first : last + 1])
    if label == "PERSON" and canonical_form(closed) == closed:
        return Phrase(first, last, short_name(" ".join(closed)), label)
    return Phrase(first, last, canonical_form(closed), "ORG" if label == "PERSON" else label)


def _precedes(parse: Parse, token: int, last: int, label: str) -> bool:
    """Whether a word is no part of the name: a determiner, or a title before a person's name."""
    word = parse.lower[token]
    return word in _DETERMINERS or (
        label == "PERSON" and token < last and (word in lexicons.genders("honorifics.tsv") or lexicons.is_listed_role(word))
    )


def _closed_up(words: Sequence[str]) -> tuple[str, ...]:
    """Words with hyphens, slashes and apostrophes joined to their neighbours."""
    text = " ".join(words)
    for mark in _CLOSED_BEHIND:
        text = text.replace(f" {mark} ", mark)
    for mark in _CLOSED_BEFORE:
        text = text.replace(f" {mark} ", f"{mark} ")
    for mark in _POSSESSIVE:
        text = text.removesuffix(mark)
    return tuple(text.split())


@cache
def _canonical_names() -> dict[str, str]:
    return {row[0]: row[1] for row in lexicons.rows("topic_names.tsv")}


def canonical_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """The canonical form of a name ("Fed": "Federal Reserve")."""
    name = _canonical_names().get(" ".join(words).lower())
    return words if name is None else tuple(name.split())


def is_topic(name: Phrase) -> bool:
    """Whether a name can be a topic: not a news outlet's, nor a word that is a name only by its capitals ("State", "REDACTED")."""
    if len(name.words) == 1:
        word = name.words[0]
        if word.lower() in lexicons.words("general_nouns.txt") or (word.isupper() and len(word) > 6):
            return False
    return name.label == "PERSON" or not is_outlet(name.topic)


def short_name(person: str) -> tuple[str, ...]:
    """The words of a person's name without initials behind the first word and without "Jr." and the like."""
    words = person.split()
    return tuple(word for at, word in enumerate(words) if not at or not (is_initials(word) or word.lower() in GENERATIONS))


def _complete(names: Sequence[Phrase], people: Iterable[str]) -> list[Phrase]:
    """Names with acronyms written out and people's completed: a surname, or a first name alone, becomes the name of the person whom the
    article named first (others of that name are named in full, to be told apart), in its shortest full form.

    A word that is labelled as something else in one place ("Cruz" as a town) is the person's, unless it is mostly a place.
    """
    full = dict.fromkeys(name.words for name in names if name.label == "PERSON" and len(name.words) > 1)
    full.update(dict.fromkeys(words for words in map(short_name, people) if len(words) > 1))
    by_last: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in full:
        for last in {words[-1].lower(), words[-1].lower().rpartition("-")[2]}:  # "Assad" of "al-Assad"
            by_last[last].append(words)
        by_first[words[0].lower()].append(words)
    count = Counter((name.words, "place" if name.label in _PLACES else name.label) for name in names)
    acronyms = _acronyms(names)

    def completed(name: Phrase) -> Phrase:
        if name.topic in acronyms:
            return replace(name, words=acronyms[name.topic])
        known: list[tuple[str, ...]] = [name.words]
        if name.words not in full and not (name.label == "PERSON" and len(name.words) > 1):
            place = name.label in _PLACES and count[name.words, "place"] > count[name.words, "PERSON"]
            if len(name.words) != 1 or name.label == "NORP" or place:
                return name
            word = name.words[0].lower()
            known = by_last.get(word) or (by_first.get(word) if name.label == "PERSON" else None) or []
            if not known:
                return name
        person = known[0]
        forms = [words for words in by_last[person[-1].lower()] if words[0] == person[0]]
        return replace(name, words=min(forms, key=len), label="PERSON")

    return [completed(name) for name in names]


def _acronyms(names: Sequence[Phrase]) -> dict[str, tuple[str, ...]]:
    """The acronyms among names that are the initials of another name's capitalised words, with that name."""
    short = {name.topic for name in names if len(name.words) == 1 and name.topic.isupper()}
    full = {name.words for name in names if len(name.words) > 1 and name.label != "PERSON"} if short else set()
    found: dict[str, tuple[str, ...]] = {}
    for words in sorted(full):
        parts = [part for word in words for part in word.split("-")]
        initials = "".join(part[0] for part in parts if part[:1].isupper())
        if initials in short:
            found.setdefault(initials, words)
    return found

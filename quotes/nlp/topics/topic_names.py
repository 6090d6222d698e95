"""The names of an article that may be topics, each in the form by which it is filed: without determiner, form of address or possessive
mark, surnames made whole, and what is printed in several ways ("the Fed", "GOP") under one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quotes import lexicons
from quotes.nlp.names.name_parts import GENERATIONS, is_initials
from quotes.nlp.parsing.parse import Parse
from quotes.nlp.speakers.outlet_names import is_outlet

#: Labels of the recogniser whose bearers can be spoken about.
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW"})
_PLACES = frozenset({"GPE", "LOC"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that"})
_CLOSED_BEHIND = ("-", "–", "/")
_POSSESSIVE = ("’s", "'s", "‘s", "’", "'", "‘")
_CLOSED_BEFORE = ("’s", "'s", "’", "'", ",")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One place at which a topic is printed: its tokens (both included), and its words in the form in which every article gives them.

    `label` is that of the name it is, empty for a noun phrase; such a one begins with `adjectives`. `doubtful` marks one whose first
    word may not tell the kind: only its being printed again shows that it is a term.
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


def find_names(parse: Parse, mute: Sequence[bool], people: Iterable[str] = ()) -> list[Phrase]:
    """The names of an article outside of `mute` tokens, in order; `people` are full names known otherwise.

    Those that are no topics (`is_topic`) are among them, so that nobody takes them for noun phrases.
    """
    names = [name for first, last, label in _spans(parse) if not mute[first] for name in [_name(parse, first, last, label)] if name]
    return _whole(names, people)


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
    """The name of a span, None where nothing is left of it or it is an adjective."""
    first = _behind_owner(parse, first, last)
    while first <= last and (not parse.words[first][:1].isalnum() or _precedes(parse, first, last, label)):
        first += 1
    while first <= last and (parse.tag[last] == "POS" or not parse.words[last][:1].isupper()):
        last -= 1
    if first > last or parse.tag[last] == "JJ" or (label == "NORP" and parse.tag[last] not in {"NNS", "NNPS"}):
        return None
    words = [parse.words[token] for token in range(first, last + 1) if not parse.space(token)]
    closed = _closed_up(words)
    if not closed:
        return None
    if label == "PERSON" and canonical_form(closed) == closed:
        return Phrase(first, last, short_name(" ".join(closed)), label)
    return Phrase(first, last, canonical_form(closed), "ORG" if label == "PERSON" else label)


def _behind_owner(parse: Parse, first: int, last: int) -> int:
    """Where the name begins that somebody is the owner of ("President Quist’s Affordable Care Act")."""
    mark = next((token for token in range(first, last) if parse.tag[token] == "POS"), None)
    if mark is None:
        return first
    titled = parse.lower[first] in lexicons.genders("honorifics.tsv") or lexicons.is_listed_role(parse.lower[first])
    return mark + 1 if titled or " ".join(parse.lower[mark + 1 : last + 1]) in _filed() else first


def _precedes(parse: Parse, token: int, last: int, label: str) -> bool:
    """Whether a word merely stands before the name: a determiner, before a person's name a title."""
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
def _filed() -> dict[str, str]:
    return {row[0]: row[1] for row in lexicons.rows("topic_names.tsv")}


def canonical_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name in the form by which it is filed ("Fed": "Federal Reserve")."""
    name = _filed().get(" ".join(words).lower())
    return words if name is None else tuple(name.split())


def is_topic(name: Phrase) -> bool:
    """Whether a name can be a topic: it is no news outlet's, and no word that only its capitals make a name ("State", "REDACTED")."""
    if len(name.words) == 1:
        word = name.words[0]
        if len(word) < 2 or word.lower() in lexicons.words("general_nouns.txt") or (word.isupper() and len(word) > 6):
            return False
        if word[1:2] == "-" and word.endswith("."):  # "R-Fla."
            return False
    return name.label == "PERSON" or not is_outlet(name.topic)


def short_name(person: str) -> tuple[str, ...]:
    """The words of a person's name without initials behind the first word and without generations ("Jr.")."""
    words = person.split()
    return tuple(word for at, word in enumerate(words) if not at or not (is_initials(word) or word.lower() in GENERATIONS))


def _whole(names: Sequence[Phrase], people: Iterable[str]) -> list[Phrase]:
    """Names with those of people made whole: a surname, or a first name alone, is the bearer's whom the article named first (others of
    the name are named in full, to be told apart); the form is the shortest whole one that it has.

    A word that the recogniser takes for something else in one place ("Cruz" for a town) is the person's where it mostly is.
    """
    bearers = dict.fromkeys(name.words for name in names if name.label == "PERSON" and len(name.words) > 1)
    bearers.update(dict.fromkeys(words for words in map(short_name, people) if len(words) > 1))
    by_last: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in bearers:
        for last in {words[-1].lower(), words[-1].lower().rpartition("-")[2]}:  # "Assad" of "al-Assad"
            by_last[last].append(words)
        by_first[words[0].lower()].append(words)
    places = Counter(name.words for name in names if name.label in _PLACES)
    persons = Counter(name.words for name in names if name.label == "PERSON")
    written_out = _acronyms(names)
    made = []
    for name in names:
        if name.topic in written_out:
            made.append(replace(name, words=written_out[name.topic]))
            continue
        key = name.words[-1].lower() if name.words else ""
        if name.words in bearers or (name.label == "PERSON" and len(name.words) > 1):
            same = [words for words in by_last[key] if words[0] == name.words[0]] or [name.words]
            made.append(replace(name, words=min(same, key=len), label="PERSON"))
            continue
        found = by_last.get(key) or (by_first.get(key) if name.label == "PERSON" else None)
        as_place = name.label in _PLACES and places[name.words] > persons[name.words]
        if len(name.words) == 1 and found and name.label != "NORP" and not as_place:
            same = [words for words in by_last[found[0][-1].lower()] if words[0] == found[0][0]]
            made.append(replace(name, words=min(same, key=len), label="PERSON"))
        else:
            made.append(name)
    return made


def _acronyms(names: Sequence[Phrase]) -> dict[str, tuple[str, ...]]:
    """The acronyms among names that another one of them is written out for, by the first letters of its capitalised words.

    textacy's `acronyms_and_definitions` would find them too, but fails with numpy 2.
    """
    from textacy.extract.acros import is_acronym

    short = {name.topic for name in names if len(name.words) == 1 and name.words[0].isupper() and is_acronym(name.words[0])}
    full = {name.words for name in names if len(name.words) > 1 and name.label != "PERSON"} if short else set()
    found: dict[str, tuple[str, ...]] = {}
    for words in sorted(full):
        parts = [part for word in words for part in word.split("-")]
        initials = "".join(part[0] for part in parts if part[:1].isupper())
        if initials in short and initials not in found:
            found[initials] = words
    return found

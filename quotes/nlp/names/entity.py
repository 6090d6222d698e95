"""One named person, organisation or place of an article, as its mentions show it."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotes.nlp.names.name_parts import PARTICLES, SUFFIXES, given_name_gender
from quotes.nlp.names.proper_names import Name, NameKind
from quotes.nlp.parsing.parse import Parse
from quotes.records import Span


@dataclass(slots=True)
class Entity:
    """One named person, organisation or place of the article with all its mentions; `fullest` is the form with the most words.

    `explicit_gender` is the gender that the text shows (an honorific, a noun beside the name, a pronoun), `gender` that or what the
    given name suggests. `weight` is how surely it is a person, `surname_only` how often they were called by one word alone, `dead`
    whether the text says that they are, `ambiguous` whether several people bear the name and nothing tells which of them is meant.
    """

    kind: NameKind
    mentions: list[Name] = field(default_factory=list)
    gender: str = "-"
    unnamed: bool = False
    explicit_gender: str = "-"
    weight: int = 0
    dead: bool = False
    ambiguous: bool = False
    longest: Name | None = None
    surname_only: int = 0
    honorifics: set[str] = field(default_factory=set)
    prominent: list[int] = field(default_factory=list)

    @property
    def fullest(self) -> Name:
        """The mention with the most words, the first of those."""
        if self.longest is None:
            self.longest = max(self.mentions, key=fullness)
        return self.longest

    def add_mention(self, name: Name) -> None:
        """One more mention."""
        self.mentions.append(name)
        self.surname_only += len(core_words(name)) == 1 and self.mentions[0].first < name.first  # and not in a headline
        if self.longest is None or fullness(name) > fullness(self.longest):
            self.longest = name
        if name.honorific:
            self.honorifics.add(name.honorific)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the fullest mention, folded."""
        return self.fullest.words


def fullness(name: Name) -> tuple[int, int]:
    """A key that is greatest for the name with the most words, of several the first."""
    return (len(name.words), -name.first)


def core_words(name: Name) -> tuple[str, ...]:
    """A name's words without suffixes and without particles in front ("De Blasio" is a surname, "Ben Adair" two names)."""
    words = [word for word in name.words if word not in SUFFIXES]
    while len(words) > 1 and words[0] in PARTICLES and given_name_gender(words[0]) is None:
        del words[0]
    return tuple(words)


def span_of_name(parse: Parse, name: Name) -> Span:
    """The characters of a name."""
    return parse.span(name.first, name.last)

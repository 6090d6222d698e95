"""The same words printed more than once: in headline, caption and text, in forty outlets, whole, shortened or altered.

Whether two quotes print one utterance is a question about these two alone (`same_utterance`), so that the answer is the same in whatever
order articles come; an utterance is what is connected by such pairs. Both must hold some words in a row that tell something, and most words
of the shorter one must stand so in the longer one. Reported words (`marked` is False: no quotation marks) are the reporter's, who says
"a ban on all imports" of ten speeches: across articles they must have more in common.

Candidates are found by fingerprints, which miss nothing that `same_utterance` accepts: of speakers with a name, hashes of every `RUN`
words in a row; where one has no name, hashes of longer runs, thinned by winnowing (Schleimer, Wilkerson & Aiken, "Winnowing: local
algorithms for document fingerprinting", SIGMOD 2003), which keeps one of any `LONG_RUN + LONG_WINDOW - 1` words that two texts share.
MinHash, which compares whole sets of words, would miss a quote cut to a few words of the long one.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from quotes import lexicons

Likeness = Literal["fullest", "same", "shortened", "altered"]

#: Words in a row that two prints of an utterance share at least; a quote of fewer is too common to say what it is of.
RUN = 5
#: The same across articles where one of the two is reported, not quoted.
REPORTED_RUN = 10
#: Words in a row to a fingerprint, and fingerprints in a row of which one is kept, where a speaker has no name and words alone must tell.
LONG_RUN, LONG_WINDOW = 10, 7
#: Of a run, how many words are no mere function words.
TELLING = 2
#: Of the words of the shorter quote, how many must stand in the longer one, `_NEIGHBOURS` or more in a row.
ALIKE = 0.8
_NEIGHBOURS = 3
#: A fingerprint is an integer that no arithmetic in JavaScript spoils; its high bits tell the speaker, so that those of one lie together.
_SPEAKER_BITS = 20

_WORD = re.compile(r"\w+(?:'\w+)*")

Words = tuple[str, ...]


class QuoteWords(NamedTuple):
    """A quote as far as it matters here: its words as compared, and whose they are: `speaker` is a name as compared (of a person, the
    family name), empty where nobody with a name is known; `given` the given name, where there is one; `place` the article and where in
    its text; `marked` whether some of it stands in quotation marks."""

    id: int
    words: Words
    speaker: str
    given: str
    place: tuple[int, int, int] = (0, 0, 0)
    marked: bool = True


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> Words:
    """The words of a quote as they are compared: small letters, no accents, no punctuation."""
    plain = text.replace("’", "'").casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return tuple(_WORD.findall(plain))


def fingerprints(saying: QuoteWords) -> frozenset[int]:
    """Where `saying` is filed, as hashes: under its runs of words with its speaker's name, and under longer runs alone.

    Empty for a quote of too few words.
    """
    return frozenset(_filed(saying, "named" if saying.speaker else "nameless"))


def lookups(saying: QuoteWords) -> frozenset[int]:
    """Under which hashes quotes that may print the same utterance are filed.

    Quotes of nameless speakers are compared with all others; those of speakers with a name, beyond their own, with the nameless alone.
    """
    sides = ("nameless",) if saying.speaker else ("nameless", "named")
    return frozenset(each for side in sides for each in _filed(saying, side))


def _filed(saying: QuoteWords, side: str) -> Iterator[int]:
    if saying.speaker:
        owner = _owner(f"speaker {saying.speaker}")
        for start in _telling(saying.words):
            yield owner | _hash(saying.words[start : start + RUN])
    owner = _owner(side)
    for each in _winnowed(saying.words):
        yield owner | each


@lru_cache(maxsize=1 << 10)
def _telling(words: Words) -> list[int]:
    """Where the runs of words start that tell something."""
    empty = _function_words()
    tells = [word not in empty for word in words]
    return [start for start in range(len(words) - RUN + 1) if sum(tells[start : start + RUN]) >= TELLING]


@lru_cache(maxsize=1 << 10)
def _winnowed(words: Words) -> frozenset[int]:
    """Of every `LONG_WINDOW` long runs of words in a row, the lowest hash."""
    hashes = [_hash(run) for run in _runs(words, LONG_RUN)]
    return frozenset(min(hashes[start : start + LONG_WINDOW]) for start in range(max(min(1, len(hashes)), len(hashes) - LONG_WINDOW + 1)))


def _runs(words: Words, length: int) -> list[Words]:
    return [words[start : start + length] for start in range(len(words) - length + 1)]


def _hash(run: Words) -> int:
    return zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=1 << 12)
def _owner(name: str) -> int:
    """The high bits of a fingerprint."""
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) >> (32 - _SPEAKER_BITS) << 32


@cache
def _function_words() -> frozenset[str]:
    return lexicons.words("function_words.txt")


def same_utterance(one: QuoteWords, other: QuoteWords) -> bool:
    """Whether two quotes print the same utterance: speakers who can be one, and the words of the shorter one in the longer one."""
    few, many = sorted((one.words, other.words), key=len)
    if len(few) < RUN or _overlap(one.place, other.place) or not _can_be_one(one, other):
        return False
    if not (one.speaker and other.speaker):
        if few == many and one.marked and other.marked and len(few) >= LONG_RUN:
            return True
        length = LONG_RUN + LONG_WINDOW - 1
        return not set(_runs(few, length)).isdisjoint(_runs(many, length)) and _share(few, many) >= ALIKE
    length = RUN if (one.marked and other.marked) or one.place[0] == other.place[0] else REPORTED_RUN
    return _have_in_common(few, many, length) and _share(few, many) >= ALIKE


def _have_in_common(few: Words, many: Words, length: int) -> bool:
    """Whether both have so many words in a row, with a run among them that tells something."""
    theirs = set(_runs(many, length))
    starts = [start for start, run in enumerate(_runs(few, length)) if run in theirs]
    if not starts:
        return False
    telling = set(_telling(few))
    return any(not telling.isdisjoint(range(start, start + length - RUN + 1)) for start in starts)


def _share(few: Words, many: Words) -> float:
    """How many of the words of `few` stand in `many` beside the same neighbours, as a fraction."""
    theirs = set(_runs(many, _NEIGHBOURS))
    covered: set[int] = set()
    for start, run in enumerate(_runs(few, _NEIGHBOURS)):
        if run in theirs:
            covered.update(range(start, start + _NEIGHBOURS))
    return len(covered) / len(few)


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether the two stand in one place, a quote within a quote: that is one print, not two."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _can_be_one(one: QuoteWords, other: QuoteWords) -> bool:
    if not one.speaker or not other.speaker:
        return True
    return one.speaker == other.speaker and (not one.given or not other.given or one.given[0] == other.given[0])


def likeness(words: Words, fullest: Words) -> Likeness:
    """How a print stands to the fullest one: word for word the same, some of its words in their order, or altered."""
    if words == fullest:
        return "same"
    rest = iter(fullest)
    return "shortened" if len(words) < len(fullest) and all(word in rest for word in words) else "altered"

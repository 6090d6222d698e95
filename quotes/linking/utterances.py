"""Utterances: the same words quoted more than once, in headline, caption and text or in forty outlets, whole, shortened or altered.

Whether two quotes are one utterance is decided by these two alone (`same_utterance`), so that the order of articles makes no difference;
an utterance is what such pairs connect. Both must share some words in a row that are not all function words, and most words of the shorter
one must stand in the longer one among the same neighbours. Reported words (`marked` is False: no quotation marks) are the reporter's, who
writes "a ban on all imports" of ten speeches: across articles they must share more.

Candidates are found by fingerprints, which miss nothing that `same_utterance` accepts: for speakers with a name, hashes of every `RUN`
words in a row; where one has no name, hashes of longer runs, thinned by winnowing (Schleimer, Wilkerson & Aiken, "Winnowing: local
algorithms for document fingerprinting", SIGMOD 2003), which keeps one of any `LONG_RUN + LONG_WINDOW - 1` words that two texts share.
MinHash, which compares whole sets of words, would miss a long quote cut to a few words.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache
from itertools import filterfalse
from typing import Literal, NamedTuple

from quotes import lexicons

Likeness = Literal["fullest", "same", "shortened", "altered"]

#: Words in a row that two quotes of an utterance share at least; a quote of fewer words is too common.
RUN = 5
#: The same across articles where one of the two is reported, not quoted.
REPORTED_RUN = 10
#: Words in a row to a fingerprint, and fingerprints in a row of which one is kept, where a speaker has no name and the words must do.
LONG_RUN, LONG_WINDOW = 10, 7
#: How many words of a run must be content words, no function words.
CONTENT_WORDS = 2
#: Of the words of the shorter quote, how many must stand in the longer one, `_NEIGHBOURS` or more in a row.
ALIKE = 0.8
_NEIGHBOURS = 3
#: A fingerprint is an integer that JavaScript can hold exactly; its high bits are the speaker's, so that those of one are stored together.
_SPEAKER_BITS = 20

_WORD = re.compile(r"\w+(?:'\w+)*")
#: Marks of nearly every quote, so that most texts are plain ASCII without them.
_PLAIN = str.maketrans({"’": "'"} | dict.fromkeys("“”‘–—…", " "))

Words = tuple[str, ...]


class QuoteWords(NamedTuple):
    """The words of a quote as they are compared, and whose they are.

    `speaker` is a name as compared (of a person, the family name), empty where no name is known; `given` the given name, if any; `place`
    the article, start and end; `marked` whether some of it stands in quotation marks.
    """

    id: int
    words: Words
    speaker: str
    given: str
    place: tuple[int, int, int] = (0, 0, 0)
    marked: bool = True


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> Words:
    """The words of a quote as they are compared: lower case, no accents, no punctuation."""
    plain = text.translate(_PLAIN).casefold()
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain)))
    return tuple(_WORD.findall(plain))


def fingerprints(quote: QuoteWords) -> frozenset[int]:
    """The hashes under which a quote is stored: of its runs of words with the speaker's name, and of longer runs alone.

    Empty for a quote of too few words.
    """
    return _hashes(quote, "named" if quote.speaker else "nameless")


def lookups(quote: QuoteWords) -> frozenset[int]:
    """The hashes under which quotes are stored that may be the same utterance.

    Quotes of nameless speakers are compared with all others; those of a speaker with a name with the same speaker's and the nameless.
    """
    return _hashes(quote, "nameless") | (frozenset() if quote.speaker else _hashes(quote, "named"))


def sides(kind: Literal["named", "nameless"]) -> range:
    """The hashes of runs of words alone, under which quotes of speakers with a name or without are stored."""
    return range(_high_bits(kind), _high_bits(kind) + (1 << 32))


def _hashes(quote: QuoteWords, side: str) -> frozenset[int]:
    found = {_high_bits(side) | each for each in _winnowed(quote.words)}
    if quote.speaker:
        owner = _high_bits(f"speaker {quote.speaker}")
        found |= {owner | _hash(quote.words[start : start + RUN]) for start in _content_runs(quote.words)}
    return frozenset(found)


@lru_cache(maxsize=1 << 10)
def _content_runs(words: Words) -> list[int]:
    """Where the runs of words start that have enough content words."""
    function_words = lexicons.words("function_words.txt")
    content = [word not in function_words for word in words]
    return [start for start in range(len(words) - RUN + 1) if sum(content[start : start + RUN]) >= CONTENT_WORDS]


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
def _high_bits(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) >> (32 - _SPEAKER_BITS) << 32


def same_utterance(one: QuoteWords, other: QuoteWords) -> bool:
    """Whether two quotes are one utterance: their speakers can be one, and the words of the shorter stand in the longer."""
    few, many = (one.words, other.words) if len(one.words) <= len(other.words) else (other.words, one.words)
    # Most pairs that share a run of words end here, where it is soonest done.
    if len(few) < RUN or sum(map(set(many).__contains__, few)) / len(few) < ALIKE:
        return False
    if _overlap(one.place, other.place) or not _can_be_one(one, other):
        return False
    if not (one.speaker and other.speaker):
        if few == many and one.marked and other.marked and len(few) >= LONG_RUN:
            return True
        length = LONG_RUN + LONG_WINDOW - 1
        return not set(_runs(few, length)).isdisjoint(_runs(many, length)) and _share(few, many) >= ALIKE
    length = RUN if (one.marked and other.marked) or one.place[0] == other.place[0] else REPORTED_RUN
    return _have_in_common(few, many, length) and _share(few, many) >= ALIKE


def _have_in_common(few: Words, many: Words, length: int) -> bool:
    """Whether both have so many words in a row, with enough content words in a run among them."""
    theirs = set(_runs(many, length))
    starts = (start for start, run in enumerate(_runs(few, length)) if run in theirs)
    content = set(_content_runs(few))
    return any(not content.isdisjoint(range(start, start + length - RUN + 1)) for start in starts)


def _share(few: Words, many: Words) -> float:
    """How many of the words of `few` stand in `many` beside the same neighbours, as a fraction."""
    theirs = set(_runs(many, _NEIGHBOURS))
    covered: set[int] = set()
    for start, run in enumerate(_runs(few, _NEIGHBOURS)):
        if run in theirs:
            covered.update(range(start, start + _NEIGHBOURS))
    return len(covered) / len(few)


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether the two stand in one place, a quote within a quote."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _can_be_one(one: QuoteWords, other: QuoteWords) -> bool:
    if not one.speaker or not other.speaker:
        return True
    return one.speaker == other.speaker and (not one.given or not other.given or one.given[0] == other.given[0])


def likeness(words: Words, fullest: Words) -> Likeness:
    """How a quote compares to the fullest of its utterance: the same word for word, some of the words in their order, or altered."""
    if words == fullest:
        return "same"
    rest = iter(fullest)
    return "shortened" if len(words) < len(fullest) and all(word in rest for word in words) else "altered"

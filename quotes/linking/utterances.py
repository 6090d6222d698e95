"""The same words printed more than once: in headline, caption and text, in forty outlets, whole, shortened or altered.

Whether two quotes print one utterance is a question about these two alone (`same_utterance`), so that the answer is the same in whatever order
articles come; an utterance is what is connected by such pairs. Candidates are found by fingerprints: hashes of words in a row, thinned by
winnowing (Schleimer, Wilkerson & Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003), which never misses a run of
`RUN + WINDOW - 1` words that two texts share, so that a quote cut to a few words is found in the long one, where MinHash, which compares whole
sets of words, would miss it. rapidfuzz measures how alike two candidates are.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Likeness = Literal["fullest", "same", "shortened", "altered"]

#: Quotes of fewer words are too common to say that they are one utterance.
FEWEST_WORDS = 5
#: Words in a row to a fingerprint, and fingerprints in a row of which one is kept, between quotes of speakers with a name.
RUN, WINDOW = 4, 4
#: The same where one of the speakers has no name, and words alone must tell.
LONG_RUN, LONG_WINDOW = 8, 5
#: Of the words of the shorter quote, how many must stand in the longer one in the same order.
ALIKE = 0.8
#: An integer of SQLite's that no arithmetic in JavaScript spoils.
_BITS = 52

_WORD = re.compile(r"\w+(?:['’]\w+)*")


class Saying(NamedTuple):
    """A quote as far as it matters here: its words as compared, and whose they are: `speaker` is a name as compared (of a person, the family
    name), empty where nobody with a name is known; `given` the given name, where there is one; `place` the article and where in its text."""

    id: int
    words: tuple[str, ...]
    speaker: str
    given: str
    place: tuple[int, int, int] = (0, 0, 0)


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a quote as they are compared: small letters, no accents, no punctuation."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(_WORD.findall(plain))


def fingerprints(saying: Saying) -> frozenset[int]:
    """Where `saying` is filed, as hashes: under its runs of words with its speaker's name; under longer runs alone; short ones whole.

    Empty for a quote of too few words.
    """
    return frozenset(_filed(saying, lookup=False))


def lookups(saying: Saying) -> frozenset[int]:
    """Under which hashes quotes that may print the same utterance are filed."""
    return frozenset(_filed(saying, lookup=True))


def _filed(saying: Saying, *, lookup: bool) -> Iterator[int]:
    words = saying.words
    if len(words) < FEWEST_WORDS:
        return
    if saying.speaker:
        for run in _winnowed(words, RUN, WINDOW):
            yield _hash(f"{saying.speaker}\x1f{run}")
    # Quotes of nameless speakers are compared with all others; those with a name, beyond their own, with the nameless alone.
    sides = (
        ("nameless",) if saying.speaker and lookup else ("named",) if saying.speaker else ("nameless", "named") if lookup else ("nameless",)
    )
    for side in sides:
        for run in _winnowed(words, LONG_RUN, LONG_WINDOW) if len(words) >= LONG_RUN else (f"={' '.join(words)}",):
            yield _hash(f"{side}\x1e{run}")


def _winnowed(words: tuple[str, ...], run: int, window: int) -> Iterable[str]:
    """Of every `window` runs of words in a row, the one with the lowest hash."""
    runs = [" ".join(words[start : start + run]) for start in range(len(words) - run + 1)]
    hashes = [_hash(each) for each in runs]
    kept = set()
    for start in range(max(1, len(runs) - window + 1)):
        stretch = range(start, min(start + window, len(runs)))
        kept.add(min(stretch, key=lambda at: (hashes[at], at)))
    return [runs[at] for at in sorted(kept)]


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> (64 - _BITS)


def same_utterance(one: Saying, other: Saying) -> bool:
    """Whether two quotes print the same utterance: speakers who can be one, and the words of the shorter one in the longer one in order."""
    few, many = sorted((one.words, other.words), key=len)
    if len(few) < FEWEST_WORDS or _overlap(one.place, other.place) or not _can_be_one(one, other):
        return False
    if few == many:
        return True
    if (one.speaker and other.speaker) or len(few) >= LONG_RUN:
        return _in_order(few, many) >= ALIKE * len(few) and _longest_run(few, many) >= min(len(few), FEWEST_WORDS)
    return False


def _overlap(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Whether the two stand in one place, a quote within a quote: that is one print, not two."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _can_be_one(one: Saying, other: Saying) -> bool:
    if not one.speaker or not other.speaker:
        return True
    return one.speaker == other.speaker and (not one.given or not other.given or one.given[0] == other.given[0])


def _in_order(few: tuple[str, ...], many: tuple[str, ...]) -> float:
    from rapidfuzz.distance import LCSseq

    return float(LCSseq.similarity(few, many))


def _longest_run(few: tuple[str, ...], many: tuple[str, ...]) -> int:
    """The most words in a row that both have."""
    runs = {many[start : start + FEWEST_WORDS] for start in range(len(many) - FEWEST_WORDS + 1)}
    return FEWEST_WORDS if any(few[start : start + FEWEST_WORDS] in runs for start in range(len(few) - FEWEST_WORDS + 1)) else 0


def likeness(words: tuple[str, ...], fullest: tuple[str, ...]) -> Likeness:
    """How a print stands to the fullest one: word for word the same, some of its words in their order, or altered."""
    if words == fullest:
        return "same"
    return "shortened" if len(words) < len(fullest) and _in_order(words, fullest) == len(words) else "altered"

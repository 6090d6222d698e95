"""The word pieces of an article, and the windows that the model is run on: whole paragraphs, as many as fit.

A window depends on nothing but its article, and each is run alone, so that no other article, batch or order can change a prediction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from quotes.nlp.parsing.parse import Parse

Integers = npt.NDArray[np.int64]

#: Word pieces in a window, the two at its edges counted.
MAX_PIECES = 256


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of an article: their numbers in the vocabulary, and of each the token it begins in; `first` is each token's first
    piece (of a token without one: the piece before)."""

    ids: Integers
    token: Integers
    first: Integers


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `start` to before `stop` of an article. `ids` are its pieces with the edge pieces, `token` the token of each counted from
    `start` (-1 at the edges), `first` the first piece of each token."""

    start: int
    stop: int
    ids: Integers
    token: Integers
    first: Integers


def word_pieces(parse: Parse, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of a text, each given to the token that it begins in."""
    encoding = tokenizer.encode(parse.text, add_special_tokens=False)
    ids = np.asarray(encoding.ids, dtype=np.int64)
    begins = np.asarray([start for start, _ in encoding.offsets], dtype=np.int64)
    starts = np.asarray(parse.start, dtype=np.int64)
    token = np.maximum(np.searchsorted(starts, begins, side="right") - 1, 0)
    first = np.maximum(np.searchsorted(token, np.arange(len(parse)), side="left"), 0)
    # A token that no piece begins in leans on the piece before, in which its first letter stands.
    empty = np.append(token, -1)[np.minimum(first, len(token))] != np.arange(len(parse))
    first = np.where(empty, np.maximum(first - 1, 0), first)
    return Pieces(ids, token, first)


def split_windows(
    parse: Parse, pieces: Pieces, paragraphs: Sequence[int], *, edges: tuple[int, int], longest: int = MAX_PIECES
) -> Iterator[Window]:
    """The windows of an article in order, without gap or overlap. `paragraphs` are the first tokens of its paragraphs; `edges` the numbers
    of the pieces at a window's two ends."""
    bounds = np.searchsorted(pieces.token, np.arange(len(parse) + 1), side="left")
    for start, stop in window_bounds(parse, bounds, paragraphs, longest - 2):
        low = int(bounds[start])
        high = min(int(bounds[stop]), low + longest - 2)  # a word longer than a window (a rule of dashes) is read as far as fits
        if low < high:
            yield Window(
                start,
                stop,
                np.concatenate(([edges[0]], pieces.ids[low:high], [edges[1]])),
                np.concatenate(([-1], pieces.token[low:high] - start, [-1])),
                np.clip(pieces.first[start:stop] - low + 1, 0, high - low),
            )


def window_bounds(parse: Parse, bounds: Integers, paragraphs: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Token ranges of at most `room` pieces: cut between paragraphs where that can be, else between sentences, else where room ends."""
    length = len(parse)
    breaks = sorted({0, *paragraphs, length})
    sentences = sorted({first for first, _ in parse.bounds} | set(breaks))
    start = 0
    while start < length:
        most = int(np.searchsorted(bounds, bounds[start] + room, side="right")) - 1
        if most >= length:
            yield start, length
            return
        stop = _last(breaks, start, most) or _last(sentences, start, most) or max(most, start + 1)
        yield start, stop
        start = stop


def _last(breaks: Sequence[int], start: int, most: int) -> int | None:
    index = int(np.searchsorted(np.asarray(breaks), most, side="right")) - 1
    return breaks[index] if index >= 0 and breaks[index] > start else None

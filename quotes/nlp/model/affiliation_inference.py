"""Titles and institutions as a trained model reads them: for each token where somebody is named or described, what is said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quotes.nlp.model.features import Found, Integers, pair_features
from quotes.nlp.model.role_decoding import PARTS
from quotes.nlp.parsing.parse import Parse

Floats = npt.NDArray[np.float32]
#: The number of the label that begins a part of each kind; the next one carries it on.
BEGINS = {"title": PARTS.index("B-title"), "institution": PARTS.index("B-institution")}
#: How many tokens on either side of a mention are looked at.
_NEAR = 72
#: Chance below which a part is not given.
FAINT = 0.2
_NOTHING = Found((), ())


class Part(NamedTuple):
    """A title or an institution (`kind`) of whoever the token `anchor` names: its first token, the one after its last, and how sure it is,
    the least of the chances of its tokens."""

    anchor: int
    kind: str
    start: int
    stop: int
    chance: float


class Page(NamedTuple):
    """A window as read: where it starts and stops, and the states of its tokens as parts and as persons, each (tokens, width)."""

    start: int
    stop: int
    as_part: Floats
    as_person: Floats


def parts_of(parse: Parse, pages: Sequence[Page], anchors: Collection[int], reader: Any, paragraphs: Integers) -> list[Part]:
    """What is read of the persons at the tokens `anchors`, each within its window; `reader` is the session of `parts.onnx`, `paragraphs`
    the number of each token's paragraph."""
    found: list[Part] = []
    for page in pages:
        inside = sorted(anchor for anchor in anchors if page.start <= anchor < page.stop)
        if not inside:
            continue
        at = np.asarray(inside) - page.start
        near = around(at, page.stop - page.start)
        firsts = (page.start + near[:, 0]).tolist()
        pairs = [
            pair_features(parse, anchor, first, first + near.shape[1], _NOTHING, paragraphs)
            for anchor, first in zip(inside, firsts, strict=True)
        ]
        inputs = {"tokens": page.as_part[near], "anchors": page.as_person[at][:, None], "pairs": np.stack(pairs)}
        emissions = reader.run(["emissions"], inputs)[0]
        grown = np.exp(emissions - emissions.max(axis=2, keepdims=True))
        for anchor, first, row in zip(inside, firsts, grown / grown.sum(axis=2, keepdims=True), strict=True):
            found += [Part(anchor, kind, first + start, first + stop, sure) for kind, start, stop, sure in _spans(row)]
    return found


def around(anchors: Integers, length: int) -> Integers:
    """The tokens near each anchor in a window of so many tokens: an array (anchors, tokens), as wide for each."""
    wide = min(length, 2 * _NEAR + 1)
    return np.asarray(np.clip(anchors - _NEAR, 0, length - wide)[:, None] + np.arange(wide), dtype=np.int64)


def _spans(row: Floats) -> list[tuple[str, int, int, float]]:
    """The parts in the chances of one anchor's labels (tokens, labels): kind, first token, the one after the last, the least chance.

    A token is of a kind where begin and inside together are likelier than nothing.
    """
    found: list[tuple[str, int, int, float]] = []
    for kind, begin in BEGINS.items():
        chances = row[:, begin] + row[:, begin + 1]
        inside = chances > np.maximum(row[:, 0], FAINT)
        start = 0
        while start < len(row):
            if not inside[start]:
                start += 1
                continue
            stop = start + 1
            while stop < len(row) and inside[stop] and row[stop, begin + 1] >= row[stop, begin]:
                stop += 1
            found.append((kind, start, stop, float(chances[start:stop].min())))
            start = stop
    return found

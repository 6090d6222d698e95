"""Titles and institutions predicted by the model: for each token that names or describes a person, which tokens around it say what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quotes.nlp.model.features import Integers, RuleRoles, pair_features
from quotes.nlp.model.role_decoding import PARTS
from quotes.nlp.parsing.parse import Parse

Floats = npt.NDArray[np.float32]
#: The label that begins a part of each kind; the next number continues it.
BEGINS = {"title": PARTS.index("B-title"), "institution": PARTS.index("B-institution")}
#: How many tokens on either side of a mention are looked at.
_NEAR = 72
#: Probability below which a part is not predicted.
MIN_PROBABILITY = 0.2


class Part(NamedTuple):
    """A title or an institution (`kind`) of the person at the token `anchor`: its first token, the one after its last, and the least
    probability of its tokens."""

    anchor: int
    kind: str
    start: int
    stop: int
    probability: float


class WindowStates(NamedTuple):
    """A window's first token and the one after its last, with the encoder's states of its tokens as parts and as persons."""

    start: int
    stop: int
    as_part: Floats
    as_person: Floats


def predict_parts(
    parse: Parse, windows: Sequence[WindowStates], anchors: Collection[int], session: Any, paragraphs: Integers
) -> list[Part]:
    """The titles and institutions of the persons at the tokens `anchors`, each within its window.

    `session` runs `parts.onnx`; `paragraphs` numbers the paragraph of each token.
    """
    found: list[Part] = []
    for window in windows:
        inside = sorted(anchor for anchor in anchors if window.start <= anchor < window.stop)
        if not inside:
            continue
        at = np.asarray(inside) - window.start
        near = nearby_tokens(at, window.stop - window.start)
        firsts = (window.start + near[:, 0]).tolist()
        pairs = [
            pair_features(parse, anchor, first, first + near.shape[1], RuleRoles((), ()), paragraphs)
            for anchor, first in zip(inside, firsts, strict=True)
        ]
        inputs = {"tokens": window.as_part[near], "anchors": window.as_person[at][:, None], "pairs": np.stack(pairs)}
        for anchor, first, row in zip(inside, firsts, softmax(session.run(["emissions"], inputs)[0]), strict=True):
            found += [Part(anchor, kind, first + start, first + stop, sure) for kind, start, stop, sure in _spans(row)]
    return found


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, over the last axis."""
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True), dtype=np.float32)


def nearby_tokens(anchors: Integers, length: int) -> Integers:
    """The tokens near each anchor of a window with `length` tokens: an array (anchors, tokens), of the same width for each."""
    width = min(length, 2 * _NEAR + 1)
    return np.asarray(np.clip(anchors - _NEAR, 0, length - width)[:, None] + np.arange(width), dtype=np.int64)


def _spans(row: Floats) -> list[tuple[str, int, int, float]]:
    """The parts in one anchor's label probabilities (tokens, labels): kind, first token, the one after the last, the least probability.

    A token is of a kind where begin and inside together are more probable than outside.
    """
    found: list[tuple[str, int, int, float]] = []
    for kind, begin in BEGINS.items():
        probabilities = row[:, begin] + row[:, begin + 1]
        inside = probabilities > np.maximum(row[:, 0], MIN_PROBABILITY)
        start = 0
        while start < len(row):
            stop = start + 1
            while inside[start] and stop < len(row) and inside[stop] and row[stop, begin + 1] >= row[stop, begin]:
                stop += 1
            if inside[start]:
                found.append((kind, start, stop, float(probabilities[start:stop].min())))
            start = stop
    return found

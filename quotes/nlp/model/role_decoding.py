"""From scores to spans: Viterbi decoding of roles and entities, and the marginal probability of each role. Pure arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Integers = npt.NDArray[np.int64]

#: The roles of a token in the attribution whose cue is at an anchor, in the order of the scores.
ROLES = ("O", "B-content", "I-content", "B-cue", "I-cue", "B-source", "I-source")
#: The labels of a token seen from a person: part of the title, of the institution, or neither.
PARTS = ("O", "B-title", "I-title", "B-institution", "I-institution")
#: The role that begins a span of each kind; the next number continues it.
BEGINS = {"content": 1, "cue": 3, "source": 5}


def viterbi(emissions: Floats, steps: Floats, begin: Floats, lengths: Integers) -> Integers:
    """The most probable labels (Viterbi 1967) of each row: `emissions` (rows, tokens, labels), `steps` (from, to), `begin` (labels) →
    (rows, tokens). A row has as many tokens as `lengths` says; behind them its label is 0."""
    rows, length, labels = emissions.shape
    scores = begin + emissions[:, 0]
    back = np.zeros((length, rows, labels), dtype=np.int64)
    for at in range(1, length):
        ways = scores[:, :, None] + steps
        back[at] = ways.argmax(axis=1)
        scores = np.where((at < lengths)[:, None], ways.max(axis=1) + emissions[:, at], scores)
    best = np.zeros((rows, length), dtype=np.int64)
    label = scores.argmax(axis=1)
    for at in range(length - 1, -1, -1):
        inside = at < lengths
        best[inside, at] = label[inside]
        label = np.where(inside, back[at, np.arange(rows), label], label)
    return best


def role_spans(row: Sequence[int], kind: str) -> list[tuple[int, int]]:
    """The spans of one kind in a row of roles, as first token and the one after the last."""
    begin = BEGINS[kind]
    spans: list[tuple[int, int]] = []
    for at, role in enumerate(row):
        if role == begin or (role == begin + 1 and not (spans and spans[-1][1] == at)):
            spans.append((at, at + 1))
        elif role == begin + 1:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def marginals(emissions: Floats, steps: Floats, begin: Floats, lengths: Integers) -> Floats:
    """The probability of each role of each token (forward-backward): (rows, tokens, roles). Behind the `lengths` of a row the values mean
    nothing."""
    rows, length, roles = emissions.shape
    scale = np.exp(steps - steps.max())
    forward = np.zeros((length, rows, roles), dtype=np.float32)
    backward = np.ones((length, rows, roles), dtype=np.float32)
    potentials = np.exp(emissions - emissions.max(axis=2, keepdims=True)).astype(np.float32)
    forward[0] = _shares(np.exp(begin - begin.max()) * potentials[:, 0])
    for at in range(1, length):
        forward[at] = _shares((forward[at - 1] @ scale) * potentials[:, at])
    for at in range(length - 2, -1, -1):
        inside = (at + 1 < lengths)[:, None]
        backward[at] = np.where(inside, _shares((backward[at + 1] * potentials[:, at + 1]) @ scale.T), backward[at])
    return _shares((forward * backward).transpose(1, 0, 2))


def _shares(values: Floats) -> Floats:
    return np.asarray(values / np.maximum(values.sum(axis=-1, keepdims=True), 1e-30), dtype=np.float32)


def entity_spans(scores: Floats) -> list[tuple[int, int, int]]:
    """Named entities decoded from label scores (tokens, labels): first token, the one after the last, and the number of the kind.

    Label 0 is outside; of kind k (from 0), 2k + 1 begins an entity and 2k + 2 continues it, and nothing continues what did not begin.
    """
    if not len(scores):
        return []
    labels = scores.shape[1]
    steps, begin = np.zeros((labels, labels)), np.zeros(labels)
    inside = np.arange(2, labels, 2)
    steps[:, inside] = begin[inside] = -np.inf
    steps[inside, inside] = steps[inside - 1, inside] = 0
    spans: list[tuple[int, int, int]] = []
    # in double precision: the sum over a long text would leave single scores no digits
    for at, label in enumerate(viterbi(scores[None].astype(np.float64), steps, begin, np.asarray([len(scores)]))[0].tolist()):
        kind = (label - 1) // 2
        if label % 2:
            spans.append((at, at + 1, kind))
        elif label:
            spans[-1] = (spans[-1][0], at + 1, kind)
    return spans

"""From scores to spans: the best row of roles for an anchor, and how sure each of its parts is. Pure arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

#: The roles that a token has for one anchor, in the order of the scores.
ROLES = ("O", "B-content", "I-content", "B-cue", "I-cue", "B-source", "I-source")
#: What a token is to a person: part of a title, of an institution, or nothing.
PARTS = ("O", "B-title", "I-title", "B-institution", "I-institution")
#: The number of the role that begins a span of each kind; the next one carries it on.
BEGINS = {"content": 1, "cue": 3, "source": 5}


def best_rows(emissions: Floats, steps: Floats, begin: Floats, lengths: Integers) -> Integers:
    """The likeliest roles (Viterbi 1967): `emissions` (rows, tokens, roles), `steps` (from, to), `begin` (roles) → (rows, tokens).

    A row has as many tokens as `lengths` says; behind them it has no role (0).
    """
    rows, length, roles = emissions.shape
    scores = begin + emissions[:, 0]
    back = np.zeros((length, rows, roles), dtype=np.int64)
    for at in range(1, length):
        ways = scores[:, :, None] + steps
        back[at] = ways.argmax(axis=1)
        scores = np.where((at < lengths)[:, None], ways.max(axis=1) + emissions[:, at], scores)
    best = np.zeros((rows, length), dtype=np.int64)
    role = scores.argmax(axis=1)
    each = np.arange(rows)
    for at in range(length - 1, -1, -1):
        inside = at < lengths
        best[inside, at] = role[inside]
        role = np.where(inside, back[at, each, role], role)
    return best


def spans_of(row: Sequence[int], kind: str) -> list[tuple[int, int]]:
    """The spans of one kind in a row of roles: first token and the one after the last."""
    begin = BEGINS[kind]
    spans: list[tuple[int, int]] = []
    for at, role in enumerate(row):
        if role == begin or (role == begin + 1 and not (spans and spans[-1][1] == at)):
            spans.append((at, at + 1))
        elif role == begin + 1:
            spans[-1] = (spans[-1][0], at + 1)
    return spans


def marginals(emissions: Floats, steps: Floats, begin: Floats, lengths: Integers) -> Floats:
    """How likely each role is for each token (forward-backward): shape (rows, tokens, roles), rows of the last axis sum to 1.

    Behind the `lengths` of a row the values mean nothing.
    """
    rows, length, roles = emissions.shape
    scale = np.exp(steps - steps.max())
    forward = np.zeros((length, rows, roles), dtype=np.float32)
    backward = np.ones((length, rows, roles), dtype=np.float32)
    likely = np.exp(emissions - emissions.max(axis=2, keepdims=True)).astype(np.float32)
    forward[0] = _shares(np.exp(begin - begin.max()) * likely[:, 0])
    for at in range(1, length):
        forward[at] = _shares((forward[at - 1] @ scale) * likely[:, at])
    for at in range(length - 2, -1, -1):
        inside = (at + 1 < lengths)[:, None]
        backward[at] = np.where(inside, _shares((backward[at + 1] * likely[:, at + 1]) @ scale.T), backward[at])
    return _shares((forward * backward).transpose(1, 0, 2))


def _shares(values: Floats) -> Floats:
    return np.asarray(values / np.maximum(values.sum(axis=-1, keepdims=True), 1e-30), dtype=np.float32)


def entity_spans(scores: Floats) -> list[tuple[int, int, int]]:
    """Named entities in rows of label scores (tokens, labels): first token, the one after the last, and the number of the kind.

    Label 0 is outside; of kind k (from 0), 2k + 1 begins an entity and 2k + 2 carries it on. The best row of labels in which nothing
    carries on what did not begin (Viterbi 1967).
    """
    spans: list[tuple[int, int, int]] = []
    for at, label in enumerate(_best_labels(scores)):
        kind = (label - 1) // 2
        if label % 2:
            spans.append((at, at + 1, kind))
        elif label:
            spans[-1] = (spans[-1][0], at + 1, kind)
    return spans


def _best_labels(scores: Floats) -> list[int]:
    length = len(scores)
    if not length:
        return []
    # All labels but those that carry on may follow any: of the ways to them only the best one counts.
    total = scores[0].astype(np.float64)  # the sum over a long text would leave single scores no digits
    total[2::2] = -np.inf
    before_any = np.zeros(length, dtype=np.int64)
    before_inside = np.zeros((length, (scores.shape[1] - 1) // 2), dtype=bool)
    for at in range(1, length):
        before_any[at] = best = int(total.argmax())
        before_inside[at] = total[2::2] > total[1::2]
        inside = np.maximum(total[1::2], total[2::2])
        total = total[best] + scores[at]
        total[2::2] = inside + scores[at, 2::2]
    label = int(total.argmax())
    labels = [label]
    for at in range(length - 1, 0, -1):
        if label == 0 or label % 2:
            label = int(before_any[at])
        elif not before_inside[at, label // 2 - 1]:
            label -= 1
        labels.append(label)
    return labels[::-1]

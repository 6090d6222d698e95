"""Windows put together into batches of like length, as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from quotes.nlp.model.features import FIELDS, PAIR_FIELDS
from quotes.training.examples.quote_examples import IGNORED, Example

#: Windows that are sorted by length together before they are cut into batches: sorting all would give the same batches each epoch.
SORTED_TOGETHER = 400
_RULE_FIELD = list(FIELDS).index("rule")
_PARSE_FIELDS = (list(FIELDS).index("tag"), list(FIELDS).index("relation"))
_PAIR_RULE_FIELD = list(PAIR_FIELDS).index("rule")
_PAIR_PATH_FIELD = list(PAIR_FIELDS).index("path")


@dataclass(frozen=True, slots=True)
class Hidden:
    """How often something is hidden in training, so that the network does not rely on one source alone: the features from the rules or
    from the parse of a window; a word piece, which is masked (as in Devlin et al. 2019)."""

    rules: float = 0.15
    parse: float = 0.05
    pieces: float = 0.08


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors, padded on the right.

    `row` and `at` are the window and the token of each anchor. `acts`, `roles` and `pairs` are of anchors too, and `lengths`, the number of
    tokens in their windows. `valid` is 0 for padding, and where quotes are not annotated.
    """

    ids: Tensor
    token: Tensor
    first: Tensor
    features: Tensor
    mask: Tensor
    flat: Tensor
    entities: Tensor
    is_anchor: Tensor
    valid: Tensor
    row: Tensor
    at: Tensor
    lengths: Tensor
    acts: Tensor
    roles: Tensor
    pairs: Tensor

    def to(self, device: str) -> Batch:
        """The batch on a device."""
        return Batch(**{each.name: getattr(self, each.name).to(device) for each in fields(self)})


def batches(examples: Sequence[Example], pieces: int, chance: random.Random) -> Iterator[list[Example]]:
    """All windows once, in random order, in batches of at most so many word pieces, padding counted."""
    shuffled = list(examples)
    chance.shuffle(shuffled)
    found: list[list[Example]] = []
    for begin in range(0, len(shuffled), SORTED_TOGETHER):
        batch: list[Example] = []
        for each in sorted(shuffled[begin : begin + SORTED_TOGETHER], key=len):
            if batch and (len(batch) + 1) * len(each) > pieces:
                found.append(batch)
                batch = []
            batch.append(each)
        found.append(batch)
    chance.shuffle(found)
    return iter(found)


def collated(examples: Sequence[Example], hidden: Hidden | None = None, chance: random.Random | None = None, blank: int = 0) -> Batch:
    """A batch of windows. With `hidden` and `chance`, some lack what rules or parser say, or hold `blank` for some word pieces."""
    pieces, tokens = max(map(len, examples)), max(len(each.flat) for each in examples)
    anchors = [len(each.anchors) for each in examples]

    def padded(name: str, length: int, value: int = 0) -> list[Tensor]:
        arrays = [torch.from_numpy(getattr(each, name)) for each in examples]
        return [F.pad(array, (0, length - array.shape[-1]), value=value) for array in arrays]

    row, at = torch.repeat_interleave(torch.tensor(anchors)), torch.from_numpy(np.concatenate([each.anchors for each in examples]))
    flat = torch.stack(padded("flat", tokens, IGNORED))
    lengths = torch.tensor([len(each.flat) for each in examples])
    # Where only names are annotated, no token is known not to be the head of a cue.
    valid = (torch.arange(tokens) < lengths[:, None]) & (flat != IGNORED).any(1, keepdim=True)
    outside = torch.arange(pieces) >= torch.tensor(list(map(len, examples)))[:, None]
    batch = Batch(
        ids=torch.stack(padded("ids", pieces)),
        token=torch.stack(padded("token", pieces, -1)),
        first=torch.stack(padded("first", tokens)),
        features=torch.stack(padded("features", tokens)),
        mask=-1e4 * outside[:, None, None].float(),
        flat=flat,
        entities=torch.stack(padded("entities", tokens, IGNORED)),
        is_anchor=torch.zeros(len(examples), tokens).index_put((row, at), torch.tensor(1.0)),
        valid=valid.float(),
        row=row,
        at=at,
        lengths=lengths[row],
        acts=torch.from_numpy(np.concatenate([each.acts for each in examples])),
        roles=torch.cat(padded("roles", tokens)),
        pairs=torch.cat(padded("pairs", tokens)),
    )
    if hidden is not None and chance is not None:
        for number, each in enumerate(examples):
            _hide(batch, number, len(each), hidden, chance, blank)
    return batch


def _hide(batch: Batch, number: int, pieces: int, hidden: Hidden, chance: random.Random, blank: int) -> None:
    """Hide some of what is known of a window of so many word pieces."""
    if chance.random() < hidden.rules:
        batch.features[number, _RULE_FIELD] = 0
        batch.pairs[batch.row == number, _PAIR_RULE_FIELD] = 0
    if chance.random() < hidden.parse:
        batch.features[number, _PARSE_FIELDS, :] = 0
        batch.pairs[batch.row == number, _PAIR_PATH_FIELD] = 0
    for at in range(1, pieces - 1) if hidden.pieces else ():  # the edges stay: they are no words
        if chance.random() < hidden.pieces:
            batch.ids[number, at] = blank

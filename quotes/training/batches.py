"""Windows put together into batches of like length, as tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import torch
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
    """How often something is hidden in training, so that no part of what is known is leaned on alone: of windows, the rules' word and the
    parser's; of word pieces, the piece, for which a blank stands (as Devlin et al. 2019 do to learn from running text)."""

    rules: float = 0.15
    parse: float = 0.05
    pieces: float = 0.08


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as tensors, padded on the right. `row` and `at` are the window and the token of each anchor; `roles` and `pairs` are of
    anchors too, with `lengths` the tokens of their windows."""

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
    """A batch of windows; with `hidden` and `chance`, some of them without the rules' or the parser's word, and some of their word pieces
    the piece `blank`."""
    count, pieces, tokens = len(examples), max(map(len, examples)), max(len(each.flat) for each in examples)
    anchors = sum(len(each.anchors) for each in examples)

    def zeros(*sizes: int) -> Tensor:
        return torch.zeros(*sizes, dtype=torch.long)

    batch = Batch(
        ids=zeros(count, pieces),
        token=zeros(count, pieces) - 1,
        first=zeros(count, tokens),
        features=zeros(count, len(FIELDS), tokens),
        mask=torch.full((count, 1, 1, pieces), -1e4),
        flat=zeros(count, tokens) + IGNORED,
        entities=zeros(count, tokens) + IGNORED,
        is_anchor=torch.zeros(count, tokens),
        valid=torch.zeros(count, tokens),
        row=zeros(anchors),
        at=zeros(anchors),
        lengths=zeros(anchors),
        acts=zeros(anchors),
        roles=zeros(anchors, tokens),
        pairs=zeros(anchors, len(PAIR_FIELDS), tokens),
    )
    number = 0
    for row, each in enumerate(examples):
        here = slice(number, number + len(each.anchors))
        number = here.stop
        _fill(batch, row, here, each)
        if hidden is None or chance is None:
            continue
        if chance.random() < hidden.rules:
            batch.features[row, _RULE_FIELD] = 0
            batch.pairs[here, _PAIR_RULE_FIELD] = 0
        if chance.random() < hidden.parse:
            batch.features[row, _PARSE_FIELDS, :] = 0
            batch.pairs[here, _PAIR_PATH_FIELD] = 0
        for at in range(1, len(each) - 1) if hidden.pieces else ():  # the edges stay: they are no words
            if chance.random() < hidden.pieces:
                batch.ids[row, at] = blank
    return batch


def _fill(batch: Batch, row: int, here: slice, each: Example) -> None:
    """Put a window into a row of the batch, and its anchors into theirs."""
    pieces, tokens = len(each.ids), len(each.flat)
    batch.ids[row, :pieces] = torch.from_numpy(each.ids)
    batch.token[row, :pieces] = torch.from_numpy(each.token)
    batch.first[row, :tokens] = torch.from_numpy(each.first)
    batch.features[row, :, :tokens] = torch.from_numpy(each.features)
    batch.mask[row, ..., :pieces] = 0
    batch.flat[row, :tokens] = torch.from_numpy(each.flat)
    batch.entities[row, :tokens] = torch.from_numpy(each.entities)
    batch.is_anchor[row, torch.from_numpy(each.anchors)] = 1
    batch.valid[row, :tokens] = float((each.flat != IGNORED).any())  # where only names are annotated, no token is known to be no cue
    batch.row[here], batch.at[here], batch.lengths[here] = row, torch.from_numpy(each.anchors), tokens
    batch.acts[here] = torch.from_numpy(each.acts)
    batch.roles[here, :tokens] = torch.from_numpy(each.roles)
    batch.pairs[here, :, :tokens] = torch.from_numpy(each.pairs)

"""The reader of titles and institutions, trained beside the readers of quotes and names on the states of the same encoder."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor

from quotes.corpora.gold import GoldArticle
from quotes.training.examples import IGNORED
from quotes.training.network import Network
from quotes.training.part_examples import PartExample

#: The share of states hidden.
HIDDEN = 0.2


def speakers_known(articles: Sequence[GoldArticle]) -> list[GoldArticle]:
    """The articles of which somebody resolved who speaks, each once."""
    return list({gold.name: gold for gold in articles if gold.speakers_known}.values())


def part_loss(network: Network, examples: Sequence[PartExample], device: str = "cpu") -> Tensor:
    """The loss of windows with mentions of speakers, per mention."""
    losses = [_loss(network, each, device) for each in examples]
    return torch.stack(losses).sum() / sum(len(each.anchors) for each in examples)


def _loss(network: Network, each: PartExample, device: str) -> Tensor:
    """The loss of a window, summed over its tokens and mentions."""

    def tensor(values: object) -> Tensor:
        return torch.tensor(values, device=device)

    states = network.states(tensor(each.ids)[None], tensor(each.token)[None], tensor(each.first)[None], tensor(each.features)[None], None)
    parts = network.parts
    found = parts.states(F.dropout(states, HIDDEN, training=parts.training), tensor(each.features)[None])
    anchors = found["as_person"][0][tensor(each.anchors)].unsqueeze(1)
    emissions = parts.reader(found["as_part"][0][tensor(each.near)], anchors, tensor(each.pairs))
    return F.cross_entropy(emissions.flatten(0, 1), tensor(each.labels).flatten(), ignore_index=IGNORED, reduction="sum")

"""The reader of titles and institutions, trained on the states of an encoder that has learned to read quotes and stays as it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from quotes.corpora.gold import GoldArticle
from quotes.errors import TrainingError
from quotes.training.examples import IGNORED
from quotes.training.network import Network, PartReader
from quotes.training.part_examples import PartExample

#: Windows in a step, times all of them are read, the highest learning rate, and the share of states hidden.
WINDOWS, EPOCHS, RATE, HIDDEN = 8, 8, 2e-3, 0.2
Report = Callable[[dict[str, Any]], None]


def speakers_known(articles: Sequence[GoldArticle]) -> list[GoldArticle]:
    """The articles of which somebody resolved who speaks, each once."""
    return list({gold.name: gold for gold in articles if gold.speakers_known}.values())


def train_parts(network: Network, examples: Sequence[PartExample], report: Report, *, seed: int = 0, device: str = "cpu") -> None:
    """Train `network.parts` on windows with mentions of speakers; nothing else of the network changes. Raises TrainingError."""
    if not examples:
        raise TrainingError("no annotated article says who its speakers are, so titles and institutions cannot be learned")
    parts = network.parts
    network.to(device).eval()
    with torch.no_grad():
        states = [_states(network, each, device).half().cpu() for each in examples]
    parts.train()
    optimizer = torch.optim.AdamW(parts.parameters(), lr=RATE, weight_decay=0.01)
    order = list(range(len(examples)))
    total = EPOCHS * len(order) // WINDOWS
    chance = random.Random(f"{seed} parts")
    torch.manual_seed(seed)
    for step in range(total):
        if step % max(1, len(order) // WINDOWS) == 0:
            chance.shuffle(order)
            place = 0
        chosen = order[place : place + WINDOWS]
        place += WINDOWS
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 60) * max(0.02, 1 - step / total)
        optimizer.zero_grad()
        losses = [part_loss(parts, states[number].to(device), examples[number]) for number in chosen]
        loss = torch.stack(losses).sum() / sum(len(examples[number].anchors) for number in chosen)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parts.parameters(), 1.0)
        optimizer.step()
        report({"stage": "titles and institutions", "done": step + 1, "of": total})
    network.to("cpu").eval()
    network.knows_parts = True


def part_loss(parts: PartReader, states: Tensor, each: PartExample) -> Tensor:
    """The loss of a window, summed over its tokens and mentions; `states` (tokens, width) are the encoder's."""
    tokens = F.dropout(states.float(), HIDDEN, training=parts.training)[None]
    device = states.device
    found = parts.states(tokens, torch.tensor(each.features, device=device)[None])
    near = torch.tensor(each.near, device=device)
    anchors = found["as_person"][0][torch.tensor(each.anchors, device=device)].unsqueeze(1)
    emissions = parts.reader(found["as_part"][0][near], anchors, torch.tensor(each.pairs, device=device))
    labels = torch.tensor(each.labels, device=device)
    return F.cross_entropy(emissions.flatten(0, 1), labels.flatten(), ignore_index=IGNORED, reduction="sum")


def _states(network: Network, each: PartExample, device: str) -> Tensor:
    ids, token, first, features = (
        torch.tensor(values, device=device)[None] for values in (each.ids, each.token, each.first, each.features)
    )
    return network.states(ids, token, first, features, None)[0]

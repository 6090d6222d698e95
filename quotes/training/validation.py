"""How well a network reads windows set aside: the share of attributions that it gets right, which is what training is for.

The loss is no measure of that. It goes up while the network still learns, since what is read wrong is read wrong ever more surely (Guo et
al. 2017, "On Calibration of Modern Neural Networks"); confidence is fitted afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from quotes.nlp.model.role_decoding import BEGINS, Integers, viterbi
from quotes.training.batches import Batch, batches, collated
from quotes.training.examples.quote_examples import Example
from quotes.training.network import Network

#: Chance from which on a token counts as one that a cue hangs on.
LIKELY = 0.5
#: Share of two contents' tokens that both hold, from which on they are one (Jaccard).
SAME = 0.5


def attributed(network: Network, examples: Sequence[Example], pieces: int, device: str = "cpu") -> float:
    """F1 (0 to 1) of attributions whose cue is found, whose content is the gold one for at least half of what either holds, and whose
    source shares a token with the gold one's. Windows are read in batches of so many word pieces; the network must be evaluating."""
    right = given = wanted = 0
    steps = network.field.steps().detach().cpu().numpy().astype(np.float32)
    begin = (network.field.begin + network.field.forbidden[0]).detach().cpu().numpy().astype(np.float32)
    with torch.no_grad():
        for window in batches(examples, pieces, random.Random(0)):
            batch = collated(window).to(device)
            seen = network.read(batch.ids, batch.token, batch.first, batch.features, batch.mask)
            likely = (torch.sigmoid(seen["anchor"]) > LIKELY) & (batch.valid > 0)
            given += int(likely.sum())
            wanted += len(batch.row)
            if not len(batch.row):
                continue
            anchors = seen["as_anchor"][batch.row, batch.at].unsqueeze(1)
            emissions = network.roles(seen["as_token"][batch.row], anchors, batch.pairs, batch.valid[batch.row].unsqueeze(2))
            rows = viterbi(emissions.cpu().numpy(), steps, begin, batch.lengths.cpu().numpy())
            found = likely[batch.row, batch.at].cpu().numpy()
            right += int((found & matching(rows, _roles(batch))).sum())
    return 2 * right / max(1, given + wanted)


def matching(rows: Integers, gold: Integers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Of each row of roles (rows, tokens) whether its content and its source are those of the gold row."""
    contents = [_holds(each, "content") for each in (rows, gold)]
    sources = [_holds(each, "source") for each in (rows, gold)]
    shared = (contents[0] & contents[1]).sum(axis=1)
    either = (contents[0] | contents[1]).sum(axis=1)
    meet = (sources[0] & sources[1]).any(axis=1) | ~(sources[0].any(axis=1) | sources[1].any(axis=1))
    same: np.ndarray[tuple[int], np.dtype[np.bool_]] = (either > 0) & (shared >= SAME * either) & meet
    return same


def _holds(rows: Integers, kind: str) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    held: np.ndarray[tuple[int, int], np.dtype[np.bool_]] = (rows == BEGINS[kind]) | (rows == BEGINS[kind] + 1)
    return held


def _roles(batch: Batch) -> Integers:
    roles: Integers = batch.roles.cpu().numpy()
    return roles

"""The score of a network on the validation set: F1 of attributions.

The loss does not serve: it rises while the network still improves, since errors are made with ever more confidence (Guo et al. 2017, "On
Calibration of Modern Neural Networks"); confidence is fitted afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from quotes.nlp.model.role_decoding import BEGINS, Integers, viterbi
from quotes.training.batches import batches, collated
from quotes.training.examples.quote_examples import Example
from quotes.training.network import Network

#: Probability from which on a token counts as the head of a cue.
LIKELY = 0.5
#: Jaccard index of the tokens of two contents from which on they match.
SAME = 0.5


def attributed(network: Network, examples: Sequence[Example], pieces: int, device: str = "cpu") -> float:
    """F1 (0 to 1) of attributions whose cue is found, whose content is the gold one for at least half of what either holds, and whose
    source shares a token with the gold one's. `pieces` is the size of a batch in word pieces; the network must be in evaluation mode."""
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
            right += int((found & matching(rows, batch.roles.cpu().numpy())).sum())
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

"""Titles and institutions read from the scores of a model."""

from __future__ import annotations

import numpy as np
from treebank import bank, doc_of

from quotes.nlp.model.affiliation_inference import WindowStates, nearby_tokens, predict_parts
from quotes.nlp.model.features import paragraph_numbers
from quotes.nlp.model.role_decoding import PARTS
from quotes.nlp.parsing.parse import parse_of
from quotes.records import Span

TEXT = next(iter(bank()))
LABELS = {"title": PARTS.index("B-title"), "institution": PARTS.index("B-institution")}


class Reader:
    """Scores that were written down: of each token (counted in the article) its likely label."""

    def __init__(self, likely):
        self.likely = likely

    def run(self, names, inputs):
        scores = np.zeros((*inputs["tokens"].shape[:2], len(PARTS)), dtype=np.float32)
        scores[:, :, 0] = 5
        for token, label in self.likely.items():
            scores[inputs["tokens"][:, :, 0] == token, label] = 10
        return [scores]


def read(likely, anchors, window=(0, 8)):
    parse = parse_of(doc_of(TEXT))
    numbers = np.arange(*window, dtype=np.float32)[:, None]
    page = WindowStates(*window, numbers, numbers)
    return predict_parts(parse, [page], anchors, Reader(likely), paragraph_numbers(parse, [Span(0, len(parse.text))]))


def test_tokens_that_go_on_are_one_part():
    title = LABELS["title"]

    found = read({2: title, 3: title + 1}, {0})

    assert [(each.anchor, each.kind, each.start, each.stop) for each in found] == [(0, "title", 2, 4)]
    assert found[0].probability > 0.9


def test_a_part_that_begins_anew_is_one_of_its_own():
    begin = LABELS["institution"]

    assert [(each.start, each.stop) for each in read({2: begin, 3: begin}, {0})] == [(2, 3), (3, 4)]


def test_the_tokens_near_a_mention_are_as_many_for_each():
    near = nearby_tokens(np.asarray([0, 150, 299]), 300)

    assert near.shape == (3, 145)
    assert (near[0, 0], near[2, -1]) == (0, 299)
    assert 150 in near[1]

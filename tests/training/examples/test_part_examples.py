"""Speakers as annotated, made into what a reader of titles and institutions learns."""

from __future__ import annotations

import numpy as np
from training_samples import EDGES, INES, INES_TEXT, parse, tokenizer

from quotes.corpora.gold import GoldSpeaker
from quotes.nlp.model.features import RuleRoles
from quotes.nlp.model.role_decoding import PARTS
from quotes.records import Span
from quotes.training.examples.part_examples import part_examples
from quotes.training.examples.quote_examples import IGNORED


def labels(text, speaker, mentions=()):
    """For each word that names the speaker, the words of each label."""
    read = parse(text)
    found = {}
    for each in part_examples(read, RuleRoles((), ()), [speaker], mentions, (), tokenizer(), edges=EDGES):
        for anchor, near, row in zip(each.anchors, each.near, each.labels, strict=True):
            told = [(read.words[token], label) for token, label in zip(near, row, strict=True) if label]
            found[int(anchor)] = [(word, "?" if label == IGNORED else PARTS[label]) for word, label in told]
    return found


def test_a_title_and_an_institution_are_told_of_the_nearest_mention():
    first, last = labels(INES_TEXT, INES).values()

    assert first[0] == ("mayor", "B-title")
    assert first[1:4] == [("Port", "B-institution"), ("of", "I-institution"), ("Salin", "I-institution")]
    assert {label for _, label in last if label != "B-title"} == {"?"}
    assert ("Port", "?") in last  # what stands far from a mention cannot be said of it


def test_whoever_has_no_name_is_known_by_the_head_of_the_mention():
    text = "A spokesman said so ."
    speaker = GoldSpeaker("A spokesman", "unnamed", ("spokesman",))

    assert list(labels(text, speaker, [(speaker, Span(0, 11))]).values()) == [[("spokesman", "B-title")]]
    # A body that speaks has no parts.
    assert labels("The Port of Salin said so .", GoldSpeaker("Port of Salin", "organisation")) == {}


def test_the_tokens_near_a_mention_are_inside_its_window():
    (each,) = part_examples(parse(INES_TEXT), RuleRoles((), ()), [INES], (), (), tokenizer(), edges=EDGES)

    assert each.near.min() == 0
    assert each.near.max() == len(each.first) - 1
    assert each.near.shape == each.labels.shape == (len(each.anchors), each.pairs.shape[2])
    assert np.issubdtype(each.labels.dtype, np.integer)

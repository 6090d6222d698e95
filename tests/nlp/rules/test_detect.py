"""Each construction in which somebody is quoted, with or without quotation marks, on a pinned parse.

The tables `quoted_speech.txt` and `reported_speech.txt` have of each quote its content, cue, source, and its act where that is not speech.
"""

from pathlib import Path

import pytest
from examples import examples
from treebank import parse

from quotes.nlp.rules.detect import detect
from quotes.nlp.rules.reported_speech import find_reported_speech

TABLES = [Path(__file__).with_name(f"{name}_speech.txt") for name in ("quoted", "reported")]


def words(text, spans, joiner=" "):
    return joiner.join(text[start:end] for start, end in spans) or None


def printed(text, each):
    """An attribution by its words."""
    parts = words(text, each.contents, " … "), words(text, each.cue), words(text, each.source.spans if each.source else ())
    return parts if each.act == "speech" else (*parts, each.act)


@pytest.mark.parametrize(("text", "expected"), [each for table in TABLES for each in examples(table)])
def test_a_construction_gives_content_cue_and_source(text, expected):
    assert [printed(text, each) for each in detect(parse(text))] == expected


@pytest.mark.parametrize("text", ["Imre said the well was dry.\n\n“We will leave.”", "“The well is dry.\n\n“We will leave,” said Imre."])
def test_a_floating_quote_follows_the_one_that_has_the_cue(text):
    """Before it, or as the last paragraph of its run."""
    found = detect(parse(text))
    (floating,), (cued,) = ([each for each in found if each.floating is floats] for floats in (True, False))

    assert floating.follows == cued.start


def test_a_floating_quote_beside_no_other_follows_nothing():
    (each,) = detect(parse("“We will leave.” It took Imre a day to decide."))

    assert (each.floating, each.follows) == (True, None)


def test_a_relative_pronoun_stands_for_its_noun():
    text = "Imre, who said the well was dry, left."
    (each,) = find_reported_speech(parse(text))

    assert parse(text).words[each.source.head] == "Imre"


def test_a_cue_that_marks_already_explain_is_left_alone():
    """`taken` names the tokens of cues that belong to quotations."""
    assert find_reported_speech(parse("Imre said the well was dry."), {1}) == []

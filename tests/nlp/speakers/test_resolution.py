"""Who the printed source means, by name, pronoun, description, or nothing at all: `resolution.txt`."""

from pathlib import Path

import pytest
from examples import examples
from treebank import doc_of, resolved

from quotes.nlp.rules.detect import detector
from quotes.nlp.speakers.resolver import resolver


def name_and_kind(quote):
    return (quote["speaker"]["name"], quote["speaker"]["kind"]) if quote["speaker"] else (None,)


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("resolution.txt")))
def test_a_source_means_a_speaker(text, expected):
    assert [name_and_kind(quote) for quote in resolved(text)] == expected


def test_a_name_in_the_byline_is_nobody_in_the_story():
    doc = doc_of("By Thomas Fenn\n\nOdile Fenn left. Fenn said the well was dry.")
    doc._.zones = (("byline", 0, 14),)

    assert [quote["speaker"]["name"] for quote in resolver(detector(doc))._.quotes] == ["Odile Fenn"]

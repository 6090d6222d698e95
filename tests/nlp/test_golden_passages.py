"""Short passages from end to end with the real pipeline: the quotes that a reader would take from each, and no other speech.

`passages.jsonl` holds a passage a line: `text`, and per quote the parts of its `content`, `kind`, `cue`, `speaker`, with `mention` where
it is plain and `act` where it is not speech.
"""

from pathlib import Path

import pytest
from examples import cases, passages, plain

PASSAGES = passages(Path(__file__).with_name("passages.jsonl"))

pytestmark = pytest.mark.model


def trimmed(words):
    """Words without the punctuation at their edges; quotation marks stay."""
    return words and words.strip(" .,;:")


def expected(quote):
    return {
        "content": [trimmed(part) for part in quote["content"]],
        "kind": quote["kind"],
        "act": quote.get("act", "speech"),
        "cue": quote["cue"],
        "speaker": quote["speaker"] and {key: plain(value) for key, value in quote["speaker"].items()},
        **({"mention": quote["mention"]} if "mention" in quote else {}),
    }


def parts(quote):
    return [trimmed(part) for part in quote["text"].split(" … ")]


def found(quote, keys):
    speaker = quote["speaker"]
    values = {
        "content": parts(quote),
        "kind": quote["kind"],
        "act": quote["act"],
        "cue": quote["cue"] and quote["cue"]["text"],
        "speaker": speaker and {key: plain(speaker[key]) for key in ("name", "kind", "title", "institution")},
        "mention": quote["mention"] and quote["mention"]["text"],
    }
    return {key: values[key] for key in keys}


def wanted_and_found(nlp, passage):
    """The quotes that a reader takes from a passage, and those found in it; thoughts and intents that nobody uttered may stand beside."""
    want = [expected(quote) for quote in passage["quotes"]]
    keys = {tuple(each["content"]): each.keys() for each in want}
    every = ("content", "kind", "act", "cue", "speaker")
    got = [found(quote, keys.get(tuple(parts(quote)), every)) for quote in nlp(passage["text"])._.quotes]
    return want, [each for each in got if each in want or each["act"] == "speech"]


@pytest.mark.parametrize("passage", cases(PASSAGES))
def test_a_passage_gives_the_quotes_that_a_reader_takes_from_it(nlp, passage):
    """With the model that users get."""
    want, got = wanted_and_found(nlp, passage)

    assert got == want


def said(passage):
    """Every string of a passage's golden quotes that must stand in its text."""
    for quote in passage["quotes"]:
        speaker = quote["speaker"] or {}
        yield from quote["content"]
        yield from (quote.get(key) for key in ("cue", "mention"))
        yield from (speaker.get(key) for key in ("name", "title", "institution"))


def test_every_passage_says_only_what_its_text_says():
    """A golden row that is not in its passage would test nothing."""
    for passage in PASSAGES:
        assert [words for words in said(passage) if words and words not in passage["text"]] == []


def test_there_are_passages_of_every_kind():
    """Direct, mixed and indirect speech, and passages in which nobody speaks."""
    kinds = [quote["kind"] for passage in PASSAGES for quote in passage["quotes"]]

    assert len({passage["id"] for passage in PASSAGES}) == len(PASSAGES) >= 60
    assert {kind: kinds.count(kind) > 9 for kind in ("direct", "mixed", "indirect")} == {"direct": True, "mixed": True, "indirect": True}
    assert sum(not passage["quotes"] for passage in PASSAGES) > 5

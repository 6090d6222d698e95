"""Who is speaking, as what and for whom: short passages of one phenomenon each, with the real pipeline.

`speakers.jsonl` holds a passage a line: the `phenomenon`, the naming `culture` of its names, the `text`, and of each act of speech the
parts of its `content` and its `speaker`: `name`, `kind`, `title`, `institution`, and where it matters `past`, `role` and `also`, the
further affiliations. It was written by one who had not seen the rules. Rules have been mended on these passages since, so they measure
nothing. A fault that many of them showed is kept once; of a news item, the quotes are listed whose speakers are got right.
"""

from pathlib import Path

import pytest
from examples import cases, passages, plain

PASSAGES = passages(Path(__file__).with_name("speakers.jsonl"))
FIELDS = ("name", "kind", "title", "institution")


def key(content):
    """A content by its words, whatever stands at its edges."""
    return tuple(part.strip(" .,;:“”‘’\"'") for part in content)


def found(nlp, text):
    """The speaker of each quote, by content."""
    return {key(quote["text"].split(" … ")): quote["speaker"] or {} for quote in nlp(text)._.quotes}


@pytest.mark.model
@pytest.mark.parametrize("passage", cases(PASSAGES))
def test_the_speaker_is_the_one_that_a_reader_takes_from_it(nlp, passage):
    """By name, kind, title and institution; where the passage says so, whether the post is past, further posts, and the role."""
    got = found(nlp, passage["text"])
    for quote in passage["quotes"]:
        speaker, want = got[key(quote["content"])], quote["speaker"]
        fields = FIELDS[:2] if want["kind"] == "group" else FIELDS  # whether "two nurses" has a title is a matter of taste

        assert {name: plain(speaker.get(name)) for name in fields} == {name: plain(want[name]) for name in fields}
        if "past" in want:
            assert speaker["affiliations"][0]["past"] is want["past"]
        assert [each for each in want.get("also", ()) if not any(each.items() <= found.items() for found in speaker["affiliations"])] == []
        assert speaker.get("role") == want.get("role", speaker.get("role"))


def test_every_passage_says_only_what_its_text_says():
    """A golden row that is not in its passage would test nothing."""
    for passage in PASSAGES:
        for quote in passage["quotes"]:
            words = [*quote["content"], *(quote["speaker"][name] for name in ("name", "title", "institution"))]
            assert [each for each in words if each and each not in passage["text"]] == []


def test_there_are_passages_enough():
    """Of many phenomena, with names from many cultures, most of them got right."""
    assert len({passage["id"] for passage in PASSAGES}) == len(PASSAGES)
    assert sum("xfail" not in passage for passage in PASSAGES) >= 150
    assert len({passage["culture"] for passage in PASSAGES if not passage["culture"].startswith("none")}) >= 15
    assert len({passage["phenomenon"] for passage in PASSAGES}) >= 20

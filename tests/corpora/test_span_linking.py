"""Which cue and which source belong to which content."""

import pytest
from gold_samples import at

from quotes.corpora.span_linking import Mark, linked
from quotes.records import Span

TEXT = "“It held,” said Ines Duarte. “Nobody slept.” Bo Lind replied that Duarte said all was well.\nOfficials waited."


def marks(*pairs):
    return [Mark(words, label, at(words, TEXT)) for label, words in pairs]


def tie(marked, *relations):
    """Each attribution as its words."""
    words = lambda spans: [TEXT[start:end] for start, end in spans]  # noqa: E731
    return [(words(each.content), words(each.cue), words(each.source)) for each in linked(TEXT, marked, relations)]


HELD, SLEPT = ("Content", "“It held,”"), ("Content", "“Nobody slept.”")
SAID, DUARTE = ("Cue", "said"), ("Source", "Ines Duarte")


@pytest.mark.parametrize(
    ("marked", "relations", "found"),
    [
        pytest.param(
            (SLEPT, HELD, SAID, DUARTE),
            [("said", "“Nobody slept.”"), ("“It held,”", "said"), ("“It held,”", "Ines Duarte")],
            [(["“It held,”", "“Nobody slept.”"], ["said"], ["Ines Duarte"])],
            id="contents that share a cue are one quote",
        ),
        pytest.param(
            (HELD, SLEPT, SAID),
            [("“It held,”", "“Nobody slept.”"), ("“It held,”", "said")],
            [(["“It held,”", "“Nobody slept.”"], ["said"], [])],
            id="contents that are related are one quote",
        ),
        pytest.param(
            (HELD, SLEPT, DUARTE),
            [("“It held,”", "Ines Duarte"), ("“Nobody slept.”", "Ines Duarte")],
            [(["“It held,”"], [], ["Ines Duarte"]), (["“Nobody slept.”"], [], ["Ines Duarte"])],
            id="a source may say several things",
        ),
        pytest.param(
            (HELD, SAID, DUARTE),
            [("said", "“It held,”"), ("Ines Duarte", "said")],
            [(["“It held,”"], ["said"], ["Ines Duarte"])],
            id="a source may be related to the cue",
        ),
        pytest.param(
            (HELD, SAID, ("Cue", "replied")), [("“It held,”", "said")], [(["“It held,”"], ["said"], [])], id="a cue alone is nothing"
        ),
    ],
)
def test_relations_make_attributions(marked, relations, found):
    """In either direction, and in the order of the text."""
    assert tie(marks(*marked), *relations) == found


def test_relations_between_other_marks_say_nothing():
    """Who is who is no concern here, so the guess is made as without relations."""
    others = [*marks(HELD, DUARTE, SAID), *marks(("Person", "Bo Lind"))]

    assert tie(others, ("Bo Lind", "Ines Duarte")) == [(["“It held,”"], ["said"], ["Ines Duarte"])]


def test_a_guess_takes_the_nearest_content():
    """What is left without cue and source carries on the quote before it."""
    found = tie(marks(HELD, SAID, DUARTE, SLEPT, ("Source", "Bo Lind"), ("Cue", "replied"), ("Content", "that Duarte said all was well")))

    assert found == [
        (["“It held,”", "“Nobody slept.”"], ["said"], ["Ines Duarte"]),
        (["that Duarte said all was well"], ["replied"], ["Bo Lind"]),
    ]


def test_a_guess_ends_with_the_sentence():
    """The speaker stands nearer to the words after the full stop, which carry on what was said."""
    text = "“It held,” Duarte said. “So far.” “Good,” cried Lind."
    pairs = [
        ("Content", "“It held,”"),
        ("Source", "Duarte"),
        ("Cue", "said"),
        ("Content", "“So far.”"),
        ("Content", "“Good,”"),
        ("Cue", "cried"),
    ]
    found = linked(text, [Mark(words, label, at(words, text)) for label, words in [*pairs, ("Source", "Lind")]], ())

    assert [(each.content, each.source) for each in found] == [
        (at("“It held,”", text) + at("“So far.”", text), at("Duarte", text)),
        (at("“Good,”", text), at("Lind", text)),
    ]


def test_a_guess_without_a_cue_takes_the_nearest_content():
    """As in a transcript."""
    text = "LIND: It held.\nDUARTE: So far."
    pairs = [("Source", "LIND"), ("Content", "It held."), ("Source", "DUARTE"), ("Content", "So far.")]
    found = linked(text, [Mark(words, label, at(words, text)) for label, words in pairs], ())

    assert [each.source for each in found] == [at("LIND", text), at("DUARTE", text)]


def test_a_guess_never_ties_a_mark_to_what_holds_it():
    """The cue within a content is that of the quote within the quote."""
    outer, inner = ("Content", "that Duarte said all was well"), ("Content", "all was well")
    start = TEXT.index("said all")

    found = tie([*marks(outer, inner, ("Cue", "replied")), Mark("inner cue", "Cue", (Span(start, start + 4),))])

    assert found == [(["that Duarte said all was well"], ["replied"], []), (["all was well"], ["said"], [])]


def test_a_guess_stays_in_the_paragraph():
    """The officials of the next one say nothing."""
    assert tie(marks(SLEPT, ("Source", "Officials"))) == [(["“Nobody slept.”"], [], [])]

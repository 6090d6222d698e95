"""Windows with their answers, as a model learns from them."""

import numpy as np
import pytest
from training_samples import EDGES, marked, parse, told, windows

from quotes.corpora.gold import Attribution
from quotes.nlp.model.role_decoding import ROLES
from quotes.records import ACTS, Span
from quotes.training.examples.quote_examples import IGNORED, answers, clean, rules_of


def span(text, words):
    return (Span(text.index(words), text.index(words) + len(words)),)


def test_a_broken_content_begins_anew_in_each_part():
    """Its cue and its source stand between them."""
    text, gold = marked("{c1|“The weir held,”} {q1|said} {s1|Ines Duarte}. {c1|“So far.”}")
    (window,) = windows(text, gold)

    assert told(text, window.roles[0]) == [
        ("“", "B-content"),
        *((word, "I-content") for word in ("The", "weir", "held", ",", "”")),
        ("said", "B-cue"),
        ("Ines", "B-source"),
        ("Duarte", "I-source"),
        ("“", "B-content"),
        *((word, "I-content") for word in ("So", "far", ".", "”")),
    ]


def test_what_stands_inside_a_content_tears_it():
    """Annotators let roles overlap; cue and source are written over the content, which begins anew behind each."""
    text = "the weir Ines said held"
    gold = [Attribution("1", span(text, text), span(text, "said"), span(text, "Ines"))]
    (window,) = windows(text, gold)

    assert told(text, window.roles[0]) == [
        ("the", "B-content"),
        ("weir", "I-content"),
        ("Ines", "B-source"),
        ("said", "B-cue"),
        ("held", "B-content"),
    ]


def test_every_row_of_roles_is_one_that_the_field_allows():
    """Nothing carries on what has not begun, however roles overlap."""
    text = "Ines Duarte said the weir held and Omar Lind added so"
    chance = np.random.default_rng(0)
    for _ in range(200):
        places = np.sort(chance.integers(0, len(text), (4, 2)), axis=1)
        first, second, cue, source = (Span(int(low), int(high) + 1) for low, high in places)
        for window in windows(text, [Attribution("1", (first, second), (cue,), (source,))], longest=9):
            for row in (window.flat, *window.roles):
                for before, role in zip([0, *row[:-1]], row, strict=True):
                    assert role == 0 or role % 2 or before in (role, role - 1)


def test_an_attribution_that_crosses_windows_belongs_to_that_of_its_cue():
    """What lies in another is left out there, but still counts as somebody's content."""
    text, gold = marked("{c1|“The weir held. So far.”\n\n“The weirs held,”} {s1|she} {q1|said}.")
    first, second = windows(text, gold, longest=12)
    start = len(first.flat)

    assert [len(each.anchors) for each in (first, second)] == [0, 1]
    assert told(text, first.flat)[0] == ("“", "B-content")
    assert told(text, second.roles[0], start)[:2] == [("“", "B-content"), ("The", "I-content")]
    assert told(text, second.roles[0], start)[-2:] == [("she", "B-source"), ("said", "B-cue")]


def test_windows_hold_every_token_once_between_the_edge_pieces():
    """In order; each token leans on a piece of its own window."""
    text, gold = marked("{c1|“The weirs held,”} {q1|said} {s1|Ines Duarte}.\n\nThe harbour hummed. Omar hummed.")
    found = windows(text, gold, longest=8)

    assert len(found) > 2
    assert sum(len(each.flat) for each in found) == len(parse(text))
    for each in found:
        assert (each.ids[0], each.ids[-1]) == EDGES
        assert each.token[0] == each.token[-1] == -1
        assert len(each) == len(each.ids) == len(each.token) <= 8
        assert all(1 <= first < len(each) - 1 for first in each.first)
        assert each.features.shape[1] == each.entities.shape[0] == len(each.flat)


def test_the_anchor_is_told_from_where_it_stands():
    """Ten is no distance, whatever the window."""
    text, gold = marked("The weir held.\n\n{s1|Omar} {q1|said} {c1|the weir held}.")
    window = windows(text, gold, longest=8)[-1]
    (anchor,) = window.anchors

    assert window.pairs[0, 0].tolist() == [9, 10, 11, 12, 12, 13]
    assert told(text, [0] * anchor + [window.roles[0, anchor]], len(parse(text)) - len(window.flat)) == [("said", "B-cue")]


def test_a_quote_in_a_quote_is_an_answer_of_its_own():
    """Each anchor has its own row and its act; the flat row holds both."""
    text, gold = marked("{s1|Ines} {q1|said} {c1|{s2|Omar} {q2|added} {c2|the weir held}}.")
    (window,) = windows(text, gold, acts=[ACTS.index("thought"), IGNORED])

    assert window.acts.tolist() == [1, IGNORED]
    assert window.anchors.tolist() == [1, 3]
    assert [word for word, _ in told(text, window.roles[0])] == ["Ines", "said", "Omar", "added", "the", "weir", "held"]
    assert [word for word, _ in told(text, window.roles[1])] == ["Omar", "added", "the", "weir", "held"]
    assert [ROLES[role] for role in window.flat[:4]] == ["B-source", "B-cue", "B-source", "B-cue"]


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("that the weir held", "the weir held"),
        ("That, she said", "That, she said"),
        ("that , the weir", "the weir"),
        (" the weir, held.", "the weir, held"),
        ("“the weir,”", "“the weir,”"),
        ("that", "that"),
        ("thatch burned", "thatch burned"),
        (" …", None),
    ],
)
def test_a_content_is_learned_as_it_is_printed(content, kept):
    """No “that” before it, no punctuation at its edges."""
    found = clean(content, 0, len(content))

    assert (found and content[slice(*found)]) == kept


def test_a_content_over_two_paragraphs_is_one():
    """The line break between them is inside. What has no cue is not taught: there is no token that it could hang on."""
    text, gold = marked("{c1|“The weir held.”} {s2|Omar} {q2|said} {c2|so}.")
    assert [each.anchor for each in answers(parse(text), gold, [0, 0])] == [7]

    text, gold = marked("{s1|Omar} {q1|said}: {c1|“So.\n\n“The weir held.”}")
    (window,) = windows(text, gold)

    assert [role for _, role in told(text, window.roles[0])].count("B-content") == 1


def test_the_rules_are_told_to_the_model():
    """What they found stands in the features; where they say nothing, so do these."""
    text, gold = marked("{c1|“The weir held,”} {q1|said} {s1|Ines}.")
    rules = rules_of(parse(text))
    (with_rules,), (without,) = windows(text, gold, rules=rules), windows(text, gold)

    assert rules.anchors == (6,)
    assert (with_rules.features != without.features).any(axis=1).tolist() == [False] * 5 + [True, False]
    assert (with_rules.pairs[0] != without.pairs[0]).any(axis=1).tolist() == [False, False, True]

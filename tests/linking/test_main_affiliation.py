"""Which title and institution stand beside a speaker of many articles."""

import pytest

from quotes.linking.main_affiliation import Statement, main_affiliation, post_of

BANK, UNION = 1, 2


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([], (None, None, False)),
        ([Statement("mayor", None)], ("mayor", None, False)),
        # Titles of one post are counted together, and the one that most articles print is shown.
        (
            [Statement("rival", None)] * 2 + [Statement("Sen.", None), Statement("senator from Tarn", None), Statement("Sen.", None)],
            ("Sen.", None, False),
        ),
        # Of equally common ones the longest; it is over where most articles say so.
        (
            [Statement("ex-governor", None, past=True), Statement("former Tarn governor", None, past=True), Statement("governor", None)],
            ("former Tarn governor", None, True),
        ),
        # A post of which some say that it is over gives way to one that they agree on.
        (
            [Statement("secretary", None)] * 3 + [Statement("former secretary", None, past=True)] + [Statement("nominee", None)] * 3,
            ("nominee", None, False),
        ),
        # What one article of many says is not shown, those that say nothing among the many.
        ([Statement("nominee", None), *[Statement(None, None)] * 4], (None, None, False)),
        ([Statement("nominee", None), *[Statement(None, None)] * 3], ("nominee", None, False)),
        # An institution must be sure, all articles taken together, and belong to the post.
        ([Statement("economist", BANK, institution_confidence=0.4)], ("economist", None, False)),
        ([Statement("economist", BANK, institution_confidence=0.4)] * 2, ("economist", BANK, False)),
        ([Statement(None, UNION), Statement(None, UNION), Statement("economist", BANK)], ("economist", BANK, False)),
        ([Statement(None, UNION, past=True)], (None, UNION, True)),
    ],
)
def test_the_main_affiliation(statements, expected):
    assert main_affiliation(statements) == expected


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("Republican Sen.", "senator"),
        ("senator from Tarn", "senator"),
        ("U.S. Vice President", "vice president"),
        ("President", "president"),
        ("candidate", "candidate"),
        ("nominee", "candidate"),
        ("—", "—"),
    ],
)
def test_the_post_of_a_title(title, post):
    assert post_of(title) == post

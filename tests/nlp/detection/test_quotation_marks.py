import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.nlp.detection.quotation_marks import PAIRS, Quotation, find_quotations, outermost, paragraphs_of


def found(text: str) -> list[Quotation]:
    return find_quotations(text, paragraphs_of(text))


def printed(text: str) -> list[str]:
    """The outermost quotations, marks included."""
    return [text[each.start : each.end] for each in outermost(found(text))]


@pytest.mark.parametrize(
    "text",
    [
        "“Go,” he said.",
        '"Go," he said.',
        "‘Go,’ he said.",
        "'Go,' he said.",
        "«Go,» he said.",
        "‹Go,› he said.",
        "„Go,“ he said.",
        "„Go,” he said.",
        "``Go,'' he said.",
        "「Go,」 he said.",
        "『Go,』 he said.",
        "＂Go,＂ he said.",
    ],
)
def test_marks_of_every_kind_make_a_quotation(text):
    """The span holds its marks."""
    (quotation,) = found(text)

    assert quotation.closed
    assert text[quotation.start : quotation.end] == text.split(" ")[0]


@pytest.mark.parametrize("text", ["“Go,” he said.", "``Go,'' he said.", "'Go,' he said."])
def test_the_inner_span_leaves_the_marks_out(text):
    """One character or two."""
    start, end = found(text)[0].inner

    assert text[start:end] == "Go,"


def test_an_open_quotation_has_no_closing_mark_to_leave_out():
    """Its inner span runs to its end."""
    text = "“Go on"
    start, end = found(text)[0].inner

    assert text[start:end] == "Go on"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One.” Then “two.”", ["“One.”", "“two.”"]),
        ('He said "one" and "two".', ['"one"', '"two"']),
        ('("One," she said.)', ['"One,"']),
        ("Why—“because,” he said.", ["“because,”"]),
        ('"One"-"two"', ['"One"', '"two"']),
        ('"One." "Two."', ['"One."', '"Two."']),
        ('She asked:"Why?"', ['"Why?"']),
        ('“Half curly," he said.', ['“Half curly,"']),
        ('"Half straight,” he said.', ['"Half straight,”']),
    ],
)
def test_a_straight_mark_opens_or_closes_by_what_stands_beside_it(text, expected):
    assert printed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It isn't ours, it's theirs.",
        "It isn’t ours, it’s theirs.",
        "The workers' hall and the teachers' room.",
        "The workers’ hall and the teachers’ room.",
        "Back in the '90s they left 'em.",
        "Back in the ’90s they left ’em.",
        "Rock 'n' roll",
        "O'Hara's boat",
        'A 6\'2" centre and a 24" pipe.',
        "The boss' car.",
        "No marks at all.",
        "",
        "   \n \n",
    ],
)
def test_apostrophes_inches_and_clipped_words_are_no_quotations(text):
    assert printed(text) == []


def test_an_inch_does_not_swallow_the_quote_behind_it():
    assert printed('A 24" main broke. "It is fixed," she said.') == ['"It is fixed,"']


def test_an_apostrophe_does_not_end_a_quotation_in_single_marks():
    assert printed("'We don't know,' she said.") == ["'We don't know,'"]
    assert printed("‘We don’t know,’ she said.") == ["‘We don’t know,’"]


def test_a_plural_possessive_does_not_end_a_quotation_in_single_marks():
    assert printed("‘The voters’ choice was clear,’ she said.") == ["‘The voters’ choice was clear,’"]
    assert printed("'The voters' choice was clear,' she said.") == ["'The voters' choice was clear,'"]


def test_a_possessive_inside_double_marks_changes_nothing():
    assert printed("“The voters’ choice,” she said.") == ["“The voters’ choice,”"]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He said ‘no’ twice,” she said.", "‘no’"),
        ("\"He said 'no' twice,\" she said.", "'no'"),
        ("‘He said “no” twice,’ she said.", "“no”"),
        ("«He said “no” twice,» she said.", "“no”"),
    ],
)
def test_a_quotation_within_another_has_depth_one(text, inner):
    """The outer one comes first."""
    outer, nested = found(text)

    assert (outer.depth, nested.depth) == (0, 1)
    assert text[nested.start : nested.end] == inner
    assert printed(text) == [text[outer.start : outer.end]]


def test_marks_nested_twice_have_depth_two():
    text = "“She said ‘he said “no” twice’ again,” they wrote."

    assert [each.depth for each in found(text)] == [0, 1, 2]


def test_an_opening_mark_that_nobody_closes_runs_to_the_end_of_its_paragraph():
    text = "She said: “We wait.\n\nThe rain came."
    (quotation,) = found(text)

    assert not quotation.closed
    assert text[quotation.start : quotation.end] == "“We wait."


def test_an_open_quotation_ends_before_the_next_one_with_the_same_mark():
    text = "“We wait, she said. “We go,” he said."

    assert printed(text) == ["“We wait, she said.", "“We go,”"]
    assert [each.closed for each in found(text)] == [False, True]
    assert [each.depth for each in found(text)] == [0, 0]


def test_a_closing_mark_that_nothing_opened_is_none():
    assert printed("We wait,” she said.") == []


def test_an_open_single_mark_is_an_apostrophe():
    """A quotation in single marks that nobody closes is far rarer."""
    assert printed("The ‘house was empty.") == []


def test_a_paragraph_that_opens_with_the_mark_left_open_continues_the_quotation():
    text = "“One.\n\n“Two.\n\n“Three,” she said."
    first, second, third = found(text)

    assert (first.continued, first.continues, first.closed) == (False, True, False)
    assert (second.continued, second.continues, second.closed) == (True, True, False)
    assert (third.continued, third.continues, third.closed) == (True, False, True)


@pytest.mark.parametrize(("opening", "closing"), ["‘’", "''"])
def test_single_marks_run_over_paragraphs_too(opening, closing):
    """Where each opens with one and a capital letter, as British papers have it."""
    text = f"{opening}One.\n\n{opening}Two.\n\n{opening}Three,{closing} she said of the dogs{closing} owners."

    assert [(each.continued, each.continues) for each in found(text)] == [(False, True), (True, True), (True, False)]


@pytest.mark.parametrize(
    "text", ["The 'house was empty.\n\n'Twas so.", "Rock ’n’ roll.\n\n‘One,’ she said.", "‘til dawn.\n\n‘Two,’ she said."]
)
def test_an_apostrophe_is_continued_by_no_paragraph(text):
    """It opens nothing."""
    assert not any(each.continues for each in found(text))


def test_a_paragraph_without_a_mark_ends_the_chain():
    text = "“One.\n\nRain.\n\n“Two,” she said."

    assert [(each.continues, each.continued) for each in found(text)] == [(False, False), (False, False)]


def test_a_closed_quotation_is_not_continued():
    text = "“One,” he said.\n\n“Two,” she said."

    assert [(each.continues, each.continued) for each in found(text)] == [(False, False), (False, False)]


@pytest.mark.parametrize("breaks", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\u2029"])
def test_every_line_break_ends_a_paragraph(breaks):
    text = f"One.{breaks}Two."

    assert [text[start:end] for start, end in paragraphs_of(text)] == ["One.", "Two."]


def test_paragraphs_are_trimmed_and_never_blank():
    text = "  One. \n \t \n\u3000Two.\xa0"

    assert [text[start:end] for start, end in paragraphs_of(text)] == ["One.", "Two."]


@pytest.mark.parametrize("text", ["“”", '""', "“ ”", "''", "``''"])
def test_marks_with_nothing_between_do_not_raise(text):
    assert all(each.start < each.end for each in found(text))


news = st.text(st.sampled_from("ab S90s.,!?:—-()\n\r\u2028\t \xa0“”„‟«»‹›‘’「」『』\"'＂`"), max_size=120)


@given(news | st.text(max_size=60))
def test_quotations_are_ordered_and_lie_inside_one_paragraph(text):
    """Whatever the text."""
    paragraphs = paragraphs_of(text)
    spans = [(each.start, each.end) for each in find_quotations(text, paragraphs)]

    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    assert all(any(first <= start < end <= last for first, last in paragraphs) for start, end in spans)


@given(news)
def test_a_closed_quotation_begins_and_ends_with_a_mark(text):
    for each in found(text):
        assert text.startswith(each.mark, each.start)
        if each.closed:
            assert any(text[each.start : each.end].endswith(close) for closes in PAIRS.values() for close in (closes, *closes))


@given(news)
def test_quotations_never_cross(text):
    """Two of them stand apart or one within the other."""
    every = found(text)
    for one in every:
        for other in every:
            assert not one.start < other.start < one.end < other.end


@given(news)
def test_depth_counts_the_quotations_around(text):
    """Those at depth 0 never overlap."""
    outer = list(outermost(found(text)))

    assert all(one.end <= other.start for one, other in pairwise(outer))


@given(news)
def test_the_inner_span_lies_between_the_marks(text):
    for each in found(text):
        assert each.start < each.inner.start <= each.inner.end <= each.end


@given(news)
def test_paragraphs_hold_every_letter(text):
    """Only white space stands between them."""
    inside = "".join(text[start:end] for start, end in paragraphs_of(text))

    assert "".join(inside.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit",
    [
        "“Word.” ",
        '"Word." ',
        "'word ",
        "workers' ",
        "word.\n",
        '5" ',
        "“a\n",
        '"word ',
        "“word ‘word ",
        "``''",
    ],
)
def test_time_grows_with_the_length_and_not_with_its_square(unit):
    """One line of megabytes must not stop a batch. Eight times the text may take eight times as long, not sixty-four."""
    text = unit * (6_000 // len(unit))

    assert fastest(text * 8) < 24 * fastest(text) + 0.05


def fastest(text):
    times = []
    for _ in range(3):
        started = time.process_time()
        found(text)
        times.append(time.process_time() - started)
    return min(times)

from hypothesis import given
from hypothesis import strategies as st

from quotes.publish.pages.article_page import Mark, paragraphs


def shown(text, zones=(), marks=()):
    laid_out = paragraphs(text, zones, marks)
    return [[(piece.text, piece.quote and piece.quote.kind, piece.depth) for piece in each.pieces] for each in laid_out]


def test_blank_lines_part_the_paragraphs_and_single_line_ends_do_not():
    assert shown("One\ntwo.\n\nThree.\r\n\r\nFour.\n") == [[("One\ntwo.", None, 0)], [("Three.", None, 0)], [("Four.\n", None, 0)]]


def test_without_a_blank_line_every_line_is_a_paragraph():
    assert shown("One.\nTwo.\r\nThree.") == [[("One.", None, 0)], [("Two.", None, 0)], [("Three.", None, 0)]]


def test_a_line_of_another_zone_is_a_paragraph_of_its_own():
    laid_out = paragraphs("Head\nBy A\n\nText", [("headline", 0, 4), ("byline", 5, 9), ("body", 11, 15)], [])

    assert [(each.zone, each.pieces[0].text) for each in laid_out] == [("headline", "Head"), ("byline", "By A"), ("body", "Text")]


def test_a_zone_within_a_line_keeps_the_line_whole():
    (paragraph,) = paragraphs("TARN — It rains.", [("dateline", 0, 6), ("body", 7, 16)], [])

    assert paragraph.zone == "body"
    assert [(piece.text, piece.zone) for piece in paragraph.pieces] == [("TARN —", "dateline"), (" ", "body"), ("It rains.", "body")]


def test_a_quote_in_a_quote_is_marked_as_the_inner_one():
    text = "“She said ‘yes’ twice.”"

    assert shown(text, marks=[Mark(1, "direct", ((0, 23),)), Mark(2, "mixed", ((10, 15),))]) == [
        [("“She said ", "direct", 1), ("‘yes’", "mixed", 2), (" twice.”", "direct", 1)]
    ]


def test_quotes_that_overlap_are_cut_where_they_cross():
    assert shown("abcdef", marks=[Mark(1, "direct", ((0, 4),)), Mark(2, "indirect", ((2, 6),))])[0] == [
        ("ab", "direct", 1),
        ("cd", "direct", 2),
        ("ef", "indirect", 1),
    ]


def test_a_broken_quote_begins_at_its_first_part_and_ends_at_its_last():
    (paragraph,) = paragraphs("“Yes,” she said, “no.”", [], [Mark(7, "direct", ((0, 6), (17, 22)))])

    assert [(piece.begins, piece.ends) for piece in paragraph.pieces] == [((7,), ()), ((), ()), ((), (7,))]


def test_a_quote_of_two_paragraphs_stands_beside_the_first():
    laid_out = paragraphs("“One.\n\n“Two.”", [], [Mark(7, "direct", ((0, 13),))])

    assert [each.quotes for each in laid_out] == [(7,), ()]
    assert [each.pieces[-1].ends for each in laid_out] == [(), (7,)]


@st.composite
def marked_texts(draw):
    text = draw(st.text(alphabet="ab \n\r\u2028“”", min_size=1, max_size=60))
    place = st.integers(0, len(text))
    spans = st.tuples(place, place).map(sorted).map(tuple).filter(lambda span: text[slice(*span)].strip())
    apart = st.lists(spans, min_size=1, max_size=2).map(sorted).filter(lambda each: len(each) == 1 or each[0][1] <= each[1][0])
    marks = draw(st.lists(apart, max_size=4)) if text.strip() else []
    zones = sorted(draw(st.sets(place, max_size=4)))
    return text, [("byline", *each) for each in zip(zones[::2], zones[1::2], strict=False)], marks


@given(marked_texts())
def test_no_letter_is_lost_or_doubled_and_every_quote_begins_and_ends_once(drawn):
    text, zones, spans = drawn
    marks = [Mark(number, "direct", tuple(sorted(each))) for number, each in enumerate(spans)]
    pieces = [piece for each in paragraphs(text, zones, marks) for piece in each.pieces]

    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())
    begun = sorted(number for piece in pieces for number in piece.begins)
    assert begun == list(range(len(marks)))

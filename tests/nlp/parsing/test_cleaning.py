import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.nlp.parsing.cleaning import CleanText, clean_text
from quotes.records import Span

#: Letters, and whatever a copy may leave out or change.
TEXTS = st.text(st.sampled_from("abcZ .,\n\r\t\"'“”‘’«»„`[]123\u00ad\u200b\u00a0\u2028—-"), max_size=80)
STORY = (
    "The council of Tarn will close the old weir for two years while its gates are rebuilt, and the growers are angry about it.\n\n"
    "“We had no choice,” said the mayor. “The gates are moving, and nobody wants to wait until the water comes over them.”\n"
)


@given(TEXTS)
def test_every_stretch_of_a_copy_is_known_in_the_text(text):
    """The characters that it keeps stand there, in order, and lead back to the copy."""
    copy = clean_text(text)
    places = [copy.to_original(at, at + 1) for at in range(len(copy.text))]

    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one.end <= other.start for one, other in pairwise(places))
    assert all(text[span.start] == character or not character.isalnum() for span, character in zip(places, copy.text, strict=True))
    assert [copy.to_clean(*span) for span in places] == [Span(at, at + 1) for at in range(len(places))]


@pytest.mark.parametrize("text", [STORY, "She said “no” and 'yes'.\nThe 6 \" pipe.", "He’d seen No.12 and p.3 of it [sic].", ""])
def test_a_text_without_odd_layout_is_its_own_copy(text):
    """And nothing is kept of it."""
    assert clean_text(text) == CleanText(text)


@pytest.mark.parametrize("width", [40, 50, 60, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n", " \n"])
def test_a_line_end_within_a_paragraph_is_a_blank(width, end):
    """At any width, and behind a blank of its own as in mails (format=flowed); the paragraphs stay."""
    paragraphs = [textwrap.fill(each, width).replace("\n", end) for each in STORY.strip().split("\n\n")]
    line_end = end.lstrip(" ")

    assert clean_text(f"{line_end}{line_end}".join(paragraphs) + line_end).text == STORY.replace("\n", line_end)


@pytest.mark.parametrize(("first", "rest"), [("   ", ""), ("    ", "  ")])
def test_an_indented_line_begins_a_paragraph(first, rest):
    """Without a blank line before it."""
    story = STORY.replace("\n\n", "\n")
    wrapped = "\n".join(textwrap.fill(each, 60, initial_indent=first, subsequent_indent=rest) for each in story.splitlines()) + "\n"

    assert clean_text(wrapped).text == story


@pytest.mark.parametrize(
    "text",
    [
        "Odile Fenn, 54, a teacher\n“I walk here every day.”\nImre Fodor, 31\n“I drive.”\n",
        "Weir to close\nThe council of Tarn will close the old weir for two years while its gates are rebuilt.\n",
        "We asked for:\nbread\nmilk\na roof\nWe got:\nnothing\n",
        "MAYOR: We will close it.\nFENN: For how long?\nMAYOR: Two years.\nFENN: Why?\n",
    ],
)
def test_lines_that_stand_for_themselves_stay_apart(text):
    """A name above a quote, a headline, a list, a transcript."""
    assert clean_text(text).text == text


def test_a_word_broken_at_its_hyphen_is_whole():
    """No blank is put into it."""
    text = "The council of Tarn will close the old weir and its well-\nknown gates for two years, and those who live be-\nlow them wait.\n"

    assert "well-known gates" in clean_text(text).text


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ('" It is over , " said Fodor . " We go . "', '"It is over ," said Fodor . "We go ."'),
        ("« It is over », said Fodor.", "«It is over», said Fodor."),
        ("“ It is over, ” said Fodor.", "“It is over,” said Fodor."),
        ("““It is over,”” said Fodor.", "“It is over,” said Fodor."),
        ('""It is over,"" said Fodor.', '"It is over," said Fodor.'),
        ("‘‘It is over,’’ said Fodor.", "“It is over,” said Fodor."),
        ("''It is over,'' said Fodor.", '"It is over," said Fodor.'),
        ("„It is over,“ said Fodor.", "„It is over,“ said Fodor."),
        ("The dam was safe.12 Nobody asked.", "The dam was safe. Nobody asked."),
        ("“The dam was safe.”3", "“The dam was safe.”"),
        ("The dam was safe [3].", "The dam was safe."),
        ("Imre Fodor[2] said so[3][4], twice.", "Imre Fodor said so, twice."),
        ("Im\u00adre Fo\u200bdor, may\u00ador", "Imre Fodor, mayor"),
        ("Imre  Fodor\u00a0said\n  no ", "Imre Fodor said\nno"),
    ],
)
def test_what_layout_put_there_is_left_out(text, copy):
    """Blanks inside marks, marks printed twice, numbers of footnotes, what prints nothing."""
    assert clean_text(text).text == copy

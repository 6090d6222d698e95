import time
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from quotes.nlp.detection.quotation_marks import Quotation, find_quotations, paragraphs_of, quote_kind
from quotes.records import Span


def found(text: str) -> list[Quotation]:
    return find_quotations(text, paragraphs_of(text))


def spans(text: str, *words: str) -> list[Span]:
    """Where the words stand."""
    return [Span(text.index(each), text.index(each) + len(each)) for each in words]


def printed(text: str, each: Quotation) -> tuple[str, ...]:
    """A quotation with its marks, and what is not the rule."""
    return (text[each.start : each.end], *([f"depth {each.depth}"] if each.depth else []), *([] if each.closed else ["open"]))


@pytest.mark.parametrize(("text", "expected"), examples(Path(__file__).with_name("quotation_marks.txt")))
def test_marks_make_quotations(text, expected):
    """By `quotation_marks.txt`: each with its marks, how deep it stands in others, and whether nobody closed it."""
    assert [printed(text, each) for each in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "inner"), [("“Go,” he said.", "Go,"), ("``Go,'' he said.", "Go,"), ("'Go,' he said.", "Go,"), ("“Go on", "Go on")]
)
def test_the_inner_span_leaves_the_marks_out(text, inner):
    """One character or two, and at the end only if it was closed."""
    assert text[slice(*found(text)[0].inner)] == inner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One.\n\n“Two.\n\n“Three,” she said.", [(False, True), (True, True), (True, False)]),
        ("‘One.\n\n‘Two.\n\n‘Three,’ she said of the dogs’ owners.", [(False, True), (True, True), (True, False)]),
        ("'One.\n\n'Two.\n\n'Three,' she said of the dogs' owners.", [(False, True), (True, True), (True, False)]),
        ("“One.\n\nRain.\n\n“Two,” she said.", [(False, False)] * 2),
        ("“One,” he said.\n\n“Two,” she said.", [(False, False)] * 2),
        ("The 'house was empty.\n\n'Twas so.", []),
        ("Rock ’n’ roll.\n\n‘One,’ she said.", [(False, False)]),
        ("‘til dawn.\n\n‘Two,’ she said.", [(False, False)]),
    ],
)
def test_a_paragraph_that_opens_with_the_mark_left_open_continues_the_quotation(text, expected):
    """In single marks too; no paragraph continues what was closed, nor an apostrophe, and one without a mark ends the run."""
    assert [(each.continued, each.continues) for each in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“The well is dry,” Imre said.", "“The well is dry,”", "direct"),
        ("The well is dry, Imre said.", "The well is dry", "indirect"),
        ("The well is “dry,” Imre said.", "The well is “dry,”", "mixed"),
        ("‘Dry,’ Imre said.", "‘Dry,’", "direct"),
        ("“He said ‘dry’,” Imre said.", "“He said ‘dry’,”", "direct"),
        ("“The well” is dry, Imre said.", "is dry", "indirect"),
    ],
)
def test_the_kind_is_how_much_of_the_content_stands_in_marks(text, content, kind):
    assert quote_kind(text, spans(text, content), found(text)) == kind


@pytest.mark.parametrize(("second", "kind"), [("“is dry.”", "direct"), ("Imre said", "mixed")])
def test_a_broken_quote_is_direct_when_every_part_is(second, kind):
    text = "“The well,” Imre said, “is dry.”"

    assert quote_kind(text, spans(text, "“The well,”", second), found(text)) == kind


@pytest.mark.parametrize(
    ("content", "cue", "kind"), [("it was dry", ["said"], "indirect"), ("‘No,’", ["said.”"], "direct"), ("it was dry", [], "direct")]
)
def test_what_a_quoted_person_reports_is_in_no_marks_of_its_own(content, cue, kind):
    """Unless they quote it: the marks around its cue are those of the whole."""
    text = "“Odile said it was dry, and then ‘No,’ she said.”"

    assert quote_kind(text, spans(text, content), found(text), spans(text, *cue)) == kind


@pytest.mark.parametrize("breaks", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\u2029"])
def test_every_line_break_ends_a_paragraph(breaks):
    text = f"One.{breaks}Two."

    assert [text[start:end] for start, end in paragraphs_of(text)] == ["One.", "Two."]


def test_paragraphs_are_trimmed_and_never_blank():
    text = "  One. \n \t \n\u3000Two.\xa0"

    assert [text[start:end] for start, end in paragraphs_of(text)] == ["One.", "Two."]


news = st.text(st.sampled_from("ab S90s.,!?:—-()\n\r\u2028\t \xa0“”„‟«»‹›‘’「」『』\"'＂`"), max_size=120)


@given(news | st.text(max_size=60))
def test_quotations_are_ordered_and_lie_inside_one_paragraph(text):
    """Whatever the text."""
    paragraphs = paragraphs_of(text)
    spans = [(each.start, each.end) for each in find_quotations(text, paragraphs)]

    assert spans == sorted(spans, key=lambda span: (span[0], -span[1]))
    assert all(any(first <= start < end <= last for first, last in paragraphs) for start, end in spans)


@given(news)
def test_quotations_never_cross(text):
    """Two of them stand apart or one within the other."""
    every = found(text)
    for one in every:
        for other in every:
            assert not one.start < other.start < one.end < other.end


@pytest.mark.parametrize(
    "unit", ["“Word.” ", '"Word." ', "'word ", "workers' ", "word.\n", '5" ', "“a\n", '"word ', "“word ‘word ", "``''"]
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

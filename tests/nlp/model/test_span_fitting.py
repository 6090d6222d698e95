import pytest
from small_model import layout, reading
from treebank import parse

from quotes.nlp.model.inference import Prediction
from quotes.nlp.model.span_fitting import fit_prediction, without_that
from quotes.records import ACTS, Span

PLAIN = "Imre said the well was dry."
SAID = "“The well is dry,” Imre said."
BROKEN = "“The well,” Imre said, “is dry.”"
REPORT = "The well is dry, Imre said."
MIXED = "Imre said the well was “bone dry.”"
FLOATS = "“We will leave.” It took Imre a day to decide."


def content_of(each, *args, **options):
    """The words of the contents of a reading."""
    found = fit_prediction(each, reading(each, *args, **options), *layout(each))
    return found and [each.text[slice(*span)] for span in found.contents]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("that it is", "it is"),
        ("That it is", "it is"),
        ("that, in May", "that, in May"),
        ("that well is dry", "well is dry"),
        ("thatched", "thatched"),
        ("that", "that"),
        ("that …", "that …"),
        ("it is that", "it is that"),
    ],
)
def test_a_content_has_no_leading_that(text, content):
    """Nothing is taken that leaves nothing."""
    assert text[slice(*without_that(text, Span(0, len(text))))] == content


def test_a_reading_becomes_an_attribution():
    """Spans of the text, the token of the cue, and the evidence that a model said so."""
    each = parse(PLAIN)
    found = fit_prediction(each, reading(each, "the well was dry", source="Imre"), *layout(each))

    assert found.contents == (Span(10, 26),)
    assert found.cue == (Span(5, 9),)
    assert (found.source.spans, found.source.head) == ((Span(0, 4),), 0)
    assert (found.evidence, found.verb, found.follows, found.floating) == ("model", 1, None, False)


@pytest.mark.parametrize(("contents", "cue"), [((), "said"), (("the well was dry",), ""), ((".",), "said")])
def test_what_has_no_content_or_no_cue_is_no_attribution(contents, cue):
    """Punctuation is no content."""
    each = parse(PLAIN)

    assert fit_prediction(each, reading(each, contents, cue), *layout(each)) is None


@pytest.mark.parametrize(
    ("text", "own", "kept"),
    [
        ("Imre said he was worried. “It split us.”", "he was worried", ["he was worried"]),
        ("The well was dry, Imre said. “It split us.”", "The well was dry", ["The well was dry", "“It split us.”"]),
    ],
)
def test_a_quotation_behind_a_report_is_a_quote_of_its_own(text, own, kept):
    """Where the report stands behind its cue; words that somebody said before it go on behind it."""
    assert content_of(parse(text), (own, "“It split us.”"), source="Imre") == kept


@pytest.mark.parametrize("number", range(4))
def test_the_likeliest_act_is_taken(number):
    """As the model reads it."""
    each = parse(PLAIN)
    acts = tuple(0.7 if place == number else 0.1 for place in range(4))

    assert fit_prediction(each, reading(each, "the well was dry", acts=acts), *layout(each)).act == ACTS[number]


@pytest.mark.parametrize(
    ("paragraphs", "read", "cue", "content"),
    [
        pytest.param(["Imre said that the well was dry."], "that the well was dry.", 0, "the well was dry", id="trimmed, without “that”"),
        pytest.param(
            [PLAIN, FLOATS], "the well was dry.\n\n“We will leave.” It", 0, "the well was dry", id="ends with the paragraph of its cue"
        ),
        pytest.param([PLAIN, REPORT], "was dry.\n\nThe well is dry", 1, "The well is dry", id="begins with the paragraph of its cue"),
        pytest.param([PLAIN, REPORT], "The well is dry", 0, "The well is dry", id="may stand in another paragraph than its cue"),
    ],
)
def test_a_content_is_cut_to_what_was_said(paragraphs, read, cue, content):
    """`cue` counts the "said"."""
    assert content_of(parse(*paragraphs), read, nth=cue) == [content]


@pytest.mark.parametrize(
    ("text", "read", "cue", "content"),
    [
        (SAID, "The well is dry", "said", "“The well is dry,”"),
        (SAID, "“The well is dry", "said", "“The well is dry,”"),
        (SAID, "The well is dry,”", "said", "“The well is dry,”"),
        pytest.param(FLOATS, "will leave", "took", "“We will leave.”", id="nine of eleven letters are enough"),
        pytest.param(SAID, "well is dry", "said", "well is dry", id="nine of twelve are not"),
        pytest.param(MIXED, "the well was “bone dry", "said", "the well was “bone dry.”", id="a mark within is taken in"),
    ],
)
def test_a_content_that_fills_its_marks_is_stretched_to_them(text, read, cue, content):
    """A mark is a surer edge than any reading."""
    assert content_of(parse(text), read, cue) == [content]


@pytest.mark.parametrize(("cue", "source"), [("left", None), ("said", "left")])
def test_a_content_is_not_stretched_over_its_own_cue_or_source(cue, source):
    """They stand in the same quotation."""
    each = parse("“She shouted ‘dry!’ and left,” said Imre.")

    assert content_of(each, "She shouted ‘dry!’ and", cue, source) == ["She shouted ‘dry!’ and"]
    assert content_of(each, "She shouted ‘dry!’ and", "said") == ["“She shouted ‘dry!’ and left,”"]


@pytest.mark.parametrize(
    ("text", "read", "contents"),
    [
        (BROKEN, ("is dry", "The well"), ["“The well,”", "“is dry.”"]),
        (SAID, ("The well is dry", "“The well is dry"), ["“The well is dry,”"]),
        ("“Odile says the well is dry,” said Imre.", ("Odile says the well is", "dry"), ["“Odile says the well is dry,”"]),
    ],
)
def test_contents_are_in_order_and_do_not_overlap(text, read, contents):
    """Two parts of one quotation of which each, or one, is stretched to its marks are one: else what was said would be told twice."""
    assert content_of(parse(text), read) == contents


@pytest.mark.parametrize(
    ("text", "source", "head"),
    [
        ("Imre Fodor, an engineer at Tarn Water, said the well was dry.", "Imre Fodor, an engineer at Tarn Water", "Fodor"),
        ("Two officials familiar with the plan said the well was dry.", "Two officials familiar with the plan", "officials"),
        ("Chief engineer Imre Fodor said the well was dry.", "Chief engineer Imre Fodor", "Fodor"),
        ("“The well is dry,” she said.", "she", "she"),
        ("Imre and Odile said the well was dry.", "Imre and Odile", "Imre"),
        ("Many said the well was dry.", "Many", "Many"),
        ("“The well is dry,” said quietly the mayor of Tarn.", "quietly the mayor of Tarn", "mayor"),
        ("Owners were told by the council that the well was dry.", "by the council", "council"),
        ("“The well is dry,” said Imre, laughing.", "laughing", "laughing"),
    ],
)
def test_a_source_has_the_token_that_names_it(text, source, head):
    """The noun or pronoun whose head lies outside; where there is none, a noun within; else a word."""
    each = parse(text)
    found = fit_prediction(each, reading(each, "dry", "told" if "told" in text else "said", source), *layout(each))

    assert each.words[found.source.head] == head
    assert found.source.head in found.source.tokens


@pytest.mark.parametrize(("read", "printed"), [(None, None), ("Imre Fodor, of Tarn Water,", "Imre Fodor, of Tarn Water"), (",", None)])
def test_a_source_is_trimmed(read, printed):
    """Mere punctuation is none, and there need not be one."""
    each = parse("Imre Fodor, of Tarn Water, said the well was dry.")
    source = fit_prediction(each, reading(each, "the well was dry", source=read), *layout(each)).source

    assert (source and each.text[slice(*source.spans[0])]) == printed


def test_of_several_sources_the_first_counts():
    """A quote has one speaker."""
    each = parse(PLAIN)
    two = Prediction(1, ((2, 6),), ((1, 2),), ((0, 1), (3, 4)), 0.9, 0.9, 0.9, (1.0, 0.0, 0.0, 0.0))

    assert fit_prediction(each, two, *layout(each)).source.spans == (Span(0, 4),)


def test_a_quotation_of_another_paragraph_is_no_part_of_the_content():
    """It is a quote without a cue; what stands in no marks there, or all of a content that stands there, stays."""
    each = parse(SAID, "“It is full,” Odile shot back.")

    assert content_of(each, ("The well is dry", "It is full")) == ["“The well is dry,”"]
    assert content_of(each, ("The well is dry", "shot back")) == ["“The well is dry,”", "shot back"]
    assert content_of(each, "It is full") == ["“It is full,”"]

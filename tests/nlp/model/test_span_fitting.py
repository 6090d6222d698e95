import pytest
from small_model import article, at, layout, reading
from treebank import parse

from quotes.nlp.model.inference import Prediction
from quotes.nlp.model.span_fitting import fit_prediction, without_that
from quotes.nlp.parsing.parse import parse_of
from quotes.records import ACTS, Span

PLAIN = "Imre said the well was dry."
SAID = "“The well is dry,” Imre said."
BROKEN = "“The well,” Imre said, “is dry.”"
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


def test_a_source_may_be_missing():
    """Nobody is named."""
    each = parse(PLAIN)

    assert fit_prediction(each, reading(each, "the well was dry"), *layout(each)).source is None


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


def test_a_content_is_trimmed():
    """No punctuation at its edges, and no "that"."""
    each = parse("Imre said that the well was dry.")

    assert content_of(each, "that the well was dry.") == ["the well was dry"]


def test_a_content_ends_with_the_paragraph_of_its_cue():
    """What runs on over the line break is cut."""
    each = parse_of(article(PLAIN, "“We will leave.” It took Imre a day to decide."))
    first, _ = at(each, "the well was dry")
    _, last = at(each, "It took Imre")
    across = Prediction(1, ((first, last),), ((1, 2),), (), 0.9, 0.9, 0.9, (1.0, 0.0, 0.0, 0.0))

    assert [each.text[slice(*span)] for span in fit_prediction(each, across, *layout(each)).contents] == ["the well was dry"]


def test_a_content_begins_with_the_paragraph_of_its_cue():
    """What comes over the line break from above is cut."""
    each = parse_of(article(PLAIN, "The well is dry, Imre said."))
    first, last = at(each, "was dry")[0], at(each, "The well is dry")[1]
    said = at(each, "said", 1)
    across = Prediction(said[0], ((first, last),), (said,), (), 0.9, 0.9, 0.9, (1.0, 0.0, 0.0, 0.0))

    assert [each.text[slice(*span)] for span in fit_prediction(each, across, *layout(each)).contents] == ["The well is dry"]


def test_a_content_in_another_paragraph_than_its_cue_is_kept():
    """A colon at the end of a paragraph may introduce it."""
    each = parse_of(article(PLAIN, "The well is dry, Imre said."))

    assert content_of(each, "The well is dry") == ["The well is dry"]


@pytest.mark.parametrize("words", ["The well is dry", "“The well is dry", "The well is dry,”", "The well is dry,"])
def test_a_content_that_fills_its_marks_is_stretched_to_them(words):
    """A mark is a surer edge than any reading."""
    assert content_of(parse(SAID), words) == ["“The well is dry,”"]


def test_a_content_that_nearly_fills_its_marks_is_stretched_to_them():
    """Nine of eleven letters are enough, nine of twelve are not."""
    assert content_of(parse(FLOATS), "will leave", "took") == ["“We will leave.”"]
    assert content_of(parse(SAID), "well is dry") == ["well is dry"]


def test_a_content_that_runs_over_a_mark_takes_it_in():
    """Part of it stands in marks."""
    assert content_of(parse("Imre said the well was “bone dry.”"), "the well was “bone dry") == ["the well was “bone dry.”"]


@pytest.mark.parametrize(("cue", "source"), [("left", None), ("said", "left")])
def test_a_content_is_not_stretched_over_its_own_cue_or_source(cue, source):
    """They stand in the same quotation."""
    each = parse("“She shouted ‘dry!’ and left,” said Imre.")

    assert content_of(each, "She shouted ‘dry!’ and", cue, source) == ["She shouted ‘dry!’ and"]
    assert content_of(each, "She shouted ‘dry!’ and", "said") == ["“She shouted ‘dry!’ and left,”"]


def test_a_mark_that_nobody_closed_is_an_edge_where_it_opens():
    """It ends with its paragraph, and the content is trimmed there as elsewhere."""
    each = parse("“The well is dry, said Imre.\n\n“It is full,” said Odile.")

    assert content_of(each, "The well is dry, said Imre", nth=1) == ["“The well is dry, said Imre"]


def test_contents_are_in_order_and_no_two_are_the_same():
    """Two parts of one quotation that are stretched to the same marks are one."""
    each = parse(BROKEN)

    assert content_of(each, ("is dry", "The well")) == ["“The well,”", "“is dry.”"]
    assert content_of(parse(SAID), ("The well is dry", "“The well is dry")) == ["“The well is dry,”"]


def test_contents_do_not_overlap():
    """Of two parts of a quotation one nearly fills it and is stretched over the other: what was said would be told twice."""
    each = parse("“Odile says the well is dry,” said Imre.")

    assert content_of(each, ("Odile says the well is", "dry")) == ["“Odile says the well is dry,”"]


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


def test_a_source_is_trimmed():
    """Its commas are not printed."""
    each = parse("Imre Fodor, of Tarn Water, said the well was dry.")
    found = fit_prediction(each, reading(each, "the well was dry", source="Imre Fodor, of Tarn Water,"), *layout(each))

    assert each.text[slice(*found.source.spans[0])] == "Imre Fodor, of Tarn Water"


def test_a_source_of_mere_punctuation_is_none():
    """Nobody is called by a comma."""
    each = parse("The well, Imre said, is dry.")

    assert fit_prediction(each, reading(each, ("The well", "is dry"), source=","), *layout(each)).source is None


def test_of_several_sources_the_first_counts():
    """A quote has one speaker."""
    each = parse(PLAIN)
    two = Prediction(1, ((2, 6),), ((1, 2),), ((0, 1), (3, 4)), 0.9, 0.9, 0.9, (1.0, 0.0, 0.0, 0.0))

    assert fit_prediction(each, two, *layout(each)).source.spans == (Span(0, 4),)


def test_a_quotation_of_another_paragraph_is_no_part_of_the_content():
    """It is a quote without a cue; what stands in no marks there, or all of a content that stands there, stays."""
    each = parse_of(article(SAID, "“It is full,” Odile shot back."))

    assert content_of(each, ("The well is dry", "It is full")) == ["“The well is dry,”"]
    assert content_of(each, ("The well is dry", "shot back")) == ["“The well is dry,”", "shot back"]
    assert content_of(each, "It is full") == ["“It is full,”"]

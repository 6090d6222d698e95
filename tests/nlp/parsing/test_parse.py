import pytest
from treebank import doc_of, parse

from quotes.nlp.parsing.parse import token_spans, tokens_of, trim
from quotes.records import Span

TEXT = "Imre Fodor, an engineer at Tarn Water, said the well was dry."


def test_edges_agree_with_those_of_spacy():
    doc, each = doc_of(TEXT), parse(TEXT)

    assert each.left == [token.left_edge.i for token in doc]
    assert each.right == [token.right_edge.i for token in doc]
    assert each.children == [[child.i for child in token.children] for token in doc]


def test_sentences_agree_with_those_of_spacy():
    text = "Imre said the well was dry.\n\n“We will leave.”"
    doc, each = doc_of(text), parse(text)

    assert each.bounds == [(sentence.start, sentence.end) for sentence in doc.sents]
    assert [each.bounds[number][0] <= token < each.bounds[number][1] for token, number in enumerate(each.sentence)] == [True] * len(doc)


def test_entities_keep_their_edges():
    doc, each = doc_of(TEXT), parse(TEXT)

    assert [token for token in range(len(each)) if each.begins[token]] == [entity.start for entity in doc.ents]
    assert [each.entity[entity.start] for entity in doc.ents] == [entity.label_ for entity in doc.ents]


def test_ancestors_lead_to_the_root():
    each = parse(TEXT)
    said, dry = each.words.index("said"), each.words.index("dry")

    assert list(each.ancestors(said)) == []
    assert list(each.ancestors(dry))[-1] == said


@pytest.mark.parametrize(("character", "word"), [(0, "Imre"), (3, "Imre"), (4, "Fodor"), (5, "Fodor"), (10, ","), (60, ".")])
def test_the_token_at_a_character_holds_it_or_comes_after_it(character, word):
    each = parse(TEXT)

    assert each.words[each.token_at(character)] == word


def test_runs_join_neighbours_and_drop_punctuation_at_the_edges():
    """A comma in the middle stays."""
    each = parse(TEXT)

    assert [TEXT[slice(*span)] for span in token_spans(each, {0, 1, 2})] == ["Imre Fodor"]
    assert [TEXT[slice(*span)] for span in token_spans(each, {0, 1, 2, 3, 4})] == ["Imre Fodor, an engineer"]
    assert [TEXT[slice(*span)] for span in token_spans(each, {0, 4, 6, 7})] == ["Imre", "engineer", "Tarn Water"]


def test_runs_of_mere_punctuation_are_left_out():
    each = parse(TEXT)

    assert token_spans(each, {2, len(each) - 1}) == []


def test_runs_keep_quotation_marks():
    text = "“The well is dry,” Imre said."
    each = parse(text)

    assert [text[slice(*span)] for span in token_spans(each, range(7))] == ["“The well is dry,”"]


@pytest.mark.parametrize(
    ("span", "words"),
    [((0, 4), ["Imre"]), ((1, 2), ["Imre"]), ((3, 6), ["Imre", "said"]), ((25, 29), ["dry", "."]), ((27, 29), []), ((45, 50), [])],
)
def test_a_span_holds_every_token_it_has_a_character_of(span, words):
    """Be it cut in the middle of a word; but no white space, and no more than there is."""
    each = parse("Imre said the well was dry.\n\n“We will leave.”")

    assert [each.words[token] for token in tokens_of(each, [span])] == words


@pytest.mark.parametrize(("text", "expected"), [(" , dry. ", (3, 6)), ("dry", (0, 3)), ("…", None), ("", None), ("— (dry)", (2, 7))])
def test_trimming_takes_white_space_and_punctuation_off_the_edges(text, expected):
    assert trim(text, 0, len(text)) == (expected and Span(*expected))

"""Names in texts: as a recogniser finds them, as people annotated them, and as two recognisers agree."""

import json

import numpy as np
import pytest
from training_samples import EDGES, Pipeline, tokenizer

from quotes.corpora.gold import GoldSpeaker
from quotes.corpora.json_corpora import read_named
from quotes.errors import CorpusError
from quotes.records import Span
from quotes.training.examples.name_labels import UNSURE, agreed, as_annotated, with_gold_names
from quotes.training.examples.prepare import Preparer, named_as_read
from quotes.training.examples.quote_examples import IGNORED

TEXT = "Ines Duarte said the weir held."
INES, WEIR, MONDAY = Span(0, 11), Span(21, 25), Span(26, 30)


def test_what_only_one_recogniser_has_is_unsure():
    assert agreed([(INES, "PERSON"), (WEIR, "ORG")], [(INES, "PERSON"), (WEIR, "FAC")]) == ((INES, "PERSON"), (WEIR, UNSURE))


def test_annotated_names_stand_and_others_are_unsure():
    found = [(Span(0, 4), "ORG"), (WEIR, "ORG"), (MONDAY, "DATE")]

    assert as_annotated(found, [(INES, "PERSON")]) == ((INES, "PERSON"), (WEIR, UNSURE), (MONDAY, "DATE"))


def test_texts_are_read_with_their_names(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    (tmp_path / "b.json").write_text(
        json.dumps({"entities": [{"types": ["entity", "person"], "mentions": [[0, 11]]}, {"types": ["value"], "mentions": [[21, 25]]}]})
    )

    texts, _ = read_named(tmp_path)

    assert [(each.name, each.entities) for each in texts] == [("a", None), ("b", ((INES, "PERSON"),))]


@pytest.mark.parametrize(
    "marks", ['{"entities": [{"types": ["person"], "mentions": [[0, 99]]}]}', '{"entities": [{"mentions": [[0, 9]]}]}', "[]", "{"]
)
def test_names_that_cannot_be_read_are_refused_by_their_file(tmp_path, marks):
    with pytest.raises(CorpusError, match="no text in it"):
        read_named(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.json").write_text(marks)

    with pytest.raises(CorpusError, match=r"a\.json"):
        read_named(tmp_path)


def test_of_a_text_with_names_alone_nothing_is_said_of_its_quotes(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    texts, _ = read_named(tmp_path)
    told = []

    (made,) = Preparer(Pipeline(), tokenizer(), EDGES, tmp_path).named(texts, None, told.append)

    assert told == [1]
    assert len(made) == 3
    for windows in made:
        for window in windows:
            assert len(window.anchors) == 0
            assert (window.flat == IGNORED).all()
    assert np.count_nonzero(made[0][0].entities) == 2


def test_names_keep_their_places_in_a_text_that_is_cleaned(tmp_path):
    """The offsets of the annotation are of the file, those of the examples of the clean copy."""
    (tmp_path / "a.txt").write_text("A we\u00adir. Ines Duarte said it held.", encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"entities": [{"types": ["person"], "mentions": [[9, 20]]}]}))
    ((text,), _) = read_named(tmp_path)

    read = named_as_read(text)

    assert read.article.text == "A weir. Ines Duarte said it held."
    assert [read.article.text[start:end] for (start, end), _ in read.entities] == ["Ines Duarte"]


NAMES_TEXT = "Mayor of Oslo Ida Strand met the Norwegian Fjord Trust at Strand Hall. Strand agreed."


def words(entities):
    return [(NAMES_TEXT[span.start : span.end], label) for span, label in entities]


def test_a_full_name_takes_the_place_of_what_was_found_there():
    found = [(Span(0, 24), "ORG"), (Span(58, 69), "FAC")]

    named = with_gold_names(NAMES_TEXT, found, [GoldSpeaker("Ida Strand", "person", (), ("Norwegian Fjord Trust",))])

    assert words(named) == [("Ida Strand", "PERSON"), ("Norwegian Fjord Trust", "ORG"), ("Strand Hall", "FAC"), ("Strand", "PERSON")]


def test_a_state_that_speaks_stays_a_place():
    """Without speakers nothing changes."""
    text = "New Zealand said so."

    assert with_gold_names(text, [(Span(0, 5), "ORG")], []) == ((Span(0, 5), "ORG"),)
    assert with_gold_names(text, [(Span(0, 11), "GPE")], [GoldSpeaker("New Zealand", "organisation")]) == ((Span(0, 11), "GPE"),)

"""The model that comes with the package, as it is used by whoever names nothing."""

import pytest

import quotes
from quotes import pipeline

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def shipped():
    return pipeline.model_folder(pipeline.installed_models()[0])


def test_the_best_model_is_trained_and_joined_with_the_rules():
    first, second, last = pipeline.installed_models()

    assert second == f"{first}-alone"
    assert last == "rules"


def test_its_folder_is_small_and_no_pickle_and_its_card_says_what_it_learned_from(shipped):
    card = (shipped / "README.md").read_text("utf-8")

    assert sum(path.stat().st_size for path in shipped.iterdir()) < 25_000_000
    assert {path.suffix for path in shipped.iterdir()} <= {".onnx", ".json", ".md"}
    assert "states no licence" in card
    assert "quotes train" in card


def test_it_names_entities_in_place_of_the_recogniser(nlp):
    assert "ner" not in nlp.pipe_names
    assert [each.text for each in nlp("Mayor Grace Adu spoke in Leeds on Friday.").ents if each.label_ == "PERSON"] == ["Grace Adu"]


def test_a_pipeline_that_somebody_names_keeps_its_recogniser():
    assert "ner" in quotes.load(spacy_model=pipeline.DEFAULT_SPACY_MODEL).pipe_names


def test_without_its_weights_the_rules_work(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline, "MODELS", tmp_path)

    assert pipeline.installed_models() == ["rules"]
    assert quotes.load()("“No,” said Grace Adu.")._.quotes


def test_alone_it_does_without_the_rules(nlp):
    (quote,) = quotes.load(model=pipeline.installed_models()[1])("“No,” said Grace Adu.")._.quotes

    assert quote["mention"]["text"] == "Grace Adu"

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab
from treebank import doc_of

from quotes.nlp.model.extractor import Extractor
from quotes.nlp.model.inference import Model
from quotes.nlp.parsing.sentence_starts import layout_component
from quotes.nlp.speakers.resolver import resolver

PLAIN = "Imre said the well was dry."
SAID = "“The well is dry,” Imre said."
NESTED = "Odile said that Imre said the well was dry."
FLOATS = "“We will leave.” It took Imre a day to decide."


@pytest.fixture(scope="module")
def model(small_folder):
    return Model(small_folder)


@pytest.fixture
def told(model, monkeypatch):
    """Gives the model another word on something in its settings."""
    return lambda **changed: monkeypatch.setattr(model, "settings", model.settings | changed)


def contents(doc):
    return [" … ".join(doc.text[start:end] for start, end in each["contents"]) for each in doc._.attributions]


def evidence(doc):
    return [each["evidence"] for each in doc._.attributions]


def test_what_rules_and_model_find_is_written_on_the_doc(model):
    """Once, where both find it, with what each says."""
    (found,) = Extractor(model)(doc_of(SAID))._.attributions

    assert found["contents"] == ((0, 18),)
    assert (found["cue"], found["source"], found["source_head"]) == (((24, 28),), ((19, 23),), 7)
    assert (found["kind"], found["act"], found["evidence"]) == ("direct", "speech", "model+after")


def test_a_model_alone_hears_nothing_from_the_rules(model):
    """So that the two can be told apart."""
    alone = Extractor(model, alone=True)

    assert evidence(alone(doc_of(SAID))) == ["model"]
    assert evidence(alone(doc_of("According to Imre Fodor, the well is dry."))) == []


def test_what_hangs_on_a_doc_is_plain(model):
    """Numbers, strings and tuples: several processes and DocBin take nothing else."""

    def values(each):
        return [leaf for part in each for leaf in values(part)] if isinstance(each, tuple | list) else [each]

    for doc in (Extractor(model)(doc_of(text)) for text in (SAID, NESTED, FLOATS)):
        leaves = [leaf for each in doc._.attributions for leaf in values(list(each.values()))]
        assert {type(leaf) for leaf in leaves} <= {int, float, str, type(None)}


def test_what_is_less_sure_than_the_floor_is_left_out(model, told):
    """The floor is the model's."""
    assert contents(Extractor(model)(doc_of(SAID))) == ["“The well is dry,”"]
    told(floor=0.9999)
    assert contents(Extractor(model)(doc_of(SAID))) == []


@pytest.mark.parametrize(("alone", "anchors"), [(False, (8,)), (True, ())])
def test_the_model_is_told_what_the_rules_found(model, monkeypatch, alone, anchors):
    """Unless it is to read alone."""
    told = []
    monkeypatch.setattr(model, "predict", lambda parse, found, *given: told.append(found) or Model.predict(model, parse, found, *given))
    Extractor(model, alone=alone)(doc_of(SAID))

    assert [found.anchors for found in told] == [anchors]


def test_a_floating_quote_is_tied_to_one_that_stayed(model, told):
    """Not to one that was below the floor."""
    two = "Imre said the well was dry.", FLOATS
    doc = Extractor(model)(doc_of(*two))
    (floating,) = [each for each in doc._.attributions if each["evidence"].startswith("floating")]

    assert floating["follows"] == doc._.attributions[0]["contents"][0][0]
    told(confidence=dict.fromkeys(model.settings["confidence"], 0.0) | {"bias": -9.0})
    doc = Extractor(model)(doc_of(*two))
    assert [(each["evidence"].startswith("floating"), each["follows"]) for each in doc._.attributions] == [(True, None)]


@pytest.mark.parametrize(("asked", "named"), [(True, ["Imre Fodor", "Tarn Water"]), (False, ["Imre"])])
def test_the_model_names_entities_where_it_is_asked_to(model, asked, named):
    """In place of those that were there, which are kept else."""
    doc = doc_of("Imre Fodor, an engineer at Tarn Water, said the well was dry.")
    doc.ents = [Span(doc, 0, 1, "PERSON")]

    assert [each.text for each in Extractor(model, entities=asked)(doc).ents] == named


@pytest.mark.parametrize("words", [[], ["\n"], ["well"]])
@pytest.mark.parametrize("entities", [True, False])
def test_a_doc_without_a_quote_has_no_attributions(model, words, entities):
    """Be there no word at all."""
    doc = Extractor(model, entities=entities)(Doc(Vocab(), words=words, sent_starts=[True] * len(words)))

    assert doc._.attributions == ()


def test_attributions_become_quotes(model):
    """As those of the rules do."""
    (quote,) = resolver(Extractor(model, entities=True)(layout_component(doc_of(SAID))))._.quotes

    assert quote["text"] == "“The well is dry,”"
    assert quote["cue"] == {"text": "said", "spans": ((24, 28),)}
    assert quote["speaker"]["name"] == "Imre"


def test_it_is_a_component_with_a_folder(small_folder):
    """What `quotes.load` puts on a pipeline."""
    nlp = spacy.blank("en")
    part = nlp.add_pipe("quotes_extractor", config={"folder": str(small_folder), "alone": True})

    assert (part.model.folder, part.alone, part.entities) == (small_folder, True, False)

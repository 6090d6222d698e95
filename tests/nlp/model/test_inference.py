import json
import pickle
import shutil

import numpy as np
import pytest
from small_model import ENTITIES, layout
from spacy.tokens import Doc
from spacy.vocab import Vocab
from treebank import parse

from quotes.errors import PipelineError
from quotes.nlp.model import windows
from quotes.nlp.model.features import FIELDS, RuleRoles, rule_roles
from quotes.nlp.model.inference import FORMAT, MIN_PROBABILITY, Model
from quotes.nlp.model.role_decoding import entity_spans
from quotes.nlp.parsing.parse import parse_of
from quotes.nlp.rules.detect import detect

PLAIN = "Imre said the well was dry."
SAID = "“The well is dry,” Imre said."
BROKEN = "“The well,” Imre said, “is dry.”"
NESTED = "Odile said that Imre said the well was dry."
NOTHING = RuleRoles((), ())


@pytest.fixture
def model(small_folder):
    return Model(small_folder)


@pytest.fixture
def short(monkeypatch):
    """Windows so short that a paragraph fills one."""
    cut = windows.split_windows
    monkeypatch.setattr("quotes.nlp.model.inference.split_windows", lambda *given, **named: cut(*given, **named, longest=12))


class Spy:
    """A session that notes what it is asked."""

    def __init__(self, session):
        self.session, self.asked = session, []

    def get_outputs(self):
        return self.session.get_outputs()

    def run(self, names, inputs):
        self.asked.append({name: value.shape for name, value in inputs.items()})
        return self.session.run(names, inputs)


def read(model, each, found=NOTHING):
    return model.predict(each, found, *layout(each), [])


def words(each, ranges):
    return [each.text[each.start[first] : each.end[stop - 1]] for first, stop in ranges]


def told(model, each):
    """The predictions of a text in words."""
    return [(words(each, found.contents), words(each, found.cue), words(each, found.source)) for found in read(model, each)[0]]


def spied(model):
    words, *sessions = model.sessions
    encoder, roles = map(Spy, sessions)
    model._loaded = words, encoder, roles
    return encoder, roles


def test_a_folder_without_a_model_is_named_with_its_mend(tmp_path):
    """Nothing was trained there."""
    with pytest.raises(PipelineError, match=r"not a model of this program .*name a folder that `quotes train` wrote") as caught:
        Model(tmp_path / "none")

    assert str(caught.value).startswith(f"{tmp_path / 'none'}: ")


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2", b"\x00", b"\xff\xfe\xff", b"[]", b"null", b'{"format": %d}' % FORMAT])
def test_a_file_of_something_else_is_no_model(tmp_path, content):
    """Cut off, in no encoding, or JSON that `quotes train` does not write."""
    (tmp_path / "model.json").write_bytes(content)

    with pytest.raises(PipelineError, match="not a model of this program"):
        Model(tmp_path)


@pytest.mark.parametrize("values", [{}, {"format": 0}, {"format": FORMAT + 1, "steps": []}, {"format": "1"}])
def test_a_model_of_another_format_is_refused(tmp_path, values):
    """The message says which one is read here, and what to do."""
    (tmp_path / "model.json").write_text(json.dumps(values), encoding="utf-8")

    with pytest.raises(PipelineError, match=f"its format is .*, this program reads {FORMAT}; train it again or update"):
        Model(tmp_path)


@pytest.mark.parametrize("name", ["tokenizer.json", "encoder.onnx", "roles.onnx"])
@pytest.mark.parametrize("left", [None, 40], ids=["missing", "cut off"])
def test_a_model_that_lacks_a_part_is_to_be_installed_again(small_folder, tmp_path, name, left):
    """In one line, and how to go on without it."""
    shutil.copytree(small_folder, tmp_path / "model")
    part = tmp_path / "model" / name
    if left is None:
        part.unlink()
    else:
        part.write_bytes(part.read_bytes()[:left])

    with pytest.raises(PipelineError, match=r"cannot be loaded .*; install it again, or use --model rules") as caught:
        _ = Model(tmp_path / "model").sessions
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        (PLAIN, [("the well was dry", "Imre")]),
        (SAID, [("The well is dry", "Imre")]),
        (NESTED, [("that Imre said the well was dry", "Odile"), ("the well was dry", "Imre")]),
        ("Imre said the well was dry.\n\n“We will leave.”", [("the well was dry", "Imre")]),
        ("Imre said goodbye.", []),
        ("The storm passed.", []),
    ],
)
def test_each_cue_with_a_content_is_a_reading(model, text, readings):
    """With its own content and source."""
    assert told(model, parse(text)) == [([content], ["said"], [source]) for content, source in readings]


def test_a_reading_says_how_sure_it_is(model):
    """The chance of the cue, the least chances of its parts, and those of the acts."""
    (found,), *_ = read(model, parse(PLAIN))

    assert found.anchor == 1
    assert found.probability == pytest.approx(1 / (1 + np.exp(-4.006)), abs=1e-4)
    assert 0.8 < found.content_confidence < found.source_confidence < 1
    assert sum(found.acts) == pytest.approx(1, abs=1e-6)
    assert found.acts[0] == max(found.acts)


def test_a_faint_cue_is_not_looked_at(model):
    """Only "said" is asked for its roles."""
    encoder, roles = spied(model)
    read(model, parse(NESTED))

    assert len(encoder.asked) == 1
    assert [asked["pairs"][0] for asked in roles.asked] == [2]
    assert 1 / (1 + np.exp(6)) < MIN_PROBABILITY


@pytest.mark.usefixtures("short")
def test_windows_are_run_one_by_one(model):
    """Never together: what is run together has one scale."""
    encoder, roles = spied(model)
    read(model, parse(PLAIN, NESTED, PLAIN))

    assert [asked["ids"][0] for asked in encoder.asked] == [1, 1, 1]
    assert [asked["ids"][1] for asked in encoder.asked] == [9, 12, 9]
    assert [asked["features"] for asked in encoder.asked] == [(1, len(FIELDS), 8), (1, len(FIELDS), 11), (1, len(FIELDS), 7)]
    assert [asked["pairs"][0] for asked in roles.asked] == [1, 2, 1]


@pytest.mark.usefixtures("short")
def test_tokens_are_counted_through_the_article(model):
    """Not from the start of their window."""
    each = parse(PLAIN, SAID, NESTED)

    assert [cue for _, cue, _ in told(model, each)] == [["said"]] * 4
    assert [found.anchor for found in read(model, each)[0]] == [token for token, word in enumerate(each.words) if word == "said"]


def test_an_article_is_read_alike_whatever_was_read_before(model):
    """And whichever model of the same folder reads it."""
    texts = [parse(PLAIN, NESTED), parse(BROKEN), parse("The storm passed."), parse(SAID)]
    first = [read(model, each)[0] for each in texts]
    again = [read(model, each)[0] for each in reversed(texts)][::-1]

    assert first == again == [read(Model(model.folder), each)[0] for each in texts]


def test_what_the_rules_found_is_told_to_the_model(model):
    """Content that they found is likelier."""
    each = parse(PLAIN)
    (without,), *_ = read(model, each)
    (told,), *_ = read(model, each, rule_roles(each, detect(each)))

    assert told.contents == without.contents
    assert told.content_confidence > without.content_confidence


def test_every_token_has_scores_of_entity_labels(model):
    """Outside, and two labels of each kind."""
    each = parse("Imre Fodor, an engineer at Tarn Water, said the well was dry.")
    _, labels, _ = read(model, each)

    assert labels.shape == (len(each), 2 * len(ENTITIES) + 1)
    assert [(words(each, [(first, stop)]), ENTITIES[kind]) for first, stop, kind in entity_spans(labels)] == [
        (["Imre Fodor"], "PERSON"),
        (["Tarn Water"], "ORG"),
    ]


def test_a_text_of_one_endless_word_is_read(model):
    """A rule of dashes, longer than any window."""
    encoder, _ = spied(model)

    assert read(model, parse_of(Doc(Vocab(), words=["-" * 1000])))[0] == []
    assert encoder.asked[0]["ids"] == (1, windows.MAX_PIECES)


def test_a_model_travels_without_its_sessions(model):
    """Another process loads its own."""
    each = parse(NESTED)
    here = read(model, each)[0]
    there = pickle.loads(pickle.dumps(model))

    assert there._loaded is None
    assert read(there, each)[0] == here
    assert model._loaded is not None

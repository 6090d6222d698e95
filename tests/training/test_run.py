"""A training from corpora to a model's folder, with an encoder of no size and a parse by a rule of thumb."""

import json
from collections import defaultdict

import numpy as np
import pytest
from corpus_samples import passages, records  # noqa: F401  (fixtures)
from training_samples import EDGES, PIECES, Pipeline, example, parse, tokenizer

from quotes.corpora import read_corpus
from quotes.errors import TrainingError
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.model.features import rule_roles
from quotes.nlp.model.inference import Model
from quotes.training import confidence_fitting, run
from quotes.training.examples import prepare
from quotes.training.examples.prepare import ENTITIES
from quotes.training.loop import Recipe
from quotes.training.run import AS_PRINTED, PASSAGES, Job, epoch_of, gathered, load_tokenizer
from quotes.training.start import fresh

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore:Constant folding:UserWarning")  # of the exporter

RECIPE = Recipe(epochs=1, rate=1e-3, head_rate=1e-2, pieces=64, layers=1)


def corpus(folder, name="news", count=12, word="weir"):
    """Marked passages, each of its own words."""
    titled = (f"### {number}\n{{s1|Ines Duarte}} {{q1|said}} {{c1|the {word} held {'so ' * number}far}}.\n" for number in range(count))
    path = folder / f"{name}.txt"
    path.write_text("".join(titled), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _many_set_aside(monkeypatch):
    monkeypatch.setattr(prepare, "SET_ASIDE", 3)


@pytest.fixture
def encoder(encoder, monkeypatch):
    """The encoder of no size in the place of the package's."""
    monkeypatch.setattr(run, "encoder_folder", lambda: encoder)
    return encoder


@pytest.fixture
def articles(tmp_path):
    return gathered([corpus(tmp_path)])


def test_some_articles_are_set_aside(tmp_path):
    """All are read, none is on both sides, and it is told where they came from."""
    path = corpus(tmp_path)
    found = gathered([path])
    names = [[gold.name for gold in side] for side in (found.learn, found.aside)]

    assert {*names[0], *names[1]} == {gold.name for gold in read_corpus(path).articles}
    assert all(names)
    assert found.corpora == (("news", read_corpus(path).digest, 12),)


def test_the_same_text_is_on_the_same_side_in_every_run(tmp_path):
    """In whichever corpus it stands: what was learned from must not be measured on."""
    one, other = corpus(tmp_path), corpus(tmp_path, "other", 9)
    alone, both = gathered([one]), gathered([other, one])

    assert {gold.article.text for gold in both.learn} == {gold.article.text for gold in alone.learn}
    assert {gold.article.text for gold in both.aside} == {gold.article.text for gold in alone.aside}
    assert [name for name, _, _ in both.corpora] == ["other", "news"]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("few", "1 articles are too few"), ("passages", "no spans, cannot be learned"), ("records", "only speech is annotated")],
)
def test_what_cannot_be_learned_from_is_refused(request, tmp_path, name, complaint):
    """Some must be left to set aside, spans must be known, and what a corpus of some acts leaves out would be taught as no quote."""
    with pytest.raises(TrainingError, match=complaint):
        gathered([corpus(tmp_path, count=1) if name == "few" else request.getfixturevalue(name)])


def test_our_own_passages_can_be_learned_from(monkeypatch):
    """They are marked without a fault, and some are set aside as of any corpus."""
    monkeypatch.setattr(prepare, "SET_ASIDE", 14)
    found = gathered([PASSAGES])

    assert [name for name, _, _ in found.corpora] == ["passages"]
    assert len(found.learn) > 5 * len(found.aside)


def test_a_tokenizer_neither_cuts_nor_pads(tmp_path):
    """Windows are cut by us; the pieces at their ends are those of BERT."""
    other = type(tokenizer()).from_str(tokenizer().to_str())
    other.enable_truncation(2)
    other.enable_padding(length=8)
    other.save(str(tmp_path / "tokenizer.json"))
    found, edges, mask = load_tokenizer(tmp_path / "tokenizer.json")

    assert (edges, mask) == (EDGES, PIECES.index("[MASK]"))
    assert len(found.encode("the weir held . .", add_special_tokens=False).ids) == 5


def windows_by_form(count, forms):
    return [[(example(seed=10 * n + form),) for form in range(forms)] for n in range(count)]


def form_of(chosen, ready):
    """Of each window, of which article and form it is."""
    return [next((n, form) for n, each in enumerate(ready) for form, (own,) in enumerate(each) if own is window) for window in chosen]


def test_an_epoch_takes_every_article_once():
    """Mostly as printed, else in one of its changed forms."""
    ready = windows_by_form(200, 3)
    found = form_of(epoch_of(ready, 0)(0), ready)

    assert [n for n, _ in found] == list(range(200))
    assert sum(form == 0 for _, form in found) / 200 == pytest.approx(AS_PRINTED, abs=0.1)
    assert {form for _, form in found} == {0, 1, 2}


def test_an_epoch_is_the_same_each_time_and_no_other():
    """It goes by its number and the seed."""
    ready = windows_by_form(30, 3)
    chosen = {(seed, number): form_of(epoch_of(ready, seed)(number), ready) for seed in range(2) for number in range(2)}

    assert chosen[0, 1] == form_of(epoch_of(ready, 0)(1), ready)
    assert len({tuple(each) for each in chosen.values()}) == 4


def test_training_tells_its_stages_and_keeps_what_it_prepared(articles, encoder, tmp_path):
    """Reading, setting aside, steps; taken up again, it parses nothing."""
    told, again = [], Pipeline()
    for nlp, report in ((Pipeline(), told.append), (again, lambda _: None)):
        Job(articles, tmp_path, RECIPE, nlp).train(report)

    assert [each["done"] for each in told if each.get("stage") == "reading"] == list(range(3, 3 * len(articles.learn) + 1, 3))
    assert {each["of"] for each in told if each.get("stage") == "setting aside"} == {len(articles.aside)}
    assert any("held" in each for each in told)
    assert again.parsed == []
    assert {path.suffix for path in (tmp_path / "training").rglob("*") if path.is_file()} <= {".safetensors", ".json", ".npz"}


@pytest.fixture
def _easily_sure(monkeypatch):
    """Confidence that needs no fifty quotes of each kind: the chance of the model, and nothing else."""
    of_chance = defaultdict(float, chance=1.0)
    monkeypatch.setattr(confidence_fitting, "fitted", lambda reads: of_chance)


@pytest.mark.usefixtures("_easily_sure")
def test_a_model_is_made(encoder, tmp_path):
    """From corpora to a folder that the program reads, with a card that says what went into it."""
    pytest.importorskip("onnx")
    out = tmp_path / "model"
    card = Job(gathered([corpus(tmp_path)]), out, RECIPE, Pipeline()).run(lambda _: None)
    settings = json.loads((out / "model.json").read_text(encoding="utf-8"))
    read = parse("“The weir held,” said Ines.")
    predictions, entities, _ = Model(out).predict(
        read, rule_roles(read, []), find_quotations(read.text, paragraphs_of(read.text)), paragraphs_of(read.text), ()
    )

    assert {path.name for path in out.iterdir()} == {"README.md", "training", "model.json", "tokenizer.json", "encoder.onnx", "roles.onnx"}
    assert (settings["learned"] + settings["aside"], settings["corpora"][0]["name"]) == (12, "news")
    assert settings["recipe"]["epochs"] == 1
    assert settings["scores"]["all"]["gold"] == settings["aside"]
    assert (settings["confidence"]["chance"], settings["floor"]) == (1.0, confidence_fitting.FLOOR)
    assert np.array(settings["steps"]).shape == (7, 7)
    assert entities.shape == (len(read), 2 * len(ENTITIES) + 1)
    assert isinstance(predictions, list)
    assert "- `news`, 12 articles" in card.read_text(encoding="utf-8")


def test_a_model_that_cannot_be_sure_is_not_finished(monkeypatch, articles, encoder, tmp_path):
    """Too few quotes were set aside; the error says so."""
    pytest.importorskip("sklearn")
    monkeypatch.setattr(run, "export", lambda network, folder: None)
    monkeypatch.setattr(run, "read_all", lambda articles, docs, model: [])

    with pytest.raises(TrainingError, match="too few to measure confidence on"):
        Job(articles, tmp_path / "model", RECIPE, Pipeline()).finish(fresh(encoder, 1, 37, 0.0))

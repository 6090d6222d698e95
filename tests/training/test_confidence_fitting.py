"""How sure a quote is: regressions on reads that were made up."""

from dataclasses import replace
from functools import cache

import pytest
from training_samples import Pipeline, drawn, gold_article, parse

from quotes import lexicons
from quotes.errors import TrainingError
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import find_quotations, paragraphs_of
from quotes.nlp.detection.sources import Source
from quotes.nlp.model.confidence import candidate_confidence, confidence_features
from quotes.nlp.model.inference import Prediction
from quotes.nlp.model.merging import candidates
from quotes.nlp.parsing.parse import tokens_of
from quotes.records import Span
from quotes.training.confidence_fitting import ENOUGH, Read, fitted, read_all, right, scores_by_kind

pytest.importorskip("sklearn")

PLAIN = "{s1|Ines} {q1|said} {c1|the weir held}."
MARKED = "{s1|Ines} {q1|said}: {c1|“The weir held.”}"
NOTHING_SAID = "Ines said the weir held."
KINDS = ("both", "model", "rule")
#: Constructions that the rules are seldom and mostly right with.
BY_SHARE = sorted((float(share), evidence) for evidence, act, share in lexicons.rows("confidence.tsv") if act == "*" and evidence != "*")
SURE, UNSURE = BY_SHARE[-1][1], BY_SHARE[0][1]


@cache
def article(passage):
    gold = gold_article(passage)
    return gold, parse(gold.article.text)


def reading(sure, *, source=(0, 1), content=(2, 5)) -> Prediction:
    """What a model reads in “Ines said the weir held.”, this sure."""
    return Prediction(
        anchor=1,
        contents=(content,),
        cue=((1, 2),),
        source=(source,) if source else (),
        probability=sure,
        content_confidence=sure,
        source_confidence=sure,
        acts=(0.7, 0.1, 0.1, 0.1),
    )


def rule(read, evidence, words="the weir held", source="Ines") -> Attribution:
    """What a construction finds in it."""

    def spans(words):
        return (Span(read.text.index(words), read.text.index(words) + len(words)),)

    whose = Source(spans(source), 0, frozenset(tokens_of(read, spans(source)))) if source else None
    cued = not evidence.startswith("floating")
    return Attribution(spans(words), spans("said") if cued else (), whose, "speech", evidence, 1 if cued else None)


def read_of(passage, rules=(), predictions=(), acts=None) -> Read:
    gold, read = article(passage)
    paragraphs = paragraphs_of(read.text)
    marks = find_quotations(read.text, paragraphs)
    return Read(gold, read, tuple(candidates(read, rules, predictions, marks, paragraphs)), acts)


def case(kind, good, sure):
    """An article in which one side, or both, found a quote, rightly or wrongly, and was sure or not."""
    passage = PLAIN if good else NOTHING_SAID
    rules = [rule(article(passage)[1], "according")] if kind != "model" else []
    return read_of(passage, rules, [reading(0.95 if sure else 0.2)] if kind != "rule" else [])


@cache
def cases():
    """More than enough, and the model is right for the most part when it is sure."""
    judged = [(True, True)] * 40 + [(False, False)] * 30 + [(True, False), (False, True)] * 3
    return tuple(case(kind, good, sure) for kind in KINDS for good, sure in judged)


@cache
def weights():
    return fitted(cases())


def test_the_regression_has_a_weight_for_each_feature():
    """As the program that reads the weights describes a candidate."""
    read = case("both", good=True, sure=True)

    assert weights().keys() == {"bias", *confidence_features(read.parse, read.proposed[0])}


@pytest.mark.parametrize("kind", ["model", "both"])
def test_whoever_was_right_when_sure_is_believed_when_sure(kind):
    """Confidence comes near the share that was right."""
    sure, unsure = (case(kind, good=True, sure=each) for each in (True, False))
    given = [candidate_confidence(read.parse, read.proposed[0], weights()) for read in (sure, unsure)]

    assert given == pytest.approx([40 / 43, 3 / 33], abs=0.15)


@pytest.mark.parametrize("count", [0, ENOUGH - 1])
def test_too_few_carry_no_regression(count):
    """The error says how many there are."""
    few = [case("both", good=number % 2 == 0, sure=True) for number in range(count)]

    with pytest.raises(TrainingError, match=f"^{count} quotes found .* are too few .*; train on more$"):
        fitted(few)


def test_acts_that_nobody_annotated_are_not_judged():
    """Of a corpus of speech, only what is read as speech."""
    other = read_of(
        NOTHING_SAID, predictions=[replace(reading(0.9), acts=(0.1, 0.7, 0.1, 0.1), cue=((2, 3),), anchor=2)], acts=frozenset({"speech"})
    )

    assert other.proposed[0].attribution.act != "speech"
    assert fitted([*cases(), *[other] * 40]) == weights()
    assert scores_by_kind([other], weights(), 0.0)["all"]["precision"] == 0


@pytest.mark.parametrize(
    ("found", "good"),
    [
        ({}, True),
        ({"content": (3, 5)}, True),
        ({"content": (4, 5)}, False),
        ({"source": (5, 6)}, False),
        ({"source": None}, False),
    ],
    ids=["both", "half the content", "little of it", "another source", "no source"],
)
def test_a_candidate_is_right_in_content_and_source(found, good):
    """Its content is mostly the gold one, its source meets that one's."""
    assert right(read_of(PLAIN, predictions=[reading(0.9, **found)])) == [good]


def test_of_two_that_match_one_gold_content_one_is_right():
    """The better one, whoever found it."""
    read = read_of(PLAIN, [rule(article(PLAIN)[1], "according")], [reading(0.9, content=(4, 5))])

    assert sorted(zip(right(read), [each.prediction is None for each in read.proposed], strict=True)) == [(False, False), (True, True)]


@pytest.mark.parametrize(("words", "good"), [("the weir held", True), ("weir", True), ("said the weir", False)])
def test_a_floating_quote_is_right_within_a_gold_content(words, good):
    """Its speaker is found elsewhere, and annotators join it to the quote before."""
    read = article(PLAIN)[1]

    assert right(read_of(PLAIN, [rule(read, "floating", words, source=None)])) == [good]


def test_scores_are_those_of_attributed_quotes():
    """Right, wrong and missed ones; those with marks apart from those without."""
    marked = rule(article(MARKED)[1], SURE, "“The weir held.”")
    reads = [case("model", good=True, sure=True), case("model", good=False, sure=True), read_of(PLAIN), read_of(MARKED, [marked])]
    scores = scores_by_kind(reads, weights(), 0.5)

    assert scores["all"] == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3, "gold": 3})
    assert scores["with marks"] == pytest.approx({"precision": 1, "recall": 1, "f1": 1, "gold": 1})
    assert scores["without marks"] == pytest.approx({"precision": 1 / 2, "recall": 1 / 2, "f1": 1 / 2, "gold": 2})


def test_both_sides_read_every_article():
    """The model is told what the rules found, and where the zones are."""
    asked = []

    class Model:
        def predict(self, parse, found, marks, paragraphs, zones):
            asked.append((found.anchors, len(marks), len(paragraphs), zones))
            return [reading(0.9)], None, []

    gold, read = article("{c1|“The weir held,”} {q1|said} {s1|Ines}.")
    doc = drawn(Pipeline().make_doc(read.text))
    doc._.zones = (("body", 0, len(read.text)),)
    (found,) = read_all([gold], [doc], Model())

    assert asked == [((6,), 1, 1, (("body", 0, len(read.text)),))]
    assert (found.gold, found.parse.words) == (gold, read.words)
    assert [each.rule is not None and each.prediction is not None for each in found.proposed] == [True]

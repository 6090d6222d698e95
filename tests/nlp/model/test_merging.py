import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_model import confidence as weights
from small_model import layout, reading
from treebank import parse

from quotes.nlp.model.confidence import confidence, confidence_features
from quotes.nlp.model.inference import Prediction
from quotes.nlp.model.merging import candidates, jaccard, merge, token_index
from quotes.nlp.parsing.parse import tokens_of
from quotes.nlp.rules.detect import detect

PLAIN = "Imre said the well was dry."
SAID = "“The well is dry,” Imre said."
TWO = "Imre said the well was dry and the pump had failed."
NESTED = "Odile said that Imre said the well was dry."
FLOATS = "“We will leave.” It took Imre a day to decide."
#: A quote's confidence is the model's chance, or the rule's where the model says nothing.
WEIGHTS = weights()
LONG = parse(NESTED, "The well, Imre said, is dry.", "“It is full,” Odile shot back.")


def kept(each, predictions, rules=(), floor=0.0):
    """The words of the contents that stay, in their order, with their confidence."""
    found = merge(each, rules, predictions, *layout(each), WEIGHTS, floor)
    return [(" … ".join(each.text[slice(*span)] for span in attribution.contents), round(sure, 2)) for attribution, sure in found]


def one(each, predictions, rules=()):
    (candidate,) = candidates(each, rules, predictions, *layout(each))
    return candidate


sets = st.frozensets(st.integers(0, 9))


def test_two_of_four_tokens_are_a_half():
    """Tokens that both hold, of those that any holds."""
    assert jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5


@given(st.lists(sets, max_size=8), sets)
def test_sets_that_share_a_token_are_found(several, one):
    """All of them and no others, in their order."""
    assert token_index(several)(one) == [number for number, each in enumerate(several) if each & one]


@pytest.mark.parametrize(
    ("chance", "expected"),
    [(0.8, [("“It is dry,”", 0.9), ("“Nobody knew.”", 0.8)]), (0.2, [("“It is dry,” … “Nobody knew.”", 0.9)])],
)
def test_what_two_cues_lay_claim_to_is_the_nearer_one_s(chance, expected):
    """Unless that is hardly likely, and then takes nothing away."""
    each = parse("“It is dry,” Imre said, adding, “Nobody knew.”")
    first = reading(each, ("“It is dry,”", "“Nobody knew.”"), source="Imre")

    assert kept(each, [first, reading(each, "“Nobody knew.”", "adding", "Imre", chance=chance)], floor=0.3) == expected


def test_what_both_found_is_one_candidate():
    """Content and source are the model's, the act is the rule's; the evidence names both."""
    each = parse(SAID)
    (rule,) = detect(each)
    found = one(each, [reading(each, "The well is dry", source="Imre", acts=(0.0, 1.0, 0.0, 0.0))], [rule])

    assert (found.rule, found.agreement, found.same_source) == (rule, 1.0, True)
    assert found.attribution.contents == rule.contents
    assert found.attribution.act == "speech"
    assert found.attribution.evidence == f"model+{rule.evidence}"


def test_a_rule_goes_to_the_reading_that_agrees_best():
    """One to one: the other stands alone."""
    each = parse(PLAIN)
    rules = detect(each)
    found = candidates(each, rules, [reading(each, "well was dry", "was"), reading(each, "the well was dry")], *layout(each))

    assert [(candidate.rule in rules, candidate.agreement) for candidate in found] == [(False, 0.0), (True, 1.0)]


def test_two_sources_that_share_a_token_are_the_same():
    """Or if neither side has one."""
    each = parse("Imre Fodor, of Tarn Water, said the well was dry.")
    rules = detect(each)
    content = "the well was dry"

    assert one(each, [reading(each, content, source="Fodor")], rules).same_source
    assert not one(each, [reading(each, content, source="dry")], rules).same_source
    assert not one(each, [reading(each, content)], rules).same_source


@pytest.mark.parametrize(("text", "cue", "act"), [("Imre believes the well is dry.", "believes", "thought"), (PLAIN, "said", "speech")])
def test_the_act_of_a_cue_that_the_lexicons_have_is_theirs(text, cue, act):
    """Whatever the model thinks."""
    each = parse(text)

    assert one(each, [reading(each, "the well", cue, acts=(0.0, 0.0, 0.0, 1.0))]).attribution.act == act


@pytest.mark.parametrize(("predictions", "rules"), [(1, 0), (1, 1), (0, 1)])
def test_whichever_side_found_it_the_features_are_those_of_the_weights(predictions, rules):
    """What a side did not say counts nothing."""
    each = parse(PLAIN)
    found = one(
        each,
        [reading(each, "the well was dry", source="Imre")][:predictions],
        [replace(rule, evidence="according") for rule in detect(each)][:rules],
    )
    features = confidence_features(each, found)

    assert {"bias", *features} == WEIGHTS.keys()
    assert (features["chance"] != 0, features["ruled"], features["rule alone"] != 0) == (predictions > 0, rules, not predictions)
    assert all(math.isfinite(value) for value in features.values())


def test_what_the_rules_alone_find_needs_marks_or_a_plain_construction():
    """Of other reports that the model does not see few are right."""
    each, marked = parse(PLAIN), parse(SAID)
    according = parse("According to Imre Fodor, the well is dry.")

    assert candidates(each, detect(each), [], *layout(each)) == []
    assert all(len(candidates(text, detect(text), [], *layout(text))) == 1 for text in (marked, according))


@pytest.mark.parametrize(
    ("text", "content", "cue", "source", "name", "value"),
    [
        (PLAIN, "the well was dry", "said", "Imre", "plain cue", 1),
        ("“The well is dry,” deadpanned Imre.", "The well is dry", "deadpanned", "Imre", "plain cue", 0),
        ("Imre, who said the well was dry, left.", "the well was dry", "said", "who", "relative", 1),
        ("According to Imre Fodor, the well is dry.", "the well is dry", "According to", "Imre Fodor", "according", 1),
        ("The plan was criticised by the growers.", "The plan", "criticised", "growers", "participle", 1),
        (PLAIN, "the well was dry", "said", None, "sourceless", 1),
        (PLAIN, "the well was dry", "said", None, "source", 0),
        (PLAIN, "the well was dry", "said", "Imre", "main verb", 1),
        (PLAIN, "the well was dry", "said", "Imre", "subjectless", 0),
        (PLAIN, "the well was dry", "said", "Imre", "far source", math.log(2)),
    ],
)
def test_source_and_cue_are_evidence(text, content, cue, source, name, value):
    """By their words, their place in the tree, and how far apart they stand."""
    each = parse(text)

    assert confidence_features(each, one(each, [reading(each, content, cue, source)]))[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "content", "share"),
    [
        (SAID, "The well is dry", 1),
        (PLAIN, "the well was dry", 0),
        ("Imre said the well was “bone dry.”", "the well was “bone dry", 11 / 24),
    ],
)
def test_what_stands_in_marks_is_called_so(text, content, share):
    """By its share of the content."""
    each = parse(text)

    assert one(each, [reading(each, content)]).marked == share


def test_a_quote_that_stands_in_another_is_called_so():
    """If that other one is likely."""
    each = parse(NESTED)
    outer, inner = reading(each, "Imre said the well was dry"), reading(each, "the well was dry", nth=1)
    unlikely = reading(each, "Imre said the well was dry", chance=0.1)

    assert [(found.nested, found.holds) for found in candidates(each, [], [outer, inner], *layout(each))] == [(False, True), (True, False)]
    assert [(found.nested, found.holds) for found in candidates(each, [], [unlikely, inner], *layout(each))] == [
        (False, True),
        (False, False),
    ]


def test_confidence_is_a_logistic_regression():
    """Weights times features, and the bias."""
    each = parse(PLAIN)
    found = one(each, [reading(each, "the well was dry", chance=0.8)])
    weighed = WEIGHTS | {"bias": -1.0, "chance": 0.5, "long": 2.0}

    assert confidence(confidence_features(each, found), weighed) == pytest.approx(
        1 / (1 + math.exp(1 - 0.5 * math.log(4) - 2 * math.log(5)))
    )


def test_what_is_below_the_floor_is_left_out():
    """What is on it stays."""
    each = parse(PLAIN)
    ours = [reading(each, "the well was dry", chance=0.5)]

    assert kept(each, ours, floor=0.5) == [("the well was dry", 0.5)]
    assert kept(each, ours, floor=0.51) == []


OUTER = ("Imre said the well was dry", "said", 0.65)


@pytest.mark.parametrize(
    ("text", "readings", "expected"),
    [
        pytest.param(
            NESTED, [OUTER, ("said the well was dry", "that", 0.7)], ["said the well was dry"], id="the likelier of two that clash"
        ),
        pytest.param(NESTED, [OUTER, ("Odile said that Imre", "was", 0.5)], [OUTER[0]], id="also if they share little"),
        pytest.param(NESTED, [OUTER, ("dry", "said", 0.6)], [OUTER[0]], id="no part whose cue stands outside"),
        pytest.param(
            TWO,
            [("the well was dry", "said", 0.6), ("dry and the pump", "was", 0.7), ("and the pump had failed", "said", 0.8)],
            ["the well was dry", "and the pump had failed"],
            id="what clashes only with what was dropped",
        ),
        pytest.param(
            TWO,
            [("the well", "had", 0.9), ("the well was dry and the pump had failed", "said", 0.6)],
            ["the well was dry and the pump had failed", "the well"],
            id="of two that begin together the longer first",
        ),
        pytest.param(
            LONG.text,
            [("It is full", "shot back", 0.95), ("The well", "is dry", 0.9), OUTER],
            [OUTER[0], "The well", "“It is full,”"],
            id="in the order of the text, whoever is surer",
        ),
        pytest.param("The storm passed.", [], [], id="nothing"),
    ],
)
def test_what_stays(text, readings, expected):
    """Of readings as content, cue and chance."""
    each = LONG if text == LONG.text else parse(text)

    assert [content for content, _ in kept(each, [reading(each, *words, chance=chance) for *words, chance in readings])] == expected


def test_a_quote_without_a_cue_stands_in_no_other():
    """What the rules found floating is part of what the model read."""
    each = parse(FLOATS)
    ours = [reading(each, "We will leave.” It took Imre a day", "decide", chance=0.9)]

    assert [content for content, _ in kept(each, [], detect(each))] == ["“We will leave.”"]
    assert [sure for _, sure in kept(each, ours, detect(each))] == [0.9]


def spans(length):
    return st.tuples(st.integers(0, length - 1), st.integers(1, 6)).map(lambda pair: (pair[0], min(pair[0] + pair[1], length)))


@st.composite
def read_by_chance(draw):
    """Readings of an article as they might come: each on another token, each with another chance, parts anywhere."""
    anchors = draw(st.lists(st.integers(0, len(LONG) - 1), max_size=6, unique=True).map(sorted))
    chances = draw(st.lists(st.integers(3, 97), min_size=len(anchors), max_size=len(anchors), unique=True))
    return [
        Prediction(
            anchor,
            tuple(draw(st.lists(spans(len(LONG)), min_size=1, max_size=2))),
            ((anchor, anchor + 1),),
            tuple(draw(st.lists(spans(len(LONG)), max_size=1))),
            chance / 100,
            draw(st.floats(0, 1)),
            draw(st.floats(0, 1)),
            (0.4, 0.3, 0.2, 0.1),
        )
        for anchor, chance in zip(anchors, chances, strict=True)
    ]


def clash(one, other):
    """Whether two share words without one being a quote within the other."""
    one, other = sorted((one, other), key=lambda found: len(letters(found)))
    inner, outer = letters(one), letters(other)
    if not inner & outer:
        return False
    inside = one.cue and all(any(start <= first and last <= end for start, end in other.contents) for first, last in one.cue)
    return not inner <= outer or not inside


def letters(found):
    return frozenset(token for token in tokens_of(LONG, found.contents) if LONG.words[token][0].isalnum())


@settings(max_examples=100, deadline=None)
@given(read_by_chance(), st.booleans(), st.floats(0, 1))
def test_whatever_is_read_no_two_that_clash_stay(predictions, ruled, floor):
    """In order, above the floor, every content words of the text."""
    found = merge(LONG, detect(LONG) if ruled else [], predictions, *layout(LONG), WEIGHTS, floor)

    assert not any(clash(one, other) for number, (one, _) in enumerate(found) for other, _ in found[:number])
    assert all(floor <= sure <= 1 for _, sure in found)
    assert [one.start for one, _ in found] == sorted(one.start for one, _ in found)
    assert all(LONG.text[start:end].strip() for one, _ in found for start, end in one.contents)


def test_what_the_rules_find_in_marks_stands_where_the_reading_that_took_it_in_does_not():
    """A reading with a cue is below the floor: the quote without one is there all the same."""
    each = parse(FLOATS)
    ours = [reading(each, "We will leave.” It took Imre a day", "decide", source="Imre", chance=0.2)]

    assert [content for content, _ in kept(each, ours, detect(each), floor=0.5)] == ["“We will leave.”"]


def test_whole_quotations_of_the_rules_are_kept_with_what_the_model_read():
    """Marks are facts; of one speaker only."""
    each = parse("“The well is dry,” Imre said. “We will leave.”")
    (rule,) = [found for found in detect(each) if not found.floating]

    assert kept(each, [reading(each, "The well is dry", source="Imre")], [rule])[0][0] == "“The well is dry,” … “We will leave.”"
    assert kept(each, [reading(each, "The well is dry")], [rule])[0][0] == "“The well is dry,”"

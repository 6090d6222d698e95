"""The confidence of a candidate quote: a logistic regression over what speaks for and against it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution, rule_confidence
from quotes.nlp.detection.cues import why_unuttered
from quotes.nlp.model.inference import Prediction
from quotes.nlp.parsing.parse import SUBJECTS, VERB_TAGS, Parse, tokens_of

#: Verbs that do nothing but report.
_PLAIN_VERBS = lexicons.inflect(
    *("add", "announce", "argue", "ask", "claim", "explain", "insist", "note", "reply"),
    *("report", "say", "state", "tell", "testify", "tweet", "warn", "write"),
)
_FIRST_PERSON = frozenset(["i", "one", "us", "we", "you"])
_NOBODY = frozenset(["any", "anyone", "neither", "no", "nobody", "none"])
_RELATIVE = frozenset(["that", "which", "who"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that the rules (`rule`), the model (`prediction`) or both propose, with its content's `tokens`.

    `agreement` is the overlap of their contents, `same_source` whether their sources meet, `marked` the share of it in quotation marks,
    `nested` and `holds` whether it stands in, or holds, another that is likely.
    """

    attribution: Attribution
    tokens: frozenset[int]
    prediction: Prediction | None
    rule: Attribution | None
    agreement: float = 0.0
    same_source: bool = False
    marked: float = 0.0
    nested: bool = False
    holds: bool = False


def candidate_confidence(parse: Parse, each: Candidate, weights: Mapping[str, float]) -> float:
    """The probability that a candidate's content and source are both right. For a floating quote it is the rules' confidence: gold corpora
    that join such a quote to the one before, as PolNeAR does, cannot say."""
    return rule_confidence(each.attribution) if each.attribution.floating else confidence(confidence_features(parse, each), weights)


def confidence_features(parse: Parse, each: Candidate) -> dict[str, float]:
    """The features of a candidate by name."""
    prediction, attribution = each.prediction, each.attribution
    predicted = prediction is not None
    return {
        "read": float(predicted),
        "chance": logit(prediction.probability) if prediction else 0.0,
        "content": logit(prediction.content_confidence) if prediction else 0.0,
        "source": logit(prediction.source_confidence) if prediction and attribution.source else 0.0,
        "ruled": float(each.rule is not None),
        "rule alone": 0.0 if predicted else logit(rule_confidence(attribution)),
        "agreement": each.agreement,
        "same source": float(each.same_source),
        "speech": float(attribution.act == "speech"),
        "thought": float(attribution.act == "thought"),
        "intent": float(attribution.act == "intent"),
        "marked": each.marked,
        "nested": float(each.nested),
        "holds": float(each.holds),
        "long": math.log1p(len(each.tokens)),
        **_source_features(parse, attribution),
        **_cue_features(parse, attribution),
    }


def _source_features(parse: Parse, each: Attribution) -> dict[str, float]:
    tokens = tokens_of(parse, each.source.spans) if each.source else []
    words = [parse.lower[token] for token in tokens]
    alone = words[0] if len(words) == 1 else ""
    anchor = _anchor(parse, each)
    return {
        "sourceless": float(each.source is None),
        "first person": float(alone in _FIRST_PERSON),
        "nobody": float(bool(words) and words[0] in _NOBODY),
        "relative": float(alone in _RELATIVE),
        "collective": float(each.source is not None and parse.lower[each.source.head] in lexicons.words("collectives.txt")),
        "long source": math.log1p(len(tokens)),
        "far source": math.log1p(min((abs(anchor - token) for token in tokens), default=0)),
    }


def _cue_features(parse: Parse, each: Attribution) -> dict[str, float]:
    cue = tokens_of(parse, each.cue)
    words = {parse.lower[token] for token in cue}
    anchor = _anchor(parse, each)
    tag = parse.tag[anchor]
    return {
        "plain cue": float(not _PLAIN_VERBS.isdisjoint(words)),
        "according": float("according" in words),
        "long cue": math.log1p(len(cue)),
        "infinitive": float(tag == "VB"),
        "participle": float(tag == "VBN"),
        "noun cue": float(tag.startswith("NN")),
        "unreal": float(tag in VERB_TAGS and why_unuttered(parse, anchor) is not None),
        "main verb": float(parse.dep[anchor] == "ROOT"),
        "subjectless": float(not any(parse.dep[child] in SUBJECTS for child in parse.children[anchor])),
    }


def _anchor(parse: Parse, each: Attribution) -> int:
    """The head of the cue."""
    return tokens_of(parse, each.cue)[0] if each.verb is None else each.verb


def confidence(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted features."""
    odds = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-700.0, odds)))


def logit(share: float) -> float:
    """Log-odds, bounded at 0.998: beyond it a model knows no more."""
    share = min(max(share, 0.002), 0.998)
    return math.log(share / (1 - share))

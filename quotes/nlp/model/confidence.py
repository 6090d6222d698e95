"""What speaks for a candidate being a quote, as numbers; a logistic regression over them gives its confidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.cues import unreal
from quotes.nlp.model.inference import Reading
from quotes.nlp.parsing.parse import SUBJECTS, VERB_TAGS, Parse, tokens_of
from quotes.nlp.rules.rule_confidence import confidence_of

#: Verbs that do nothing but report.
_PLAIN = frozenset(
    form
    for lemma in (
        *("add", "announce", "argue", "ask", "claim", "explain", "insist", "note", "reply"),
        *("report", "say", "state", "tell", "testify", "tweet", "warn", "write"),
    )
    for form in lexicons.inflect(lemma)
)
_FIRST_PERSON = frozenset(["i", "one", "us", "we", "you"])
_NOBODY = frozenset(["any", "anyone", "neither", "no", "nobody", "none"])
_RELATIVE = frozenset(["that", "which", "who"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that rules, model or both propose. `reading` is what the model said of it, `rule` what the rules did; `agreement` and
    `same_source` how far they agree; `marked` the share of it in quotation marks; `nested` and `holds` whether it stands in, or holds,
    another that is likely."""

    attribution: Attribution
    tokens: frozenset[int]
    reading: Reading | None
    rule: Attribution | None
    agreement: float = 0.0
    same_source: bool = False
    marked: float = 0.0
    nested: bool = False
    holds: bool = False


def evidence(parse: Parse, each: Candidate) -> dict[str, float]:
    """The features of a candidate by name: what model and rules say, then its act and place, its source, its cue."""
    of_model = _of_model(each.reading, each)
    rules = {
        "ruled": float(each.rule is not None),
        "rule alone": logit(confidence_of(each.attribution)) if each.reading is None else 0.0,
        "agreement": each.agreement,
        "same source": float(each.same_source),
    }
    place = {
        "speech": float(each.attribution.act == "speech"),
        "thought": float(each.attribution.act == "thought"),
        "intent": float(each.attribution.act == "intent"),
        "marked": each.marked,
        "nested": float(each.nested),
        "holds": float(each.holds),
        "long": math.log1p(len(each.tokens)),
    }
    return of_model | rules | place | _of_source(parse, each.attribution) | _of_cue(parse, each.attribution)


def _of_model(reading: Reading | None, each: Candidate) -> dict[str, float]:
    if reading is None:
        return dict.fromkeys(("read", "chance", "content", "source"), 0.0)
    return {
        "read": 1.0,
        "chance": logit(reading.chance),
        "content": logit(reading.content_sure),
        "source": logit(reading.source_sure) if each.attribution.source else 0.0,
    }


def _of_source(parse: Parse, each: Attribution) -> dict[str, float]:
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
        "far source": math.log1p(min((abs(anchor - token) for token in tokens), default=0)) if anchor is not None else 0.0,
    }


def _of_cue(parse: Parse, each: Attribution) -> dict[str, float]:
    cue = tokens_of(parse, each.cue)
    words = {parse.lower[token] for token in cue}
    anchor = _anchor(parse, each)
    tag = "" if anchor is None else parse.tag[anchor]
    return {
        "plain cue": float(not _PLAIN.isdisjoint(words)),
        "according": float("according" in words),
        "long cue": math.log1p(len(cue)),
        "infinitive": float(tag == "VB"),
        "participle": float(tag == "VBN"),
        "noun cue": float(tag.startswith("NN")),
        "unreal": float(anchor is not None and tag in VERB_TAGS and unreal(parse, anchor) is not None),
        "main verb": float(anchor is not None and parse.dep[anchor] == "ROOT"),
        "subjectless": float(anchor is not None and not any(parse.dep[child] in SUBJECTS for child in parse.children[anchor])),
    }


def _anchor(parse: Parse, each: Attribution) -> int | None:
    """The token that a cue hangs on."""
    return each.verb if each.verb is not None else next(iter(tokens_of(parse, each.cue)), None)


def confidence(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The chance that a candidate's content and source are both right."""
    odds = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-700.0, odds)))


def logit(share: float) -> float:
    """Log-odds, bounded: a model that is surer than 0.998 knows no more."""
    share = min(max(share, 0.002), 0.998)
    return math.log(share / (1 - share))

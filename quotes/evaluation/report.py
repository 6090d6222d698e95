"""What people read: the table of figures, and the file of errors in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quotes.evaluation.faults import MEANING, Fault, find_faults
from quotes.evaluation.gold import Attribution, Corpus, HardCases
from quotes.evaluation.passages import CaseScores, judge
from quotes.evaluation.prediction import Predictions
from quotes.evaluation.scores import Scores
from quotes.records import JOINER, Article, Quote, Span, quoted

#: How much of the article's text stands around an error, in characters on each side.
AROUND = 160


def table(name: str, scores: Scores | CaseScores) -> str:
    """The figures of one corpus as a plain table, in per cent with one decimal."""
    return "\n".join(_case_lines(name, scores) if isinstance(scores, CaseScores) else _figure_lines(name, scores))


def _figure_lines(name: str, scores: Scores) -> Iterator[str]:
    yield f"{name}: {scores.articles} articles, {scores.gold} gold attributions, {scores.predicted} predicted"
    for figure, prf in scores.figures.items():
        yield f"  {figure:20s} P {prf.precision:6.1%}  R {prf.recall:6.1%}  F1 {prf.f1:6.1%}"


def _case_lines(name: str, scores: CaseScores) -> Iterator[str]:
    yield f"{name}: {len(scores.faults)} passages"
    for case, wrong in scores.faults.items():
        if wrong:
            yield f"  {case}: {', '.join(wrong)}"
    yield f"  {scores.right} of {len(scores.faults)} passages wholly right; {scores.contents_right} with every content right"
    yield f"  {scores.false_in_negatives} false quotes in passages that have none"


def as_json(scores: Scores | CaseScores) -> dict[str, Any]:
    """The figures as plain values: shares between 0 and 1, unrounded, beside the counts that they come from."""
    if isinstance(scores, CaseScores):
        return {
            "passages": len(scores.faults),
            "right": scores.right,
            "contents_right": scores.contents_right,
            "false_in_negatives": scores.false_in_negatives,
            "faults": {case: list(wrong) for case, wrong in scores.faults.items() if wrong},
        }
    return {
        "articles": scores.articles,
        "gold": scores.gold,
        "predicted": scores.predicted,
        "figures": {
            figure: {"precision": prf.precision, "recall": prf.recall, "f1": prf.f1, "tp": prf.tp, "fp": prf.fp, "fn": prf.fn}
            for figure, prf in scores.figures.items()
        },
    }


def error_lines(corpus: Corpus | HardCases, predictions: Predictions) -> Iterator[str]:
    """Every error of a corpus as lines of Markdown: by kind and then by article, or passage by passage."""
    yield f"# {corpus.name}: errors"
    yield ""
    yield from _errors_by_kind(corpus, predictions) if isinstance(corpus, Corpus) else _errors_by_case(corpus, predictions)


def _errors_by_kind(corpus: Corpus, predictions: Predictions) -> Iterator[str]:
    found = [(gold, find_faults(gold, predictions.quotes.get(gold.name, ()))) for gold in corpus.articles]
    for kind, meaning in MEANING.items():
        yield f"- {kind}: {sum(fault.kind == kind for _, faults in found for fault in faults)} ({meaning})"
    for article, why in predictions.failures.items():
        yield f"- not extracted at all: {article}: {why}"
    for kind in MEANING:
        for gold, faults in found:
            those = [fault for fault in faults if fault.kind == kind]
            if those:
                yield from ["", f"## {kind}: {gold.name}"]
            for number, fault in enumerate(those, start=1):
                yield from _fault_lines(number, fault, gold.article)


def _errors_by_case(corpus: HardCases, predictions: Predictions) -> Iterator[str]:
    for case in corpus.cases:
        quotes = predictions.quotes.get(case.id, ())
        wrong = judge(case, quotes)
        if not wrong:
            continue
        yield from [f"## {case.id}: {', '.join(wrong)}", "", _block(case.article.text), ""]
        for quote in case.quotes:
            expected = [_line(JOINER.join(quote.contents)), *(each or "–" for each in (quote.speaker, quote.title, quote.institution))]
            yield f"- expected: {' | '.join(expected)}"
        for each in quotes:
            yield f"- predicted: {_predicted(each)}"
        yield ""


def _fault_lines(number: int, fault: Fault, article: Article) -> Iterator[str]:
    yield from ["", f"{number}. at {fault.at.start}–{fault.at.end}", ""]
    yield _block(_around(article.text, fault.at))
    yield ""
    yield f"   - gold: {_gold(fault.gold, article.text) if fault.gold else 'nothing'}"
    yield f"   - predicted: {_predicted(fault.predicted) if fault.predicted else 'nothing'}"


def _around(text: str, at: Span) -> str:
    """The place in its surroundings, marked by ⟦ and ⟧."""
    before, after = text[max(0, at.start - AROUND) : at.start], text[at.end : at.end + AROUND]
    return f"{'…' if at.start > AROUND else ''}{before}⟦{text[at.start : at.end]}⟧{after}{'…' if at.end + AROUND < len(text) else ''}"


def _gold(gold: Attribution, text: str) -> str:
    parts = [_line(quoted(text, gold.content)), f"cue {_line(quoted(text, gold.cue))}", f"source {_line(quoted(text, gold.source))}"]
    if gold.speaker:
        speaker = gold.speaker
        parts += [f"speaker {speaker.name} ({speaker.kind})", f"title {_one_of(speaker.titles)}"]
        parts.append(f"institution {_one_of(speaker.institutions)}")
    return " | ".join(parts)


def _predicted(quote: Quote) -> str:
    cue, mention, speaker = quote.cue, quote.mention, quote.speaker
    parts = [_line(quote.text), f"cue {_line(cue.text if cue else '')}", f"source {_line(mention.text if mention else '')}"]
    if speaker:
        parts += [f"speaker {speaker.name} ({speaker.kind})", f"title {speaker.title or '–'}", f"institution {speaker.institution or '–'}"]
    return " | ".join([*parts, f"{quote.kind} {quote.act}", f"confidence {quote.confidence:.2f}"])


def _one_of(acceptable: Sequence[str]) -> str:
    return " / ".join(acceptable) or "–"


def _line(words: str) -> str:
    return " ".join(words.split()) or "–"


def _block(text: str) -> str:
    return "\n".join(f"   > {line}" for line in text.splitlines() if line.strip())

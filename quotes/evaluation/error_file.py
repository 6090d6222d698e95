"""The file of errors in Markdown: what each model got wrong, by kind, in the surroundings of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from quotes.corpora.gold import Attribution
from quotes.evaluation.faults import MEANING, Fault, find_faults
from quotes.evaluation.outcomes import CasesOutcome, CorpusOutcome, Outcome
from quotes.records import JOINER, Article, Quote, Span, quoted

#: How much of the article's text stands around an error, in characters on each side.
AROUND = 160


def error_lines(outcome: Outcome) -> Iterator[str]:
    """Every error of a model on a corpus as lines of Markdown: by kind and then by article, or passage by passage."""
    yield f"# {outcome.corpus.name}: errors of {outcome.model}"
    yield ""
    yield from _errors_by_kind(outcome) if isinstance(outcome, CorpusOutcome) else _errors_by_case(outcome)
    yield ""


def _errors_by_kind(outcome: CorpusOutcome) -> Iterator[str]:
    quotes = outcome.predictions.quotes
    found = [(gold, find_faults(gold, quotes.get(gold.name, ()))) for gold in outcome.corpus.articles]
    for kind, meaning in MEANING.items():
        those = [fault for _, faults in found for fault in faults if fault.kind == kind]
        ways = Counter(way for fault in those for way in fault.ways)
        yield f"- {kind}: {len(those)} ({meaning}){': ' if ways else ''}{', '.join(f'{way} {n}' for way, n in ways.most_common())}"
    for article, why in outcome.predictions.failures.items():
        yield f"- not extracted at all: {article}: {why}"
    for kind in MEANING:
        for gold, faults in found:
            of_kind = [fault for fault in faults if fault.kind == kind]
            if of_kind:
                yield from ["", f"## {kind}: {gold.name}"]
            for number, fault in enumerate(of_kind, start=1):
                yield from _fault_lines(number, fault, gold.article, outcome.model)


def _errors_by_case(outcome: CasesOutcome) -> Iterator[str]:
    for fault, number in Counter(fault for wrong in outcome.scores.faults.values() for fault in wrong).most_common():
        yield f"- {fault}: {number}"
    for case in outcome.corpus.cases:
        wrong = outcome.scores.faults[case.id]
        if not wrong:
            continue
        yield from ["", f"## {case.id}: {', '.join(wrong)}", "", _block(case.article.text), ""]
        for quote in case.quotes:
            expected = [_line(JOINER.join(quote.contents)), *(each or "–" for each in (quote.speaker, quote.title, quote.institution))]
            yield f"- expected: {' | '.join(expected)}"
        for each in outcome.predictions.quotes.get(case.id, ()):
            yield f"- {outcome.model}: {_predicted(each)}"


def _fault_lines(number: int, fault: Fault, article: Article, model: str) -> Iterator[str]:
    how = f": {', '.join(fault.ways)}" if fault.ways else ""
    yield from ["", f"{number}. at {fault.at.start}–{fault.at.end}{how}", ""]
    yield _block(_around(article.text, fault.at))
    yield ""
    yield f"   - gold: {_gold(fault.gold, article.text) if fault.gold else 'nothing'}"
    yield f"   - {model}: {_predicted(fault.predicted) if fault.predicted else 'nothing'}"


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

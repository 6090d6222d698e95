"""The file of errors in Markdown: what a model got wrong, by kind, gold and prediction side by side in the surroundings of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quotes.corpora.gold import Attribution, GoldArticle, GoldSpeaker
from quotes.evaluation.name_matching import near_any, same_name
from quotes.evaluation.outcomes import CasesOutcome, CorpusOutcome, Outcome
from quotes.evaluation.scores import characters, match, sources_meet, trimmed
from quotes.records import JOINER, Article, Passage, Quote, Span, Speaker, quoted, spans_of

#: How much of the article's text is shown around an error, in characters on each side.
AROUND = 160

MEANING = {
    "missed": "a gold quote that no prediction matches (half its characters shared)",
    "false": "a prediction that matches no gold quote",
    "wrong source": "the quote was found, but its mention does not touch the gold source",
    "wrong edge": "the quote was found, but its content begins or ends elsewhere or has other parts (edge punctuation aside)",
    "wrong cue": "the quote was found, but its cue, edge punctuation aside, is another",
    "wrong speaker name": "the quote was found, but the speaker behind it has another name",
    "wrong title": "the speaker is right, the title is not (or is missing, or none is stated)",
    "wrong institution": "the speaker is right, the institution is not (or is missing, or none is stated)",
}


class Fault(NamedTuple):
    """One error of a kind in MEANING; `gold` is None for a false quote.

    Of a missed or false quote the other side is what overlaps it, if anything does. `way` says how it is wrong.
    """

    kind: str
    gold: Attribution | None
    predicted: Quote | None
    way: str = ""

    @property
    def at(self) -> Span:
        """Where in the article to look, from the first to the last character of both contents."""
        spans = (self.gold.content if self.gold else ()) + (self.predicted.spans if self.predicted else ())
        return Span(min(start for start, _ in spans), max(end for _, end in spans))


def find_faults(gold: GoldArticle, quotes: Sequence[Quote]) -> list[Fault]:
    """All errors of an article in the order of its text; a quote may have several."""
    text, attributions = gold.article.text, gold.attributions
    pairs = match([each.content for each in attributions], [quote.spans for quote in quotes], text)
    faults = [fault for i, j in pairs for fault in _faults_of_pair(attributions[i], quotes[j], text)]
    found, right = dict(pairs), {j: i for i, j in pairs}
    # What is shown beside a missed or a false quote is best one that is itself without its match.
    predicted = [quotes[j] for j in sorted(range(len(quotes)), key=right.__contains__)]
    expected = [attributions[i] for i in sorted(range(len(attributions)), key=found.__contains__)]
    for each in (attribution for i, attribution in enumerate(attributions) if i not in found):
        other = next((quote for quote in predicted if _touch(each.content, quote.spans, text)), None)
        faults.append(Fault("missed", each, other, "another stands there" if other else "nothing stands there"))
    for quote in (quote for j, quote in enumerate(quotes) if j not in right):
        touched = next((each for each in expected if _touch(each.content, quote.spans, text)), None)
        faults.append(Fault("false", touched, quote, "gold has another there" if touched else "gold has nothing there"))
    return sorted(faults, key=lambda fault: fault.at)


def _faults_of_pair(gold: Attribution, quote: Quote, text: str) -> Iterator[Fault]:
    if not sources_meet(gold.source, spans_of(quote.mention), text):
        yield Fault("wrong source", gold, quote, _way(gold.source, quote.mention))
    if edges := wrong_edges(gold.content, quote.spans, text):
        yield Fault("wrong edge", gold, quote, edges)
    cue = spans_of(quote.cue)
    if _words(gold.cue, text) != _words(cue, text):
        yield Fault("wrong cue", gold, quote, "more or fewer words" if _touch(gold.cue, cue, text) else _way(gold.cue, quote.cue))
    if gold.speaker is None:
        return
    speaker = quote.speaker
    if speaker is None or not same_name(speaker.name, gold.speaker.name, gold.speaker.kind):
        yield Fault("wrong speaker name", gold, quote, "" if speaker else "none given")
        return
    for part, given, acceptable in (
        ("title", speaker.title, gold.speaker.titles),
        ("institution", speaker.institution, gold.speaker.institutions),
    ):
        if not near_any(given, acceptable) if given else acceptable:
            yield Fault(f"wrong {part}", gold, quote, "" if given else "none given")


def wrong_edges(gold: Sequence[Span], predicted: Sequence[Span], text: str) -> str:
    """How the predicted parts of a content differ from the gold ones once trimmed; empty when they do not."""
    ours, theirs = sorted(_words(gold, text)), sorted(_words(predicted, text))
    if ours == theirs or not ours or not theirs:
        return ""
    begin = theirs[0].start - ours[0].start
    end = max(span.end for span in theirs) - max(span.end for span in ours)
    ways = [f"begins {'late' if begin > 0 else 'early'}"] * (begin != 0) + [f"ends {'late' if end > 0 else 'early'}"] * (end != 0)
    return ", ".join(ways) or "other parts within"


def _words(spans: Sequence[Span], text: str) -> set[Span]:
    return {inner for span in spans if (inner := trimmed(span, text))}


def _way(gold: Sequence[Span], predicted: Passage | None) -> str:
    if predicted is None:
        return "none given"
    return "stands elsewhere" if gold else "gold has none"


def _touch(one: Sequence[Span], other: Sequence[Span], text: str) -> bool:
    return not characters(one, text).isdisjoint(characters(other, text))


def error_lines(outcome: Outcome) -> Iterator[str]:
    """Every error of a model on a corpus as lines of Markdown: by kind and then by article, or passage by passage."""
    yield f"# {outcome.corpus.name}: errors of {outcome.model}"
    yield ""
    yield from _errors_by_kind(outcome) if isinstance(outcome, CorpusOutcome) else _errors_by_case(outcome)
    yield ""


def _errors_by_kind(outcome: CorpusOutcome) -> Iterator[str]:
    found = [(gold, find_faults(gold, quotes)) for gold, quotes in outcome.found]
    for kind, meaning in MEANING.items():
        those = [fault for _, faults in found for fault in faults if fault.kind == kind]
        ways = Counter(fault.way for fault in those if fault.way)
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
    for fault, number in Counter(fault for wrong in outcome.faults.values() for fault in wrong).most_common():
        yield f"- {fault}: {number}"
    for case in outcome.corpus.cases:
        wrong = outcome.faults[case.id]
        if not wrong:
            continue
        yield from ["", f"## {case.id}: {', '.join(wrong)}", "", _block(case.article.text), ""]
        for quote in case.quotes:
            expected = [_line(JOINER.join(quote.contents)), *(each or "–" for each in (quote.speaker, quote.title, quote.institution))]
            yield f"- expected: {' | '.join(expected)}"
        for each in outcome.predictions.quotes.get(case.id, ()):
            yield f"- {outcome.model}: {_predicted(each)}"


def _fault_lines(number: int, fault: Fault, article: Article, model: str) -> Iterator[str]:
    start, end = fault.at
    before, within, after = article.text[max(0, start - AROUND) : start], article.text[start:end], article.text[end : end + AROUND]
    around = f"{'…' if start > AROUND else ''}{before}⟦{within}⟧{after}{'…' if end + AROUND < len(article.text) else ''}"
    yield from ["", f"{number}. at {start}–{end}{f': {fault.way}' if fault.way else ''}", "", _block(around), ""]
    yield f"   - gold: {_gold(fault.gold, article.text) if fault.gold else 'nothing'}"
    yield f"   - {model}: {_predicted(fault.predicted) if fault.predicted else 'nothing'}"


def _gold(gold: Attribution, text: str) -> str:
    speaker = gold.speaker
    whose = (" / ".join(speaker.titles), " / ".join(speaker.institutions)) if speaker else ()
    return _described([quoted(text, spans) for spans in (gold.content, gold.cue, gold.source)], speaker, *whose)


def _predicted(quote: Quote) -> str:
    speaker = quote.speaker
    whose = (speaker.title, speaker.institution) if speaker else ()
    words = [quote.text, *(passage.text if passage else "" for passage in (quote.cue, quote.mention))]
    return f"{_described(words, speaker, *whose)} | {quote.kind} {quote.act} | confidence {quote.confidence:.2f}"


def _described(words: Sequence[str], speaker: Speaker | GoldSpeaker | None, title: str | None = "", institution: str | None = "") -> str:
    """One side of an error; `words` are content, cue and source."""
    parts = [f"{label}{_line(each)}" for label, each in zip(("", "cue ", "source "), words, strict=True)]
    if speaker:
        parts += [f"speaker {speaker.name} ({speaker.kind})", f"title {title or '–'}", f"institution {institution or '–'}"]
    return " | ".join(parts)


def _line(words: str) -> str:
    return " ".join(words.split()) or "–"


def _block(text: str) -> str:
    return "\n".join(f"   > {line}" for line in text.splitlines() if line.strip())

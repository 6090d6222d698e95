"""Interviews: questions and answers that a label marks ("Q:", "A.", "JH:")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.sources import Source
from quotes.nlp.parsing.parse import Parse, trimmed
from quotes.records import Span

QUESTION, ANSWER, INITIALS = "label:question", "label:answer", "label:initials"
_LABEL = re.compile(
    r"[*_]{0,2}(?P<label>Q(?:uestion)?|A(?:nswer)?|[A-Z]{2,3}|(?:[A-Z]\.){2,3})\d{0,2}[*_]{0,2}(?P<sign>\s?[.:]|\s[–—-](?=\s)|)[*_]{0,2}(?:\s+|$)"
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]\s*")
_NAMES = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w.'’-]*)+")


def interview(parse: Parse, paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The turns of an interview, each with the paragraphs without a label that go on with it; the last turn is one paragraph. Questions
    marked as such have no source; nobody says "Q"."""
    matches = _labels(parse.text, paragraphs)
    found = []
    for place, (number, match) in enumerate(matches):
        alone = match.end() >= paragraphs[number][1]
        stop = matches[place + 1][0] if place + 1 < len(matches) else number + 1 + alone
        starts = [match.end(), *(start for start, _ in paragraphs[number + 1 : stop])]
        ends = [end for _, end in paragraphs[number:stop]]
        spans = [span for start, end in zip(starts, ends, strict=True) for span in [spoken(parse.text, start, end)] if span is not None]
        if not spans:
            continue
        label = Span(*match.span("label"))
        sign = match.span("sign") if match["sign"].strip() in {":", "–", "—", "-"} else None
        evidence = QUESTION if match["label"][0] == "Q" and _of_question(match) else ANSWER if _of_answer(match) else INITIALS
        token = parse.token_at(label.start)
        source = None if evidence == QUESTION else Source((label,), token, frozenset({token}))
        found.append(Attribution(tuple(spans), (Span(*sign),) if sign else (), source, "speech", evidence))
    return found


def spoken(text: str, start: int, end: int) -> Span | None:
    """What is said between two characters, without the asides at its edges ("(INAUDIBLE)", "(laughs)"); None where nothing is."""
    while (aside := _ASIDE.match(text, start, end)) is not None:
        start = aside.end()
    while text[start:end].rstrip()[-1:] in {")", "]"}:
        opening = max(text.rfind("(", start, end), text.rfind("[", start, end))
        if opening < 0 or _ASIDE.fullmatch(text, opening, end) is None:
            break
        end = opening
    return trimmed(text, start, end) if any(map(str.isalnum, text[start:end])) else None


def _of_question(match: re.Match[str]) -> bool:
    return match["label"] in {"Q", "Question"}


def _of_answer(match: re.Match[str]) -> bool:
    return match["label"] in {"A", "Answer"}


def _labels(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, re.Match[str]]]:
    """The paragraphs that a label begins, by number: those of questions and answers where there are both, else initials of two people,
    one of whom the text names."""
    marked: list[tuple[int, re.Match[str]]] = []
    initials: list[tuple[int, re.Match[str]]] = []
    for number, (start, end) in enumerate(paragraphs):
        match = _LABEL.match(text, start, end)
        if match is None:
            continue
        rest = text[match.end() : match.end() + 1]
        if _of_question(match) or _of_answer(match):
            after_question = bool(marked) and _of_question(marked[-1][1])
            bare = not match["sign"] and not (len(match["label"]) == 1 and (not rest or rest.isupper() or rest in "“\"'‘"))
            if bare or (_of_answer(match) and not match["sign"] and not after_question):
                continue
            marked.append((number, match))
        elif match["sign"].strip() == ":":
            initials.append((number, match))
    while marked and not _of_question(marked[0][1]):
        del marked[0]
    if any(_of_answer(match) for _, match in marked):
        return marked
    labels = {match["label"].replace(".", "") for _, match in initials}
    if len(labels) < 2:
        return []
    named = {"".join(word[0] for word in words if word[0].isupper()) for each in _NAMES.findall(text) for words in [each.split()]}
    return initials if any(label in name for label in labels for name in named) else []

"""Interviews: questions and answers that a label marks ("Q:", "A.", "JH:")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.sources import Source
from quotes.nlp.parsing.parse import Parse, trim
from quotes.records import Span

QUESTION, ANSWER, INITIALS = "label:question", "label:answer", "label:initials"
_LABEL = re.compile(
    r"[*_]{0,2}(?P<label>Q(?:uestion)?|A(?:nswer)?|[A-Z]{2,3}|(?:[A-Z]\.){2,3})\d{0,2}[*_]{0,2}(?P<sign>\s?[.:]|\s[–—-](?=\s)|)[*_]{0,2}(?:\s+|$)"
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]\s*")
_NAMES = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w.'’-]*)+")


def interview_turns(parse: Parse, paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The turns of an interview, each with the paragraphs without a label that go on with it; the last turn is one paragraph. Questions
    marked as such have no source; nobody is called "Q"."""
    matches = _labels(parse.text, paragraphs)
    found = []
    for place, (number, match) in enumerate(matches):
        alone = match.end() >= paragraphs[number][1]
        stop = matches[place + 1][0] if place + 1 < len(matches) else number + 1 + alone
        starts = [match.end(), *(start for start, _ in paragraphs[number + 1 : stop])]
        parts = [strip_asides(parse.text, start, end) for start, (_, end) in zip(starts, paragraphs[number:stop], strict=True)]
        contents = tuple(span for span in parts if span is not None)
        if not contents:
            continue
        label = Span(*match.span("label"))
        cue = (Span(*match.span("sign")),) if match["sign"].strip() in {":", "–", "—", "-"} else ()
        token = parse.token_at(label.start)
        kind = _kind(match)
        source = None if kind == QUESTION else Source((label,), token, frozenset({token}))
        found.append(Attribution(contents, cue, source, "speech", kind))
    return found


def strip_asides(text: str, start: int, end: int) -> Span | None:
    """What is said between two characters, without the asides at its edges ("(INAUDIBLE)", "(laughs)"); None where nothing is."""
    while (aside := _ASIDE.match(text, start, end)) is not None:
        start = aside.end()
    while text[start:end].rstrip()[-1:] in {")", "]"}:
        opening = max(text.rfind("(", start, end), text.rfind("[", start, end))
        if opening < 0 or _ASIDE.fullmatch(text, opening, end) is None:
            break
        end = opening
    return trim(text, start, end) if any(map(str.isalnum, text[start:end])) else None


def _kind(match: re.Match[str]) -> str:
    return QUESTION if match["label"] in {"Q", "Question"} else ANSWER if match["label"] in {"A", "Answer"} else INITIALS


def _labels(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, re.Match[str]]]:
    """The paragraphs that a label begins, by number: those of questions and answers where there are both, else initials of two people,
    one of whom the text names."""
    marked: list[tuple[int, re.Match[str]]] = []
    initials: list[tuple[int, re.Match[str]]] = []
    for number, (start, end) in enumerate(paragraphs):
        match = _LABEL.match(text, start, end)
        if match is None:
            continue
        kind = _kind(match)
        if kind == INITIALS:
            if match["sign"].strip() == ":":
                initials.append((number, match))
        elif match["sign"] or (len(match["label"]) == 1 and _opens_sentence(text[match.end() : match.end() + 1])):
            after_question = bool(marked) and _kind(marked[-1][1]) == QUESTION
            if (match["sign"] or kind == QUESTION or after_question) and (marked or kind == QUESTION):
                marked.append((number, match))
    if any(_kind(match) == ANSWER for _, match in marked):
        return marked
    labels = {match["label"].replace(".", "") for _, match in initials}
    named = {"".join(word[0] for word in words if word[0].isupper()) for each in _NAMES.findall(text) for words in [each.split()]}
    return initials if len(labels) > 1 and any(label in name for label in labels for name in named) else []


def _opens_sentence(character: str) -> bool:
    return not character or character.isupper() or character in "“\"'‘"

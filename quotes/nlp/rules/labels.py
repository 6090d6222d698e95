"""Labels: a colon that says who speaks, where there are neither quotation marks nor a verb. Headlines ("Rates to rise: bank"), transcripts
("HALE: We will.") and the turns of interviews."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution, rule_confidence
from quotes.nlp.detection.sources import Source, is_people_or_document
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, Parse, token_spans, trim
from quotes.records import Span

HEADLINE, TRANSCRIPT = "label:headline", "label:transcript"
QUESTION, ANSWER, INITIALS = "label:question", "label:answer", "label:initials"
_LABEL = re.compile(
    r"[*_]{0,2}(?P<label>Q(?:uestion)?|A(?:nswer)?|[A-Z]{2,3}|(?:[A-Z]\.){2,3})\d{0,2}[*_]{0,2}(?P<sign>\s?[.:]|\s[–—-](?=\s)|)[*_]{0,2}(?:\s+|$)"
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]\s*")
_NAMES = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w.'’-]*)+")
#: The longest headline and the longest label, in tokens.
_HEADLINE_LENGTH, _LABEL_LENGTH = 26, 6
#: How many labelled paragraphs make a transcript.
_MIN_TURNS = 3
#: The confidence of an interviewer's questions: the article's own voice, which is kept, but no sure quote.
_QUESTION_CONFIDENCE = 0.3
#: The kind of an article before the colon of its headline ("Interview: X"): nobody speaks.
ARTICLE_TYPES = frozenset({"interview", "q&a", "profile", "obituary", "podcast", "video", "transcript"})


def find_labelled_speech(parse: Parse, paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The contents that a label introduces: in the first paragraph if it is a headline, and in every turn of an interview or transcript."""
    found = interview_turns(parse, paragraphs)
    headline = _headline(parse, _tokens(parse, *paragraphs[0])) if paragraphs else None
    if headline is not None:
        found.append(headline)
    if any(each.evidence != HEADLINE for each in found):
        return found
    turns = [turn for start, end in paragraphs[1:] for turn in [_turn(parse, _tokens(parse, start, end))] if turn is not None]
    names = {_source_text(parse, turn).casefold() for turn in turns}
    if len(turns) >= _MIN_TURNS and len(names) < len(turns):  # in a conversation somebody speaks twice
        found.extend(turns)
    return found


def _source_text(parse: Parse, each: Attribution) -> str:
    return parse.text[each.source.spans[0].start : each.source.spans[-1].end] if each.source is not None else ""


def _tokens(parse: Parse, start: int, end: int) -> list[int]:
    return list(range(parse.token_at(start), parse.token_at(end)))


def _headline(parse: Parse, tokens: list[int]) -> Attribution | None:
    if not 3 <= len(tokens) <= _HEADLINE_LENGTH:
        return None
    if parse.words[tokens[-1]] == ".":
        tokens = tokens[:-1]
    if any(parse.words[token] in {".", "!", "?"} for token in tokens[:-1]):
        return None
    colons = [index for index, token in enumerate(tokens) if parse.words[token] == ":"]
    if len(colons) != 1:
        return None
    left, colon, right = tokens[: colons[0]], tokens[colons[0]], tokens[colons[0] + 1 :]
    for label, content in ((right, left), (left, right)):
        if 0 < len(label) <= _LABEL_LENGTH and len(content) >= 3 and _names_speaker(parse, label):
            return _attribution(parse, content, colon, label, HEADLINE)
    return None


def _names_speaker(parse: Parse, label: Sequence[int]) -> bool:
    """Whether a label names someone who can speak: a person, an organisation, people or a document; never a sentence."""
    if any(parse.tag[token] in FINITE_TAGS for token in label) or parse.lower[label[-1]] in ARTICLE_TYPES:
        return False
    return any(parse.entity[token] in {"PERSON", "ORG"} for token in label) or is_people_or_document(parse.lower[label[-1]])


def _turn(parse: Parse, tokens: list[int]) -> Attribution | None:
    """A paragraph of a transcript: a name, in capitals or with a capital each, a colon, and what was said; a quotation that the whole
    conversation stands in may open before the name."""
    if parse.words[tokens[0]] in {'"', "“"}:
        tokens = tokens[1:]
    colon = next((index for index, token in enumerate(tokens[: 3 * _LABEL_LENGTH]) if ":" in parse.words[token]), None)
    if not colon:
        return None
    label = tokens[: next((index for index, token in enumerate(tokens[:colon]) if index and parse.words[token] in {"(", "[", ","}), colon)]
    if len(label) > _LABEL_LENGTH or not all(parse.words[token].isupper() or parse.entity[token] == "PERSON" for token in label):
        return None
    content = strip_asides(parse.text, parse.end[tokens[colon]], parse.end[tokens[-1]])
    if content is None:
        return None
    said = range(parse.token_at(content.start), parse.token_at(content.end - 1) + 1)
    return _attribution(parse, said, tokens[colon], label, TRANSCRIPT)


def _attribution(parse: Parse, content: Sequence[int], colon: int, label: Sequence[int], evidence: str) -> Attribution | None:
    spans, source = token_spans(parse, content), token_spans(parse, label)
    if not spans or not source:
        return None
    head = next((token for token in reversed(label) if parse.tag[token] in NOUN_TAGS), label[-1])
    return Attribution(tuple(spans), (parse.span(colon, colon),), Source(tuple(source), head, frozenset(label)), "speech", evidence)


def is_turn(each: Attribution) -> bool:
    """Whether a label tells whose turn of a conversation an attribution is."""
    return each.evidence.startswith("label:") and each.evidence != HEADLINE


def fits_beside_turns(parse: Parse, each: Attribution, turns: Sequence[Attribution]) -> bool:
    """Whether an attribution may stand beside the turns of a conversation, in order: one that touches none, or a part of one with a cue
    and a source in it. The kind of an article ("Interview: X") is no source."""
    wordless = not any(map(str.isalpha, "".join(parse.text[start:end] for start, end in each.cue)))
    if wordless and _source_text(parse, each).casefold() in ARTICLE_TYPES:
        return False
    if turns and all(strip_asides(parse.text, *span) is None for span in each.contents):
        return False  # "(INAUDIBLE)"
    own = [*each.contents, *each.cue, *(each.source.spans if each.source else ())]
    first, last = min(span.start for span in own), max(span.end for span in own)
    index = bisect_right(turns, first, key=_begin) - 1
    if index + 1 < len(turns) and _begin(turns[index + 1]) < last:
        return False
    if index < 0 or turns[index].end <= first:
        return True
    turn = turns[index]
    return bool(each.cue) and first >= turn.start and last <= turn.end and each.contents != turn.contents


def _begin(turn: Attribution) -> int:
    return turn.source.spans[0].start if turn.source is not None else min(span.start for span in (*turn.cue, *turn.contents))


def turn_confidence(turn: Attribution) -> float:
    """The confidence of a turn: that of a quotation behind a colon, which bounds a quote as plainly."""
    return _QUESTION_CONFIDENCE if turn.evidence == QUESTION else rule_confidence(replace(turn, evidence="colon"))


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

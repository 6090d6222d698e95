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
_MARKED = re.compile(r"[*_]{0,2}(?P<label>Q(?:uestion)?|A(?:nswer)?)\d{0,2}[*_]{0,2}(?P<sign>\s?[.:]|\s[–—-](?=\s)|)[*_]{0,2}(?:\s+|$)")
_NAMED = re.compile(
    r"[*_\"“]{0,2}(?P<label>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,5})(?:(?:,| ?[(\[])[^:]{0,60})?[*_]{0,2}\s?(?P<sign>:)[*_]{0,2}(?:\s+|$)"
)
_INITIALS = re.compile(r"[A-Z]{2,3}|(?:[A-Z]\.){2,3}")
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
    found = _turns(parse, paragraphs)
    headline = _headline(parse, _tokens(parse, *paragraphs[0])) if paragraphs else None
    return found if headline is None else [*found, headline]


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


def _turns(parse: Parse, paragraphs: Sequence[tuple[int, int]]) -> list[Attribution]:
    """The turns of a conversation. In an interview the paragraphs without a label go on with the turn before; the last turn is one
    paragraph. Questions marked as such have no source; nobody is called "Q"."""
    matches = _question_labels(parse.text, paragraphs) or _name_labels(parse, paragraphs)
    found = []
    for place, (number, match, kind) in enumerate(matches):
        stop = number + 1 + (match.end() >= paragraphs[number][1])
        if kind != TRANSCRIPT and place + 1 < len(matches):
            stop = matches[place + 1][0]
        starts = [match.end(), *(start for start, _ in paragraphs[number + 1 : stop])]
        parts = [strip_asides(parse.text, start, end) for start, (_, end) in zip(starts, paragraphs[number:stop], strict=True)]
        contents = tuple(span for span in parts if span is not None)
        if contents:
            label = _tokens(parse, *match.span("label"))
            head = next((token for token in reversed(label) if parse.tag[token] in NOUN_TAGS), label[-1])
            source = None if kind == QUESTION else Source((Span(*match.span("label")),), head, frozenset(label))
            cue = (Span(*match.span("sign")),) if match["sign"].strip() not in {"", "."} else ()
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


def _question_labels(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, re.Match[str], str]]:
    """The paragraphs that the label of a question or an answer begins, by number, where there are both."""
    found: list[tuple[int, re.Match[str], str]] = []
    for number, (start, end) in enumerate(paragraphs):
        match = _MARKED.match(text, start, end)
        if match is None:
            continue
        kind = QUESTION if match["label"][0] == "Q" else ANSWER
        bare = not match["sign"]  # "Q Why bread?", "A Everybody buys it."
        after_question = bool(found) and found[-1][2] == QUESTION
        if (found or kind == QUESTION) and not (bare and (len(match["label"]) > 1 or (kind == ANSWER and not after_question))):
            found.append((number, match, kind))
    return found if any(kind == ANSWER for _, _, kind in found) else []


def _name_labels(parse: Parse, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, re.Match[str], str]]:
    """The paragraphs that a name in capitals, a person's or initials begin, by number: where somebody speaks twice, or the text has a name
    with these initials."""
    found = []
    for number, (start, end) in enumerate(paragraphs[1:], start=1):
        match = _NAMED.match(parse.text, start, end)
        if match and (match["label"].isupper() or any(parse.entity[token] == "PERSON" for token in _tokens(parse, *match.span("label")))):
            found.append((number, match, INITIALS if _INITIALS.fullmatch(match["label"]) else TRANSCRIPT))
    labels = [match["label"].replace(".", "") for _, match, _ in found]
    if len(found) >= _MIN_TURNS and len(set(labels)) < len(labels):
        return found
    named = {"".join(word[0] for word in each.split() if word[0].isupper()) for each in _NAMES.findall(parse.text)}
    return found if len(set(labels)) > 1 and not named.isdisjoint(labels) else []

"""Labels: a colon that says who speaks, where there are neither quotation marks nor a verb. Headlines ("Rates to rise: bank"), transcripts
("HALE: We will.") and the turns of interviews."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.sources import Source, is_people_or_document
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, Parse, token_spans
from quotes.nlp.rules.interviews import QUESTION, interview_turns, strip_asides
from quotes.nlp.rules.rule_confidence import rule_confidence

HEADLINE, TRANSCRIPT = "label:headline", "label:transcript"
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
    return [token for token in range(parse.token_at(start), parse.token_at(end - 1) + 1) if not parse.space(token)]


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
    if 0 < len(right) <= 4 < len(left) and _names_speaker(parse, right):
        return _attribution(parse, left, colon, right, HEADLINE)
    if 0 < len(left) <= _LABEL_LENGTH and len(right) >= 3 and _names_speaker(parse, left):
        return _attribution(parse, right, colon, left, HEADLINE)
    return None


def _names_speaker(parse: Parse, label: Sequence[int]) -> bool:
    """Whether a label names someone who can speak: a person, an organisation, people or a document; never a sentence."""
    if any(parse.tag[token] in FINITE_TAGS for token in label) or parse.lower[label[-1]] in ARTICLE_TYPES:
        return False
    return any(parse.entity[token] in {"PERSON", "ORG"} for token in label) or is_people_or_document(parse.lower[label[-1]])


def _turn(parse: Parse, tokens: list[int]) -> Attribution | None:
    """A paragraph of a transcript: a name, in capitals or with a capital each, a colon, and what was said; a quotation that the whole
    conversation stands in may open before the name."""
    if tokens and parse.words[tokens[0]] in {'"', "“"}:
        tokens = tokens[1:]
    colon = next((index for index, token in enumerate(tokens[: 3 * _LABEL_LENGTH]) if ":" in parse.words[token]), None)
    if not colon or len(tokens) < colon + 3:
        return None
    label = tokens[: next((index for index, token in enumerate(tokens[:colon]) if index and parse.words[token] in {"(", "[", ","}), colon)]
    if len(label) > _LABEL_LENGTH or not all(parse.words[token][:1].isupper() or not parse.words[token][:1].isalnum() for token in label):
        return None
    capitals = all(parse.words[token].isupper() or not parse.words[token].isalpha() for token in label)
    if not capitals and not any(parse.entity[token] == "PERSON" for token in label):
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

"""Labels: a colon that says who speaks, where there are neither marks nor a verb. Headlines ("Rates to rise: bank") and transcripts
("HALE: We will.")."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from quotes import lexicons
from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.sources import Source
from quotes.nlp.parsing.parse import FINITE_TAGS, NOUN_TAGS, Parse, runs
from quotes.nlp.rules.interviews import QUESTION, interview, spoken
from quotes.nlp.rules.rule_confidence import confidence_of

#: The longest headline, in tokens, and the longest label.
HEADLINE, LABEL = 26, 6
#: How many labelled paragraphs make a transcript.
TURNS = 3
#: How sure the questions of an interviewer are quotes.
INTERVIEWER = 0.3
#: What kind of piece an article is, before the colon of its headline ("Interview: X"): nobody speaks.
PIECES = frozenset({"interview", "q&a", "profile", "obituary", "podcast", "video", "transcript"})


def labelled(parse: Parse, paragraphs: Sequence[tuple[int, int]], *, taken: Callable[[int], bool] = lambda _: False) -> list[Attribution]:
    """The contents that a label introduces: in the first paragraph if it is a headline, and in every turn of a transcript.

    `taken` tells whether a character already stands in a quote.
    """
    found = interview(parse, paragraphs)
    if paragraphs:
        headline = _headline(parse, _tokens(parse, *paragraphs[0]))
        if headline is not None and not taken(headline.start):
            found.append(headline)
    if any(each.evidence != "label:headline" for each in found):
        return found
    turns = [turn for start, end in paragraphs[1:] for turn in [_turn(parse, _tokens(parse, start, end))] if turn is not None]
    names = [_label_text(parse, turn) for turn in turns]
    if len(turns) >= TURNS and len(set(names)) < len(names):  # in a conversation somebody speaks twice
        found.extend(turn for turn in turns if not taken(turn.start))
    return found


def _label_text(parse: Parse, turn: Attribution) -> str:
    assert turn.source is not None
    return parse.text[turn.source.spans[0].start : turn.source.spans[-1].end].casefold()


def _tokens(parse: Parse, start: int, end: int) -> list[int]:
    return [token for token in range(parse.token_at(start), parse.token_at(end - 1) + 1) if not parse.space(token)]


def _headline(parse: Parse, tokens: list[int]) -> Attribution | None:
    if not 3 <= len(tokens) <= HEADLINE:
        return None
    if parse.words[tokens[-1]] == ".":
        tokens = tokens[:-1]
    if any(parse.words[token] in {".", "!", "?"} for token in tokens[:-1]):
        return None
    colons = [index for index, token in enumerate(tokens) if parse.words[token] == ":"]
    if len(colons) != 1:
        return None
    left, right = tokens[: colons[0]], tokens[colons[0] + 1 :]
    colon = tokens[colons[0]]
    if 0 < len(right) <= 4 < len(left) and _speaks(parse, right):
        return _attribution(parse, left, colon, right, "label:headline")
    if 0 < len(left) <= LABEL and len(right) >= 3 and _speaks(parse, left):
        return _attribution(parse, right, colon, left, "label:headline")
    return None


def _speaks(parse: Parse, tokens: Sequence[int]) -> bool:
    """Whether a label names somebody: a named person or body, people, or a document; never a sentence."""
    if any(parse.tag[token] in FINITE_TAGS for token in tokens):
        return False
    noun = parse.lower[tokens[-1]]
    if noun in PIECES:
        return False
    if any(parse.entity[token] in {"PERSON", "ORG"} for token in tokens):
        return True
    known = (
        noun in lexicons.words("documents.txt") or noun in lexicons.words("plural_people.txt") or noun in lexicons.words("collectives.txt")
    )
    return known or lexicons.is_role(noun)


def _turn(parse: Parse, tokens: list[int]) -> Attribution | None:
    """A paragraph of a transcript: a name, in capitals or with a capital each, a colon, and what was said."""
    colon = next((index for index, token in enumerate(tokens[: 3 * LABEL]) if ":" in parse.words[token]), None)
    if not colon or len(tokens) < colon + 3:
        return None
    label = tokens[: next((index for index, token in enumerate(tokens[:colon]) if index and parse.words[token] in {"(", "[", ","}), colon)]
    if len(label) > LABEL or not all(parse.words[token][:1].isupper() or not parse.words[token][:1].isalnum() for token in label):
        return None
    capitals = all(parse.words[token].isupper() or not parse.words[token].isalpha() for token in label)
    if not capitals and not any(parse.entity[token] == "PERSON" for token in label):
        return None
    content = spoken(parse.text, parse.end[tokens[colon]], parse.end[tokens[-1]])
    if content is None:
        return None
    said = range(parse.token_at(content.start), parse.token_at(content.end - 1) + 1)
    return _attribution(parse, said, tokens[colon], label, "label:transcript")


def _attribution(parse: Parse, content: Sequence[int], colon: int, label: Sequence[int], evidence: str) -> Attribution | None:
    spans, source = runs(parse, content), runs(parse, label)
    if not spans or not source:
        return None
    head = next((token for token in reversed(label) if parse.tag[token] in NOUN_TAGS), label[-1])
    return Attribution(tuple(spans), (parse.span(colon, colon),), Source(tuple(source), head, frozenset(label)), "speech", evidence)


def is_turn(each: Attribution) -> bool:
    """Whether a label tells whose turn of a conversation an attribution is."""
    return each.evidence.startswith("label:") and each.evidence != "label:headline"


def beside_turns(parse: Parse, each: Attribution, turns: Sequence[Attribution]) -> bool:
    """Whether an attribution may stand beside the turns of a conversation, in order: one that touches none, or a part of one with a cue
    and a source in it. A kind of piece ("Interview: X") says nothing."""
    source = parse.text[each.source.spans[0].start : each.source.spans[-1].end] if each.source is not None else ""
    if source.casefold() in PIECES and not any(map(str.isalpha, "".join(parse.text[start:end] for start, end in each.cue))):
        return False
    if turns and all(spoken(parse.text, *span) is None for span in each.contents):
        return False  # "(INAUDIBLE)"
    own = [*each.contents, *each.cue, *(each.source.spans if each.source else ())]
    first, last = min(span.start for span in own), max(span.end for span in own)
    index = bisect_right(turns, first, key=_begin) - 1
    if index + 1 < len(turns) and _begin(turns[index + 1]) < last:
        return False
    if index < 0 or turns[index].contents[-1].end <= first:
        return True
    turn = turns[index]
    return bool(each.cue) and first >= turn.start and last <= turn.contents[-1].end and each.contents != turn.contents


def _begin(turn: Attribution) -> int:
    return turn.source.spans[0].start if turn.source is not None else min(span.start for span in (*turn.cue, *turn.contents))


def sure_of_turn(turn: Attribution) -> float:
    """The confidence of a turn: that of a quotation behind a colon, which bounds a quote as plainly. What the interviewer asks is the
    article's own voice: it is kept, but no sure quote."""
    return INTERVIEWER if turn.evidence == QUESTION else confidence_of(replace(turn, evidence="colon"))

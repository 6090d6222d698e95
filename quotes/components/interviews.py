"""Interviews: questions and answers that a label marks ("Q:", "A.", "JH:"), whom the answers are of, and whom initials mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.components.attribution import Attribution
from quotes.components.coreference import Discourse
from quotes.components.descriptions import Resolved, known
from quotes.components.entities import Entity
from quotes.components.parse import Parse, trimmed
from quotes.components.sources import Source
from quotes.components.standing import Post, standing_of
from quotes.records import Span

QUESTION, ANSWER, INITIALS = "label:question", "label:answer", "label:initials"
#: How many tokens may stand between "spoke to" and the name.
_BETWEEN = 6
_LABEL = re.compile(
    r"[*_]{0,2}(?P<label>Q(?:uestion)?|A(?:nswer)?|[A-Z]{2,3}|(?:[A-Z]\.){2,3})\d{0,2}[*_]{0,2}(?P<sign>\s?[.:]|\s[–—-](?=\s)|)[*_]{0,2}(?:\s+|$)"
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]\s*")
_NAMES = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w.'’-]*)+")
_TALKS = re.compile(
    r"\b(?:sp(?:oke|eaks)|talk(?:s|ed)|chat(?:s|ted)|s[ai]ts? down|[cC]atch(?:es)? up|caught up|met|meets|asks|asked|[iI]nterview(?:s|ed)?|"
    r"[cC]onversation|Q ?& ?A)(?: (?:to|with|of))?\b\W*",
)
_TALKED = re.compile(r"\W{0,2}(?:sp(?:oke|eaks)|talk(?:s|ed)|chat(?:s|ted)|sat down|sits down) (?:to|with)\b")


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


def by_initials(discourse: Discourse, label: str) -> Resolved | None:
    """The one person of an article with these initials."""
    letters = label.replace(".", "").casefold()
    bearers = []
    for entity in discourse.entities:
        first = [word[0] for word in entity.words if word]
        if entity.kind == "person" and len(first) > 1 and letters in {"".join(first), first[0] + first[-1]}:
            bearers.append(entity)
    return known(discourse, bearers[0]) if len(bearers) == 1 else None


def interviewee(discourse: Discourse, turns: Sequence[Attribution]) -> Resolved | None:
    """The person introduced before the first of the turns, else the one named behind the last; None where several may be meant."""
    first, last = turns[0].start, turns[-1].contents[-1].end
    return _met(discourse, 0, first) or _met(discourse, last, len(discourse.parse.text))


def _met(discourse: Discourse, start: int, end: int) -> Resolved | None:
    parse = discourse.parse
    people: dict[int, Entity] = {}
    for token in sorted(discourse.names):
        entity = discourse.by_token.get(token)
        if entity is not None and entity.kind == "person" and start <= parse.start[token] < end and not _asks(discourse, entity):
            people.setdefault(id(entity), entity)
    if len(people) < 2:
        return next((known(discourse, entity) for entity in people.values()), None)
    talked = {id(entity): entity for entity in _talked_to(discourse, start, end) if id(entity) in people}
    return known(discourse, next(iter(talked.values()))) if len(talked) == 1 else None


def _asks(discourse: Discourse, entity: Entity) -> bool:
    """Whether somebody is a journalist by their post."""
    speaker = known(discourse, entity)
    text = discourse.parse.text
    posts = [Post(*(None if span is None else text[span.start : span.end] for span in each[:2])) for each in speaker.affiliations]
    return standing_of(posts, "person", None)[0].role == "journalist"


def _talked_to(discourse: Discourse, start: int, end: int) -> list[Entity]:
    """Who stands behind "spoke to" and its like, each with those joined by "and"; where no person does, who stands before it."""
    parse = discourse.parse
    found: list[Entity] = []
    for match in _TALKS.finditer(parse.text, start, end):
        token = parse.token_at(min(match.end(), len(parse.text) - 1))
        behind = [
            at
            for at in range(token, min(token + _BETWEEN, len(parse)))
            if at in discourse.names and discourse.by_token[at].kind == "person"
        ]
        if behind:
            found.append(discourse.by_token[behind[0]])
            after = discourse.names[behind[0]].last + 1
            if parse.lower[after : after + 1] == ["and"] and (other := discourse.entity_at(after + 1)) is not None:
                found.append(other)
        elif _TALKED.match(parse.text, match.start()):
            entity = discourse.entity_at(parse.token_at(match.start()) - 1)
            found += [entity] if entity is not None else []
    return found

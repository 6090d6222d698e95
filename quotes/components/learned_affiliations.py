"""A person's titles and institutions out of what a trained model read at each mention of them, joined with what rules tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.components.coreference import Discourse
from quotes.components.entities import Entity
from quotes.components.parse import Parse
from quotes.components.part_reading import Part
from quotes.components.posts import Affiliation
from quotes.components.roles import PAST
from quotes.records import Span

#: How sure the model must be of a part, fitted on articles set aside.
SURE = {"title": 0.6, "institution": 0.75}
#: Tokens between a title and an institution that stand together, and before a part where "former" may stand.
_GAP, _BEFORE = 4, 6


def with_parts_read(discourse: Discourse, entity: Entity, told: Sequence[Affiliation]) -> tuple[Affiliation, ...]:
    """What was read of a person at every mention, the surest first, and behind it what rules tell beyond that.

    An institution that stands by itself is left out: it would say more than the article does ("whose daughter teaches at …").
    """
    parse = discourse.parse
    found: list[Affiliation] = []
    for each in [*_read(discourse, entity), *told]:
        known = next((number for number, other in enumerate(found) if _same_title(parse, each, other)), None)
        if known is None:
            found.append(each)
        elif found[known].institution is None:
            found[known] = found[known]._replace(institution=each.institution, past=found[known].past or each.past)
        elif each.institution is not None and _words(parse, each.institution) != _words(parse, found[known].institution):
            found.append(each)
    return tuple(found)


def _read(discourse: Discourse, entity: Entity) -> list[Affiliation]:
    parse = discourse.parse
    found: list[tuple[float, Affiliation]] = []
    for token in discourse.positions.get(id(entity), ()):
        parts = [part for part in discourse.parts.get(token, ()) if part.chance >= SURE[part.kind]]
        found += _pairs(parse, parts)
    return [each for _, each in sorted(found, key=lambda pair: (pair[1].past, -pair[0]))]


def _pairs(parse: Parse, parts: Sequence[Part]) -> Iterator[tuple[float, Affiliation]]:
    """Each title read at one mention, with the institution beside it, and how sure both are."""
    institutions = [part for part in parts if part.kind == "institution"]
    for title in parts:
        if title.kind == "title":
            beside = [each for each in institutions if _apart(parse, title, each) <= _GAP]
            nearest = min(beside, key=lambda each: _apart(parse, title, each), default=None)
            first = _first(parse, title)
            past = first < title.start or parse.lower[first] in PAST
            body = None if nearest is None else parse.span(nearest.start, nearest.stop - 1)
            yield title.chance + (nearest.chance if nearest else 0), Affiliation(parse.span(first, title.stop - 1), body, past)


def _apart(parse: Parse, one: Part, other: Part) -> int:
    """Tokens between two parts, far too many where they stand in different sentences."""
    first, last = sorted((one, other), key=lambda each: each.start)
    return last.start - first.stop if parse.sentence[first.start] == parse.sentence[last.start] else len(parse)


def _first(parse: Parse, title: Part) -> int:
    """Where a title begins, with the word before it that says it is over."""
    hyphen = title.start > 1 and parse.words[title.start - 1] == "-"
    before = title.start - 1 - hyphen
    return before if before >= 0 and parse.lower[before] in PAST and (not hyphen or parse.lower[before] == "ex") else title.start


def _same_title(parse: Parse, one: Affiliation, other: Affiliation) -> bool:
    """Whether two affiliations name one post: one title's words are the last of the other's, or the first before "of"."""
    mine, theirs = _words(parse, one.title).split(), _words(parse, other.title).split()
    if not mine or not theirs:
        return False
    short, long = sorted((mine, theirs), key=len)
    return long[-len(short) :] == short or (long[: len(short)] == short)


def _words(parse: Parse, span: Span | None) -> str:
    return "" if span is None else parse.text[span.start : span.end].casefold()

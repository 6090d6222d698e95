"""From labelled spans to attributions: which cue and which source belong to which content.

Tools for annotation know spans with labels, and relations between them, but no attributions. Labels go by their names, in any letter case:
`Content` or `Quote`, `Cue`, `Source` or `Speaker`; all others are of no concern here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from quotes.corpora.gold import Attribution
from quotes.errors import CorpusError
from quotes.nlp.detection.quotation_marks import paragraphs_of
from quotes.records import Span

Role = Literal["content", "cue", "source"]

_ROLES: dict[str, Role] = {"content": "content", "quote": "content", "cue": "cue", "source": "source", "speaker": "source"}

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s")


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span, which may be broken; `id` is what relations call it."""

    id: str
    label: str
    spans: tuple[Span, ...]

    @property
    def role(self) -> Role | None:
        """The part that it plays in an attribution, if any."""
        return role_of(self.label)

    def distance(self, other: Mark) -> int:
        """The characters between this mark and another; below 0 where they overlap."""
        return min(max(theirs.start - ours.end, ours.start - theirs.end, -1) for ours in self.spans for theirs in other.spans)


def role_of(label: str) -> Role | None:
    """What a label stands for, whatever its letter case."""
    return _ROLES.get(label.lower())


def relations_of(records: Iterable[Mapping[str, Any]], known: Collection[str]) -> list[tuple[str, str]]:
    """The ids that each relation joins; raises ValueError for one that is not `known`."""
    pairs = [(str(each["from_id"]), str(each["to_id"])) for each in records]
    if missing := next((each for pair in pairs for each in pair if each not in known), None):
        raise ValueError(f"a relation names {missing}, which is not there")
    return pairs


def check_labels(where: Path, marks: Iterable[Mark]) -> None:
    """Raise CorpusError when there are marks, but none of them marks a content: else a corpus of other labels would hold no quotes."""
    labels = {mark.label for mark in marks}
    if labels and not any(role_of(label) == "content" for label in labels):
        raise CorpusError(f"{where}: its labels are {', '.join(sorted(labels))}; name what is quoted Content or Quote, then Cue and Source")


def linked(text: str, marks: Sequence[Mark], relations: Iterable[tuple[str, str]]) -> tuple[Attribution, ...]:
    """The attributions of an article: by its relations, or, where it has none between marks that count, by a guess (see `guessed`).

    `relations` are pairs of ids, in either direction; whoever reads them has checked that the ids exist. In order of the text.
    """
    known = {mark.id for mark in marks if mark.role}
    counting = [(one, other) for one, other in relations if one in known and other in known]
    return related(marks, counting) if counting else guessed(text, marks)


def related(marks: Sequence[Mark], relations: Iterable[tuple[str, str]]) -> tuple[Attribution, ...]:
    """The attributions that relations make.

    Contents that are related, or share a cue, are parts of one broken quote. A source goes with every attribution of which it is
    related to a content or a cue: one source may say several things. Relations between sources say nothing here. Cues and sources
    that lead to no content are left out.
    """
    by_id = {mark.id: mark for mark in marks if mark.role}
    group = {mark.id: [mark] for mark in by_id.values() if mark.role != "source"}
    sources: list[tuple[Mark, str]] = []
    for pair in relations:
        one, other = (by_id[each] for each in pair)
        if "source" not in (one.role, other.role):
            if group[one.id] is not group[other.id]:
                merged = group[one.id] + group[other.id]
                group |= {mark.id: merged for mark in merged}
        elif one.role != other.role:
            sources.append((one, other.id) if one.role == "source" else (other, one.id))
    groups = list({id(members): members for members in group.values()}.values())
    return _in_order(
        _Draft(
            [mark for mark in members if mark.role == "content"],
            [mark for mark in members if mark.role == "cue"],
            [source for source, of in sources if group[of] is members],
        )
        for members in groups
    )


def guessed(text: str, marks: Sequence[Mark]) -> tuple[Attribution, ...]:
    """A guess at the attributions where nobody drew relations; it looks at one paragraph at a time.

    A cue goes with the nearest content, a source with what the nearest cue of its sentence says, or else with the nearest content. Near
    is first of all what no end of a sentence stands between, and nothing goes with a content that it lies in. A content that is left
    with neither cue nor source is a further part of the attribution whose cue stands before it, as in “…,” she said. “…”; without one it
    stands alone. Cues and sources in a paragraph without any content are left out.
    """
    found = []
    for paragraph in paragraphs_of(text):
        inside = (mark for mark in marks if any(start < paragraph.end and paragraph.start < end for start, end in mark.spans))
        here = sorted((mark for mark in inside if mark.role), key=lambda mark: mark.spans)
        # What runs over several paragraphs belongs to the first; so does the rest of what is said with it.
        marks = [mark for mark in marks if mark not in here]
        found += _guessed_in_paragraph(text, here)
    return _in_order(found)


def _guessed_in_paragraph(text: str, marks: Sequence[Mark]) -> list[_Draft]:
    found = [_Draft([mark]) for mark in marks if mark.role == "content"]

    def nearest(mark: Mark, candidates: Iterable[_Draft]) -> _Draft | None:
        apart = [each for each in candidates if mark.distance(each.content[0]) >= 0]
        return min(apart, key=lambda each: (_sentences_between(text, mark, each.content[0]), mark.distance(each.content[0])), default=None)

    for cue in marks:
        if cue.role == "cue" and (said := nearest(cue, found)):
            said.cue.append(cue)
    for source in marks:
        if source.role == "source":
            cued = [
                (source.distance(cue), number)
                for number, each in enumerate(found)
                for cue in each.cue
                if not _sentences_between(text, source, cue) and source.distance(each.content[0]) >= 0
            ]
            if said := found[min(cued)[1]] if cued else nearest(source, found):
                said.source.append(source)
    return _merge_continuations(found)


def _merge_continuations(found: Sequence[_Draft]) -> list[_Draft]:
    """The attributions of a paragraph, with what carries them on made a part of them."""
    whole: list[_Draft] = []
    said: _Draft | None = None
    for each in found:
        # What stands within another content is no part of the paragraph's own speech.
        outside = said is None or each.content[0].spans[0].start >= said.content[-1].spans[-1].end
        if said and outside and not each.cue and not each.source:
            said.content += each.content
            continue
        whole.append(each)
        if outside and each.cue:
            said = each
    return whole


@dataclass(slots=True)
class _Draft:
    """An attribution that is being put together."""

    content: list[Mark]
    cue: list[Mark] = field(default_factory=list)
    source: list[Mark] = field(default_factory=list)


def _in_order(found: Iterable[_Draft]) -> tuple[Attribution, ...]:
    attributions = [
        Attribution(each.content[0].id, _spans(each.content), _spans(each.cue), _spans(each.source)) for each in found if each.content
    ]
    return tuple(sorted(attributions, key=lambda each: each.content))


def _spans(marks: Collection[Mark]) -> tuple[Span, ...]:
    return tuple(sorted({span for mark in marks for span in mark.spans}))


def _sentences_between(text: str, one: Mark, other: Mark) -> bool:
    first, second = sorted((one.spans, other.spans))
    return _SENTENCE_END.search(text, first[-1].end, max(first[-1].end, second[0].start)) is not None

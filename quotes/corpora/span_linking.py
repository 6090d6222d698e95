"""From labelled spans to attributions: which cue and which source belong to which content.

Tools for annotation know spans with labels, and relations between them, but no attributions. Labels go by their names, in any letter case:
`Content` or `Quote`, `Cue`, `Source` or `Speaker`; all others are of no concern here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotes.corpora.gold import Attribution
from quotes.linking.union_find import Unions
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


def linked(text: str, marks: Sequence[Mark], relations: Iterable[tuple[str, str]]) -> tuple[Attribution, ...]:
    """The attributions of an article in order: by its relations, or, where it has none between marks that count, by a guess (`guessed`).

    `relations` are pairs of ids, in either direction; whoever reads them has checked that the ids exist. Contents that are related, or
    share a cue, are parts of one broken quote. A source goes with every attribution of which it is related to a content or a cue: one
    source may say several things. Relations between sources say nothing here. Cues and sources that lead to no content are left out.
    """
    by_id = {mark.id: mark for mark in marks if mark.role}
    pairs = [pair for pair in relations if by_id.keys() >= set(pair)] or guessed(text, list(by_id.values()))
    joined, sources = Unions[str](), list[tuple[Mark, str]]()
    for one, other in pairs:
        roles = by_id[one].role, by_id[other].role
        if "source" not in roles:
            joined.join(one, other)
        elif roles != ("source", "source"):
            sources.append((by_id[one], other) if roles[0] == "source" else (by_id[other], one))
    found = []
    for members in joined.groups((mark for mark in by_id.values() if mark.role != "source"), lambda mark: mark.id):
        content, cue = ([mark for mark in members if mark.role == role] for role in ("content", "cue"))
        if content:
            source = [each for each, of in sources if by_id[of] in members]
            found.append(Attribution(content[0].id, _spans(content), _spans(cue), _spans(source)))
    return tuple(sorted(found, key=lambda each: each.content))


def _spans(marks: Iterable[Mark]) -> tuple[Span, ...]:
    return tuple(sorted({span for mark in marks for span in mark.spans}))


def guessed(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """A guess at the relations where nobody drew them; it looks at one paragraph at a time.

    A cue goes with the nearest content, a source with what the nearest cue of its sentence says, or else with the nearest content. Near
    is first of all what no end of a sentence stands between, and nothing goes with a content that it lies in. A content that is left
    with neither cue nor source carries on what the cue before it says, as in “…,” she said. “…”; without one it stands alone.
    """
    left = sorted(marks, key=lambda mark: mark.spans)
    for paragraph in paragraphs_of(text):
        here = [mark for mark in left if any(start < paragraph.end and paragraph.start < end for start, end in mark.spans)]
        # What runs over several paragraphs belongs to the first; so does the rest of what is said with it.
        left = [mark for mark in left if mark not in here]
        yield from _guessed_in_paragraph(text, here)


def _guessed_in_paragraph(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    contents = [mark for mark in marks if mark.role == "content"]

    def nearest(mark: Mark) -> Mark | None:
        apart = [each for each in contents if mark.distance(each) >= 0]
        return min(apart, key=lambda each: (_sentences_between(text, mark, each), mark.distance(each)), default=None)

    cued = [(cue, content) for cue in marks if cue.role == "cue" and (content := nearest(cue))]
    sourced = []
    for source in (mark for mark in marks if mark.role == "source"):
        near = [
            (source.distance(cue), content.spans, content)
            for cue, content in cued
            if not _sentences_between(text, source, cue) and source.distance(content) >= 0
        ]
        if content := min(near, key=lambda each: each[:2])[2] if near else nearest(source):
            sourced.append((source, content))
    yield from ((mark.id, content.id) for mark, content in [*cued, *sourced])
    with_cue, with_source = ({content.id for _, content in pairs} for pairs in (cued, sourced))
    said: Mark | None = None
    for each in contents:
        # What stands within another content is no part of the paragraph's own speech.
        if said and each.spans[0].start < said.spans[-1].end:
            continue
        if said and each.id not in with_cue | with_source:
            yield said.id, each.id
            said = each
        elif each.id in with_cue:
            said = each


def _sentences_between(text: str, one: Mark, other: Mark) -> bool:
    first, second = sorted((one.spans, other.spans))
    return _SENTENCE_END.search(text, first[-1].end, max(first[-1].end, second[0].start)) is not None

"""A quote with its cue and source as words of the article, before anyone asks who the source is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from quotes import lexicons
from quotes.nlp.detection.sources import Source
from quotes.records import Act, Span

#: The confidence of a construction too rare to measure.
RARE = 0.4


@dataclass(frozen=True, slots=True)
class Attribution:
    """One content with its cue and source.

    `evidence` names the construction, from which the confidence comes; `verb` is the token of the cue, where it is a word; `follows` is
    the start of the attribution whose speaker a floating quote shares, in characters.
    """

    contents: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: Source | None
    act: Act
    evidence: str
    verb: int | None = None
    follows: int | None = None

    @property
    def start(self) -> int:
        """Where the content begins, in characters."""
        return self.contents[0].start

    @property
    def end(self) -> int:
        """Where the content ends, in characters."""
        return self.contents[-1].end

    @property
    def order(self) -> tuple[int, int]:
        """A sort key for the order of the text: the outer of two that begin together first."""
        return self.start, -self.end

    @property
    def floating(self) -> bool:
        """Whether it has no cue of its own."""
        return self.evidence.startswith("floating")

    def covers(self, at: int) -> bool:
        """Whether a character stands in the content."""
        return any(start <= at < end for start, end in self.contents)

    def as_plain(self) -> dict[str, Any]:
        """Plain values, which can hang on a Doc: strings, integers and tuples."""
        return {
            "contents": tuple(map(tuple, self.contents)),
            "cue": tuple(map(tuple, self.cue)),
            "source": tuple(map(tuple, self.source.spans)) if self.source else (),
            "source_head": self.source.head if self.source else None,
            "act": self.act,
            "evidence": self.evidence,
            "verb": self.verb,
            "follows": self.follows,
        }

    @classmethod
    def from_plain(cls, values: Mapping[str, Any], tokens: Iterable[int]) -> Attribution:
        """The attribution of plain values; `tokens` are those of its source."""

        def spans(name: str) -> tuple[Span, ...]:
            return tuple(Span(*span) for span in values[name])

        source = Source(spans("source"), values["source_head"], frozenset(tokens)) if values["source"] else None
        rest = {name: values[name] for name in ("act", "evidence", "verb", "follows")}
        return cls(spans("contents"), spans("cue"), source, **rest)


@cache
def _measured() -> dict[tuple[str, str], float]:
    return {(evidence, act): float(share) for evidence, act, share in lexicons.rows("confidence.tsv")}


def rule_confidence(each: Attribution) -> float:
    """How sure a rule is, 0 to 1: the share of its construction's attributions whose content and source were right on annotated news."""
    table = _measured()
    return table.get((each.evidence, each.act), table.get((each.evidence, "*"), RARE))

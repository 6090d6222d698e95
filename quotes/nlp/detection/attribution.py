"""What the rules find: a content, its cue and its source, with the evidence they were found by."""

from __future__ import annotations

from dataclasses import dataclass

from quotes.nlp.detection.sources import Source
from quotes.records import Act, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One content with its cue and source, before anybody asks who the source is.

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
    def floating(self) -> bool:
        """Whether it has no cue of its own."""
        return self.evidence.startswith("floating")

    def covers(self, at: int) -> bool:
        """Whether a character stands in the content."""
        return any(start <= at < end for start, end in self.contents)

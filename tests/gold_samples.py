"""One text with its quotes, written for these tests: invented people, every count done by hand."""

from __future__ import annotations

from quotes.corpora.gold import GoldSpeaker
from quotes.records import Affiliation, Passage, Quote, Span, Speaker, quoted

TEXT = "“The weir held,” said Ines Duarte, the harbour master. Officials believe that rain will return. A clerk shrugged."


def at(words: str, text: str = TEXT) -> tuple[Span, ...]:
    """Where the words stand in the text."""
    start = text.index(words)
    return (Span(start, start + len(words)),)


def quote(content: str, mention: str | None = None, *, cue: str | None = None, act="speech", speaker: Speaker | None = None) -> Quote:
    """A predicted quote of TEXT by its words."""

    def passage(words: str | None) -> Passage | None:
        return Passage(words, at(words)) if words else None

    spans = at(content)
    return Quote("direct", act, quoted(TEXT, spans), spans, passage(cue), passage(mention), speaker, 0.9)


def person(name: str, title: str | None = None, institution: str | None = None) -> Speaker:
    return Speaker(name, "person", (Affiliation(title, institution),))


DUARTE = GoldSpeaker("Ines Duarte", "person", ("harbour master",), ("Port of Salin",))

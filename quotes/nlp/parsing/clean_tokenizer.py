"""The clean copy of a text in spaCy: a tokenizer that reads it, and a component that puts what was found back into the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from quotes.nlp.parsing.cleaning import CleanText, Run, clean_text, original_span
from quotes.nlp.parsing.extensions import register
from quotes.records import JOINER, Zone, quoted

register()

#: The most characters without a blank that the tokenizer is given at once.
LONGEST_WORD = 200
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


class CleanTokenizer:
    """A tokenizer of clean copies. What the copy came from hangs on the Doc: `doc._.given`, the text, and `doc._.runs`; neither where the
    copy is the text."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The Doc of the copy of a text."""
        copy = clean_text(text)
        doc: Doc = self._in_pieces(copy.text) if _ENDLESS.search(copy.text) else self.tokenizer(copy.text)
        if copy.runs:
            doc._.given, doc._.runs = text, copy.runs
        return doc

    def _in_pieces(self, text: str) -> Doc:
        """The Doc of a text with words that have no end, which are cut: the tokenizer takes the square of a word's length."""
        cuts = [start for word in _ENDLESS.finditer(text) for start in range(word.start(), word.end(), LONGEST_WORD)]
        pieces = [self.tokenizer(text[start:end]) for start, end in pairwise([0, *cuts, len(text)]) if start < end]
        return Doc.from_docs(pieces, ensure_whitespace=False) if len(pieces) > 1 else pieces[0]

    def __getattr__(self, name: str) -> Any:
        if name == "tokenizer":  # not there yet while it is unpickled
            raise AttributeError(name)
        return getattr(self.tokenizer, name)


def make_doc(nlp: Language, text: str, zones: Iterable[Zone]) -> Doc:
    """A Doc that is not parsed yet, with the zones of its text."""
    doc = nlp.make_doc(text)
    copy = CleanText(doc.text, doc._.runs)
    doc._.zones = tuple((zone.kind, *copy.copied(zone.start, zone.end)) for zone in zones)
    return doc


@Language.component("quotes_places", assigns=["doc._.quotes", "doc._.zones"], requires=["doc._.quotes"], retokenizes=True)
def restore_original(doc: Doc) -> Doc:
    """The Doc of the text as given, annotated as the copy was; quotes and zones index it, and words are printed as there."""
    runs = tuple((int(at), int(first), int(last)) for at, first, last in doc._.runs)
    if not doc._.given:
        return doc
    given = _given_doc(doc, doc._.given, runs)
    given._.quotes = tuple(_placed(quote, given.text, runs) for quote in doc._.quotes)
    given._.zones = tuple((kind, *original_span(runs, start, end)) for kind, start, end in doc._.zones if start < end)
    return given


def _given_doc(doc: Doc, text: str, runs: tuple[Run, ...]) -> Doc:
    """A Doc of the text with the tokens of the copy, and as a token each stretch between them that is more than a blank."""
    pieces: list[tuple[int, int, Token | None]] = []
    at = 0
    for start, end, token in [
        *((*original_span(runs, each.idx, each.idx + len(each)), each) for each in doc),
        (len(text), len(text), None),
    ]:
        blank = at < start and text[at] == " " and bool(pieces)
        if at + blank < start:
            pieces.append((at + blank, start, None))
        if token is not None:
            pieces.append((start, end, token))
        at = end
    starts = [start for start, _, _ in pieces[1:]] + [len(text)]
    place = {token.i: number for number, (_, _, token) in enumerate(pieces) if token is not None}
    given = Doc(
        doc.vocab,
        words=[text[start:end] for start, end, _ in pieces],
        spaces=[end < start for (_, end, _), start in zip(pieces, starts, strict=True)],
        tags=[token.tag_ if token else "_SP" for _, _, token in pieces],
        deps=[token.dep_ if token else "dep" for _, _, token in pieces],
        heads=[place[token.head.i] if token else max(number - 1, 0) for number, (_, _, token) in enumerate(pieces)],
        sent_starts=[bool(token and token.is_sent_start) for _, _, token in pieces],
        user_data=dict(doc.user_data),
    )
    given.set_ents([SpacySpan(given, place[each.start], place[each.end - 1] + 1, label=each.label) for each in doc.ents])
    given._context = doc._context
    return given


def _placed(quote: Mapping[str, Any], text: str, runs: tuple[Run, ...]) -> dict[str, Any]:
    def moved(passage: Mapping[str, Any] | None, joiner: str = " ") -> dict[str, Any] | None:
        if passage is None:
            return None
        spans = tuple(original_span(runs, *span) for span in passage["spans"])
        return {**passage, "text": quoted(text, spans, joiner), "spans": spans}

    speaker = quote["speaker"]
    if speaker is not None:
        affiliations = [
            each | {name: original_span(runs, *each[name]) for name in ("title_span", "institution_span") if each[name]}
            for each in speaker["affiliations"]
        ]
        speaker = {**speaker, "role_evidence": moved(speaker["role_evidence"]), "affiliations": affiliations}
    placed = moved(quote, JOINER) or {}
    return placed | {"cue": moved(quote["cue"]), "mention": moved(quote["mention"]), "speaker": speaker}

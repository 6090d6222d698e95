"""The clean copy of a text in spaCy: a tokenizer that tokenizes it, and a component that restores the original text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from quotes.nlp.parsing.cleaning import CleanText, clean_text
from quotes.records import JOINER, Zone, quoted

#: The most characters without a blank that the tokenizer gets at once: it takes the square of a word's length.
LONGEST_WORD = 200
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


class CleanTokenizer:
    """A tokenizer of clean copies: where one differs from its text, `doc._.original_text` and `doc._.alignment` lead back."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The Doc of the clean copy of a text."""
        copy = clean_text(text)
        doc: Doc = self._in_pieces(copy.text) if _ENDLESS.search(copy.text) else self.tokenizer(copy.text)
        if copy.alignment:
            doc._.original_text, doc._.alignment = text, copy.alignment
        return doc

    def _in_pieces(self, text: str) -> Doc:
        """The Doc of a text with endless words, which are cut."""
        cuts = [start for word in _ENDLESS.finditer(text) for start in range(word.start(), word.end(), LONGEST_WORD)]
        pieces = [self.tokenizer(text[start:end]) for start, end in pairwise([0, *cuts, len(text)]) if start < end]
        return Doc.from_docs(pieces, ensure_whitespace=False) if len(pieces) > 1 else pieces[0]

    def __getattr__(self, name: str) -> Any:
        if name == "tokenizer":  # not there yet while it is unpickled
            raise AttributeError(name)
        return getattr(self.tokenizer, name)


def make_doc(nlp: Language, text: str, zones: Iterable[Zone]) -> Doc:
    """A tokenized Doc with the zones of its text."""
    doc = nlp.make_doc(text)
    copy = CleanText(doc.text, doc._.alignment)
    doc._.zones = tuple((zone.kind, *copy.to_clean(zone.start, zone.end)) for zone in zones)
    return doc


@Language.component("quotes_places", assigns=["doc._.quotes", "doc._.zones"], requires=["doc._.quotes"], retokenizes=True)
def restore_original(doc: Doc) -> Doc:
    """The Doc of the original text, annotated as the clean copy was; quotes and zones index it, and words are printed as there."""
    if not doc._.original_text:
        return doc
    copy = CleanText(doc.text, tuple((int(at), int(first), int(last)) for at, first, last in doc._.alignment))
    text = doc._.original_text
    original = _original_doc(doc, text, copy)
    original._.quotes = tuple(_in_original(quote, text, copy) for quote in doc._.quotes)
    original._.zones = tuple((kind, *copy.to_original(start, end)) for kind, start, end in doc._.zones if start < end)
    return original


def _original_doc(doc: Doc, text: str, copy: CleanText) -> Doc:
    """A Doc of the original with the tokens of the copy, and as a token whatever is between them and more than a blank."""
    pieces: list[tuple[int, int, Token | None]] = []
    at = 0
    spans = [copy.to_original(token.idx, token.idx + len(token)) for token in doc]
    for (start, end), token in [*zip(spans, doc, strict=True), ((len(text), len(text)), None)]:
        blank = at < start and text[at] == " " and bool(pieces)
        if at + blank < start:
            pieces.append((at + blank, start, None))
        if token is not None:
            pieces.append((start, end, token))
        at = end
    starts = [start for start, _, _ in pieces[1:]] + [len(text)]
    place = {token.i: number for number, (_, _, token) in enumerate(pieces) if token is not None}
    original = Doc(
        doc.vocab,
        words=[text[start:end] for start, end, _ in pieces],
        spaces=[end < start for (_, end, _), start in zip(pieces, starts, strict=True)],
        tags=[token.tag_ if token else "_SP" for _, _, token in pieces],
        deps=[token.dep_ if token else "dep" for _, _, token in pieces],
        heads=[place[token.head.i] if token else max(number - 1, 0) for number, (_, _, token) in enumerate(pieces)],
        sent_starts=[bool(token and token.is_sent_start) for _, _, token in pieces],
        user_data=dict(doc.user_data),
    )
    original.set_ents([SpacySpan(original, place[each.start], place[each.end - 1] + 1, label=each.label) for each in doc.ents])
    original._context = doc._context
    return original


def _in_original(quote: Mapping[str, Any], text: str, copy: CleanText) -> dict[str, Any]:
    """A quote with its spans and words in the original."""

    def moved(passage: Mapping[str, Any], joiner: str = " ") -> dict[str, Any]:
        spans = tuple(copy.to_original(*span) for span in passage["spans"])
        return {**passage, "text": quoted(text, spans, joiner), "spans": spans}

    speaker = quote["speaker"] and {
        **quote["speaker"],
        "role_evidence": quote["speaker"]["role_evidence"] and moved(quote["speaker"]["role_evidence"]),
        "affiliations": [
            each | {name: copy.to_original(*each[name]) for name in ("title_span", "institution_span") if each[name]}
            for each in quote["speaker"]["affiliations"]
        ],
    }
    passages = {name: quote[name] and moved(quote[name]) for name in ("cue", "mention")}
    return {**moved(quote, JOINER), **passages, "speaker": speaker}

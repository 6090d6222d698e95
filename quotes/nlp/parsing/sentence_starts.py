"""Layout before the parse: the zones of an article, and a sentence start wherever a paragraph begins."""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from quotes import lexicons
from quotes.readers.layout.plain_text import layout


def start_sentences(doc: Doc) -> None:
    """Start a sentence at each paragraph and behind each dateline, and none at white space, so that none runs over a line break; nor behind
    the full stop of an abbreviated rank ("Det. Sgt. Lotte Whitlock")."""
    broken = True
    datelines = [end for kind, _, end in doc._.zones if kind == "dateline"]
    starts: Any = doc.to_array([SENT_START]).astype(np.int64)
    for token in doc:
        if datelines and token.idx >= datelines[0] and token.text.strip(" —–-"):
            broken = True
            del datelines[0]
        if token.is_space:
            broken = broken or "\n" in token.text or "\r" in token.text
            starts[token.i] = -1
        elif broken:
            broken = False
            starts[token.i] = 1
        elif _follows_rank(token):
            starts[token.i] = -1
    starts[:1] = 1
    doc.from_array([SENT_START], starts.astype(np.uint64))  # at once: for each token, spaCy would look through the whole Doc


def _follows_rank(token: Token) -> bool:
    """Whether the token before is the full stop of an abbreviated rank."""
    if token.i < 2 or token.nbor(-1).text != ".":
        return False
    short = token.nbor(-2)
    return not short.whitespace_ and f"{short.lower_}." in lexicons.genders("honorifics.tsv")


@Language.component("quotes_layout", assigns=["token.is_sent_start", "doc._.zones"])
def layout_component(doc: Doc) -> Doc:
    """Start a sentence at each paragraph, and mark zones where the article's reader did not bring any."""
    if not doc._.zones:
        doc._.zones = tuple((zone.kind, zone.start, zone.end) for zone in layout(doc.text).zones)
    start_sentences(doc)
    return doc

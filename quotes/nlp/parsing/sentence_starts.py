"""Layout before the parse: the zones of an article, and a sentence start wherever a paragraph begins."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from quotes.nlp.parsing.extensions import register
from quotes.readers.layout.plain_text import layout

register()


def start_sentences(doc: Doc) -> None:
    """Start a sentence at each paragraph and behind each dateline, and none at white space, so that none runs over a line break."""
    broken = True
    datelines = [end for kind, _, end in doc._.zones if kind == "dateline"]
    for token in doc:
        if datelines and token.idx >= datelines[0] and token.text.strip(" —–-"):
            broken = True
            del datelines[0]
        if token.is_space:
            broken = broken or "\n" in token.text or "\r" in token.text
            if token.i:
                token.is_sent_start = False
            continue
        if broken and token.i:
            token.is_sent_start = True
        broken = False


@Language.component("quotes_layout", assigns=["token.is_sent_start", "doc._.zones"])
def layout_component(doc: Doc) -> Doc:
    """Start a sentence at each paragraph, and mark zones where the article's reader did not bring any."""
    if not doc._.zones:
        doc._.zones = tuple((zone.kind, zone.start, zone.end) for zone in layout(doc.text).zones)
    start_sentences(doc)
    return doc

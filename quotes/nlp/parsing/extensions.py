"""The custom attributes of a Doc: plain values only (str, int, tuple, dict), so that several processes and DocBin work."""

from __future__ import annotations

from spacy.tokens import Doc


def register() -> None:
    """Register every attribute once; a second call does nothing.

    `zones`: (kind, start, end) of each zone, empty until a reader or the layout component fills them. `attributions`: what the
    detector or extractor found, as `Attribution.as_plain` with kind and confidence; `parts`: the titles and institutions that the model
    predicted. `quotes`: the quotes in the order of the text, each in the form of `quotes extract` with `affiliations` and `zone`. `topics`:
    the article's topics, the foremost first. `evidence`: how name, title and institution of each quote's speaker were read (None for what
    is not given). `original_text`, `alignment`: the original text, where the Doc is of a clean copy, and where
    the two run in parallel; until the last component all offsets are those of the copy, `doc.text`.
    """
    if not Doc.has_extension("original_text"):
        Doc.set_extension("original_text", default="")
    for name in ("zones", "attributions", "quotes", "evidence", "topics", "alignment", "parts"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())

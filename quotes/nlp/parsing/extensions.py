"""What hangs on a Doc: plain values only (str, int, tuple, dict), so that several processes and DocBin work."""

from __future__ import annotations

from spacy.tokens import Doc


def register() -> None:
    """Register every attribute once; a second call does nothing.

    `zones`: (kind, start, end) of each zone, empty until a reader or the layout component fills them. `attributions`: what the
    detector found. `quotes`: the quotes in the order of the text, each in the form of `quotes extract` with `affiliations` and `zone`
    beside. `topics`: what the article is about, the foremost first. `given`, `runs`: the text as given, where a clean
    copy of it was read, and how the two go together. Until the last component all characters are counted in the copy, `doc.text`.
    `implausible`: (field, words, reason) of each name, title and institution that was refused.
    """
    if not Doc.has_extension("given"):
        Doc.set_extension("given", default="")
    for name in ("zones", "attributions", "quotes", "topics", "runs", "implausible", "parts"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())

"""From news articles to a database of who said what, as whom, for whom.

import quotes
nlp = quotes.load()
doc = nlp("“The data,” Oyelaran said, “do not support it.”")
for quote in doc._.quotes: ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotes.errors import ArticleError, CorpusError, PipelineError, PublishError, QuotesError, StoreError
from quotes.records import Affiliation, Article, Passage, Quote, Span, Speaker, Zone

if TYPE_CHECKING:
    from quotes.extract import extract
    from quotes.pipeline import load

__all__ = [
    "Affiliation",
    "Article",
    "ArticleError",
    "CorpusError",
    "Passage",
    "PipelineError",
    "PublishError",
    "Quote",
    "QuotesError",
    "Span",
    "Speaker",
    "StoreError",
    "Zone",
    "extract",
    "load",
]


def __getattr__(name: str) -> Any:
    """`load` and `extract` bring spaCy with them, a second or two: only when they are asked for."""
    if name == "load":
        from quotes.pipeline import load

        return load
    if name == "extract":
        import importlib

        return importlib.import_module("quotes.extract").extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""From news articles to a database of quotes: who said what, with which title, for which institution.

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
    "load",
]


def __getattr__(name: str) -> Any:
    """`load` brings spaCy with it, a second or two: only when it is asked for."""
    if name != "load":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from quotes.pipeline import load

    return load

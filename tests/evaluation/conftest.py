"""Gold of one article, small corpora, and a stand-in for the extractor."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from corpus_samples import passages, records, standoff  # noqa: F401  (fixtures)
from gold_samples import DUARTE, TEXT, at

from quotes.corpora.gold import Attribution, GoldArticle, GoldSpeaker
from quotes.records import Article


@pytest.fixture
def gold() -> GoldArticle:
    """One direct attribution of speech whose speaker is known, one indirect one of thought."""
    return GoldArticle(
        "weir",
        Article(text=TEXT),
        (
            Attribution("E1", at("“The weir held,”"), at("said"), at("Ines Duarte, the harbour master"), DUARTE),
            Attribution("E2", at("that rain will return"), at("believe"), at("Officials"), GoldSpeaker("Officials", "group")),
        ),
        speakers_known=True,
    )


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the stand-in extractor answers, by the article's text: quotes, or an error; nothing else gives quotes."""
    given: dict[str, object] = {}

    def extract(articles, nlp):
        return ((article, given.get(article.text, ())) for article in articles)

    module = ModuleType("quotes.extract")
    module.extract = extract  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "quotes.extract", module)
    return given

"""Our own database: what a person has been through is taken as annotated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from quotes.corpora.files import Draft
from quotes.corpora.gold import Attribution, Corpus, GoldArticle, GoldSpeaker
from quotes.errors import CorpusError, StoreError
from quotes.records import Article, Quote, Speaker, spans_of


def read_database(path: Path) -> Corpus:
    """Read the articles of a database that a person has been through, their quotes as attributions, acts and speakers included.

    An article counts where something about its quotes was corrected, or every one of them was found right (`quotes review`).
    """
    from quotes.store import Store, reviewed

    draft = Draft()
    try:
        with Store.open(path, create=False) as store:
            for article, quotes in reviewed(store):
                gold = gold_from_quotes(article, quotes)
                values = [[each.content, each.cue, each.source, each.speaker and each.speaker.name, each.act] for each in gold.attributions]
                draft.digest.update(json.dumps([article.text, values]).encode())
                draft.articles.append(gold)
    except StoreError as error:
        raise CorpusError(str(error)) from error
    return draft.corpus(path, "no article to read in it that somebody has been through: do so with `quotes review`")


def gold_from_quotes(article: Article, quotes: Sequence[Quote]) -> GoldArticle:
    """An article with its quotes as gold. Its name is its path with its id: two versions of an article may share a path."""
    attributions = tuple(
        Attribution(
            f"Q{number}",
            quote.spans,
            spans_of(quote.cue),
            spans_of(quote.mention),
            _gold_speaker(quote.speaker) if quote.speaker else None,
            quote.act,
        )
        for number, quote in enumerate(quotes, start=1)
    )
    return GoldArticle(f"{article.path} ({article.id})", article, attributions, speakers_known=True)


def _gold_speaker(speaker: Speaker) -> GoldSpeaker:
    titles = dict.fromkeys(each.title for each in speaker.affiliations if each.title)
    institutions = dict.fromkeys(each.institution for each in speaker.affiliations if each.institution)
    return GoldSpeaker(speaker.name, speaker.kind, tuple(titles), tuple(institutions))

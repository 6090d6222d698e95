"""Gold annotation read from files: what people marked in articles, to score the extractor and to train it.

    corpus = read_corpus(Path("annotated"))
    corpus.articles[0].attributions[0].content

Which form a path has is seen from what lies in it; docs/evaluation.md shows each form. Whatever does not fit raises CorpusError,
which names the file and the place in it.
"""

from __future__ import annotations

from quotes.corpora.brat import parse_standoff, read_brat
from quotes.corpora.database_corpus import gold_from_quotes, read_database
from quotes.corpora.doccano import read_doccano
from quotes.corpora.formats import DEFAULT_SPLIT, read_corpus
from quotes.corpora.gold import Attribution, Corpus, ExpectedQuote, GoldArticle, GoldSpeaker, HardCase, HardCases
from quotes.corpora.label_studio import read_label_studio
from quotes.corpora.marked import parse_marked, read_marked
from quotes.corpora.passage_corpus import read_hard_cases
from quotes.corpora.record_corpus import read_records
from quotes.corpora.standoff import read_standoff

__all__ = [
    "DEFAULT_SPLIT",
    "Attribution",
    "Corpus",
    "ExpectedQuote",
    "GoldArticle",
    "GoldSpeaker",
    "HardCase",
    "HardCases",
    "gold_from_quotes",
    "parse_marked",
    "parse_standoff",
    "read_brat",
    "read_corpus",
    "read_database",
    "read_doccano",
    "read_hard_cases",
    "read_label_studio",
    "read_marked",
    "read_records",
    "read_standoff",
]

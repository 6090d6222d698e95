"""Gold annotation read from files: what people marked in articles, to score the extractor and to train it.

    corpus = read_corpus(Path("annotated"))
    corpus.articles[0].attributions[0].content

`formats` finds the reader for a path; docs/evaluation.md shows each format. Scores are in `quotes.evaluation`. What does not fit raises
CorpusError, which names the file and the place in it.
"""

from quotes.corpora.formats import read_corpus
from quotes.corpora.gold import Corpus, GoldArticle, HardCases

__all__ = ["Corpus", "GoldArticle", "HardCases", "read_corpus"]

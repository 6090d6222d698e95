"""Articles in, quotes out. What comes after this module knows records only, and no spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from quotes.errors import ArticleError
from quotes.nlp.parsing.clean_tokenizer import make_doc
from quotes.records import LONGEST_TEXT, Article, Quote, quote_from_plain

#: Articles that are parsed together; more would hold more memory and gain no time.
BATCH = 8

Extracted = tuple[Article, tuple[Quote, ...] | ArticleError]
#: The topics and the quotes of an article.
Read = tuple[tuple[str, ...], tuple[Quote, ...]]


def extract(articles: Iterable[Article], nlp: Language) -> Iterator[Extracted]:
    """Yield each article, with its topics, and its quotes, in the order of the input; an article that fails comes unchanged with its
    ArticleError, and the rest go on.

    Lazy: one batch is in memory at a time.
    """
    source = iter(articles)
    while chunk := list(islice(source, BATCH)):
        fit = [article for article in chunk if len(article.text) <= LONGEST_TEXT]
        results = iter(_parsed(fit, nlp))
        for article in chunk:
            if len(article.text) > LONGEST_TEXT:
                length = f"{len(article.text):,} characters, more than {LONGEST_TEXT:,}"
                yield article, ArticleError(f"{article.path}: too long for one article ({length}); split it")
            else:
                found = next(results)
                yield (article, found) if isinstance(found, ArticleError) else (replace(article, topics=found[0]), found[1])


def _parsed(articles: list[Article], nlp: Language) -> Iterator[Read | ArticleError]:
    docs = [make_doc(nlp, article.text, article.zones) for article in articles]
    try:
        parsed = list(nlp.pipe(docs, batch_size=BATCH))
    except Exception:  # one bad article must not take its batch along: find it by going one by one
        for article in articles:
            yield _parse_alone(article, nlp)
        return
    yield from ((tuple(doc._.topics), quotes_of(doc)) for doc in parsed)


def _parse_alone(article: Article, nlp: Language) -> Read | ArticleError:
    try:
        doc = nlp(make_doc(nlp, article.text, article.zones))
        return tuple(doc._.topics), quotes_of(doc)
    except Exception as error:
        return ArticleError(
            f"{article.path}: the pipeline failed on it ({type(error).__name__}: {error}); please report it with the article"
        )


def quotes_of(doc: Doc) -> tuple[Quote, ...]:
    """The quotes of a Doc that went through `quotes.load()`, as records."""
    return tuple(quote_from_plain(plain) for plain in doc._.quotes)

"""`evaluate(corpus, nlp)`: extract from the corpus's texts, score what is found."""

from gold_samples import TEXT, person, quote

from quotes.configured_extractor import Extractor
from quotes.errors import ArticleError
from quotes.evaluation import evaluate, predict, read_corpus

RIGHT = quote("“The weir held,”", "Ines Duarte", cue="said", speaker=person("Ines Duarte", None, "Port"))
THOUGHT = quote("rain will return", "Officials", act="thought")


def test_a_corpus_gives_scores(records, answers):
    """Only predictions of the acts that were annotated count."""
    answers[TEXT] = (RIGHT, THOUGHT)
    scores = evaluate(read_corpus(records), None)

    assert (scores.articles, scores.gold, scores.predicted) == (1, 1, 1)
    assert scores.figures["institution"].f1 == 1.0


def test_a_corpus_of_all_acts_keeps_all_predictions(standoff, answers):
    """PolNeAR holds thoughts and plans as well."""
    answers[TEXT] = (RIGHT, THOUGHT)

    assert evaluate(read_corpus(standoff), None).predicted == 2


def test_passages_give_what_is_wrong_in_each(passages, answers):
    """The same call."""
    answers[TEXT] = (RIGHT,)

    assert evaluate(read_corpus(passages), None).faults == {"a": ["title", "institution"], "b": []}


def test_an_article_that_fails_is_a_miss_and_is_named(standoff, answers):
    """An extractor that gives up must not look better for it."""
    answers[TEXT] = ArticleError("weir.txt: too long")
    corpus = read_corpus(standoff)

    assert predict(corpus, Extractor().extract).failures == {"weir": "weir.txt: too long"}
    assert evaluate(corpus, None).figures["quote"].fn == 1

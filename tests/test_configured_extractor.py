"""An extractor with several workers: articles go to processes, records come back, in the order of the input."""

import sys
from types import ModuleType

import pytest

from quotes import Article, ArticleError
from quotes.configured_extractor import Extractor
from quotes.errors import TaskError
from quotes.extract import extract

ARTICLES = [Article(text=f"“Pump {number} failed,” said Grace Adu.", path=f"{number}.txt") for number in range(20)]


@pytest.fixture
def batches(monkeypatch):
    """Batches of three articles that end in another order than they begin; returns how many there were. `poison.txt` kills its process."""
    sizes = []

    def run(work, tasks, *, workers):
        for task in reversed(list(tasks)):
            sizes.append(len(task.articles))
            poisoned = any(article.path == "poison.txt" for article in task.articles)
            yield task, TaskError("its process died, 3 times: leave it out or split it") if poisoned else work(task)

    stand_in = ModuleType("quotes.extract")
    stand_in.extract = lambda articles, nlp: ((article, ()) for article in articles)
    monkeypatch.setitem(sys.modules, "quotes.extract", stand_in)
    monkeypatch.setattr("quotes.configured_extractor.run_in_processes", run)
    monkeypatch.setattr("quotes.configured_extractor.of_this_process", lambda extractor: extractor)
    monkeypatch.setattr("quotes.configured_extractor.TOGETHER", 3)
    monkeypatch.setattr(Extractor, "nlp", None)
    return sizes


def test_articles_come_back_in_their_order(batches):
    assert [article for article, _ in Extractor(workers=2).extract(ARTICLES)] == ARTICLES
    assert sorted(batches) == [2, 3, 3, 3, 3, 3, 3]


@pytest.mark.parametrize(("workers", "articles"), [(1, ARTICLES), (2, ARTICLES[:2])])
def test_one_worker_or_a_few_articles_need_no_processes(batches, workers, articles):
    assert [article for article, _ in Extractor(workers=workers).extract(articles)] == articles
    assert batches == []


def test_an_article_that_kills_its_process_is_named_and_its_batch_goes_on(batches):
    poison = Article(text="Poison.", path="poison.txt")
    found = dict(Extractor(workers=2).extract([*ARTICLES[:4], poison, ARTICLES[4]]))

    error = found.pop(poison)
    assert isinstance(error, ArticleError)
    assert str(error) == "poison.txt: its process died, 3 times: leave it out or split it"
    assert found == dict.fromkeys(ARTICLES[:5], ())


@pytest.mark.model
def test_processes_find_the_same_as_one(nlp):
    assert list(Extractor(workers=2).extract(ARTICLES)) == list(extract(ARTICLES, nlp))

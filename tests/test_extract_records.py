"""Articles in, quotes out, and no article takes another along."""

from dataclasses import replace
from types import GeneratorType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes import Article, ArticleError, Quote
from quotes.extract import extract
from quotes.readers.layout.plain_text import layout
from quotes.records import LONGEST_TEXT, Zone

pytestmark = pytest.mark.model

SAID = "“The pump failed,” said Grace Adu, an engineer at Marlow Water."


def article(text, path="-", **fields):
    return Article(text=text, path=path, **fields)


def only(nlp, one):
    ((same, found),) = extract([one], nlp)
    assert replace(same, topics=()) == one
    return found


def test_an_article_comes_back_with_its_topics(nlp):
    text = "Steel tariffs hurt Senn, said Grace Adu.\n\nNobody in Senn wants a steel tariff. “Interest rates hurt us too,” Adu said."
    ((told, quotes),) = extract([article(text)], nlp)

    assert told.id == article(text).id
    assert told.topics[:2] in {("steel tariffs", "Senn"), ("Senn", "steel tariffs")}
    assert [quote.topics for quote in quotes][-1] == ("interest rates",)


def test_articles_are_taken_as_they_are_needed(nlp):
    """A folder of a million is never in memory at once."""
    taken = []

    def source():
        for number in range(1000):
            taken.append(number)
            yield article(SAID)

    results = extract(source(), nlp)
    assert isinstance(results, GeneratorType)
    next(results)

    assert len(taken) <= 64


def test_an_article_that_is_too_long_is_an_error_and_the_rest_go_on(nlp):
    long = article("Nobody spoke. " * (LONGEST_TEXT // 14 + 1), "long.txt")
    results = dict(zip("abc", [found for _, found in extract([article(SAID), long, article(SAID)], nlp)], strict=True))

    assert results["a"] == results["c"] != ()
    assert isinstance(results["b"], ArticleError)
    assert str(results["b"]) == "long.txt: too long for one article (1,000,006 characters, more than 1,000,000); split it"


@pytest.fixture
def trap(nlp, monkeypatch):
    """A pipeline whose resolver fails on one text."""
    resolver = dict(nlp.pipeline)["quotes_resolver"]

    def failing(doc):
        if "BOOM" in doc.text:
            raise RuntimeError("the floor gave way")
        return resolver(doc)

    components = [(name, failing if name == "quotes_resolver" else each) for name, each in nlp._components]
    monkeypatch.setattr(nlp, "_components", components)
    return nlp


def test_an_article_on_which_a_component_fails_is_an_error_and_the_rest_go_on(trap):
    """The batch is gone through one by one."""
    given = [article(SAID, "a"), article("BOOM", "b.txt"), article(SAID, "c")]
    first, second, third = [found for _, found in extract(given, trap)]

    assert first == third != ()
    assert isinstance(second, ArticleError)
    assert str(second).startswith("b.txt: ")
    assert "the floor gave way" in str(second)
    assert "\n" not in str(second)


@pytest.mark.parametrize(("kind", "zones"), [("boilerplate", []), ("caption", ["caption"])])
def test_a_quote_says_in_which_zone_it_stands(nlp, kind, zones):
    """Whoever writes to a comments box is no source of the article's."""
    text = f"The pump failed on Monday.\n\n{SAID}"

    assert [quote.zone for quote in only(nlp, article(text, zones=(Zone("body", 0, 26), Zone(kind, 28, len(text)))))] == zones


def test_a_page_as_it_is_pasted_gives_the_quotes_of_its_body(nlp):
    """Headline, byline, dateline and the comment box left out."""
    text = (
        "Marlow pump fails\n\nBy Tom Adu, Marlow News\n\nMARLOW (Upland Wire) — The pump will be replaced, engineer Grace Adu said.\n\n"
        "“It was forty years old,” Adu said.\n"
    )
    first, second = only(nlp, article(text, zones=layout(text).zones))

    assert first.text == "The pump will be replaced"
    assert {first.speaker.name, second.speaker.name} == {"Grace Adu"}  # and not the town of the dateline


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 40), st.sampled_from(["\n\n", "\r\n", "\t\n", "\u2028"]))
def test_what_stands_before_a_quote_only_moves_it(nlp, number, breaks):
    """Leading blank lines change no word of it."""
    before = breaks * (number % 4)
    quotes = only(nlp, article(before + SAID))

    assert [quote.text for quote in quotes] == ["“The pump failed,”"]
    assert quotes[0].spans[0].start == len(before)


def test_a_quote_comes_with_its_speaker(nlp):
    """The role with its evidence, and confidences."""
    (quote,) = only(nlp, article(SAID))
    assert isinstance(quote, Quote)
    assert quote.text == "“The pump failed,”"
    assert (quote.speaker.name, quote.speaker.title, quote.speaker.institution) == ("Grace Adu", "engineer", "Marlow Water")

    (quote,) = only(nlp, article("“The pump failed,” said Grace Adu, a professor at Marlow University."))
    speaker = quote.speaker

    assert speaker.role == "expert"
    assert speaker.role_evidence.text == "professor"
    assert not speaker.outlet
    assert all(0 < each <= 1 for each in speaker.confidence)

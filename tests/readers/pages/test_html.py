"""Saved web pages: the article's own words, and nothing of the frame."""

from pathlib import Path

import pytest

import quotes.demo
from quotes.errors import ArticleError
from quotes.readers import read
from quotes.readers.pages.html import read_html

SENTENCE = "The harbour master said on Tuesday that the old quay would close for good once the new bridge is open. "


def test_the_page_of_the_demo():
    """Its fields, its parts, and nothing of its comments, banners and links."""
    (article,) = read([Path(quotes.demo.__path__[0]) / "articles" / "battery-plant.html"])
    assert article.title == "Battery maker to build plant in Orsk Valley, promising 1,200 jobs"
    assert article.byline == ("Clementine Osakwe", "Bertil Nakagawa")
    assert (article.outlet, article.published, article.section) == ("The Orsk Valley Herald", "2025-04-22T06:10:00+02:00", "Business")
    assert article.url == "https://www.orskherald.example/business/2025/04/22/battery-plant-orsk-valley"
    assert [zone.kind for zone in article.zones] == ["headline", "caption", "body", "subhead", "body"]
    assert "\n\n“We looked at forty sites" in article.text
    for words in ("dead waders", "1,100 robots", "Cookies", "It rained ash", "newsletter", "All rights reserved"):
        assert words not in article.text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"<html><body><script>app()</script></body></html>", "holds no article text"),
        (b"%PDF-1.5", "is a PDF"),
    ],
)
def test_pages_without_an_article_are_refused(data, what, capfd):
    with pytest.raises(ArticleError, match=what) as caught:
        read_html(data, "a.html")
    assert str(caught.value).startswith("a.html: ")
    assert capfd.readouterr().err == ""


def test_a_heading_that_links_to_itself_is_kept_and_one_that_leads_elsewhere_is_not():
    links = (
        "<h3><a href='#p4'>Lifeboat back in the harbour</a></h3><p>“All well,” he said.</p><h3><a href='/x'>Ten boats you must see</a></h3>"
    )
    page = f"<html><body><article><p>{SENTENCE * 4}</p>{links}<p>{SENTENCE}</p></article></body></html>"
    lines = read_html(page.encode(), "a.html").text.split("\n\n")
    assert "Lifeboat back in the harbour" in lines
    assert "Ten boats you must see" not in lines


def test_the_address_it_came_from_serves_a_page_that_states_none():
    page = f"<html><body><article><p>{SENTENCE * 4}</p></article></body></html>".encode()
    assert read_html(page, "a.html", url="https://courier.example/quay").url == "https://courier.example/quay"


def test_what_is_malformed_in_the_facts_is_passed_over():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "author": 5, "datePublished": [], "headline": {"a": 1}}</script>'
    page = f"<html><head>{head}{head[:60]}</script></head><body><article><p>{SENTENCE * 4}</p></article></body></html>"
    article = read_html(page.encode(), "a.html")
    assert (article.byline, article.published, article.title) == ((), None, None)


@pytest.mark.parametrize(
    "page", [f"<pre>{SENTENCE}</pre>", f"<p>{SENTENCE}</p>\x85<p>{SENTENCE}</p>", f"{SENTENCE}", f"<table><tr>{SENTENCE}"]
)
def test_a_page_of_hardly_any_elements_is_read(page):
    assert SENTENCE.strip() in read_html(page.encode(), "a.html").text

"""Bounds on the HTML of one page: what would take work without end is refused in one line, and what is only odd is read."""

import json

import pytest

from quotes.errors import ArticleError
from quotes.readers.pages.html import read_html
from quotes.readers.pages.markup import fragment_paragraphs

SENTENCE = "The harbour master said on Tuesday that the old quay would close for good once the new bridge is open. "


def page(extra="", head=""):
    return f"<html><head>{head}</head><body><article><h1>Quay closed</h1><p>{SENTENCE * 4}</p>{extra}</article></body></html>".encode()


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("<p>Shut.</p>" * 30_001, "more than 30,000 elements"),
        ("<figure><figcaption>A quay.</figcaption></figure>" * 30_000, "more than 30,000 elements"),
        (f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>", "more than 500 attributes"),
        (f"<p {' '.join(f'a{n}' for n in range(501))}>", "more than 500 attributes"),
        ("<div>" * 300, "more than 256 elements within one another"),
        ("<table><tr><td>" * 300, "more than 256 elements within one another"),
        ("<ul><li>" * 300, "more than 256 elements within one another"),
        ("<!--" + "x" * 20_000_000 + "-->", "more than 20,000,000 characters"),
    ],
)
def test_a_page_that_is_far_larger_than_any_article_is_refused_in_one_line(extra, why):
    with pytest.raises(ArticleError) as caught:
        read_html(page(extra), "a.html")
    message = str(caught.value)
    assert message.startswith("a.html: has ")
    assert why in message
    assert message.endswith(", save the article's text as .txt")


def test_a_story_longer_than_any_live_blog_is_refused():
    with pytest.raises(ArticleError, match=r"a\.html: holds a text of more than 300,000 characters, save the article in it as \.txt"):
        read_html(page("<p>The quay is closed for good, they said.</p>" * 8_000), "a.html")


@pytest.mark.parametrize(
    "extra",
    [
        "<script>for (i = 0; i<n; i++) { " + "a = b + c; " * 2_000 + "}</script>",
        f"<div data-state='{json.dumps([SENTENCE] * 200)}'></div>",
        f'<div title="a > b < c {SENTENCE * 100}"></div>',
        "<" * 20_000,
        "<a" * 20_000,
        "<script " * 100_000,
        "&a" * 20_000,
        "<p>" + "<b>" * 200 + "</b>" * 200 + "</p>",
    ],
)
def test_scripts_states_and_brackets_are_not_taken_for_attributes(extra):
    assert SENTENCE.strip() in read_html(page(extra), "a.html").text


@pytest.mark.parametrize(
    "text", ["<" * 100_000, "<p>x " + "<script " * 100_000, "<p>" + " " * 100_000 + "x", "<br " * 100_000, "<p>" * 60_000]
)
def test_a_stated_text_of_nothing_but_brackets_or_blanks_ends(text):
    head = f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "articleBody": text})}</script>'
    assert SENTENCE.strip() in read_html(page(head=head), "a.html").text


def test_a_piece_of_html_beyond_the_bounds_has_no_paragraphs():
    assert fragment_paragraphs("<p>Shut.</p>" * 60_000) == []

"""Pages that are no articles are refused with the reason, in one line; articles that look a little like them are not."""

import pytest

from quotes.errors import ArticleError
from quotes.readers.pages.html import read_html

SENTENCE = "The harbour master said on Tuesday that the old quay would close for good once the new bridge is open. "
LINKS = "".join(f'<li><a href="/{n}">Council votes again on ferry number {n}</a></li>' for n in range(12))


def complaint(body, head=""):
    with pytest.raises(ArticleError) as caught:
        read_html(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    message = str(caught.value)
    assert message.startswith("a.html: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("title", ["404 Not Found", "Page not found | The Courier", "Error 503", "Just a moment...", "Access Denied"])
def test_an_error_page(title):
    body = f"<h1>{title}</h1><p>We could not do what you asked of us. Try the front page, or search for the words that you remember.</p>"
    assert "is an error page" in complaint(body, f"<title>{title}</title>")


@pytest.mark.parametrize(
    "wall",
    [
        "Subscribe to continue reading this story and all others.",
        "To continue reading, please log in or create an account.",
        "Already a subscriber? Log in.",
        "This article is reserved for subscribers of the Courier.",
        "You’ve reached your limit of free articles this month.",
    ],
)
def test_a_wall(wall):
    message = complaint(f"<main><article><h1>Quay closed</h1><p>{SENTENCE}</p><div><p>{wall}</p></div></article></main>")
    assert "shows a log-in or payment wall instead of the article" in message


def test_a_page_that_says_its_text_is_for_subscribers():
    """A line of it is no article; half of it is, and it is told."""
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Quay closed", "isAccessibleForFree": false}</script>'
    assert "it says that its text is for subscribers" in complaint(f"<article><h1>Quay closed</h1><p>{SENTENCE}</p></article>", head)
    body = f"<article><h1>Quay closed</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p></article><div>Subscribe to continue reading</div>"
    article = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    assert article.notices == ("the page says that its text is for subscribers, so that its end may be missing",)


@pytest.mark.parametrize("frame", ["<main><h1>Local news</h1><ul>{}</ul></main>", "<div class='river'><h2>Latest</h2><ol>{}</ol></div>"])
def test_a_list_of_links(frame):
    assert "is a list of links to articles and no article itself" in complaint(frame.format(LINKS))


def test_a_front_page_with_teasers():
    cards = "".join(
        f'<article class="card"><h2><a href="/{n}">Council votes again on ferry {n}</a></h2><p>“Enough,” says the mayor.</p></article>'
        for n in range(12)
    )
    assert "is a list of links" in complaint(f"<main>{cards}</main>", "<title>The Courier</title>")


def test_an_article_with_many_links_beside_it_is_one():
    body = f"<main><article><h1>Quay closed</h1><p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p></article></main><div><ul>{LINKS}</ul></div>"
    assert SENTENCE.strip() in read_html(f"<html><body>{body}</body></html>".encode(), "a.html").text


@pytest.mark.parametrize(
    "headline", ["Council votes to close 404 beds", "Page not found: how a council lost its archive, and who paid for it"]
)
def test_an_article_about_such_numbers_is_one(headline):
    body = f"<article><h1>{headline}</h1><p>{SENTENCE}</p><p>{SENTENCE}</p></article>"
    assert SENTENCE.strip() in read_html(f"<html><body>{body}</body></html>".encode(), "a.html").text

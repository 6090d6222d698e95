"""Whose headline, date, outlet and writers a page has, where its head, its headings and its address do not say the same."""

import json
from html import escape

import pytest

from quotes.readers.pages.html import read_html

STORY = (
    "The harbour board voted on Monday night to close the old quay for two winters, after engineers had found that the piles under it are"
    " hollow and that the crane at its end leans a little further every year, towards the fish market.",
    "“Nobody will be sorry to see it go, but everybody will miss the bench,” said Oona Brathwaite, who has sold tickets there since 1987"
    " and who will now do so from a hut beside the bus station, where it is warmer and where there is no view at all.",
)
EARLIER = "<time datetime='2017-01-02'>2 January 2017</time>"
SITE = "<meta property='og:site_name' content='Marlow Examiner'>"
HEADLINE = "Old quay to close for two winters"


def page(*, head="", above="", below="", nodes=(), heading=f"<h1>{HEADLINE}</h1>"):
    """The page of an invented paper; `above` and `below` stand around its headline."""
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in STORY)
    top = f'<head><meta charset="utf-8">{head}{scripts}</head>'
    story = f"<article>{above}{heading}{below}{paragraphs}</article>"
    return f'<!doctype html><html lang="en">{top}<body><nav><a href="/">Home</a></nav>{story}</body></html>'


def read(url=None, **parts):
    return read_html(page(**parts).encode(), "page.html", url=url)


def news(**fields):
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **fields}


@pytest.mark.parametrize(
    ("stated", "below", "published"),
    [
        ("0001-01-01T00:00:00", '<time datetime="2019-11-05T09:30:00+00:00">5 November 2019</time>', "2019-11-05T09:30:00+00:00"),
        ("0001-01-01T00:00:00", "<p class='date'>Published: 5 November 2019</p>", "2019-11-05"),
        ("0001-01-01T00:00:00", "<div><span>5 November 2019</span></div>", "2019-11-05"),
        ("0001-01-01T00:00:00", "", None),
        ("2999-01-01", "<time datetime='2019-11-05'>Tuesday</time>", "2019-11-05"),
        ("1970-01-01T00:00:00Z", "<time pubdate>November 5, 2019</time>", "2019-11-05"),
        ("soon", "<time datetime='2019-11-05'>Tuesday</time>", "2019-11-05"),
        ("2021-06-01T00:00:00Z", '<time datetime="2019-11-05T09:30:00Z">5 November 2019</time>', "2019-11-05T09:30:00+00:00"),
        ("2019-11-05", '<time datetime="2019-11-05T09:30:00Z">5 November 2019</time>', "2019-11-05T09:30:00+00:00"),
        ("2019-11-05T22:30:00Z", "<span>6 November 2019</span>", "2019-11-05T22:30:00+00:00"),
        ("2019-11-05", '<p>Updated <time datetime="2019-12-24">24 December 2019</time></p>', "2019-11-05"),
        ("2019-11-05", '<time class="modified" datetime="2019-12-24">24 December 2019</time>', "2019-11-05"),
        ("2019-11-05", f"<div><a href='/x'>Crane leans a little further</a>{EARLIER}</div>", "2019-11-05"),
        ("2019-11-05", f"<aside>{EARLIER}</aside>", "2019-11-05"),
    ],
)  # fmt: skip
def test_the_first_date_that_can_be_one_counts(stated, below, published):
    """What stands under the headline, where the head states no date, or another one."""
    assert read(nodes=[news(datePublished=stated)], below=below).published == published


def test_the_address_decides_between_the_head_and_what_is_shown():
    below = '<time datetime="2017-03-02">2 March 2017</time>'
    node = news(datePublished="2019-11-05")
    assert read("https://marlow.example/2019/11/05/quay", nodes=[node], below=below).published == "2019-11-05"
    assert read("https://marlow.example/quay", nodes=[node], below=below).published == "2017-03-02"


def test_what_is_shown_may_be_the_day_of_the_last_change():
    """Without saying so; the head names that day too."""
    node = news(datePublished="2019-11-05", dateModified="2019-12-24T10:00:00Z")
    assert read(nodes=[node], below="<time datetime='2019-12-24'>24 December 2019</time>").published == "2019-11-05"


def test_a_date_that_is_left_out_is_told():
    """With the reason."""
    article = read(nodes=[news(datePublished="0001-01-01T00:00:00")])
    assert article.notices == ("the date “0001-01-01T00:00:00” is before 1600 and was left out",)


@pytest.mark.parametrize(
    "heading",
    [
        f"<h1>Marlow Examiner</h1><h1>{HEADLINE}</h1>",
        f"<h1>{HEADLINE}</h1><h1>Most read this week in Marlow</h1>",
        f"<h1>Next article</h1><h1>{HEADLINE}</h1>",
        f"<h1 class='entry-title'>Crane leans a little further</h1><h1>{HEADLINE}</h1>",
        f"<h1></h1><h2>{HEADLINE}</h2><h2>What else is new</h2>",
        f"<h1>{HEADLINE}, board says in a vote</h1><h1>Crane leans a little further</h1>",
    ],
)
def test_of_several_headings_the_one_that_the_head_names_is_the_headline(heading):
    assert read(nodes=[news()], heading=heading).title.startswith(HEADLINE)


@pytest.mark.parametrize("heading", ["<h1>Next article</h1>", "<h1>Home</h1>", "<h1>Untitled</h1>", "<h1>&raquo;</h1>", ""])
@pytest.mark.parametrize(
    "head",
    [
        f"<title>{HEADLINE} | Marlow Examiner</title>",
        f"<title>{HEADLINE} - News - Marlow Examiner</title>",
        f"<title>Marlow Examiner: </title><meta property='og:title' content='{HEADLINE}'>",
        f"<title>Marlow Examiner » {HEADLINE}</title>",
        f"<title>Marlow Examiner: {HEADLINE}</title>",
    ],
)
def test_a_button_is_no_headline(heading, head):
    """Then what the head calls the page, without the name of the site."""
    assert read(head=SITE + head, heading=heading).title == HEADLINE


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ({"@type": "Person", "name": "Amy Pell | Courier Media for marlow.example"}, ("Amy Pell",)),
        ({"@type": "Person", "name": "AMY PELL, AP Business Writer"}, ("AMY PELL",)),
        ([{"@type": "Person", "name": "Amy Pell"}, {"@type": "Organization", "name": "Marlow Examiner"}], ("Amy Pell",)),
        ([{"@type": "Person", "name": "Amy Pell"}, {"@type": "Person", "name": "Bo Diaz"}], ("Amy Pell", "Bo Diaz")),
        ("By Amy Pell and Bo Diaz", ("Amy Pell", "Bo Diaz")),
        ([{"@type": "Person", "name": "Amy Pell"}, {"@type": "Person", "name": "Health Correspondents"}], ("Amy Pell",)),
        ("https://marlow.example/amy-pell", ()),
    ],
)
def test_the_byline_holds_names_only(author, byline):
    assert read(nodes=[news(author=author)]).byline == byline


@pytest.mark.parametrize(
    ("below", "byline"),
    [
        ("<p class='x'>By <a href='/amy'>Amy Pell</a></p>", ("Amy Pell",)),
        ("<dl><dd>Written by Amy Pell and Bo Diaz</dd></dl>", ("Amy Pell", "Bo Diaz")),
        ("<div><span>By AMY PELL, AP Business Writer</span></div>", ("AMY PELL",)),
        ("<i>By the harbour wall</i>", ()),
        ("<div class='author'>Marlow Examiner</div>", ()),
        ("<aside><p>By Cy Moe</p></aside>", ()),
    ],
)
def test_who_signs_under_the_headline_wrote_it(below, byline):
    """Where the head names nobody; the outlet itself is no writer."""
    assert read(head=SITE, below=below).byline == byline
    assert read(head=SITE, nodes=[news(author="Dee Fox")], below=below).byline == ("Dee Fox",)


def test_whose_claim_was_reviewed_and_who_reviewed_it_did_not_write_the_page():
    """The article on the same page has a writer of its own."""
    claim = {
        "@type": "ClaimReview",
        "url": "https://marlow.example/quay",
        "author": {"@type": "Organization", "name": "Facts of Marlow"},
        "datePublished": "2018-01-01",
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Bo Diaz"}},
    }
    article = read(nodes=[claim, news(author={"@type": "Person", "name": "Amy Pell"}, datePublished="2019-11-05")])
    assert (article.byline, article.published) == (("Amy Pell",), "2019-11-05")
    assert read(nodes=[claim]).byline == ()


@pytest.mark.parametrize(
    ("publisher", "head", "url", "outlet"),
    [
        ({"@type": "Organization", "name": "Marlow Examiner"}, "", None, "Marlow Examiner"),
        ({"@type": "Organization", "name": "https://marlow.example"}, SITE, None, "Marlow Examiner"),
        ({"@type": "Organization", "name": "@marlowexaminer"}, "", None, None),
        ({"@type": "Person", "name": "Amy Pell"}, "", None, None),
        (None, "<meta property='og:site_name' content='Home'>", None, None),
        (None, "<meta property='og:site_name' content='Marlow Examiner | News from the coast'>", None, "Marlow Examiner"),
        ({"@type": "Organization", "name": "AP"}, "", None, "Associated Press"),
        (None, "", "http://hosted.ap.org/dynamic/quay", "Associated Press"),
        (None, f"<title>{HEADLINE} | Marlow Examiner</title>", None, "Marlow Examiner"),
        (None, f"<title>The Marlow Examiner: {HEADLINE}</title>", None, "The Marlow Examiner"),
        (None, f"<title>{HEADLINE} | Sport</title>", "https://marlow.example/quay", None),
    ],
)  # fmt: skip
def test_the_outlet_is_a_name(publisher, head, url, outlet):
    """Never a handle, an address or a section, and of an agency always the same."""
    assert read(url, nodes=[news(publisher=publisher)], head=head).outlet == outlet

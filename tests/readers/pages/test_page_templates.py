"""The story as a reader would have it out of pages written by the systems of many sites: every paragraph, and nothing around it."""

from itertools import cycle, product

import pytest
from lxml import html
from page_templates import (
    AD,
    BRIEF,
    COMMENTS,
    COOKIES,
    FOOTER,
    FRAME,
    HEADLINE,
    LEGAL,
    NAVIGATION,
    NEWSLETTER,
    STORY,
    TEASERS,
    TEMPLATES,
    comments,
    links,
    page,
    ps,
    teasers,
)

from quotes.errors import ArticleError
from quotes.readers.pages.html import read_html

#: Where a brief of two paragraphs can't be told from what else is hidden.
_ONLY_LONG = {"hidden_until_a_script_shows_it"}


def words(markup):
    return " ".join(html.fromstring(f"<p>{markup}</p>").text_content().split())


def lines_of(source):
    return read_html(source.encode(), "a.html").text.split("\n\n")


def running_lines(source):
    """All lines but the headline and what is marked as a caption or a standfirst."""
    article = read_html(source.encode(), "a.html")
    marked = {article.text[zone.start : zone.end] for zone in article.zones if zone.kind in ("caption", "standfirst")}
    return [line for line in article.text.split("\n\n") if line != HEADLINE and line not in marked]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_story_is_kept_whole_and_alone(name):
    """The headline may be missing where the page has no heading for it."""
    assert running_lines(TEMPLATES[name](STORY)) == [words(each) for each in STORY]


@pytest.mark.parametrize("name", sorted(set(TEMPLATES) - _ONLY_LONG))
def test_a_brief_is_an_article(name):
    assert running_lines(TEMPLATES[name](BRIEF)) == list(BRIEF)


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_index_in_its_place_is_refused(name):
    """The same page with the first words of other stories in the place of its own."""
    cards = [f'<a href="/{n}">{title}</a>' for n, (title, _) in enumerate(TEASERS)]
    with pytest.raises(ArticleError) as caught:
        read_html(TEMPLATES[name](cards).encode(), "a.html")
    assert str(caught.value).startswith("a.html: ")


def test_paragraphs_that_come_again_are_kept_and_repeated_headlines_are_not():
    story = (
        "“Where were you?” the lawyer asked.",
        "“At home,” he said.",
        *STORY[:3],
        "“Where were you?” the lawyer asked.",
        "“At home,” he said.",
    )
    lines = lines_of(page(f"<article><h1>{HEADLINE}</h1><p>{HEADLINE}</p>{ps(story)}</article>"))
    assert lines == [HEADLINE, *map(words, story)]


ROOTS = {
    "body": "{}",
    "main": "<main>{}</main>",
    "article": "<main><div class='c'><article class='p'>{}</article></div></main>",
    "wrapper": "<div id='wrap'>{}</div>",
}
WRAPPERS = ["{}", "<div class='x9'>{}</div>", "<section>{}</section>", "<div class='row'><div class='col-8'>{}</div></div>"]
BETWEEN = [
    "",
    "<div class='ad-slot'><a href='/x'>Advertisement</a></div>",
    f"<aside>{AD}</aside>",
    f"<div class='newsletter-box'><p>{NEWSLETTER}</p></div>",
    f"<div class='related'>{links()}</div>",
]
BELOW = [
    FOOTER,
    f"<div class='x8'><p>{LEGAL}</p></div>",
    f"<div class='k'>{teasers()}</div>",
    f"<div><p>{COOKIES}</p><button>OK</button></div>",
]


@pytest.mark.parametrize("root", ROOTS)
def test_a_first_and_a_last_paragraph_in_containers_of_their_own_are_kept(root):
    for (first, last), between, below in zip(product(WRAPPERS, WRAPPERS), cycle(BETWEEN), cycle(BELOW), strict=False):
        rest = f"{between}<div class='story-x'>{ps(STORY[1:-1])}</div>{between}{last.format(ps(STORY[-1:]))}"
        source = page(f"{NAVIGATION}{ROOTS[root].format(f'<h1>{HEADLINE}</h1>{first.format(ps(STORY[:1]))}{rest}')}{below}")
        assert lines_of(source) == [HEADLINE, *map(words, STORY)], source


QUOTATION = "We shall not be moved from this pier by anybody"


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (
            f"<blockquote><p>“{QUOTATION}.”</p><footer>— Tam Ruddock, baker</footer></blockquote>",
            [f"“{QUOTATION}.”", "— Tam Ruddock, baker"],
        ),
        (f"<blockquote>{QUOTATION}. <cite>Tam Ruddock</cite></blockquote>", [f"{QUOTATION}.", "Tam Ruddock"]),
        (
            f"<figure><blockquote><p>{QUOTATION}.</p></blockquote><figcaption>— Tam Ruddock</figcaption></figure>",
            [f"{QUOTATION}.", "— Tam Ruddock"],
        ),
        (
            f'<div class="media-embed"><blockquote class="twitter-tweet"><p lang="en">{QUOTATION}.</p>&mdash; Tam Ruddock (@tam)'
            ' <a href="https://social.example/1">3 March 2026</a></blockquote></div>',
            [f"{QUOTATION}.", "— Tam Ruddock (@tam) 3 March 2026"],
        ),
        (f"<dl><dt>Tam Ruddock, baker</dt><dd>“{QUOTATION}.”</dd></dl>", ["Tam Ruddock, baker", f"“{QUOTATION}.”"]),
        (f"<table><tr><td>Tam Ruddock</td><td>“{QUOTATION}.”</td></tr></table>", ["Tam Ruddock", f"“{QUOTATION}.”"]),
        ("<table><tr><th>Votes</th><th>For</th></tr><tr><td>Skarvik</td><td>213</td></tr></table>", ["Votes For", "Skarvik 213"]),
        (f"<p>The baker said <q>{QUOTATION}</q> and left.</p>", [f"The baker said “{QUOTATION}” and left."]),
        (f"<p>The baker said <q>“{QUOTATION}”</q> and left.</p>", [f"The baker said “{QUOTATION}” and left."]),
        ("<p>“He told us <q>no</q>,” she said.</p>", ["“He told us “no”,” she said."]),
        (
            "<ul><li>“Never,” said the baker.</li><li>“Ever,” said his wife.</li></ul>",
            ["“Never,” said the baker.", "“Ever,” said his wife."],
        ),
    ],
)
def test_quotations_and_their_sources_are_lines(markup, lines):
    """Above, between and below the paragraphs of a story, whatever holds them."""
    for root, place in product(ROOTS.values(), (0, 3, 6)):
        story = [*ps(STORY[:6]).replace("</p>", "</p>\n").splitlines()]
        story.insert(place, markup)
        found = lines_of(page(f"{NAVIGATION}{root.format(f'<h1>{HEADLINE}</h1>' + ''.join(story))}{FOOTER}"))
        assert found == [HEADLINE, *map(words, STORY[:place]), *lines, *map(words, STORY[place:6])]


def test_what_no_browser_shows_is_in_no_name():
    """Soft hyphens, zero-width spaces, and the marks of Windows-1252 as control characters."""
    head = '<meta name="author" content="Maud El&shy;ling&#8203;sen">'
    said = "<p>\x93No,\x94 said the may&shy;or, Ida&#8203; Penn&#146;s friend.</p>"
    source = page(f"<article><h1>Mayor re&shy;signs</h1>{ps(STORY[:3])}{said}</article>", head)
    article = read_html(source.encode(), "a.html")
    assert (article.title, article.byline) == ("Mayor resigns", ("Maud Ellingsen",))
    assert article.text.endswith("“No,” said the mayor, Ida Penn’s friend.")


def test_comments_are_left_out_however_many_they_are():
    thread = "".join(f'<div class="comment-body"><p>{each}</p></div>' for each in COMMENTS * 20)
    lines = lines_of(page(f"<main><h1>{HEADLINE}</h1>{ps(STORY)}<section class='all-comments'>{thread}</section></main>"))
    assert lines == [HEADLINE, *map(words, STORY)]


@pytest.mark.parametrize(
    "box",
    ["<div class='paywall piano-offer'>{}<a href='/in'>Log in</a></div>", "<div class='modal' role='dialog'>{}<button>No</button></div>"],
)
def test_nobody_is_quoted_from_an_offer(box):
    offer = box.format("<h2>Before you go</h2><p>“The best two dollars I spend,” says subscriber Ann Pym. Cancel at any time.</p>")
    assert lines_of(page(f"<article><h1>{HEADLINE}</h1>{ps(STORY[:6])}{offer}{ps(STORY[6:])}</article>")) == [HEADLINE, *map(words, STORY)]


def test_an_opinion_named_comment_is_a_story():
    lines = lines_of(page(f"<h1>{HEADLINE}</h1><div class='tone-comment'>{ps(STORY)}</div>{comments()}"))
    assert lines == [HEADLINE, *map(words, STORY)]


@pytest.mark.parametrize("count", [12, 40])
def test_a_live_blog_is_one_story(count):
    posts = "".join(
        f'<article class="post"><header><time>12.{n:02}</time><h2><a href="#b{n}">Boat number {n} leaves</a></h2></header>'
        f"<p>Boat number {n} has left for Skarvik with nobody on board. “All well so far,” said the skipper.</p></article>"
        for n in range(count)
    )
    text = read_html(page(f"<main><h1>{HEADLINE}</h1><p>{STORY[0]}</p><div class='feed'>{posts}</div></main>").encode(), "a.html").text
    assert [n for n in range(count) if f"Boat number {n} has left for Skarvik" not in text] == []


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>Local news</h1>{teasers()}</main>",
        f"<h1><a href='/'>The Tarn Observer</a></h1>{links()}{teasers('article', 'teaser')}",
        "<h1>Sport</h1>" + "".join(f"<div class='row'>{teasers('div', 'tile', 2, n)}</div>" for n in range(0, 9, 2)),
        f"<h1>Topic: ferries</h1><p>All our stories about ferries.</p>{teasers('li', '')}",
    ],
)
def test_a_section_is_no_article(body):
    with pytest.raises(ArticleError, match="is a list of links to articles"):
        read_html(page(body).encode(), "a.html")


def test_frame_words_are_in_the_frame():
    """Each sentence that may leak is printed by some template."""
    pages = [build(STORY) for build in TEMPLATES.values()]
    assert [each for each in FRAME if not any(each in source for source in pages)] == []

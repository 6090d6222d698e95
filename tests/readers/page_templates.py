# ruff: noqa: E501
"""Pages as the systems of many sites write them: a story's paragraphs in, the whole page out, with all that stands around a story.

A template takes the paragraphs (HTML within a line) and returns the source. Every sentence of the frame is in `FRAME`, so that one of
them in an article's text is a leak.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

HEADLINE = "Harbour village votes to keep its winter ferry"

#: A long story: quotes that are paragraphs, very short ones, links, words in bold.
STORY = (
    "The islanders of Skarvik voted on Thursday night to keep the winter ferry, after a debate that went on until the last bus had left.",
    "“Nobody should have to move to the mainland to have a baby,” said Idris Penhale, who moved the motion.",
    'The vote was <a href="/p">213 to 40</a>, the clearest that the parish hall has seen since <b>the school</b> was saved in 1998.',
    "“No,” she said.",
    "Oona Brathwaite, the treasurer, said the money would last until March. “After that we shall have to ask the county again,” she added.",
    "Opponents said the boat runs empty on most days. One of them, the baker Tam Ruddock, asked who would pay for the fuel.",
    "“We are not a charity, and the boat is not a bus,” he said. “Last year it carried eleven people in the whole of January.”",
    "The county declined to comment. A decision is expected before the end of the month.",
)
BRIEF = (
    "A man of 44 was rescued from the rocks below Skarvik lighthouse early on Monday, the coastguard said.",
    "“He was cold but cheerful,” said Officer Lene Falk. He was taken to hospital in Tarn with a broken wrist.",
)

NAV = ("Home", "Local news", "Sport", "Weather", "Puzzles", "Jobs board", "Sign in", "Subscribe for £1")
TEASERS = (
    ("Seven walks for a rainy Sunday", "Our walkers set out with flasks and came back with stories about seven quiet footpaths."),
    ("Council plants four thousand trees", "Volunteers dug until dusk on the hill behind the library, and nobody went home early."),
    ("Choir wins the northern final again", "Judges praised the altos in particular, who had rehearsed in a disused swimming pool."),
    ("Bakery closes after ninety years", "The last loaves were sold before eight in the morning, and the queue reached the bridge."),
    ("Swimmers brave the freezing reservoir", "Forty people went in at dawn, and forty came out again rather more quickly than that."),
    ("Old cinema to become a library", "Work on the roof starts in spring, and the seats will be sold to whoever wants to have one."),
    ("Road past the mill shuts for a month", "Drivers are sent round by the quarry, which adds eleven minutes according to the council."),
    ("Teacher retires after forty years", "Former pupils filled the hall to say goodbye, and one of them brought along a live goose."),
    ("Museum finds a lost portrait upstairs", "It hung behind a wardrobe for decades until the caretaker moved it to look for his keys."),
)
COMMENTS = (
    "I have lived here for sixty years and never once have I seen such a shower of fools in one room as on that night.",
    "Well said Jim, the whole lot of them want voting out and the sooner it happens the better it will be for all of us.",
    "Has anybody thought of asking the people who actually use the thing every day of the year instead of shouting at each other?",
)
NEWSLETTER = "Get the best of our journalism in your inbox every morning, free of charge and without any obligation."
COOKIES = "We and our 812 partners store information on your device so that we can show you what you might like."
BIO = "Maud Ellingsen has covered the northern parishes for this newspaper since 2011 and lives with two dogs."
LEGAL = "This website is published by Tarn Media Limited, registered in the county under number 0123456, all rights reserved."
IMPRINT = "If you have a complaint about the accuracy of our content, please write to the editor at the address given above."
AD = "Buy one sofa and get a second sofa for half the price, only this weekend."

FRAME = (*NAV[3:6], *(words for teaser in TEASERS for words in teaser), *COMMENTS, NEWSLETTER, COOKIES, BIO, LEGAL, IMPRINT, AD)

Template = Callable[[Sequence[str]], str]
TEMPLATES: dict[str, Template] = {}


def template(build: Template) -> Template:
    """Enter a template under its function's name."""
    TEMPLATES[build.__name__] = build
    return build


def page(body: str, head: str = "", attributes: str = "") -> str:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{HEADLINE} | The Tarn Observer</title>{head}</head>"
        f"<body {attributes}>{body}</body></html>"
    )


def ps(paragraphs: Sequence[str], attributes: str = "") -> str:
    return "".join(f"<p {attributes}>{each}</p>" for each in paragraphs)


def teasers(tag: str = "div", css: str = "card", count: int = len(TEASERS), first: int = 0) -> str:
    return "".join(
        f'<{tag} class="{css}"><h3><a href="/{n}">{title}</a></h3><p>{text}</p></{tag}>'
        for n, (title, text) in enumerate(TEASERS[first : first + count])
    )


def links(css: str = "") -> str:
    return f'<ul class="{css}">' + "".join(f'<li><a href="/{n}">{title}</a></li>' for n, (title, _) in enumerate(TEASERS)) + "</ul>"


def comments(css: str = "comment-list") -> str:
    return f'<ol class="{css}">' + "".join(f'<li class="comment"><p>{each}</p></li>' for each in COMMENTS) + "</ol>"


NAVIGATION = "<nav><ul>" + "".join(f'<li><a href="/{n}">{each}</a></li>' for n, each in enumerate(NAV)) + "</ul></nav>"
FOOTER = f"<footer><p>{LEGAL}</p><p>{IMPRINT}</p></footer>"


@template
def wordpress(paragraphs):
    post = "post-71 post type-post status-publish format-standard hentry category-social tag-harbour tag-comments"
    return page(
        f"<div id='page' class='site'><header id='masthead' class='site-header'>{NAVIGATION}</header><div id='content' class='site-content'>"
        f"<div id='primary' class='content-area'><main id='main' class='site-main'><article id='post-71' class='{post}'>"
        f"<header class='entry-header'><h1 class='entry-title'>{HEADLINE}</h1></header><div class='entry-content'>{ps(paragraphs)}"
        f"<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><ul><li><a>Facebook</a></li></ul></div><div id='jp-relatedposts'>"
        f"{teasers(count=3)}</div></div><footer class='entry-footer'>Posted in <a>News</a></footer></article><div id='comments'"
        f" class='comments-area'><h2>3 thoughts on this</h2>{comments()}</div></main></div><aside id='secondary' class='widget-area'>"
        f"{links()}</aside></div>{FOOTER}</div>",
        attributes="class='post-template-default single single-post has-sidebar tag-harbour comments-open'",
    )


@template
def theme_with_sidebar_in_its_names(paragraphs):
    return page(
        f"{NAVIGATION}<div class='wrap content-with-sidebar has-social-bar'><div class='post tag-harbour tag-social comments-open'>"
        f"<h1>{HEADLINE}</h1><div class='text share-enabled'>{ps(paragraphs)}</div></div><div class='sidebar'>{teasers(count=4)}</div></div>{FOOTER}"
    )


@template
def columns_between_advertisements(paragraphs):
    ad = f"<div id='story-ad-1-wrapper' class='css-ad'><p>Advertisement</p><p>{AD}</p><a href='#after'>SKIP ADVERTISEMENT</a></div>"
    parts = [
        f"<div class='css-s99 StoryBodyCompanionColumn'><div class='css-53'>{ps(paragraphs[at : at + 2])}</div></div>{ad}"
        for at in range(0, len(paragraphs), 2)
    ]
    return page(
        f"<div id='app'><header>{NAVIGATION}</header><main id='site-content'><article id='story' class='css-1vxca1d'><header><h1>{HEADLINE}</h1>"
        f"</header><section name='articleBody' class='meteredContent css-1r7'>{''.join(parts)}</section><div class='bottom-of-article'>"
        f"<p>{BIO}</p></div></article></main><div id='bottom-wrapper'>{teasers()}</div>{FOOTER}</div>"
    )


@template
def last_paragraphs_in_a_paywall(paragraphs):
    half = len(paragraphs) // 2
    return page(
        f"{NAVIGATION}<article><h1>{HEADLINE}</h1><div class='body'>{ps(paragraphs[:half])}<div class='paywall'>{ps(paragraphs[half:])}</div></div>"
        f"</article><div class='c-recirc'>{teasers()}</div>{FOOTER}"
    )


@template
def tabloid_fonts(paragraphs):
    body = "".join(f"<p class='mol-para-with-font'><font style='font-size: 1.2em;'>{each}</font></p>" for each in paragraphs)
    return page(
        f"<div class='page-header'>{NAVIGATION}</div><div id='content' class='articleWide'><div id='js-article-text'><h2>{HEADLINE}</h2>"
        f"<div itemprop='articleBody'>{body}<div class='moduleFull related-carousel'>{links()}</div></div></div>"
        f"<div class='beta'>{teasers('li')}</div></div><div id='reader-comments'>{comments()}</div>{FOOTER}"
    )


@template
def amp(paragraphs):
    return page(
        f"<amp-sidebar id='sidebar'>{NAVIGATION}</amp-sidebar><article class='amp-wp-article'><header class='amp-wp-article-header'>"
        f"<h1 class='amp-wp-title'>{HEADLINE}</h1></header><div class='amp-wp-article-content'>{ps(paragraphs[:2])}<amp-ad width=300>"
        f"<div fallback>{AD}</div></amp-ad><section amp-access='granted'>{ps(paragraphs[2:])}</section></div></article>"
        f"<amp-list src='/more'>{teasers()}</amp-list>{FOOTER}"
    )


@template
def next_story_appended(paragraphs):
    other = f"<article class='story'><h2 class='title'><a href='/9'>{TEASERS[0][0]}</a></h2><p>{TEASERS[0][1]}</p><p>{TEASERS[1][1]}</p></article>"
    return page(
        f"{NAVIGATION}<div id='stream'><article class='story'><h1>{HEADLINE}</h1><div class='story-text'>{ps(paragraphs)}</div></article>"
        f"<div class='infinite-scroll'>{other}</div></div>{FOOTER}"
    )


@template
def biography_and_newsletter_below(paragraphs):
    return page(
        f"{NAVIGATION}<article><h1>{HEADLINE}</h1><div class='article-text'>{ps(paragraphs)}</div><div class='author-bio'><p>{BIO}</p></div>"
        f"<div class='newsletter-signup'><p>{NEWSLETTER}</p></div></article><div id='cookie-banner' role='dialog'><p>{COOKIES}</p></div>{FOOTER}"
    )


@template
def frame_that_asks_for_a_log_in(paragraphs):
    return page(
        f"<div class='top'><a href='/login'>Already a subscriber? Log in</a></div>{NAVIGATION}<main><article><h1>{HEADLINE}</h1>{ps(paragraphs)}"
        f"</article><section>{teasers()}</section></main><div class='offer'>Subscribe to continue reading all our stories</div>{FOOTER}"
    )


@template
def hidden_until_a_script_shows_it(paragraphs):
    return page(
        f"{NAVIGATION}<article><h1>{HEADLINE}</h1>{ps(paragraphs[:1])}<div class='js-more' hidden>{ps(paragraphs[1:])}</div></article>"
        f"<div class='trending-now'>{teasers()}</div>{FOOTER}"
    )


@template
def table_of_the_nineties(paragraphs):
    body = "<br><br>".join(paragraphs)
    rows = "".join(f"<tr><td><a href='/{n}'>{title}</a></td></tr>" for n, (title, _) in enumerate(TEASERS))
    return page(
        f"<table width=100%><tr><td colspan=2>{' | '.join(f'<a href=/{n}>{each}</a>' for n, each in enumerate(NAV))}</td></tr><tr><td width=150>"
        f"<table>{rows}</table></td><td><font size=5><b>{HEADLINE}</b></font><br><br>{body}</td></tr></table>"
    )


def _with(paragraphs, extra, place=3):
    return [*paragraphs[:place], extra, *paragraphs[place:]]


@template
def module_hashes(paragraphs):
    P = [f"<p class='paragraph_paragraph__iYReA'>{x}</p>" for x in paragraphs]
    return page(
        f"<div class='Header_header__k2cDz'>{NAVIGATION}</div><main><div class='ArticleWeb_article__kKqzw'><h1 class='Typography_heading__oTCzN'>{HEADLINE}</h1><div class='ArticleRender_article__7i2EW'><div>{''.join(P[:3])}<aside class='RelatedCard_card__5WRfx'><a href='/1'>{TEASERS[1][0]}</a></aside>{''.join(P[3:])}</div></div><div class='ShareUtility_root__Kp4mQ'>Share this</div></div></main><div class='MoreStories_list__9dKxE'>{teasers('div', 'CardLayout_card__aB3xZ')}</div>{FOOTER}"
    )


@template
def preformatted(paragraphs):
    body = "\n\n".join("\n".join(textwrap.wrap(x, 68)) for x in paragraphs)
    return page(f"<div class='nav'><a href='/'>Index</a> <a href='/n'>Next</a></div><h1>{HEADLINE}</h1><pre>{body}</pre>")


@template
def mobile_and_desktop(paragraphs):
    P = [f"<p>{x}</p>" for x in paragraphs]
    return page(
        f"<header>{NAVIGATION}</header><main><article><h1>{HEADLINE}</h1><div class='lead-mobile d-md-none'>{P[0]}</div><div class='content'><div class='lead-desktop d-none d-md-block'>{P[0]}</div>{''.join(P[1:])}</div></article><section class='trending'>{teasers('div', 't')}</section></main>{FOOTER}"
    )


@template
def two_teasers_below(paragraphs):
    return page(
        f"<header>{NAVIGATION}</header><div class='content'><h1>{HEADLINE}</h1><div class='txt'>{ps(paragraphs)}</div><div class='under'><div class='box1'><h4><a href='/1'>{TEASERS[0][0]}</a></h4><p>{TEASERS[0][1]}</p></div><div class='box2'><h4><a href='/2'>{TEASERS[1][0]}</a></h4><p>{TEASERS[1][1]}</p></div></div></div><div class='foot'><p>{LEGAL}</p></div>"
    )


@template
def teasers_without_headings(paragraphs):
    c = "".join(
        f"<div class='pr'><a href='/{i}'><img src='{i}'><span class='t'>{t}</span></a><span class='s'>{s}</span></div>"
        for i, (t, s) in enumerate(TEASERS)
    )
    return page(
        f"<header>{NAVIGATION}</header><div class='l'><div class='h'><h1>{HEADLINE}</h1></div><div class='b'>{ps(paragraphs)}</div></div><div class='r'>{c}</div>{FOOTER}"
    )

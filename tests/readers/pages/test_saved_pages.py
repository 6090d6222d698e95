"""Pages in the manner of many kinds of site: the story is kept, its parts are zones, and nothing of the frame comes along.

In the pages of this folder, `data-keep` marks a passage that must be kept (its value, the zone that it must lie in) and
`data-leak` words that must not; a comment `keep: …` is a passage that the page holds elsewhere than in its elements.
"""

from pathlib import Path

import pytest
from lxml import html

from quotes.readers.pages.html import read_html

PAGES = sorted(Path(__file__).parent.glob("*.html"))


def words(text):
    return " ".join(text.split())


def expected(data):
    tree = html.fromstring(data)
    kept = [(words(each.text_content()), each.get("data-keep")) for each in tree.iter() if each.get("data-keep") is not None]
    kept += [(words(each.text.removeprefix(" keep:")), "") for each in tree.iter(html.etree.Comment) if each.text.startswith(" keep:")]
    return kept, [words(each.text_content()) for each in tree.iter() if each.get("data-leak") is not None]


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request):
    data = request.param.read_bytes()
    return read_html(data, request.param.name), *expected(data)


def test_the_passages_are_kept(page):
    """At least 95 in 100, and here every one."""
    article, kept, _ = page
    lines = article.text.split("\n\n")
    lost = [text for text, _ in kept if text not in lines]
    assert lost == []


def test_nothing_of_the_frame_leaks(page):
    article, _, frame = page
    assert [text for text in frame if text in article.text] == []


def test_parts_are_zones(page):
    article, kept, _ = page
    zones = {(article.text[zone.start : zone.end], zone.kind) for zone in article.zones}
    assert [part for part in kept if part[1] and part not in zones] == []

"""Feeds: entries with their full text are articles, others are fetched by their link; lists of feeds."""

import news_server
import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.errors import ArticleError
from quotes.readers import Reading, read
from quotes.readers.feeds import Entry, feeds_of, whole_text
from quotes.records import Article


@pytest.fixture
def reading(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write_and_read(name, data, **settings):
        (tmp_path / name).write_bytes(data)
        return list(read([name], settings=Reading(**settings)))

    return write_and_read


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "feed.json"])
def test_an_entry_states_its_fields(reading, name):
    article = reading(name, samples.EVERY_KIND[name])[0]
    assert (article.title, article.byline, article.outlet) == (
        "Ferry number 1 will run all winter",
        ("Maud Ellingsen",),
        "The Tarn Observer",
    )
    assert article.published == "2025-10-03T07:45:12+01:00"
    assert article.url == article.path == "https://tarn.example/1"
    assert article.modified == ("2025-10-04T08:00:00+01:00" if name == "a.atom" else None)
    assert [zone.kind for zone in article.zones] == ["headline", "body"]


def test_a_summary_is_no_article_and_its_link_is_fetched(reading, server, fetcher):
    server.answers |= {"/1": news_server.page("Quay closed"), "/2": news_server.page("Quay opened")}
    one, two, three = reading("a.xml", news_server.rss(server.base, "/1", "/2", "/3"), fetcher=fetcher)
    assert (one.title, one.outlet, one.published) == ("Quay closed", "The Courier", "2025-06-03T07:00:00+02:00")
    assert two.url == f"{server.base}/2"
    assert str(three) == f"{server.base}/3: is not there (404), check the address"
    assert three.source == f"{server.base}/3"


def test_without_leave_to_fetch_a_summary_is_told_by_its_link(reading, server, fetcher):
    (error,) = reading("a.xml", news_server.rss(server.base, "/1"), fetcher=fetcher, links=False)
    assert str(error) == f"{server.base}/1: the feed has only a summary of it, and its link is not fetched here"
    assert server.asked == []


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "a.xml", "feed.json"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_feed_gives_an_article_or_a_line(tmp_path, name, data):
    """In a folder too, where other XML and JSON is passed over."""
    feed = samples.EVERY_KIND["a.rss" if name == "a.xml" else name]
    at, length = data.draw(st.integers(0, len(feed) - 1)), data.draw(st.integers(1, 600))
    mark = data.draw(st.sampled_from([b"<", b">", b'"', b"{", b"rss", b"item", b"entry", b"feed", b"channel", b"xmlns"]))
    damages = {
        "cut short": feed[:at], "begun late": feed[at:], "a stretch lost": feed[:at] + feed[at + length :],
        "turned round": feed[at:] + feed[:at], "a mark lost": feed.replace(mark, b""), "UTF-16": feed.decode().encode("utf-16-le"),
    }  # fmt: skip
    (tmp_path / name).write_bytes(damages[data.draw(st.sampled_from(sorted(damages)))])
    (tmp_path / "z.txt").write_text("The quay is closed, said Ann Lee.")
    *found, last = read([tmp_path])
    assert found
    assert isinstance(last, Article)


def test_entries_that_a_damaged_feed_loses_are_counted(reading):
    *articles, error = reading("a.rss", samples.rss(3).replace(b"<item>", b"<itm>", 1))
    assert len(articles) == 2
    assert str(error) == "a.rss: is damaged, 1 of its 3 entries cannot be read, fetch it again"


def test_a_feed_that_breaks_off_says_so(reading):
    article, *_ = reading("a.rss", samples.rss(3)[:-120])
    assert "is not well-formed" in article.notices[0]
    assert "some of it may be missing" in article.notices[0]


@pytest.mark.parametrize(
    ("content", "summary", "whole"),
    [
        (f"<p>{samples.STORY * 3}</p>", None, True),
        (f"<p>{samples.STORY * 3}</p><p>The post Ferry appeared first on Tarn.</p>", None, True),
        (f"<p>{samples.STORY * 3} […]</p>", None, False),
        (f"<p>{samples.STORY * 3}</p><p><a href='/'>Continue reading</a></p>", None, False),
        ("<p>Ferry will run.</p>", None, False),
        (None, samples.STORY, False),
        (None, samples.STORY * 6, True),
    ],
)
def test_a_whole_text_is_told_from_a_summary(content, summary, whole):
    assert (whole_text(Entry(content=content, summary=summary)) is not None) is whole


def test_share_buttons_and_scripts_of_an_entry_are_left_out():
    content = f"<div class='share-buttons'>Tweet it</div><p>{samples.STORY * 3}</p><script>alert('x')</script>"
    assert [each.text for each in whole_text(Entry(content=content))] == [samples.STORY * 2 + samples.STORY]


def test_entities_that_multiply_are_not_expanded(reading):
    laughs = b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'ha'>" + b"".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>".encode() for n in range(9)
    )
    (error,) = reading("a.rss", laughs + b"]><rss version='2.0'><channel><item><description>&j;</description></item></channel></rss>")
    assert isinstance(error, ArticleError)


@pytest.mark.parametrize("named", [b"ISO-8859-1", b"UTF-16"])
def test_a_feed_that_names_the_wrong_encoding_is_read_in_the_right_one_and_said(reading, named):
    data = samples.rss().replace(b"UTF-8", named)
    first, *others = reading("a.rss", data)
    assert "“Nobody should have" in first.text
    assert "as its encoding, but is UTF-8 and was read as such" in first.notices[0]
    assert [article.notices for article in others] == [(), ()]


def test_other_xml_in_a_folder_is_passed_over(tmp_path):
    (tmp_path / "settings.xml").write_text("<?xml version='1.0'?><settings/>")
    (tmp_path / "a.txt").write_text(samples.story(1))
    assert len(list(read([tmp_path]))) == 1


def test_a_list_of_feeds():
    opml = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="News"><outline text="A" type="rss" xmlUrl="https://a.example/rss"/>
      <outline xmlurl="https://b.example/atom"/><outline xmlUrl="https://a.example/rss"/><outline xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    assert feeds_of(opml, "a.opml") == ["https://a.example/rss", "https://b.example/atom"]
    assert feeds_of(b"# mine\nhttps://a.example/rss  # daily\n\nhttps://b.example/atom\n", "a.txt") == [
        "https://a.example/rss",
        "https://b.example/atom",
    ]
    for nothing in (b"", b"<opml", b"<opml/>", b"nothing here"):
        with pytest.raises(ArticleError, match=r"^a\.opml: "):
            feeds_of(nothing, "a.opml")

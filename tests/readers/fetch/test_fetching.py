"""Fetching: what comes back is bounded in time, size and redirects, hosts are left in peace, and one's own network is not asked."""

import time
from types import SimpleNamespace

import news_server
import pytest

from quotes.errors import ArticleError
from quotes.readers import Reading, read
from quotes.readers.fetch import fetching
from quotes.readers.fetch.fetching import Fetcher, FetchError, is_public


def complaint(fetcher, address):
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(address)
    assert str(caught.value).startswith(f"{address}: ")
    assert "\n" not in str(caught.value)
    assert caught.value.source == address
    return caught.value


def test_a_page_comes_with_what_the_server_says_of_it(server, fetcher):
    server.answers["/a"] = news_server.conditional(news_server.page("Quay closed"), '"1"', "text/html; charset=utf-8")
    fetched = fetcher.fetch(f"{server.base}/a#part")
    assert (fetched.media, fetched.charset, fetched.etag) == ("text/html", "utf-8", '"1"')
    assert fetched.whole() == news_server.page("Quay closed")
    assert "quotes/" in dict(server.asked)["/a"]["user-agent"]


def test_an_address_is_read_like_a_file(server, fetcher):
    server.answers["/a"] = news_server.page("Quay closed")
    (article,) = read([f"{server.base}/a"], settings=Reading(fetcher=fetcher))
    assert (article.title, article.url, article.path) == ("Quay closed", f"{server.base}/a", f"{server.base}/a")


def test_without_a_fetcher_nothing_is_fetched(server):
    (error,) = read([f"{server.base}/a"])
    assert "nothing is fetched here" in str(error)
    assert server.asked == []


def test_what_is_unchanged_is_not_sent_again(server, fetcher):
    server.answers["/a"] = news_server.conditional(b"x", '"1"', "text/html")
    first = fetcher.fetch(f"{server.base}/a")
    assert fetcher.fetch(f"{server.base}/a", etag=first.etag, last_modified=first.last_modified) is None


def test_redirects_are_followed_and_the_last_address_told(server, fetcher):
    server.answers |= {"/a": news_server.redirect("/b", 301), "/b": news_server.redirect("c"), "/c": news_server.page("Quay closed")}
    assert fetcher.fetch(f"{server.base}/a").url == f"{server.base}/c"


def test_a_circle_of_redirects_ends(server, fetcher):
    server.answers |= {"/a": news_server.redirect("/b"), "/b": news_server.redirect("/a")}
    assert "redirects more than 5 times" in str(complaint(fetcher, f"{server.base}/a"))
    assert len(server.paths()) == 6


@pytest.mark.parametrize("answer", [news_server.slow, news_server.silent, news_server.dripping_headers])
def test_an_answer_that_takes_too_long_is_cut_off(server, answer):
    server.answers["/a"] = answer
    began = time.monotonic()
    error = complaint(Fetcher(allow_private=True, delay=0, timeout=0.4), f"{server.base}/a")
    assert "took longer than 0.4 seconds" in str(error)
    assert error.later
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("answer", "what", "later"),
    [
        (news_server.failing(404), "is not there", False),
        (news_server.failing(410), "is not there", False),
        (news_server.failing(403), "refuses it", False),
        (news_server.failing(500), "answers 500", True),
        (news_server.failing(418), "answers 418", False),
        (news_server.redirect("file:///etc/passwd"), "redirects to file:///etc/passwd, which is not on the web", False),
        (news_server.redirect("javascript:alert(1)"), "not on the web", False),
        (news_server.endless, "sends more than 1 MB", False),
        (news_server.bomb, "sends more than 1 MB", False),
        (news_server.cut_short, "cannot be fetched", True),
    ],
)
def test_a_failure_says_whether_to_come_again(server, fetcher, answer, what, later):
    server.answers["/a"] = answer
    error = complaint(fetcher, f"{server.base}/a")
    assert what in str(error)
    assert error.later is later


def test_a_server_may_say_when_to_come_again(server, fetcher):
    server.answers["/a"] = news_server.failing(429, Retry_After="120")
    error = complaint(fetcher, f"{server.base}/a")
    assert (error.wait, error.later) == (120.0, True)


@pytest.mark.parametrize("media", ["image/png", "video/mp4", "audio/mpeg"])
def test_what_is_no_text_is_refused(server, fetcher, media):
    server.answers["/a"], server.media["/a"] = b"\x89PNG\r\n", media
    (error,) = read([f"{server.base}/a"], settings=Reading(fetcher=fetcher))
    assert f"is {media}, not an article" in str(error)


def test_robots_are_kept_out_where_they_are_asked_to(server, fetcher):
    server.answers |= {
        "/robots.txt": b"User-agent: *\nDisallow: /private\n",
        "/private/a": news_server.page("x"),
        "/b": news_server.page("y"),
    }
    assert "its robots.txt asks programs to stay away" in str(complaint(fetcher, f"{server.base}/private/a"))
    fetcher.fetch(f"{server.base}/b")
    assert server.paths() == ["/b"]
    assert len(server.asked) == 2  # robots.txt once for both


def test_a_redirect_does_not_lead_past_robots(server, fetcher):
    server.answers |= {"/robots.txt": b"User-agent: *\nDisallow: /private\n", "/a": news_server.redirect("/private/a")}
    assert "robots.txt" in str(complaint(fetcher, f"{server.base}/a"))


def test_robots_that_cannot_be_read_now_keep_out_for_now(server, fetcher):
    server.answers |= {"/robots.txt": news_server.failing(503), "/a": b"x"}
    assert complaint(fetcher, f"{server.base}/a").later
    assert server.paths() == []


def test_a_host_is_left_in_peace_between_two_requests(server, monkeypatch):
    server.answers |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 7\n", "/a": b"x", "/b": b"y"}
    now, waits = [0.0], []

    def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(fetching, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=sleep))
    fetcher = Fetcher(allow_private=True, delay=3)
    fetcher.fetch(f"{server.base}/a")
    fetcher.fetch(f"{server.base}/b")
    assert waits == [3, 7]  # after robots.txt, which did not yet ask for more, and as it asks


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0"])
def test_private_addresses_are_refused(host):
    error = complaint(Fetcher(delay=0, timeout=1), f"http://{host}:9/a")
    assert "lies in a private network" in str(error)
    assert not error.later


def test_public_addresses_are_told_from_others():
    """Forms of IPv6 that lead to IPv4 are refused (mapped, SIIT, 6to4, Teredo, ISATAP, compatible), but for NAT64 to a public address."""
    assert all(map(is_public, ["93.184.216.34", "64:ff9b::808:808", "2606:4700::1111"]))
    private = ["::ffff:127.0.0.1", "fe80::1%eth0", "100.64.0.1", "224.0.0.1", "nonsense", "64:ff9b::a00:1", "::ffff:0:7f00:1", "::a00:1"]
    private += ["64:ff9b:1::808:808", "2002:7f00:1::", "2001:0:7f00:1::", "fe80::5efe:808:808", "2606:4700::5efe:a00:1", "fec0::1"]
    assert not any(map(is_public, private))


@pytest.mark.parametrize("address", ["http://", "http://no-such-host.invalid/a", "http://127.0.0.1:1/a", "http://[::1/a", "http://a b/"])
def test_an_address_that_leads_nowhere(fetcher, address):
    found = list(read([address], settings=Reading(fetcher=fetcher)))
    assert [type(each) for each in found] == [FetchError] or isinstance(found[0], ArticleError)
    assert "\n" not in str(found[0])

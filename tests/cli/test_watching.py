"""`quotes watch`: a database kept current with feeds, whatever their servers do."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import news_server
import pytest
from stand_ins import rows

SAID = "“It was time,” said Ann Lee."
GENTLE = ("--allow-private", "--delay", "0")


def lines(result):
    return result.stderr.splitlines()


@pytest.fixture
def look(run, server, monkeypatch):
    """Look once at the feeds of the server, as if it were `hours` later."""
    from quotes.readers.fetch import fetching

    monkeypatch.setattr(
        fetching.Fetcher.__init__, "__kwdefaults__", fetching.Fetcher.__init__.__kwdefaults__ | {"timeout": 1.0, "largest": 1 << 20}
    )

    def look(*feeds, hours=0, every="15m"):
        if hours:
            shift(hours)
        return run(
            "watch", *(f"{server.base}{feed}" if feed.startswith("/") else feed for feed in feeds), "--once", "--every", every, *GENTLE
        )

    def shift(hours):
        with closing(sqlite3.connect("db/quotes.db")) as connection, connection:
            connection.execute(
                "update fetches set again = strftime('%Y-%m-%dT%H:%M:%S+00:00', again, ?) where again is not null", [f"-{hours} hours"]
            )

    return look


def test_new_entries_are_stored_with_their_quotes(look, server):
    server.answers |= {
        "/rss": news_server.rss(server.base, "/1", "/2"),
        "/1": news_server.page("Quay"),
        "/2": news_server.page("Weir", "It rained. "),
    }
    result = look("/rss")
    assert result.exit_code == 0
    assert "feeds: 1 read, 0 unchanged; articles: 2 added, 0 unchanged" in lines(result)[-1]
    assert rows("select title, outlet, published from articles order by title") == [
        ("Quay", "The Courier", "2025-06-03T07:00:00+02:00"),
        ("Weir", "The Courier", "2025-06-03T07:00:00+02:00"),
    ]
    assert rows("select count(*) from quotes") == [(2,)]


def test_what_was_read_is_not_asked_for_again(look, server):
    server.answers |= {
        "/rss": news_server.conditional(news_server.rss(server.base, "/1"), '"1"', "application/rss+xml"),
        "/1": news_server.page("Quay"),
    }
    look("/rss")
    result = look("/rss")
    assert "feeds: 0 read, 1 unchanged" in lines(result)[-1]
    assert server.paths() == ["/rss", "/1", "/rss"]
    server.answers["/rss"] = news_server.conditional(news_server.rss(server.base, "/1", "/2"), '"2"', "application/rss+xml")
    server.answers["/2"] = news_server.page("Weir", "It rained. ")
    look("/rss")
    assert server.paths()[3:] == ["/rss", "/2"]
    assert rows("select count(*) from articles") == [(2,)]


def test_an_entry_that_was_changed_is_read_again_and_is_a_version(look, server):
    server.answers |= {"/rss": news_server.rss(server.base, "/1"), "/1": news_server.page("Quay")}
    look("/rss")
    server.answers |= {
        "/rss": server.answers["/rss"].replace(b"03 Jun 2025 07:00", b"03 Jun 2025 09:00"),
        "/1": news_server.page("Quay", "It was changed. "),
    }
    assert "versions kept: 1" in lines(look("/rss"))[-1]
    assert rows("select count(*) from articles") == [(1,)]


def test_full_text_is_read_from_the_feed_alone(look, server):
    content = f"<content:encoded><![CDATA[<p>{news_server.SENTENCE * 4}</p><p>{SAID}</p>]]></content:encoded>"
    server.answers["/rss"] = news_server.rss(server.base, "/1", content=content)
    look("/rss")
    assert server.paths() == ["/rss"]
    assert rows("select url from articles") == [(f"{server.base}/1",)]
    assert "0 added, 1 unchanged" in lines(look("/rss"))[-1]


BAD = {
    "/slow": news_server.slow,
    "/silent": news_server.silent,
    "/endless": news_server.endless,
    "/bomb": news_server.bomb,
    "/cut": news_server.cut_short,
    "/circle": news_server.redirect("/circle"),
    "/off": news_server.redirect("file:///etc/passwd"),
    "/500": news_server.failing(500),
    "/403": news_server.failing(403),
    "/429": news_server.failing(429, Retry_After="30"),
    "/index": b"<html><body><ul>"
    + b"".join(b"<li><a href='/%d'>Council votes again on ferry %d</a></li>" % (n, n) for n in range(12))
    + b"</ul></body></html>",
    "/image": b"\x89PNG\r\n\x1a\n\0\0",
    "/empty": b"",
    "/pdf": b"%PDF-1.4 not really",
    "/robots": b"never asked for",
}


def test_a_watch_survives_whatever_servers_do(look, server):
    """One good page among all the bad is read; each of the bad is one line."""
    server.answers |= BAD | {
        "/robots.txt": b"User-agent: *\nDisallow: /robots\n",
        "/good": news_server.page("Quay"),
        "/rss": news_server.rss(server.base, *BAD, "/good", "/missing"),
        "/feed/500": news_server.failing(500),
        "/feed/slow": news_server.slow,
        "/feed/image": b"\x89PNG\r\n\x1a\n\0\0",
    }
    result = look("/feed/500", "/feed/slow", "/rss", "/feed/image", "/good")
    assert result.exit_code == 1
    assert rows("select title from articles") == [("Quay",)]
    told = lines(result)[:-1]
    assert len(told) == len(BAD) + 1 + 4
    assert all(line.startswith(server.base) for line in told)
    assert rows("select count(*) from failures")[0][0] == len({line.split(": ")[0] for line in told})


def test_who_fails_is_asked_again_ever_later_and_then_given_up(look, server):
    server.answers |= {"/rss": news_server.rss(server.base, "/1"), "/1": news_server.failing(500)}
    look("/rss")
    look("/rss")
    assert server.paths().count("/1") == 1  # not due yet
    for _ in range(8):
        look("/rss", hours=25)
    assert server.paths().count("/1") == 6  # and then given up
    server.answers |= {"/rss": server.answers["/rss"].replace(b"07:00", b"09:00"), "/1": news_server.page("Quay")}
    look("/rss")
    assert rows("select count(*) from articles") == [(1,)]
    assert rows("select * from failures") == []


def test_a_page_that_came_too_late_is_fetched_although_the_feed_is_unchanged(look, server):
    server.answers |= {
        "/rss": news_server.conditional(news_server.rss(server.base, "/1"), '"1"', "application/rss+xml"),
        "/1": news_server.failing(503),
    }
    look("/rss")
    server.answers["/1"] = news_server.page("Quay")
    look("/rss", hours=1)
    assert rows("select title from articles") == [("Quay",)]


def test_a_page_can_be_added_by_its_address(run, server):
    server.answers["/1"] = news_server.page("Quay")
    result = run("add", f"{server.base}/1", f"{server.base}/2", *GENTLE)
    assert lines(result)[0] == f"{server.base}/2: is not there (404), check the address"
    assert rows("select title, url from articles") == [("Quay", f"{server.base}/1")]


def test_feeds_can_stand_in_a_list(look, server):
    server.answers |= {"/a": news_server.rss(server.base, "/1"), "/1": news_server.page("Quay")}
    Path("feeds.opml").write_text(f'<opml version="2.0"><body><outline xmlUrl="{server.base}/a"/></body></opml>')
    assert look("feeds.opml").exit_code == 0
    assert rows("select count(*) from articles") == [(1,)]
    assert lines(look("nowhere.opml")) == ["nowhere.opml: No such file or directory"]


@pytest.mark.parametrize("every", ["0m", "soon", "15", "-1h"])
def test_a_time_that_is_none_is_wrong_usage(run, every):
    assert run("watch", "https://a.example/rss", f"--every={every}").exit_code == 2


def test_it_looks_again_and_again_until_it_is_stopped(server, tmp_path):
    """And is done with whatever it was storing; stopping is no failure."""
    import os
    import signal
    import subprocess
    import sys

    import stand_ins

    server.answers |= {"/rss": news_server.rss(server.base, "/1"), "/1": news_server.page("Quay")}
    command = [sys.executable, stand_ins.__file__, "watch", f"{server.base}/rss", "--every", "1s", *GENTLE]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        ends = time.monotonic() + 60
        while server.paths().count("/rss") < 3 and time.monotonic() < ends:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert said.count("feeds: 1 read") >= 2
    assert server.paths().count("/1") == 1
    assert [path.name for path in Path("db").iterdir()] == ["quotes.db"]


def test_a_round_that_is_broken_off_is_taken_up_where_it_was(program, look, server):
    """The second article stops the program before it is stored; nothing is taken for read that was not stored."""
    server.answers |= {
        "/rss": news_server.conditional(news_server.rss(server.base, "/1", "/2"), '"1"', "application/rss+xml"),
        "/1": news_server.page("Quay"),
        "/2": news_server.page("STOP NOW"),
    }
    assert program("watch", f"{server.base}/rss", "--once", *GENTLE).returncode == 143
    stored = rows("select title from articles")
    assert stored == [("Quay",)]
    server.answers["/2"] = news_server.page("Weir", "It rained. ")
    look("/rss")
    assert rows("select title from articles order by title") == [("Quay",), ("Weir",)]

"""What could not be read is kept until it can; what was fetched, until it is due again."""

from datetime import UTC, datetime, timedelta

from quotes.store.intake.retries import (
    MOST_TRIES,
    failed,
    failure_of,
    failures,
    last_fetch,
    record_failure,
    record_fetch,
    settle,
    succeeded,
)

NOW = datetime(2025, 6, 3, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_failure_is_kept_once_and_counted_when_tried_again(store, path):
    failure = failure_of("a.csv", "a.csv#3: “text” is missing, fill it", {"columns": {"text": "body"}})
    record_failure(store, failure)
    content = path.read_bytes()
    record_failure(store, failure)
    assert path.read_bytes() == content
    assert [(each.source, each.path, each.tries, each.settings) for each in failures(store)] == [
        ("a.csv", "a.csv#3", 1, {"columns": {"text": "body"}})
    ]
    record_failure(store, failure, again=True)
    assert [each.tries for each in failures(store)] == [2]


def test_what_a_source_no_longer_fails_at_is_mended(store):
    for number in (1, 2):
        record_failure(store, failure_of("a.csv", f"a.csv#{number}: is bad"))
    record_failure(store, failure_of("b.csv", "b.csv#1: is bad"))
    assert settle(store, "a.csv", {"a.csv#2"}) == 1
    assert [each.path for each in failures(store)] == ["a.csv#2", "b.csv#1"]


def test_a_name_that_is_no_text_can_be_kept(store):
    record_failure(store, failure_of("a\udcff.txt", "a\udcff.txt: is bad"))
    assert settle(store, "a\udcff.txt", set()) == 1


def test_an_address_that_answers_is_due_at_once_and_one_that_fails_ever_later(store):
    address = "https://a.example/rss"
    assert last_fetch(store, address) is None
    record_fetch(store, succeeded(address, NOW, etag='"1"', last_modified=None))
    fetch = last_fetch(store, address)
    assert (fetch.etag, fetch.due(NOW), fetch.failures) == ('"1"', True, 0)
    waits = []
    for _ in range(MOST_TRIES):
        fetch = failed(address, NOW, fetch, every=HOUR, wait=None, later=True)
        waits.append((datetime.fromisoformat(fetch.again) - NOW) / HOUR)
    assert waits == [1, 2, 4, 8, 16, 24]
    assert (fetch.etag, fetch.due(NOW + 23 * HOUR), fetch.given_up) == ('"1"', False, True)


def test_a_server_s_wish_counts_and_what_is_gone_is_given_up():
    assert not failed("a", NOW, None, every=HOUR, wait=7200, later=True).due(NOW + timedelta(minutes=119))
    assert failed("a", NOW, None, every=HOUR, wait=None, later=False).given_up

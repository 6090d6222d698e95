"""What the site is measured with: a database of invented quotes, and the pages that are asked for."""

import asyncio

import pytest

from benchmarks.screenshots import ON_A_PHONE
from benchmarks.site_timing import Timing, addresses, bare, pages, timings
from benchmarks.synthetic import make
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site
from quotes.store import Store, verify


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "invented.db"
    make(path, 600)
    return path


def test_what_is_invented_is_sound(invented):
    """Every span is that of its words; and there is something of every kind."""
    with Store.open(invented, create=False) as store:
        assert list(verify(store)) == []
        counts = store.counts()
    assert counts["quotes"] == 600
    assert min(counts[name] for name in ("speakers", "institutions", "affiliations", "utterances", "topics")) > 10
    with pytest.raises(FileExistsError):
        make(invented, 600)


def test_each_page_is_measured_beside_a_bare_query(invented):
    found = asyncio.run(timings(invented))

    assert [each.address for each in found] == [kind[0] for kind in addresses(invented)]
    assert all(each.page > 0 and each.bare > 0 for each in found)


def test_the_bare_query_is_of_the_words_searched_for_or_of_a_key():
    assert "match+%27%22rent%22+%22caps%22%27+order+by+rank+limit+20" in bare("/quotes/search?q=rent+caps&role=expert", 7)
    assert bare("/quotes/search?order=newest", 7) == bare("/quotes/topic/3", 7) == "/quotes?sql=select+%2A+from+speakers+where+id+%3D+7"


def test_a_page_that_takes_too_many_times_what_the_bare_query_takes_is_pointed_at():
    """Of many pages it is said how many."""
    assert str(Timing("/quick", 8.0, 4.0, 60)).split() == ["8.0", "4.0", "2.0", "/quick", "and", "59", "more"]
    assert str(Timing("/slow", 9.0, 2.0)).endswith("/slow  more than 3 times")


def test_many_articles_and_speakers_are_looked_at_once_each(invented):
    many = [kind for kind in addresses(invented) if len(kind) > 1]

    assert [kind[0].split("/")[2] for kind in many] == ["article", "speaker", "identity"]
    assert all(len(set(kind)) == len(kind) for kind in many)
    assert addresses(invented) == addresses(invented)


def test_every_kind_of_page_that_is_shown_answers(invented):
    client = site(invented, metadata=metadata_path()).client
    shown = pages(invented)

    assert len(shown) == 10
    assert set(ON_A_PHONE) < set(shown)
    for address in shown.values():
        assert asyncio.run(client.get(address)).status_code == 200

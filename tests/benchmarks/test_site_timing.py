import asyncio

import pytest

from benchmarks.screenshots import ON_A_PHONE, pages
from benchmarks.site_timing import EMPTY, Timing, addresses, table, timings
from benchmarks.synthetic import make
from quotes.publish.metadata import metadata_path
from quotes.publish.server import site


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "invented.db"
    make(path, 600)
    return path


def test_each_page_is_measured_beside_an_empty_one_and_its_queries_beside_both(invented):
    found = asyncio.run(timings(invented))

    assert [each.address for each in found] == [*EMPTY, *(kind[0] for kind in addresses(invented))]
    assert all(each.page > 0 for each in found)
    assert all(each.queries > 0 and each.json > 0 for each in found[len(EMPTY) :])


def test_a_page_that_takes_too_many_times_what_its_queries_take_is_pointed_at():
    empty = [Timing(address, 1.0, 0.0, 0.0) for address in EMPTY]
    quick, slow = table([*empty, Timing("/quick", 8.0, 4.0, 9.0), Timing("/slow", 9.0, 2.0, 9.0)])[-2:]

    assert quick.split()[:3] == ["8.0", "4.00", "2.0"]
    assert "more than" not in quick
    assert slow.endswith("/slow  more than 4 times")


def test_many_articles_and_speakers_are_looked_at_once_each(invented):
    many = [kind for kind in addresses(invented) if len(kind) > 1]

    assert [kind[0].split("/")[2] for kind in many] == ["article", "speaker", "identity"]
    assert all(len(set(kind)) == len(kind) for kind in many)
    assert addresses(invented) == addresses(invented)


def test_of_many_pages_the_table_says_how_many():
    empty = [Timing(address, 1.0, 0.0, 0.0) for address in EMPTY]

    assert table([*empty, Timing("/a", 3.0, 1.0, 9.0, pages=60)])[-1].endswith("/a and 59 more")


def test_every_kind_of_page_that_is_shown_answers(invented):
    client = site(invented, metadata=metadata_path()).client
    shown = pages(invented)

    assert len(shown) == 10
    assert set(ON_A_PHONE) < set(shown)
    for address in shown.values():
        assert asyncio.run(client.get(address)).status_code == 200

"""Which quotes a page is about, as its address says, and how each is shown."""

import sqlite3
from contextlib import closing
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.publish.results import Selection, Words, in_sentence


@pytest.fixture(scope="module")
def connection(db):
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def count(connection, **arguments):
    """How many quotes fit, and how many more would with `all`."""
    selection = Selection.of(arguments)
    return tuple(connection.execute(*query).fetchone()[0] for query in (selection.count(-1), selection.count_more(-1)))


def plain(connection, condition):
    return connection.execute(f"select count(*) from quotes where {condition}").fetchone()[0]


def test_only_the_default_view_is_shown_until_all_is_asked_for(connection):
    shown, every = plain(connection, "in_default_view"), plain(connection, "1")

    assert count(connection) == (shown, every - shown)
    assert count(connection, all="1") == (every, 0)


@pytest.mark.parametrize("narrowed", [{"q": "harbour"}, {"outlet": "Upland Post"}, {"role": "expert"}, {"speaker": "birkeland"}])
def test_whatever_narrows_the_rest_is_counted_beside_it(connection, narrowed):
    shown, more = count(connection, **narrowed)

    assert min(shown, more) > 0
    assert count(connection, **narrowed, all="1") == (shown + more, 0)


def test_another_act_is_asked_for_by_its_name_and_shown_where_it_is_sure(connection):
    assert count(connection, act="thought") == (1, 0)
    assert count(connection, act="speech") == (plain(connection, "in_default_view"), plain(connection, "act = 'speech' and unsure"))
    assert count(connection, act="speech", all="1") == (plain(connection, "act = 'speech'"), 0)


def test_every_id_is_given_once_in_either_view(connection):
    for arguments in ({}, {"all": "1"}, {"q": "harbour"}, {"outlet": "Upland Post", "all": "1"}):
        selection = Selection.of(arguments)
        ids = [each for some in selection.every(connection, 50) for each in some]
        assert len(ids) == len(set(ids)) == count(connection, **arguments)[0]


def test_a_quote_stands_in_sentence_with_the_words_found_marked():
    text = "It rained. “The river rises,” she said, “and falls.” Then it stopped."
    spans = [[11, 29], [40, 52]]
    found = in_sentence(text, 0, spans, "“The river rises,” … “and falls.”", "“The \x02river\x03 rises,” … “and falls.”")

    assert found == [
        Words("“The ", True, False),
        Words("river", True, True),
        Words(" rises,”", True, False),
        Words(" she said, ", False, False),
        Words("“and falls.”", True, False),
    ]


def test_an_initial_and_a_form_of_address_end_no_sentence():
    text = "It rained. The river rises, said Ann E. Fenn, whom Gov. Fodor named. Then it stopped."
    found = in_sentence(text, 0, [[11, 26]], "The river rises")
    assert [each.text for each in found] == ["The river rises", ", said Ann E. Fenn, whom Gov. Fodor named."]


@given(st.text(max_size=40), st.text(max_size=40), st.text(min_size=1, max_size=40))
def test_the_words_of_a_quote_are_never_changed(before, after, said):
    start = len(before)
    found = in_sentence(before + said + after, 0, [[start, start + len(said)]], said)

    assert "".join(each.text for each in found if each.quoted) == said or " … " in said


@given(st.dictionaries(st.sampled_from(["q", "speaker", "title", "topic", "outlet", "all", "order"]), st.text(max_size=20)))
def test_the_address_of_a_selection_makes_the_same_selection(arguments):
    selection = Selection.of(arguments)

    assert Selection.of(dict(parse_qsl(selection.address()))) == selection

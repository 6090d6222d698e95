import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import bridge, quote

from quotes.records import Article, Speaker
from quotes.store import Store, search
from quotes.store.searching import in_context, match_query


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("search") / "made-up.db", create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        later = "“The boats are late,” said the Harbour Board."
        harbour = quote(later, "“The boats are late,”", speaker=Speaker("Harbour Board", "organisation"))
        store.save(Article(text=later, published="2026-04-01"), [harbour], extractor="rules 1")
        yield store


def texts(hits):
    return [hit.text for hit in hits]


def test_words_are_found_by_their_stem_and_the_newest_quote_comes_first(filled):
    assert texts(search(filled, "boat")) == ["“The boats are late,”", "the boats can carry everyone"]


def test_accents_and_letter_case_do_not_count_in_a_name(filled):
    assert {hit.speaker for hit in search(filled, "", speaker="VALDES")} == {"Ines Okoro-Valdés"}


def test_all_words_must_stand_in_the_quote(filled):
    assert texts(search(filled, "boats carry")) == ["the boats can carry everyone"]


def test_a_phrase_in_quotation_marks_is_kept_together(filled):
    assert len(search(filled, "“ten years”")) == 1
    assert search(filled, '"years ten"') == []
    assert len(search(filled, "years ten")) == 1


def test_an_institution_is_searched_in_its_people_and_in_itself(filled):
    assert {hit.speaker for hit in search(filled, "", institution="senn authority")} == {"Bram Tollefsen"}
    assert {hit.speaker for hit in search(filled, "", institution="harbour")} == {"Harbour Board"}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-04", None, 1),
        (None, "2026-03-03", 1),
        (None, "2026-03-02", 0),
        ("2026", "2026", 2),
        ("2026-03-03", "2026-03-03", 1),
        ("2027", None, 0),
    ],
)
def test_dates_are_inclusive_and_as_exact_as_wished(filled, since, until, expected):
    assert len(search(filled, "boats", since=since, until=until)) == expected


def test_an_act_and_a_limit_narrow_the_search(filled):
    assert texts(search(filled, "", act="thought")) == ["the boats can carry everyone"]
    assert len(search(filled, "", limit=3)) == 3


def test_a_hit_says_who_as_what_for_whom_where_and_when(filled):
    (hit,) = search(filled, "weeks")

    assert (hit.speaker, hit.title, hit.institution) == ("Bram Tollefsen", "chief engineer", "Senn River Authority")
    assert (hit.outlet, hit.published, hit.before, hit.found) == (
        "The Senn Courier",
        "2026-03-03T18:20",
        "the closure “a matter of ",
        "weeks",
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab\"'*()-:^{}+~.,;“”«»\0\\ \tORANDTé")), max_size=30))
def test_no_sign_in_a_search_is_an_error(filled, words):
    search(filled, words, speaker=words, institution=words, limit=2)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("a  b", '"a" "b"'), ('"a  b" c', '"a b" "c"'), ('a"', '"a"'), ('* " (', ""), ("O'Fenn", '"O\'Fenn"'), ("a OR b", '"a" "OR" "b"')],
)
def test_a_query_is_nothing_but_words(words, expected):
    assert match_query(words) == expected


def test_a_long_quote_is_cut_to_the_window_and_says_so():
    assert in_context(f"{'x' * 50} \x02word\x03 {'y' * 50}", 10) == ("…" + "x" * 9 + " ", "word", " " + "y" * 9 + "…")
    assert in_context("z" * 50, 10) == ("", "", "z" * 19 + "…")

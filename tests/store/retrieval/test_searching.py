"""One search: in the words of quotes, the names of speakers, titles, institutions and topics."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import bridge, person, quote

from quotes.errors import QueryError
from quotes.records import Affiliation, Article, Speaker
from quotes.store import Selection, Store, search
from quotes.store.corrections.correcting import merge
from quotes.store.retrieval import quote_filters, search_words
from quotes.store.retrieval.advice import advise
from quotes.store.retrieval.counts import counted
from quotes.store.retrieval.search_words import match_query, match_term
from quotes.store.retrieval.searching import count, count_more, in_context, people

BANK = (
    "“Rents rise when rates fall,” said Maren O’Fenn-Løvås, senior analyst at the Bank of Tarn (BOT). “China is no cause.” "
    "“Rents fall,” said Pia Brinkley, economist. The Harbour Board expects calm."
)
LATER = "“China matters,” said Pip Brinkley. “The boats are late,” said the Harbour Board. Brinkley’s deputy shrugged."
AGAIN = "“Nothing new,” said Maren O’Fenn-Løvås."


def articles():
    fenn = Speaker("Maren O’Fenn-Løvås", "person", (Affiliation("senior analyst", "Bank of Tarn (BOT)"),))
    pia, pip = person(BANK, "Pia Brinkley", "economist"), Speaker("Pip Brinkley", "person")
    board = Speaker("Harbour Board", "organisation")
    yield bridge()
    yield (
        Article(text=BANK, published="2026-03-20", outlet="The Tarn Post"),
        [
            replace(quote(BANK, "“Rents rise when rates fall,”", speaker=fenn), topics=("housing market",)),
            quote(BANK, "“China is no cause.”", speaker=fenn),
            quote(BANK, "“Rents fall,”", speaker=pia),
            quote(BANK, "calm", kind="indirect", act="thought", speaker=board),
        ],
    )
    yield (
        Article(text=LATER, published="2026-04-01", outlet="The Senn Courier"),
        [
            quote(LATER, "“China matters,”", speaker=pip),
            quote(LATER, "“The boats are late,”", speaker=board),
            quote(LATER, "deputy shrugged", kind="indirect", confidence=0.2),
        ],
    )
    yield Article(text=AGAIN, published="2026-05-01"), [quote(AGAIN, "“Nothing new,”", speaker=replace(fenn, affiliations=()))]


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("search") / "made-up.db", create=True) as store:
        for each in articles():
            store.save(*each, extractor="rules 1")
        yield store.db.conn


def found(connection, words="", **narrowed):
    return {hit.text for hit in search(connection, Selection(words=words, **narrowed))}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("brinkley", {"“Rents fall,”", "“China matters,”"}),
        ("PIP Brinkley", {"“China matters,”"}),
        ("brinkley china", {"“China matters,”"}),
        ("Brinkley’s china", {"“China matters,”"}),
        ("economist", {"“Rents fall,”"}),
        ("analyst rates", {"“Rents rise when rates fall,”"}),
        ("bank of tarn china", {"“China is no cause.”"}),
        ("housing tarn", {"“Rents rise when rates fall,”"}),
        ("o'fenn rents", {"“Rents rise when rates fall,”"}),
        ("O’FENN-løvås china", {"“China is no cause.”"}),
        ("valdes waited", {"“We have waited ten years for this,” … “Nobody will be sorry.”"}),
        ("“rents fall”", {"“Rents fall,”"}),
        ('"fall rents"', set()),
        ('"pia brinkley" rents', {"“Rents fall,”"}),
        ("boat", {"“The boats are late,”"}),
        ("shrugged", set()),
    ],
)
def test_every_word_is_found_in_the_quote_or_in_who_says_it_as_what_for_whom_and_on_what(connection, words, expected):
    assert found(connection, words) == expected


def test_a_speaker_is_found_under_every_name_whichever_the_article_prints(path):
    """William in one article is Bill in the other: that they are one was decided across articles."""
    first = "“We will appeal,” said William Quill, the mayor of Tarn Hollow."
    other = "“We have lost,” said Bill Quill, the mayor of Tarn Hollow."
    with Store.open(path, create=True) as store:
        for text, name in ((first, "William Quill"), (other, "Bill Quill")):
            speaker = person(text, name, "mayor", "Tarn Hollow")
            store.save(Article(text=text), [quote(text, text[: text.index("”") + 1], speaker=speaker)], extractor="rules 1")
        if store.counts()["speakers"] > 1:
            from quotes.store.corrections import correcting

            correcting.merge(store, "William Quill", "Bill Quill", by="Jun Abe")
        for words in ("william quill", "bill quill", "quill william"):
            assert len(search(store.db.conn, Selection(words=words))) == 2
        assert found(store.db.conn, "william lost") == {"“We have lost,”"}


def test_a_name_of_two_words_is_known_however_many_have_the_first(path, monkeypatch):
    """One is looked up of those with “Bill”, and one of those with “Bill Quill”."""
    monkeypatch.setattr(search_words, "_MOST_QUOTED", 1)
    with Store.open(path, create=True) as store:
        for text in (
            "“We paid,” said Bill Vey.",
            "“We owe,” said Bill Vey.",
            "“We hope,” said Bill Vey.",
            "“We lost,” said William Quill.",
            "“We won,” said Bill Quill.",
        ):
            speaker = Speaker(text.split("said ")[1].strip("."), "person")
            store.save(Article(text=text), [quote(text, text[: text.index("”") + 1], speaker=speaker)], extractor="rules 1")
        merge(store, "William Quill", "Bill Quill", by="Jun Abe")

        assert found(store.db.conn, "bill quill") == {"“We lost,”", "“We won,”"}


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({"title": "analyst"}, {"“Rents rise when rates fall,”", "“China is no cause.”"}),
        ({"title": "senior analyst", "words": "china"}, {"“China is no cause.”"}),
        ({"speaker": "VALDES", "words": "waited"}, {"“We have waited ten years for this,” … “Nobody will be sorry.”"}),
        ({"institution": "harbour"}, {"“The boats are late,”"}),
        ({"institution": "bank tarn", "until": "2026-03"}, {"“Rents rise when rates fall,”", "“China is no cause.”"}),
        ({"topic": "housing"}, {"“Rents rise when rates fall,”"}),
        ({"outlet": "The Tarn Post"}, {"“Rents rise when rates fall,”", "“China is no cause.”", "“Rents fall,”"}),
        ({"outlet": "The Tarn Post", "kind": "direct", "words": "rents", "title": "economist"}, {"“Rents fall,”"}),
        ({"act": "thought", "words": "calm"}, {"calm"}),
        ({"words": "deputy", "all": "1"}, {"deputy shrugged"}),
        ({"role": "expert", "words": "weeks"}, {"the closure “a matter of weeks, not of years”"}),
    ],
)
def test_what_narrows_the_search(connection, narrowed, expected):
    assert found(connection, **narrowed) == expected


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-04", "", 1),
        ("", "2026-03-20", 1),
        ("", "2026-03-19", 0),
        ("2026", "2026", 2),
        ("2026-03-20", "2026-03-20", 1),
        ("2027", "", 0),
    ],
)
def test_dates_are_inclusive_and_as_exact_as_wished(connection, since, until, expected):
    assert len(found(connection, "brinkley", since=since, until=until)) == expected


@pytest.mark.parametrize(
    ("given", "why"),
    [
        *(({"since": each}, "is no date") for each in ("foo", "2026-13", "2026-02-30", "26", "2026-3", "2026-03-01T10:00", "0000", "२०२६")),
        ({"until": "yesterday"}, "is no date"),
        ({"since": "2026-05", "until": "2026-04-30"}, "the first day comes after the last"),
        ({"act": "spech"}, "there is no act “spech”: choose one of speech, thought"),
    ],
)
def test_dates_and_acts_that_are_none_are_refused(given, why):
    with pytest.raises(QueryError, match=why):
        Selection(**given)


@pytest.mark.parametrize("ranked", [0, 1, 2_000])
@pytest.mark.parametrize("words", ["brinkley", "the boats late", "rents when", "tarn", "harbour board"])
@pytest.mark.parametrize(
    "narrowed", [{}, {"all": "1"}, {"kind": "direct"}, {"outlet": "The Tarn Post"}, {"title": "economist"}, {"order": "newest"}]
)
def test_what_is_looked_up_once_finds_the_same(connection, words, narrowed, ranked, monkeypatch):
    """Whether few quotes hold the words, whose ids are kept, or many."""
    monkeypatch.setattr(quote_filters, "RANKED", ranked)
    plain, known = (Selection(words=words, **narrowed) for _ in range(2))
    known.looked_up(connection)

    assert connection.execute(*known.ids(limit=9)).fetchall() == connection.execute(*plain.ids(limit=9)).fetchall()
    assert counted(connection, known) == counted(connection, plain)
    assert people(connection, known) == people(connection, plain)


def test_words_of_any_sentence_must_be_there_and_do_not_rank(path):
    """However rare they are in the others."""
    often, once = "“The lock of the dam of the river is the pride of the town,”", "“Lock the door,”"
    with Store.open(path, create=True) as store:
        for words in (often, once, *(f"“Lock number {nth},”" for nth in range(9))):
            store.save(Article(text=f"{words} said Ada Vey."), [quote(f"{words} said Ada Vey.", words)], extractor="rules 1")
        hits = search(store.db.conn, Selection(words="the lock"))

    assert [hit.text for hit in hits] == [once, often]


def test_the_newest_come_first_where_that_is_asked(connection):
    hits = search(connection, Selection(words="china", order="newest"), limit=5)

    assert [hit.text for hit in hits] == ["“China matters,”", "“China is no cause.”"]


def test_whose_name_is_searched_comes_before_whose_words_hold_it(path):
    mention = "“Quill knows nothing and Quill says nothing, and Quill it is who pays,” said Ada Vey."
    own = "“That is a long story, and one that I would rather tell another day,” said Bram Quill."
    with Store.open(path, create=True) as store:
        for text, name in ((mention, "Ada Vey"), (own, "Bram Quill")):
            said = quote(text, text[: text.index("”") + 1], speaker=Speaker(name, "person"))
            store.save(Article(text=text), [said], extractor="rules 1")
        hits = search(store.db.conn, Selection(words="quill"))
    assert [hit.speaker for hit in hits] == ["Bram Quill", "Ada Vey"]


def test_who_is_searched_for_is_named_with_what_they_are(connection):
    assert [(each.name, each.quotes) for each in people(connection, Selection(words="brinkley china"))] == [("Pip Brinkley", 1)]
    (fenn,) = people(connection, Selection(words="analyst rates"))
    assert (fenn.name, fenn.title, fenn.institution) == ("Maren O’Fenn-Løvås", "senior analyst", "Bank of Tarn (BOT)")
    assert people(connection, Selection(words="weeks")) == []


def test_a_hit_says_who_as_what_for_whom_where_and_when(connection):
    (hit,) = search(connection, Selection(words="weeks"))

    assert (hit.speaker, hit.title, hit.institution) == ("Bram Tollefsen", "chief engineer", "Senn River Authority")
    assert (hit.outlet, hit.published, hit.before, hit.found) == (
        "The Senn Courier",
        "2026-03-03T18:20",
        "the closure “a matter of ",
        "weeks",
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brinkly", "brinkley"),
        ("birnkley", "brinkley"),
        ("rbinkley", "brinkley"),
        ("brinkley chian", "brinkley china"),
        ("econmist", "economist"),
        ("analists rates", "analyst rates"),
        ("“pia brinkly”", '"pia brinkley"'),
        ("“rents pia”", "rents pia"),
        ("tollefsn zzzzz", "tollefsen"),
        ("tollefxenyz", "tollefsen"),
    ],
)
def test_a_typo_is_forgiven(connection, typed, meant):
    assert meant in [each.words for each in advise(connection, Selection(words=typed)).spellings]


@pytest.mark.parametrize("typed", ["chyny", "txllxfsxn"])
def test_of_a_short_word_few_letters_may_be_wrong(connection, typed):
    """One of five, two of nine."""
    assert advise(connection, Selection(words=typed)).spellings == ()


def test_where_words_are_found_alone_only_that_is_said(connection):
    advice = advise(connection, Selection(words="brinkley boats"))

    assert {each.words: each.quotes for each in advice.alone} == {"brinkley": 2, "boats": 2}
    assert {each.words for each in advice.fewer} == {"brinkley", "boats"}
    assert advice.spellings == ()


def test_no_more_than_three_searches_are_suggested(path):
    with Store.open(path, create=True) as store:
        for text in (
            "“Ash beech cedar,” she said.",
            "“Ash beech elm,” she said.",
            "“Ash cedar elm,” she said.",
            "“Beech cedar elm,” she said.",
        ):
            store.save(Article(text=text), [quote(text, text[: text.index("”") + 1])], extractor="rules 1")

        assert len(advise(store.db.conn, Selection(words="ash beech cedar elm")).fewer) == 3


def test_what_the_limits_keep_back_is_said(connection):
    assert advise(connection, Selection(words="deputy")).more == 1
    assert advise(connection, Selection(words="brinkley", since="2027")).unlimited == 2
    assert advise(connection, Selection(outlet="tarn post")).outlets[0] == "The Tarn Post"


def test_beside_words_the_index_is_asked_for_the_speaker():
    """Which takes a time that does not grow with what the speaker said."""
    assert Selection(words="china", speaker="1").conditions()[0] == Selection(words="china").conditions()[0]


def test_more_are_only_those_that_the_default_view_leaves_out(connection):
    every = count(connection, Selection(all="1"))

    assert count_more(connection, Selection()) == every - count(connection, Selection()) > 0
    assert count_more(connection, Selection(all="1")) == 0


@pytest.mark.parametrize("words", ["🙂", "?!", "“ ”", "—"])
def test_a_search_without_a_word_finds_nothing(connection, words):
    assert Selection(words=words).wordless
    assert found(connection, words) == found(connection, title=words) == set()
    assert found(connection, words, speaker="brinkley") == set()
    assert people(connection, Selection(words="china", title=words)) == []


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab\"'*()-:^{}+~.,;“”«»’\0\\ \tORANDTé🙂ß")), max_size=30))
def test_no_sign_in_a_search_is_an_error(connection, words):
    selection = Selection(words=words, speaker=words, title=words, institution=words, topic=words)
    search(connection, selection, limit=2)
    search(connection, Selection(words=words, order="newest"), limit=2)
    people(connection, Selection(words=words))
    advise(connection, selection)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_some_of_the_words_of_a_quote_and_its_speaker_find_it(connection, data):
    row = data.draw(st.sampled_from(connection.execute("select id, text, speaker from quotes_browse where in_default_view").fetchall()))
    words = data.draw(st.lists(st.sampled_from([*row[1].split(), *(row[2] or "").split()]), min_size=1, max_size=6))
    words = [plain for each in words if any(map(str.isalnum, plain := each.strip("“”")))]

    assert not words or row[0] in {hit.id for hit in search(connection, Selection(words=" ".join(words)), limit=100)}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a  b", '"a" "b"'),
        ('"a  b" c', '"a b" "c"'),
        ('a"', '"a"'),
        ("“a b “c", '"a" "b" "c"'),
        ("„a b“ «c d»", '"a b" "c d"'),
        ('* " (', ""),
        ("O'Fenn", '"O\'Fenn"'),
        ("a OR b", '"a" "OR" "b"'),
    ],
)
def test_a_query_is_nothing_but_words(words, expected):
    """And a term may be written with an s, as whose it is."""
    assert match_query(words) == expected
    assert [match_term(each) for each in ("Fenn’s", "’s")] == ['("Fenn’s" OR "Fenn")', '"’s"']


def test_a_long_quote_is_cut_to_the_window_and_says_so():
    assert in_context(f"{'x' * 50} \x02word\x03 {'y' * 50} \x02word\x03", 10) == ("…" + "x" * 9 + " ", "word", " " + "y" * 9 + "…")
    assert in_context("\x02a\x03 \x02b\x03", 10) == ("", "a", " b")
    assert in_context("z" * 50, 10) == ("", "", "z" * 19 + "…")
    assert in_context("z" * 20, 10) == ("", "", "z" * 20)

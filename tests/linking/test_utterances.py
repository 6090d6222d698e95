import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.linking.utterances import RUN, QuoteWords, fingerprints, likeness, lookups, same_utterance, words_of

LONG = "The river will rise again this winter, and nobody in the council has a plan for the old bridge or the harbour."


def saying(text, speaker="fenn", given="ada", article=1, marked=True, start=0):
    return QuoteWords(1, words_of(text), speaker, given, (article, start, start + len(text)), marked)


def same(one, other) -> bool:
    assert same_utterance(one, other) == same_utterance(other, one)
    return same_utterance(one, other)


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG.upper(),
        "“the river will rise again this winter”",
        "Nobody in the council has a plan for the old bridge",
        "The river will rise again this winter … nobody in the council has a plan",
        "The river will rise again next winter, and nobody in the council has a plan for the old bridge or the harbour.",
    ],
)
def test_whole_shortened_or_altered_words_are_one_utterance(text):
    assert same(saying(LONG), saying(text, article=2))


@pytest.mark.parametrize(
    "text",
    [
        "The river will rise",
        "in the council has a",
        "The harbour needs money, and the river will rise again some day when all of us are gone",
        "A plan for the bridge is what nobody has",
    ],
)
def test_few_or_other_words_are_not(text):
    """Four words; words that any sentence has; some of the words among others; the words in another order."""
    assert not same(saying(LONG), saying(text, article=2))


def test_the_same_words_of_another_speaker_are_another_utterance():
    assert not same(saying(LONG), saying(LONG, "kvist", article=2))
    assert not same(saying(LONG), saying(LONG, "fenn", "bram", article=2))
    assert same(saying(LONG), saying(LONG, "fenn", "", article=2))
    assert not same(saying(LONG), saying(LONG, start=5))  # a quote within a quote is no second print


def test_what_is_reported_needs_more_words_in_another_article():
    """A reporter says "a ban on all new bridges" of ten speeches."""
    here, there = saying("a ban on all new bridges", marked=False), saying("a ban on all new bridges", article=2, marked=False)

    assert not same(here, there)
    assert same(here, saying("a ban on all new bridges", article=1, marked=False, start=100))
    assert same(saying(LONG, marked=False), saying(LONG, article=2, marked=False))


def test_of_a_nameless_speaker_long_words_alone_tell():
    ten = " ".join(LONG.split()[:10])

    assert same(saying(LONG), saying(LONG, "", "", article=2))
    assert same(saying(ten), saying(ten, "", "", article=2))
    assert not same(saying(LONG), saying("the river will rise again this winter", "", "", article=2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LONG, "same"),
        (LONG.upper(), "same"),
        ("The river will rise", "shortened"),
        ("river the will rise", "altered"),
        (f"Well, {LONG}", "altered"),
    ],
)
def test_how_a_print_stands_to_the_fullest(text, expected):
    assert likeness(words_of(text), words_of(LONG)) == expected


def test_fingerprints_are_integers_that_javascript_can_hold():
    """Those of one speaker lie together; a short quote is filed nowhere."""
    assert all(0 <= each < 2**53 for each in fingerprints(saying(LONG)))
    assert len({each >> 32 for each in fingerprints(saying("the river will rise again"))}) == 1
    assert fingerprints(saying("The river will rise")) == lookups(saying("The river will rise")) == frozenset()


words = st.lists(
    st.sampled_from(["the", "of", "river", "bridge", "will", "harbour", "and", "council", "winter", "plan", "a", "in"]), max_size=30
).map(tuple)


@st.composite
def prints(draw):
    """Two quotes of which the second is often made of parts of the first."""
    first, other = draw(words), draw(words)
    start, end = sorted(draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    second = draw(st.sampled_from([other, first, first[start:end], first[start:end] + other, other + first[start:end]]))
    return tuple(
        QuoteWords(
            number,
            each,
            draw(st.sampled_from(["", "fenn", "kvist"])),
            draw(st.sampled_from(["", "ada"])),
            (place, 0, 9),
            draw(st.booleans()),
        )
        for number, (each, place) in enumerate(zip((first, second), draw(st.sampled_from([(1, 2), (1, 1)])), strict=True))
    )


@given(prints())
@settings(max_examples=settings.default.max_examples * 3)
def test_what_is_one_utterance_is_always_found(pair):
    one, other = pair

    assert same_utterance(one, other) == same_utterance(other, one)
    if same_utterance(one, other):
        assert not lookups(one).isdisjoint(fingerprints(other))
        assert not lookups(other).isdisjoint(fingerprints(one))
        assert min(len(one.words), len(other.words)) >= RUN

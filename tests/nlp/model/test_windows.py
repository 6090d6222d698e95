from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_model import EDGES, tokenizer
from spacy.tokens import Doc
from spacy.vocab import Vocab
from treebank import parse

from quotes.nlp.model.windows import MAX_PIECES, split_windows, window_bounds, word_pieces
from quotes.nlp.parsing.parse import parse_of

VOCAB = Vocab()
SAID = "Imre said the well was dry."


@cache
def small():
    return tokenizer()


def parsed(words, spaces=None, starts=None):
    """A parse of words without a tree; `starts` are the tokens at which sentences begin."""
    starts = {0} if starts is None else {0, *starts}
    return parse_of(Doc(VOCAB, words=words, spaces=spaces, sent_starts=[token in starts for token in range(len(words))]))


def cut(each, paragraphs=(), longest=MAX_PIECES):
    pieces = word_pieces(each, small())
    return pieces, list(split_windows(each, pieces, paragraphs, edges=EDGES, longest=longest))


def counted(pieces, start, stop):
    return int(((pieces.token >= start) & (pieces.token < stop)).sum())


@st.composite
def articles(draw):
    """Words with sentences and paragraphs that begin anywhere; none has more than four pieces."""
    words = draw(st.lists(st.sampled_from(["well", "dry", "said", "abcd", "Ab", ".", "o'k", "\n\n", " ", "\u200b", "é"]), max_size=50))
    spaces = draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    tokens = st.integers(0, max(len(words) - 1, 0))
    starts, paragraphs = draw(st.lists(tokens, max_size=12)), draw(st.lists(tokens, max_size=6, unique=True).map(sorted))
    return parsed(words, spaces, starts if words else None), paragraphs


@pytest.mark.parametrize(
    ("words", "spaces", "token", "first"),
    [
        pytest.param(["pump", "dry"], [True, False], [0, 0, 0, 0, 1], [0, 4], id="a word is one piece or several"),
        pytest.param(["can", "not", "leave"], [False, True, False], [0, 2], [0, 0, 1], id="a token inside a piece leans on that piece"),
        pytest.param(
            ["well", "\n\n", "\u200b", "dry", "\n"], [False] * 5, [0, 3], [0, 0, 0, 1, 1], id="what has no piece leans on the one before"
        ),
        pytest.param([" ", "dry"], [False, False], [1], [0, 0], id="and at the start on the one behind"),
    ],
)
def test_a_piece_belongs_to_the_token_that_it_begins_in(words, spaces, token, first):
    """And a token knows its first piece."""
    pieces = word_pieces(parsed(words, spaces), small())

    assert (pieces.token.tolist(), pieces.first.tolist()) == (token, first)


@pytest.mark.parametrize("words", [[], [" "], ["\n\n", "\u200b"]])
def test_a_text_without_a_piece_has_no_window(words):
    """Nothing is there to be read."""
    pieces, windows = cut(parsed(words, [False] * len(words)))

    assert (len(pieces.ids), windows) == (0, [])


def test_a_short_article_is_one_window():
    """Paragraphs that fit together are read together."""
    each = parse(SAID, SAID)
    pieces, (window,) = cut(each, [0, 8])

    assert (window.start, window.stop) == (0, len(each))
    assert window.ids.tolist() == [EDGES[0], *pieces.ids.tolist(), EDGES[1]]
    assert window.token.tolist() == [-1, *pieces.token.tolist(), -1]
    assert window.first.tolist() == (pieces.first + 1).tolist()


def test_a_window_counts_its_tokens_from_its_own_first():
    """The second reads like a text of its own."""
    each = parse(SAID, SAID)
    _, (first, second) = cut(each, [0, 8], longest=10)

    assert (first.start, first.stop, second.start, second.stop) == (0, 8, 8, 15)
    assert second.ids.tolist() == first.ids.tolist()
    assert second.token.tolist() == first.token.tolist()
    assert second.first.tolist() == first.first.tolist()[:7]


@pytest.mark.parametrize(
    ("starts", "paragraphs", "longest", "expected"),
    [
        pytest.param([3, 7, 9], [0], 10, [(0, 7), (7, 12)], id="at the last sentence that fits"),
        pytest.param([3, 7, 9], [0, 3], 10, [(0, 3), (3, 9), (9, 12)], id="rather at a paragraph"),
        pytest.param([], [0], 7, [(0, 5), (5, 10), (10, 12)], id="where room ends if nothing better is at hand"),
    ],
)
def test_a_long_article_is_cut(starts, paragraphs, longest, expected):
    """Twelve words of a piece each; two places are for the edges."""
    each = parsed(["dry"] * 12, [True] * 12, starts)

    assert [(window.start, window.stop) for window in cut(each, paragraphs, longest)[1]] == expected


def test_a_word_is_not_cut():
    """A window ends before a word whose pieces do not all fit."""
    each = parsed(["dry", "pump", "pump"], [True, True, False])

    assert [(window.start, window.stop) for window in cut(each, [0], longest=8)[1]] == [(0, 2), (2, 3)]


@pytest.mark.parametrize("word", ["-" * 300, "." * 600, "https://tarn.example/" + "a/b-c?" * 100])
def test_a_word_longer_than_a_window_leaves_no_window_too_long(word):
    """A rule of dashes, a long address: the encoder has places for 512 pieces."""
    each = parsed(["dry", word, "well"], [True, True, False])
    _, windows = cut(each, [0])

    assert [(window.start, window.stop) for window in windows] == [(0, 1), (1, 2), (2, 3)]
    assert max(len(window.ids) for window in windows) <= 512
    assert all(0 <= piece < len(window.ids) for window in windows for piece in window.first)


@settings(max_examples=100, deadline=None)
@given(articles(), st.integers(6, 30))
def test_windows_leave_no_piece_out_and_read_none_twice(drawn, longest):
    """In order, without gap or overlap: between two lie only tokens without a piece."""
    each, paragraphs = drawn
    pieces, windows = cut(each, paragraphs, longest)
    edges = [0, *(edge for window in windows for edge in (window.start, window.stop)), len(each)]

    assert edges == sorted(edges)
    assert [piece for window in windows for piece in window.ids[1:-1]] == pieces.ids.tolist()
    assert [window.start + token for window in windows for token in window.token[1:-1]] == pieces.token.tolist()


@settings(max_examples=100, deadline=None)
@given(articles(), st.integers(4, 28))
def test_windows_are_cut_at_paragraphs_where_that_can_be(drawn, room):
    """Else at sentences, else anywhere; as much is taken as fits, and nothing is left out."""
    each, paragraphs = drawn
    pieces = word_pieces(each, small())
    bounds = np.searchsorted(pieces.token, np.arange(len(each) + 1), side="left")
    breaks = {*paragraphs, len(each)}
    sentences = {first for first, _ in each.bounds} | breaks

    reached = 0
    for start, stop in window_bounds(each, bounds, paragraphs, room):
        assert start == reached
        assert counted(pieces, start, stop) <= room
        fitting = [end for end in range(start + 1, len(each) + 1) if counted(pieces, start, end) <= room]
        best = [end for end in fitting if end in breaks] or [end for end in fitting if end in sentences] or fitting
        assert stop == (len(each) if len(each) in fitting else max(best))
        reached = stop
    assert reached == len(each)

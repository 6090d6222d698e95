from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quotes.nlp.model.role_decoding import BEGINS, entity_spans, marginals, role_spans, viterbi

SMALL = 3
FORBIDDEN = -10000.0


def scores(*shape, most=8):
    return arrays(np.float32, shape, elements=st.floats(-most, most, width=32))


@st.composite
def fields(draw, roles=SMALL):
    """Emissions of two rows, steps, beginnings and lengths, so small that every way can be tried."""
    length = draw(st.integers(1, 4))
    lengths = np.array([draw(st.integers(1, length)), length])
    return draw(scores(2, length, roles)), draw(scores(roles, roles, most=4)), draw(scores(roles, most=4)), lengths


def ways(emissions, steps, begin):
    """Every row of roles with its score."""
    length, roles = emissions.shape
    for row in product(range(roles), repeat=length):
        moves = sum(float(steps[before, after]) for before, after in pairwise(row))
        yield row, float(begin[row[0]]) + sum(float(emissions[at, role]) for at, role in enumerate(row)) + moves


@st.composite
def rows(draw):
    """A row of roles in which what carries on has begun, with the spans it was made of."""
    row, spans = [], []
    for kind, length in draw(st.lists(st.tuples(st.sampled_from(["", *BEGINS]), st.integers(1, 4)), max_size=8)):
        if kind:
            spans.append((kind, (len(row), len(row) + length)))
        row += [BEGINS[kind], *[BEGINS[kind] + 1] * (length - 1)] if kind else [0] * length
    return row, spans


@settings(max_examples=60, deadline=None)
@given(fields())
def test_the_best_row_is_the_best_of_all_ways(drawn):
    """Each row for itself; behind its length there is no role."""
    emissions, steps, begin, lengths = drawn

    for row, scored, length in zip(viterbi(*drawn), emissions, lengths, strict=True):
        every = dict(ways(scored[:length], steps, begin))
        assert every[tuple(row[:length].tolist())] == pytest.approx(max(every.values()), abs=1e-3)
        assert not row[length:].any()


@settings(max_examples=60, deadline=None)
@given(fields())
def test_marginals_are_the_shares_of_all_ways(drawn):
    """What forward and backward sums say is what adding up every way says."""
    emissions, steps, begin, lengths = drawn
    found = marginals(*drawn)

    for row, (scored, length) in enumerate(zip(emissions, lengths, strict=True)):
        every = list(ways(scored[:length], steps, begin))
        top = max(score for _, score in every)
        shares = np.zeros((length, SMALL))
        for way, score in every:
            shares[np.arange(length), way] += np.exp(score - top)
        assert found[row, :length] == pytest.approx(shares / shares[0].sum(), abs=1e-3)


@given(rows())
def test_spans_read_back_into_the_row(drawn):
    """They are those that the row was made of, in order; two that touch stay two."""
    row, spans = drawn
    painted = [0] * len(row)
    for kind, begin in BEGINS.items():
        found = role_spans(row, kind)
        assert found == [span for each, span in spans if each == kind]
        for first, stop in found:
            painted[first:stop] = [begin, *[begin + 1] * (stop - first - 1)]

    assert painted == row


def test_what_carries_on_nothing_begins_a_span():
    """At the start of a row, behind a gap, behind another kind."""
    assert role_spans([2, 0, 2, 2], "content") == [(0, 1), (2, 4)]
    assert role_spans([1, 4, 2], "content") == [(0, 1), (2, 3)]
    assert role_spans([1, 4, 2], "cue") == [(1, 2)]


def labelled(*numbers, kinds=2):
    return 4 * np.eye(2 * kinds + 1, dtype=np.float32)[list(numbers)]


@pytest.mark.parametrize(
    ("row", "spans"),
    [
        ((0, 0), []),
        ((1, 2, 0), [(0, 2, 0)]),
        ((0, 3, 4, 4), [(1, 4, 1)]),
        ((1, 1), [(0, 1, 0), (1, 2, 0)]),
        ((1, 2, 3, 4), [(0, 2, 0), (2, 4, 1)]),
    ],
    ids=str,
)
def test_labels_become_entities(row, spans):
    """One that begins behind another is another."""
    assert entity_spans(labelled(*row)) == spans


def entity_rows(length, kinds):
    """Every row of labels in which nothing carries on what did not begin."""
    for row in product(range(2 * kinds + 1), repeat=length):
        if all(label == 0 or label % 2 or before in (label, label - 1) for before, label in zip((0, *row), row, strict=False)):
            yield row


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4).flatmap(lambda length: scores(length, 5)))
def test_entities_are_the_best_of_all_rows(drawn):
    """Of those in which nothing carries on what did not begin."""
    found = [0] * len(drawn)
    for first, stop, kind in entity_spans(drawn):
        found[first:stop] = [2 * kind + 1, *[2 * kind + 2] * (stop - first - 1)]
    best = max(float(drawn[np.arange(len(row)), row].sum()) for row in entity_rows(len(drawn), 2))

    assert float(drawn[np.arange(len(found)), found].sum()) == pytest.approx(best, abs=1e-4)


def test_entities_far_into_a_text_are_read_as_those_at_its_start():
    """Scores are summed up over the whole text, and must not drown in their sum."""
    close = np.full((2, 5), 20, dtype=np.float32)
    close[0, 1] = close[1, 2] = 20.02
    far = np.concatenate([np.full((40000, 5), [40, 0, 0, 0, 0], dtype=np.float32), close])

    assert entity_spans(close) == [(0, 2, 0)]
    assert entity_spans(far) == [(40000, 40002, 0)]

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quotes.nlp.model.role_decoding import BEGINS, ROLES, entity_spans, marginals, role_spans, viterbi

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


def whole(emissions):
    """Steps and beginnings as a model has them, where what carries on must have begun; and rows as long as they can be."""
    steps, begin = np.zeros((len(ROLES), len(ROLES)), dtype=np.float32), np.zeros(len(ROLES), dtype=np.float32)
    for inside in range(2, len(ROLES), 2):
        steps[[role for role in range(len(ROLES)) if role not in (inside, inside - 1)], inside] = FORBIDDEN
        begin[inside] = FORBIDDEN
    return steps, begin, np.full(len(emissions), emissions.shape[1])


@st.composite
def rows(draw):
    """A row of roles in which what carries on has begun, with the spans it was made of."""
    row, spans = [], []
    for kind, length in draw(st.lists(st.tuples(st.sampled_from(["", *BEGINS]), st.integers(1, 4)), max_size=8)):
        if kind:
            spans.append((kind, (len(row), len(row) + length)))
        row += [BEGINS[kind], *[BEGINS[kind] + 1] * (length - 1)] if kind else [0] * length
    return row, spans


def test_roles_stand_where_the_kinds_begin():
    """Each kind has two numbers, one that begins and the next, which carries on."""
    assert {kind: ROLES[number : number + 2] for kind, number in BEGINS.items()} == {
        kind: (f"B-{kind}", f"I-{kind}") for kind in ("content", "cue", "source")
    }


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


def test_marginals_of_a_long_row_sum_to_one():
    """As many tokens as a window can have, where steps are forbidden: nothing runs out of digits."""
    emissions = np.random.default_rng(7).normal(0, 8, (2, 254, len(ROLES))).astype(np.float32)

    assert marginals(emissions, *whole(emissions)).sum(axis=2) == pytest.approx(1, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.data())
def test_a_row_is_read_as_if_it_were_alone(lengths, data):
    """Neither the other rows nor what stands behind its end change it."""
    emissions = data.draw(scores(len(lengths), max(lengths), len(ROLES)))
    steps, begin, _ = whole(emissions)
    best, sure = (each(emissions, steps, begin, np.array(lengths)) for each in (viterbi, marginals))

    for at, length in enumerate(lengths):
        alone = emissions[at : at + 1, :length]
        assert (viterbi(alone, *whole(alone))[0] == best[at, :length]).all()
        assert marginals(alone, *whole(alone))[0] == pytest.approx(sure[at, :length], abs=1e-6)


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


@given(st.lists(st.integers(0, len(ROLES) - 1), max_size=20), st.sampled_from(list(BEGINS)))
def test_spans_never_overlap(row, kind):
    """Whatever the row: in order, each with a token, and all of them together the tokens of the kind."""
    spans = role_spans(row, kind)

    assert [at for first, stop in spans for at in range(first, stop)] == [
        at for at, role in enumerate(row) if role in (BEGINS[kind], BEGINS[kind] + 1)
    ]
    assert all(first < stop for first, stop in spans)


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


@pytest.mark.parametrize("tokens", [0, 3])
def test_tokens_that_nobody_read_are_no_entity(tokens):
    """Their scores are all zero."""
    assert entity_spans(np.zeros((tokens, 5), dtype=np.float32)) == []


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


@settings(deadline=None)
@given(st.integers(0, 12).flatmap(lambda length: scores(length, 7)))
def test_entities_never_overlap(drawn):
    """In order, each with a token."""
    edges = [edge for first, stop, _ in entity_spans(drawn) for edge in (first, stop)]

    assert edges == sorted(edges)
    assert all(first < stop and 0 <= kind < 3 for first, stop, kind in entity_spans(drawn))


def test_entities_far_into_a_text_are_read_as_those_at_its_start():
    """Scores are summed up over the whole text, and must not drown in their sum."""
    close = np.full((2, 5), 20, dtype=np.float32)
    close[0, 1] = close[1, 2] = 20.02
    far = np.concatenate([np.full((40000, 5), [40, 0, 0, 0, 0], dtype=np.float32), close])

    assert entity_spans(close) == [(0, 2, 0)]
    assert entity_spans(far) == [(40000, 40002, 0)]

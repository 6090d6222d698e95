from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.union_find import Unions

pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)))


def groups(joined) -> set[frozenset[int]]:
    unions = Unions(range(10))
    for one, other in joined:
        unions.join(one, other)
    return {frozenset(group) for group in unions.groups(range(10), lambda each: each)}


@given(pairs, st.randoms())
def test_the_groups_do_not_hang_on_the_order_of_joining(joined, chance):
    turned = [(other, one) for one, other in chance.sample(joined, len(joined))]

    assert groups(joined) == groups(turned)


@given(pairs)
def test_whoever_is_joined_is_in_one_group(joined):
    found = groups(joined)

    assert sum(map(len, found)) == 10
    assert all(any({one, other} <= group for group in found) for one, other in joined)

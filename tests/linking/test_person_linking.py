from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.linking.name_comparison import person_key, person_name, relation
from quotes.linking.person_linking import link_people
from quotes.linking.person_records import Appearance
from quotes.linking.work_domains import worlds_of


def seen(number, name, titles="", institutions="", beside="", day=None, article=None):
    """An appearance; titles and institutions are separated by semicolons."""
    told = [each for each in (*titles.split(";"), *institutions.split(";")) if each]
    return Appearance(
        number,
        article or number,
        name,
        person_key(name),
        day,
        frozenset(world for each in told for world in worlds_of(each)),
        frozenset(filter(None, titles.lower().split(";"))),
        frozenset(filter(None, institutions.lower().split(";"))),
        frozenset(beside.split()),
    )


def one(*appearances) -> bool:
    """Whether all are one person."""
    return len({each.speaker_id for each in link_people(appearances).decisions.values()}) == 1


def asked(*appearances) -> list[str]:
    """The reasons for which a person is asked."""
    return [doubt.reason for doubt in link_people(appearances).doubts]


SAME = {
    "the same name": [seen(1, "Ada Fenn"), seen(2, "ADA FENN"), seen(3, "Ada Fenn", "mayor")],
    "a change of jobs": [seen(1, "Ada Fenn", "lawyer"), seen(2, "Ada Fenn", "senator"), seen(3, "Ada Fenn", "lobbyist", "Vale Bank")],
    "one institution in two worlds": [seen(1, "Ada Fenn", "surgeon", "Tarn Council"), seen(2, "Ada Fenn", "engineer", "Tarn Council")],
    "the same people beside both": [seen(1, "Ada Fenn", "surgeon", beside="x y"), seen(2, "Ada Fenn", "engineer", beside="x y z")],
    "a lone family name and the only one with its title": [seen(1, "Ada Fenn", "president"), seen(2, "Fenn", "president")],
    "a lone family name and the only one with its institution": [seen(1, "Ada Fenn", "", "Vale Bank"), seen(2, "Fenn", "", "Vale Bank")],
}
#: Nobody of these is another of them, and so many pairs are asked about.
APART = {
    "beside each other in one article": (
        [seen(1, "Joe Biden", "president", article=7), seen(2, "Joseph R. Biden Jr.", "president", article=7)],
        0,
    ),
    "a name that fits two": ([seen(1, "J. Fenn", "mayor"), seen(2, "John Fenn", "mayor"), seen(3, "Jane Fenn", "mayor")], 2),
    "an initial that fits several": ([seen(1, "A. Fenn"), seen(2, "Ada Fenn"), seen(3, "Adam Fenn")], 0),
    "a lone family name that two could have": (
        [seen(1, "Fenn", "", "Vale Bank"), seen(2, "Ada Fenn", "", "Vale Bank"), seen(3, "Bram Fenn", "", "Vale Bank")],
        2,
    ),
    "a lone family name whose article quotes the other": (
        [seen(1, "Fenn", "", "Vale Bank", article=5), seen(2, "Ada Fenn", "", "Vale Bank", article=5)],
        None,
    ),
    "three presidents": (
        [seen(1, "George Bush", "president"), seen(2, "George W. Bush", "president"), seen(3, "George H. W. Bush", "president")],
        None,
    ),
    **{
        f"a lone family name, {title or 'nothing'}": ([seen(1, "Ada Fenn", title), seen(2, "Fenn", title)], None)
        for title in ("mayor", "spokesman", "")
    },
}


@pytest.mark.parametrize("appearances", SAME.values(), ids=SAME)
def test_one_person(appearances):
    assert one(*appearances)


@pytest.mark.parametrize(("appearances", "questions"), APART.values(), ids=APART)
def test_several_people(appearances, questions):
    assert len({each.speaker_id for each in link_people(appearances).decisions.values()}) == len(appearances)
    assert questions is None or len(asked(*appearances)) == questions


@pytest.mark.parametrize(("here", "there"), [("goalkeeper", "senator"), ("virologist", "economist"), ("bishop", "actor")])
def test_two_people_of_one_name_live_in_different_worlds(here, there):
    linked = link_people([seen(1, "Ada Fenn", here), seen(2, "Ada Fenn", there)])

    assert linked.decisions[1].speaker_id != linked.decisions[2].speaker_id
    assert all("apart from others of that name" in each.because for each in linked.decisions.values())


def test_of_whom_nothing_is_told_goes_to_the_one_quoted_beside_the_same_people():
    linked = link_people(
        [seen(1, "Ada Fenn", "surgeon", beside="x"), seen(2, "Ada Fenn", "goalkeeper", beside="y"), seen(3, "Ada Fenn", beside="y")]
    ).decisions

    assert linked[3].speaker_id == linked[2].speaker_id != linked[1].speaker_id
    assert "quoted beside both" in linked[3].because


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("Ada Fenn", "mayor"), ("Ada B. Fenn", "mayor")),
        (("Ada Fenn", "", "Vale Bank"), ("Ada Bram Fenn", "", "Vale Bank")),
        (("Bob Fenn", "senator"), ("Robert Fenn", "senator")),
        (("Pedro Sánchez", "prime minister"), ("Pedro Sánchez Pérez-Castejón", "prime minister")),
        (("Joe Biden", "president"), ("Joseph R. Biden Jr.", "president")),
        (("Bashar al-Assad", "president"), ("Bashar Assad", "president")),
        (("A. Fenn", "", "Vale Bank"), ("Ada Fenn", "", "Vale Bank")),
    ],
)
def test_two_names_and_what_both_are_make_one_person(here, there):
    linked = link_people([seen(1, *here), seen(2, *there)])

    assert one(seen(1, *here), seen(2, *there))
    assert linked.doubts == ()


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("Ada Fenn",), ("Ada B. Fenn",)),
        (("Bob Fenn", "spokesman"), ("Robert Fenn", "spokesman")),
        (("Joe Biden", "senator"), ("Joseph R. Biden Jr.", "senator")),
        (("Rafael Fenn", "", "", "x y"), ("Rafael Edward Fenn", "", "", "x y")),
        (("George Bush", "president"), ("George W. Bush", "president")),
        (("Volodymyr Zelensky", "president"), ("Volodymyr Zelenskyy", "president")),
        (("Muhammad Yunus", "", "Vale Bank"), ("Mohammed Yunus", "", "Vale Bank")),
    ],
)
def test_where_too_little_speaks_for_it_a_person_is_asked(here, there):
    assert not one(seen(1, *here), seen(2, *there))
    assert len(asked(seen(1, *here), seen(2, *there))) == 1


@pytest.mark.parametrize(
    ("here", "there"), [(("Ada Fenn", "mayor"), ("Ada B. Fenn", "goalkeeper")), (("Volodymyr Zelensky",), ("Volodymyr Zelenskyy",))]
)
def test_where_nothing_speaks_for_it_nobody_is_asked(here, there):
    assert not one(seen(1, *here), seen(2, *there))
    assert asked(seen(1, *here), seen(2, *there)) == []


def test_two_forms_of_a_name_in_one_article_are_asked_about():
    """Who puts an article together from others may say Bill here and William there."""
    pair = [seen(1, "Bill Fenn", "mayor", article=7), seen(2, "William Fenn", "mayor", article=7)]

    assert not one(*pair)
    assert asked(*pair) == ["a short form of the same name; but one article quotes both"]


def test_of_two_names_the_later_has_the_reason_and_the_earlier_gives_the_id():
    early, late = seen(2, "Ada B. Fenn", "mayor", day="2026-01-01"), seen(1, "Ada Fenn", "mayor", day="2026-01-02")
    decisions = link_people([late, early]).decisions

    assert decisions[1].speaker_id == link_people([early]).decisions[2].speaker_id
    assert decisions[2].because == "the same name"
    assert decisions[1].because == "Ada B. Fenn: the same name with a middle initial more or less; the same title (mayor)"


POOL = [
    seen(0, name, title, body)
    for name in ("Ada Fenn", "Ada B. Fenn", "A. Fenn", "Adam Fenn", "Fenn", "Ada Fenn Jr.", "Addy Fenn", "Adah Fenn", "Adda Fenn")
    for title in ("", "president", "goalkeeper", "senator")
    for body in ("", "Vale Bank", "Tarn FC")
]


@st.composite
def blocks(draw):
    """Appearances of a block, some in one article, never of one name."""
    chosen = draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=9))
    articles = draw(st.lists(st.integers(1, 9), min_size=len(chosen), max_size=len(chosen)))
    days = st.sampled_from([None, "2026-01-01", "2026-02-02"])
    dates = {article: draw(days) for article in sorted(set(articles))}
    known = {(article, each.key): each for article, each in zip(articles, chosen, strict=True)}
    return [
        replace(each, id=number, article_id=article, published=dates[article])
        for number, ((article, _), each) in enumerate(sorted(known.items()), start=1)
    ]


def groups(block):
    """Who is one, and the ids of the speakers, by article and name."""
    decisions = link_people(block).decisions
    return {(each.article_id, each.key): decisions[each.id] for each in block}, link_people(block).doubts


@given(blocks(), st.randoms())
def test_neither_the_order_nor_the_ids_of_appearances_make_a_difference(block, chance):
    shuffled = [replace(each, id=number) for each, number in zip(block, chance.sample(range(100), len(block)), strict=True)]
    chance.shuffle(shuffled)

    assert groups(block) == groups(shuffled)


@given(blocks(), st.sampled_from(["Ada Fenn", "A. Fenn", "Fenn", "Adam Fenn"]))
def test_an_appearance_of_which_nothing_is_told_parts_nobody(block, name):
    before = link_people(block).decisions
    after = link_people([*block, seen(99, name, day="2027-01-01", article=99)]).decisions

    for one_id in before:
        for other in before:
            if before[one_id].speaker_id == before[other].speaker_id:
                assert after[one_id].speaker_id == after[other].speaker_id


@given(blocks())
@settings(max_examples=200, deadline=None)
def test_names_that_do_not_fit_are_never_one_persons(block):
    decisions = link_people(block).decisions
    for each in block:
        for other in block:
            names = person_name(each.name), person_name(other.name)
            if decisions[each.id].speaker_id == decisions[other.id].speaker_id and names[0].full and names[1].full:
                assert each.key == other.key or relation(*names)

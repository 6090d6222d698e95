import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.name_comparison import alike, block_of, person_key, person_name, relation

#: Two spellings of a name, and how the one belongs to who bears the other.
PAIRS = [
    ("Bashar al-Assad", "Bashar Assad", "spelling"),
    ("Ludwig van Beethoven", "Ludwig Beethoven", "spelling"),
    ("Nguyen Phu Trong", "Phu Trong Nguyen", "spelling"),
    ("Jean-Claude Juncker", "Jean Claude Juncker", "spelling"),
    ("William “Bill” Gates", "William Gates", "spelling"),
    ("Dwight D. Eisenhower", "Dwight Eisenhower", "initials"),
    ("J.D. Vance", "J. Vance", "initials"),
    ("Ivan Petrov", "Ivan I. Petrov", "initials"),
    ("Hillary Rodham Clinton", "Hillary Clinton", "middle"),
    ("Vladimir Putin", "Vladimir Vladimirovich Putin", "middle"),
    ("Luiz Inácio Lula da Silva", "Lula da Silva", "middle"),
    ("F. Scott Fitzgerald", "Scott Fitzgerald", "middle"),
    ("Ana María Pérez", "María Pérez", "middle"),
    ("Pedro Sánchez", "Pedro Sánchez Pérez-Castejón", "double"),
    ("Gabriel García Márquez", "Gabriel Garcia", "double"),
    ("Bob Smith", "Robert Smith", "nickname"),
    ("Ed Balls", "Edward M. Balls", "nickname"),
    ("Earvin “Magic” Johnson", "Magic Johnson", "nickname"),
    ("H. R. McMaster", "Herbert Raymond McMaster", "initial"),
    ("Martin Luther King Jr.", "Martin Luther King", "generation"),
    ("Joe Biden", "Joseph R. Biden Jr.", "generation"),
]
STRANGERS = [
    ("George W. Bush", "George H. W. Bush"),
    ("George W. Bush", "George H.W. Bush"),
    ("Robert Downey Jr.", "Robert Downey Sr."),
    ("Jane Smith", "John Smith"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("Alexander Smith", "Alexandra Smith"),
    ("Marco Rubio", "Marco Rubio Donor"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("J. Smith", "Kim Smith"),
]
names = st.sampled_from(sorted({name for pair in PAIRS for name in pair[:2]} | {name for pair in STRANGERS for name in pair}))


@pytest.mark.parametrize(("one", "other", "how"), PAIRS)
def test_two_names_can_be_one_persons(one, other, how):
    assert relation(person_name(one), person_name(other)) == how
    assert block_of(one) == block_of(other)


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_two_names_cannot_be_one_persons(one, other):
    assert relation(person_name(one), person_name(other)) is None


@pytest.mark.parametrize(
    "spellings",
    [
        ("Lee Jae-myung", "Lee Jae Myung", "Jae-myung Lee", "Jae Myung Lee"),
        ("Xi Jinping", "Xi Jin-ping", "Jinping Xi"),
        ("Ban Ki-moon", "Ban Ki Moon", "Ki-moon Ban"),
        ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi", "Abdel-Fattah Al Sisi"),
        ("Mohamed ElBaradei", "Mohamed el-Baradei"),
        ("JD Vance", "J.D. Vance", "J. D. Vance"),
        ("Sinéad O’Connor", "Sinead O'Connor"),
        ("Ursula von der Leyen", "Ursula Von der Leyen"),
        ("George H.W. Bush", "George H. W. Bush"),
        ("Smith, John", "John Smith"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({person_key(name) for name in spellings}) == 1


@pytest.mark.parametrize("name", ["Ben Carson", "Van Jones", "Al Gore", "Lin-Manuel Miranda", "Dean Park", "Sun Myung Moon", "Kim Novak"])
def test_a_given_name_is_no_particle_and_no_family_name(name):
    parts = person_name(name)

    assert parts.full
    assert name.lower().endswith(parts.surname)


@pytest.mark.parametrize("name", ["de la Cruz", "García Márquez", "el-Sisi", "van der Berg", "Madonna", "Pelé", "李克強", "Fenn Jr."])
def test_a_family_name_alone_is_not_full(name):
    assert not person_name(name).full


@given(names, names)
def test_whether_two_names_fit_does_not_hang_on_their_order(one, other):
    one, other = person_name(one), person_name(other)

    assert relation(one, other) == relation(other, one)
    assert alike(one, other) == alike(other, one)


@given(st.one_of(names, st.text(min_size=1)))
def test_names_of_one_key_have_one_block(name):
    """Case, accents and hyphens are in no key; nor may they tell the block."""
    key = person_key(name)

    assert key
    if key == person_key(name.upper()):
        assert block_of(name) == block_of(name.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Volodymyr Zelensky", "Volodymyr Zelenskyy"), ("Muhammad Yunus", "Mohammed Yunus"), ("Osama bin Laden", "Usama bin Laden")],
)
def test_spellings_from_other_alphabets_are_much_alike(one, other):
    assert alike(person_name(one), person_name(other))
    assert block_of(one) == block_of(other)


@pytest.mark.parametrize(("one", "other"), [("Jane Smith", "John Smith"), ("Dan Fenn", "Don Fenn"), ("Ada Fenn", "Ada Finn")])
def test_short_names_are_never_much_alike(one, other):
    assert not alike(person_name(one), person_name(other))


def test_a_name_known_by_its_last_middle_name_has_no_more_of_them():
    """What is left behind the middle name that is the other's given name may be fewer than the other has."""
    assert relation(person_name("Scott Q. Fenn"), person_name("F. Jay Scott Fenn")) is None


@given(*[st.lists(st.sampled_from(["Ada", "A.", "Q.", "Scott", "Fenn", "Jr.", "van"]), min_size=1, max_size=5)] * 2)
def test_any_two_names_can_be_compared_either_way(one, other):
    names = [person_name(" ".join(each)) for each in (one, other)]
    assert (relation(*names) is None) == (relation(*names[::-1]) is None)

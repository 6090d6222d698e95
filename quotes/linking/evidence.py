"""What besides a name speaks for two names being one person’s: institutions, titles, the field of work, who is quoted beside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from quotes.linking.identities import preferred_name
from quotes.linking.name_comparison import PersonName, Relation, namesakes
from quotes.linking.person_records import Appearance
from quotes.linking.work_domains import wide

#: Titles that one person at a time has, so that title and family name are enough: as whole titles, in their comparable form.
SOLE_TITLES = frozenset(
    {"president", "vice president", "prime minister", "chancellor", "pope", "king", "queen", "emperor", "secretary-general"}
    | {"secretary general", "first lady", "supreme leader", "patriarch", "prince", "princess", "first minister", "taoiseach"}
    | {"president-elect", "vice-president", "deputy prime minister", "archbishop of canterbury", "dalai lama", "chief justice"}
)
#: Titles of one word that few people of one family name have at a time; of all others it takes two words to tell.
OFFICES = SOLE_TITLES | frozenset(
    {"senator", "sen", "congressman", "congresswoman", "rep", "governor", "gov", "mayor"}
    | {"ambassador", "archbishop", "cardinal", "rabbi", "sheriff", "admiral", "premier"}
)
#: How many people an article on the one and an article on the other must both quote, for that to make them one: it is one story then.
COMPANIONS = 2

HOW: dict[Relation, str] = {
    "spelling": "another spelling of it",
    "initials": "the same name with a middle initial more or less",
    "middle": "the same name with a middle name more or less",
    "double": "the same name with the second family name more or less",
    "nickname": "a short form of the same name",
    "initial": "the same name with an initial for a given name",
    "generation": "the same name with the generation more or less",
}
COMPANY = "quoted beside the same people"
#: The relations for which that is enough.
COMPANY_TELLS: tuple[Relation, ...] = ("spelling", "initials", "nickname")
NOTHING_ELSE = "nothing else speaks for it"
TOGETHER = "but one article quotes both"
NAMESAKES = "two well-known people have that name"


@dataclass(eq=False)
class Person:
    """Appearances under one name key that were linked to one person. `lone`: the name is a family name alone; `split`: the id of the
    editor's decision that separated them from others of that name."""

    key: str
    name: PersonName
    members: list[Appearance] = field(default_factory=list)
    primary: bool = True
    lone: bool = False
    split: int | None = None

    def __post_init__(self) -> None:
        # Sets of sets first: most articles tell the same.
        self.fields: frozenset[str] = frozenset().union(*{each.worlds for each in self.members})
        self.worlds: frozenset[str] = wide(self.fields)
        self.titles: frozenset[str] = frozenset().union(*{each.titles for each in self.members})
        self.institutions: frozenset[Hashable] = frozenset().union(*{each.institutions for each in self.members})
        self.articles: frozenset[int] = frozenset(each.article_id for each in self.members)
        self.first = min(each.when for each in self.members)
        #: The best spelling of the name.
        self.shown: str = reduce(preferred_name, {each.name for each in self.members})

    @property
    def order(self) -> tuple[str, int, str]:
        """In time."""
        return (*self.first, self.key)


#: What is open for want of anything but the name, and can be settled by who is quoted beside both.
OPEN_TO_COMPANY = tuple(f"{HOW[how]}; {NOTHING_ELSE}" for how in COMPANY_TELLS)


def strangers(one: Person, other: Person) -> bool:
    """Whether two people cannot be one whatever their names: one article quotes both, or they live in different worlds."""
    return quoted_together(one, other) or worlds_apart(one, other)


def quoted_together(one: Person, other: Person) -> bool:
    """Whether one article quotes both, and so takes them for two."""
    return not one.articles.isdisjoint(other.articles)


def worlds_apart(one: Person, other: Person) -> bool:
    """Whether the two live in different worlds and no institution bridges them."""
    return bool(one.worlds and other.worlds) and one.worlds.isdisjoint(other.worlds) and one.institutions.isdisjoint(other.institutions)


def support(one: Person, other: Person, how: Relation) -> str | None:
    """What besides the name says that the two, who are no `strangers`, are one; None where nothing does."""
    if how != "spelling" and one.name.bare == other.name.bare and one.name.bare in namesakes():
        return None
    if how == "generation":
        return _the_same("title", one.titles & other.titles & SOLE_TITLES)
    if posts := post_of_both(one, other, telling=how not in ("spelling", "initials")):
        return posts
    if how in ("spelling", "initials") and (field_of_both := _the_same("field", one.fields & other.fields)):
        return field_of_both
    return COMPANY if how in COMPANY_TELLS and in_company(one.members, other.members) else None


def in_company(one: Sequence[Appearance], other: Sequence[Appearance]) -> bool:
    """Whether an article on the one and an article on the other quote the same `COMPANIONS` people besides.

    Over many articles two people of one name have companions in common by chance; in two articles, hardly.
    """
    few, many = sorted((one, other), key=len)
    beside: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(many):
        for companion in each.companions:
            beside[companion].append(number)
    for each in few:
        shared = Counter(number for companion in each.companions for number in beside.get(companion, ()))
        if any(count >= COMPANIONS for count in shared.values()):
            return True
    return False


def post_of_both(one: Person, other: Person, *, telling: bool) -> str | None:
    """An institution or a title that both have; only such as tells, of two words or an office, where `telling`."""
    titles = one.titles & other.titles
    return _the_same("institution", one.institutions & other.institutions) or _the_same(
        "title", frozenset(each for each in titles if not telling or " " in each or each in OFFICES)
    )


def lone_support(lone: Person, other: Person) -> str | None:
    """What says that a family name alone is that of `other`: the same institution, or a title that one person at a time has."""
    if strangers(lone, other):
        return None
    if shared := _the_same("institution", lone.institutions & other.institutions):
        return shared
    return _the_same("title", lone.titles & other.titles & SOLE_TITLES)


def _the_same(what: str, shared: frozenset[Hashable] | frozenset[str]) -> str | None:
    return f"the same {what} ({min(map(str, shared))})" if shared else None
